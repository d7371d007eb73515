import Cleaning
import CustomerData
import Export
import Ingest

/// Counts of what was done and what was found: an accumulator.
struct CleanTally {
    /// Cells changed, by column and rules.
    var changed: [[CleaningRules: Int]]
    /// Cells left to a person, by column and reason.
    var review: [[ReviewReason: Int]]
    /// Cells that hold something, by column.
    var filledBefore: [Int]
    var filledAfter: [Int]

    init(columnCount: Int) {
        changed = Array(repeating: [:], count: columnCount)
        review = Array(repeating: [:], count: columnCount)
        filledBefore = Array(repeating: 0, count: columnCount)
        filledAfter = filledBefore
    }

    mutating func merge(_ other: CleanTally) {
        for column in changed.indices {
            changed[column].merge(other.changed[column], uniquingKeysWith: +)
            review[column].merge(other.review[column], uniquingKeysWith: +)
            filledBefore[column] += other.filledBefore[column]
            filledAfter[column] += other.filledAfter[column]
        }
    }

    var changedCount: Int { changed.reduce(0) { $0 + $1.values.reduce(0, +) } }

    var reviewCount: Int { review.reduce(0) { $0 + $1.values.reduce(0, +) } }

    /// Cells changed by each rule; a cell that two rules changed counts for both.
    static func byRule(_ counts: [CleaningRules: Int]) -> [CleaningRule: Int] {
        counts.reduce(into: [:]) { result, entry in
            for rule in entry.key.rules { result[rule, default: 0] += entry.value }
        }
    }
}

/// The rows of a block as files have them.
struct CleanBlockRows {
    var customers = CSVText(capacity: 1 << 17)
    var archive = CSVText()
    var ledger = CSVText(capacity: 1 << 15)
    var review = CSVText()
    var contact: [ContactRows.Line] = []
    var tally: CleanTally
    /// Of the records as they stand in the file.
    var digest = CellDigest()
    /// Records that are in no other file, by their number in the block: those that can't be read, and repeated ones.
    var rejects: [Reject] = []

    struct Reject {
        let position: Int
        let line: Int
        let status: String
        let reason: String
        let text: [UInt8]
    }

    init(
        _ block: CellRows, _ cells: CleanedCells, _ states: [CleanSource.RowState], _ source: CleanSource,
        firstRecord: Int, enrichment: (of: Enrichment, worker: CleaningWorker)?, contacts: ContactList?,
        name: String? = nil
    ) {
        let sourceName = name ?? source.file.input.name
        tally = CleanTally(columnCount: cells.columnCount)
        let columns = source.options.columns
        let names = columns.headers.indices.map(columns.name)
        let idColumn = columns.first(.id)
        var doubts = Dictionary(grouping: cells.doubts, by: \.row)
        for row in 0..<cells.rowCount {
            let position = Int(block.positions[row])
            let state = states[row]
            if state.contains(.merged) {
                rejects.append(
                    Reject(
                        position: position, line: block.line(ofRow: row), status: "merged",
                        reason: "repeats an earlier row", text: Array(block.records[row])))
                continue
            }
            let record = firstRecord + position
            let id = idColumn.map { cells.cell(row, $0) } ?? UnsafeBufferPointer(start: nil, count: 0)
            for column in 0..<cells.columnCount {
                let (before, after) = (cells.original(row, column), cells.cell(row, column))
                if !before.isEmpty { tally.filledBefore[column] += 1 }
                if !after.isEmpty { tally.filledAfter[column] += 1 }
                guard let change = cells.change(row, column) else { continue }
                tally.changed[column][change.rules, default: 0] += 1
                ledger.put(record)
                ledger.put(id)
                ledger.put(names[column])
                ledger.put(before)
                ledger.put(after)
                ledger.put(change.rules.text)
                ledger.put(CleanBlockRows.share(change.confidence))
                ledger.put(sourceName)
                ledger.endRow()
            }
            if state.contains(.repeatedID), let idColumn {
                doubts[row, default: []].append(CleanedCells.Doubt(row: row, column: idColumn, reason: .repeatedID))
            }
            for doubt in doubts[row, default: []] {
                tally.review[doubt.column][doubt.reason, default: 0] += 1
                review.put(record)
                review.put(id)
                review.put(names[doubt.column])
                review.put(cells.cell(row, doubt.column))
                review.put(doubt.reason.rawValue)
                review.put(doubt.suggestion)
                review.put(doubt.confidence == 0 ? "" : CleanBlockRows.share(doubt.confidence))
                review.put(sourceName)
                review.endRow()
            }
            if state.contains(.archived) {
                archive.put(record)
                for column in 0..<cells.columnCount { archive.put(cells.cell(row, column)) }
                archive.endRow()
                continue
            }
            for column in 0..<cells.columnCount { customers.put(cells.cell(row, column)) }
            if let enrichment {
                for cell in enrichment.of.cells(cells, row, enrichment.worker) { customers.put(cell) }
            }
            customers.endRow()
            if let line = contacts?.line(cells, row, record: record, doubts: doubts[row, default: []]) {
                contact.append(line)
            }
        }
        for row in block.unread {
            rejects.append(
                Reject(
                    position: row.position, line: row.line, status: row.reason == .blank ? "blank" : "rejected",
                    reason: row.reason.rawValue, text: row.text))
        }
        rejects.sort { $0.position < $1.position }
        var others = rejects[...]
        for row in 0..<cells.rowCount where !states[row].contains(.merged) {
            while let next = others.first, next.position < Int(block.positions[row]) {
                digest.add(text: next.text)
                others = others.dropFirst()
            }
            digest.add(cells: (0..<cells.columnCount).lazy.map { cells.original(row, $0) })
        }
        for other in others { digest.add(text: other.text) }
    }

    /// Hundredths as a share.
    static func share(_ hundredths: UInt8) -> String {
        hundredths >= 100 ? "1" : hundredths < 10 ? "0.0\(hundredths)" : "0.\(hundredths)"
    }

    /// The rejected rows as the file of rejects has them.
    func rejectRows(source: String, firstRecord: Int, firstLine: Int) -> CSVText {
        var rows = CSVText()
        for reject in rejects {
            rows.put(source)
            rows.put(firstRecord + reject.position)
            rows.put(firstLine + reject.line)
            rows.put(reject.status)
            rows.put(reject.reason)
            rows.put(reject.text)
            rows.endRow()
        }
        return rows
    }
}
