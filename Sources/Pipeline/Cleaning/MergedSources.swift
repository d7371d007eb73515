import Cleaning
import CustomerData
import Export
import Ingest
import Semantics

/// What wins where sources say different things about a column.
enum SourcePolicy: Hashable {
    /// The row changed last; of rows without a date, and among equals, the source named first.
    case newest
    /// The source named first.
    case first
    /// The longest text.
    case longest
    /// A source by its name, and where it says nothing the one named first.
    case source(String)

    init?(_ word: String, sources: [String]) {
        switch word {
        case "newest": self = .newest
        case "first": self = .first
        case "longest": self = .longest
        default:
            guard sources.contains(word) else { return nil }
            self = .source(word)
        }
    }
}

/// The cleaned rows of a source, in memory.
final class SourceRows {
    let source: CleanSource
    let name: String
    /// Raw and cleaned cells, row by row.
    private(set) var raw = IdentifierList()
    private(set) var clean = IdentifierList()
    /// Rules and confidence of changed cells, by place.
    private(set) var changes: [Int: (rules: CleaningRules, confidence: UInt8)] = [:]
    /// The number of each row's record.
    private(set) var records: [Int] = []
    private(set) var rejects = CSVText()
    private(set) var tally: CleanTally
    /// Of the records as they stand in the file.
    private(set) var digest = CellDigest()
    let columnCount: Int

    private struct Block {
        var raw = IdentifierList()
        var clean = IdentifierList()
        var changes: [(Int, CleaningRules, UInt8)] = []
        var records: [Int] = []
        let rows: CleanBlockRows
        let first: Int
    }

    /// Collects the rows of a source whose plans are made; those that repeat an earlier one are among the rejects.
    init(_ source: CleanSource) throws {
        self.source = source
        name = source.file.input.name
        let columnCount = source.options.columns.headers.count
        self.columnCount = columnCount
        tally = CleanTally(columnCount: columnCount)
        try source.forEachBlock { block, cells, states, _ -> Block in
            let first = source.firstRecords[block.block]
            var part = Block(
                rows: CleanBlockRows(
                    block, cells, states, source, firstRecord: first, enrichment: nil, contacts: nil), first: first)
            for row in 0..<cells.rowCount where !states[row].contains(.merged) {
                for column in 0..<columnCount {
                    if let change = cells.change(row, column) {
                        part.changes.append((part.raw.count, change.rules, change.confidence))
                    }
                    part.raw.append(cells.original(row, column))
                    part.clean.append(cells.cell(row, column))
                }
                part.records.append(first + Int(block.positions[row]))
            }
            return part
        } commit: { part, firstLine in
            let offset = raw.count
            for cell in 0..<part.raw.count {
                part.raw.withBytes(at: cell) { raw.append($0) }
                part.clean.withBytes(at: cell) { clean.append($0) }
            }
            for (place, rules, confidence) in part.changes { changes[offset + place] = (rules, confidence) }
            records += part.records
            tally.merge(part.rows.tally)
            digest.append(part.rows.digest)
            rejects.append(part.rows.rejectRows(source: name, firstRecord: part.first, firstLine: firstLine))
        }
    }

    /// A cleaned cell.
    func cell(_ row: Int, _ column: Int) -> String { clean[row * columnCount + column] }

    /// A cell as it stands in the file.
    func rawCell(_ row: Int, _ column: Int) -> String { raw[row * columnCount + column] }
}

/// Rows of several sources put together by their ids.
struct MergedSources {
    /// A source's column and where it stands in the whole.
    let headers: [String]
    /// By source and column: the column of the whole.
    let places: [[Int]]
    /// By row of the whole: the sources' rows, the most trusted first.
    private(set) var members: [[(source: Int, row: Int)]] = []
    /// The cells of the whole.
    private(set) var cells: [[String]] = []
    /// Values that lost: row, column, source, row of the source.
    private(set) var conflicts: [(row: Int, column: Int)] = []
    private let sources: [SourceRows]

    /// Puts sources together.
    ///
    /// - Throws: `Problem(.usage)` when a source has no column for the id.
    init(_ sources: [SourceRows], modified: String?, policies: [String: SourcePolicy]) throws {
        self.sources = sources
        (headers, places) = MergedSources.columns(sources)
        var ids: [Int] = []
        for source in sources {
            guard let id = source.source.options.columns.first(.id) else {
                throw Problem(
                    .usage,
                    "\(source.name): no column was taken for the id, by which sources are put together; name it "
                        + "with --column id=HEADER")
            }
            ids.append(id)
        }
        var known: [String: Int] = [:]
        for (number, source) in sources.enumerated() {
            for row in source.records.indices {
                let id = source.cell(row, ids[number])
                if !id.isEmpty, let place = known[id] {
                    members[place].append((number, row))
                } else {
                    if !id.isEmpty { known[id] = members.count }
                    members.append([(number, row)])
                }
            }
        }
        let dates = sources.map { MergedSources.modifiedColumn($0, modified) }
        if let modified, dates.allSatisfy({ $0 == nil }) {
            throw Problem(.usage, "--modified \(modified): no source has such a column")
        }
        let hasDates = dates.contains { $0 != nil }
        for (row, members) in members.enumerated() {
            var line = [String](repeating: "", count: headers.count)
            for column in headers.indices {
                let values = members.compactMap { member -> Candidate? in
                    guard let own = places[member.source].firstIndex(of: column) else { return nil }
                    let text = sources[member.source].cell(member.row, own)
                    guard !text.isEmpty else { return nil }
                    let date = dates[member.source].flatMap {
                        MergedSources.moment(sources[member.source].cell(member.row, $0))
                    }
                    return Candidate(text: text, source: member.source, date: date ?? .min)
                }
                guard let first = values.first else { continue }
                let policy = policies[PlainText.matchKey(headers[column])] ?? (hasDates ? .newest : .first)
                line[column] = choose(values, policy) ?? first.text
                if values.contains(where: { $0.text != first.text }) { conflicts.append((row, column)) }
            }
            cells.append(line)
        }
    }

    /// By source and row: the row of the whole.
    func rowsOfSources(_ sources: [SourceRows]) -> [[Int]] {
        var rows = sources.map { [Int](repeating: 0, count: $0.records.count) }
        for (place, members) in members.enumerated() {
            for member in members { rows[member.source][member.row] = place }
        }
        return rows
    }

    private struct Candidate {
        let text: String
        let source: Int
        /// Seconds, the least number for a row without a date.
        let date: Int64
    }

    /// The moment of a cleaned date, in seconds of UTC; nil of a cell that is none.
    private static func moment(_ text: String) -> Int64? {
        guard let (day, second) = DateLayout.yearMonthDay.parse(text) else { return nil }
        var moment = Int64(day) * 86_400 + Int64(max(0, second))
        let clock = text.dropFirst(11)
        if let sign = clock.lastIndex(where: { "+-".contains($0) }) {
            let digits = clock[sign...].filter(\.isNumber)
            let offset = (Int64(digits.prefix(2)) ?? 0) * 3600 + (Int64(digits.dropFirst(2)) ?? 0) * 60
            moment += clock[sign] == "+" ? -offset : offset
        }
        return moment
    }

    private func choose(_ values: [Candidate], _ policy: SourcePolicy) -> String? {
        switch policy {
        case .first: return values.first?.text
        case .newest:
            // The first of the newest wins.
            return values.enumerated().max { ($0.element.date, -$0.offset) < ($1.element.date, -$1.offset) }?.element
                .text
        case .longest:
            return values.enumerated().max {
                ($0.element.text.count, -$0.offset) < ($1.element.text.count, -$1.offset)
            }?.element.text
        case .source(let name): return values.first { sources[$0.source].name == name }?.text ?? values.first?.text
        }
    }

    /// The columns of the whole: those of the first source, then those that only later ones have. A header that differs
    /// in case and signs alone is the same.
    private static func columns(_ sources: [SourceRows]) -> (headers: [String], places: [[Int]]) {
        var headers: [String] = []
        var keys: [String] = []
        var kinds: [ColumnKind] = []
        let unique: Set<ColumnKind> = [.id, .email, .givenName, .familyName, .birthDate, .country, .city, .postcode]
        let places = sources.map { source -> [Int] in
            let columns = source.source.options.columns
            var used: Set<Int> = []
            return columns.headers.indices.map { column in
                let (key, kind) = (PlainText.matchKey(columns.headers[column]), columns.kinds[column])
                if let place = keys.firstIndex(of: key), used.insert(place).inserted { return place }
                if unique.contains(kind), columns.all(kind).count == 1, kinds.count(where: { $0 == kind }) == 1,
                    let place = kinds.firstIndex(of: kind), used.insert(place).inserted
                {
                    return place
                }
                headers.append(columns.headers[column])
                keys.append(key)
                kinds.append(kind)
                used.insert(headers.count - 1)
                return headers.count - 1
            }
        }
        return (headers, places)
    }

    /// The column that says when a row was changed last: the one named, or one whose header says so.
    private static func modifiedColumn(_ source: SourceRows, _ name: String?) -> Int? {
        let columns = source.source.options.columns
        if let name { return columns.column(named: name) }
        let known: Set<String> = [
            "lastmodified", "lastmodifieddate", "modified", "modifiedat", "modifiedtime", "updated", "updatedat",
            "lastupdated", "lastmodifiedtime", "更新时间", "修改时间",
        ]
        return columns.headers.indices.first {
            columns.kinds[$0] == .date && known.contains(PlainText.matchKey(columns.headers[$0]))
        }
    }
}
