import CustomerData
import Export
import Foundation
import Ingest
import Matching
import Statistics

/// Which customers are one, and what their golden records say: the records of an entity go by the id of its golden record.
struct MatchedCustomers: Sendable {
    /// The ids that go by another.
    let aliases: CustomerAliases
    /// Entities of several records.
    let mergedCount: Int
    private let headers: [String]
    /// Where the id stands among them.
    private let id: Int
    /// The cells of those entities' golden records, by id.
    private let golden: [[UInt8]: [String]]

    /// The entities of a matching that has just been done.
    ///
    /// - Throws: `Problem(.usage)` when the records have no ids.
    init(_ table: RecordTable, _ result: MatchResult, golden records: GoldenRecords) throws {
        guard let id = table.columns.id else { throw MatchedCustomers.noIDs() }
        headers = table.columns.headers
        self.id = id
        var aliases: [(String, String)] = []
        var golden: [[UInt8]: [String]] = [:]
        for (_, members) in MatchFiles.groups(result.entities.entities) where members.count > 1 {
            let cells = headers.indices.map { column in
                records.survivor(column: column, among: members).flatMap { table.text(row: $0, column: column) } ?? ""
            }
            golden[Array(cells[id].utf8)] = cells
            for name in Set(members.map { Array(table.name(of: $0).utf8) }) where !name.elementsEqual(cells[id].utf8) {
                aliases.append((String(decoding: name, as: UTF8.self), cells[id]))
            }
        }
        self.golden = golden
        mergedCount = golden.count
        self.aliases = CustomerAliases(aliases)
    }

    /// The entities of an earlier matching, from its folder.
    ///
    /// - Throws: `Problem` when a file of it is missing or damaged, or its records had no ids.
    init(folder: String) throws {
        let goldenPath = OutputFolder.path(MatchFiles.golden, in: folder)
        let clustersPath = OutputFolder.path(MatchFiles.clusters, in: folder)
        for path in [goldenPath, clustersPath] where !FileManager.default.fileExists(atPath: path) {
            throw Problem(
                .inputMissing, "\(path): can't be opened: expected the folder that strata match wrote")
        }
        let clusters = try MatchedCustomers.open(clustersPath)
        guard clusters.headers.count == 2, clusters.headers[1] == "entity_id" else {
            throw Problem(.data, "\(clustersPath): expected an id and an entity such as E12")
        }
        guard clusters.headers[0] != "row" else { throw MatchedCustomers.noIDs() }
        let table = try MatchedCustomers.open(goldenPath)
        let count = (table.headers.count - 2) / 2
        headers = Array(table.headers.dropFirst(2).prefix(max(0, count)))
        guard table.headers.starts(with: ["entity_id", "records"]), table.headers.count == 2 + 2 * count,
            let id = headers.firstIndex(of: clusters.headers[0])
        else {
            throw Problem(
                .data, "\(goldenPath): expected the columns entity_id, records, and those of the customers")
        }
        self.id = id
        var ids: [String: String] = [:]
        var golden: [[UInt8]: [String]] = [:]
        try MatchedCustomers.forEachRow(of: table) {
            $0[1] == "1" ? nil : $0
        } commit: { row in
            let cells = Array(row[2..<(2 + count)])
            ids[row[0]] = cells[id]
            golden[Array(cells[id].utf8)] = cells
        }
        var aliases: [(String, String)] = []
        let known = ids
        try MatchedCustomers.forEachRow(of: clusters) {
            known[$0[1]] == nil ? nil : $0
        } commit: { row in
            guard let id = known[row[1]], !id.utf8.elementsEqual(row[0].utf8) else { return }
            aliases.append((row[0], id))
        }
        self.golden = golden
        mergedCount = golden.count
        self.aliases = CustomerAliases(aliases)
    }

    private static func noIDs() -> Problem {
        Problem(
            .usage,
            "the customers were matched without ids, by which transactions could follow them: name the column with --id"
        )
    }

    private static func open(_ path: String) throws -> TableFile {
        try TableFile(path: path, options: .init(encoding: .utf8, delimiter: UInt8(ascii: ",")))
    }

    /// Rows that are wanted, in their order.
    private static func forEachRow(
        of file: TableFile, _ wanted: ([String]) -> [String]?, commit: ([String]) -> Void
    ) throws {
        try file.forEachTextBlock(parallel: Parallel()) { block in
            (0..<block.count).compactMap { row in
                wanted(block.cells(ofRow: row).map { String(decoding: $0, as: UTF8.self) })
            }
        } commit: { rows in
            for row in rows { commit(row) }
        }
    }

    /// A customers file with golden cells in the rows of golden records; all others stand as they did, on the same lines.
    ///
    /// - Returns: the file, and what holds its bytes as long as it is read.
    /// - Throws: `Problem(.data)` when rows hold NUL bytes or bytes of another encoding.
    func golden(_ file: TableFile, parallel: Parallel) throws -> (file: TableFile, bytes: OutputFile) {
        let places = file.headers.map { headers.firstIndex(of: $0) }
        let path = NSTemporaryDirectory() + "/strata-golden-\(UUID().uuidString).csv"
        let output = try OutputFile(path: path, personal: true)
        let delimiter = file.dialect.delimiter
        var header = CSVText(delimiter: delimiter)
        for name in file.headers { header.put(name) }
        header.endRow()
        let source = try TableFile(
            of: file.input, options: .init(encoding: file.encoding, delimiter: delimiter, allowsDamage: true))
        var isBegun = false
        try source.forEachRowOfCells(parallel: parallel) { block, _ -> (text: CSVText, head: [UInt8]?, damaged: Int) in
            let damaged = block.unread.count { $0.reason.isEscaped }
            return (golden(block, places, delimiter), block.head, damaged)
        } commit: { part, _ in
            if part.damaged > 0 { throw RunCleaning.damage(file, part.damaged) }
            if !isBegun {
                isBegun = true
                // Blank lines before the header stay lines.
                var lines = CSVText(delimiter: delimiter)
                lines.append(line: (part.head ?? []).prefix { $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\n") })
                try output.write(lines)
                try output.write(header)
            }
            try output.write(part.text)
        }
        guard let written = output.pathBeforeCommit else { return (file, output) }
        let table = try TableFile(
            path: written, name: file.input.name, options: .init(encoding: .utf8, delimiter: delimiter))
        return (table, output)
    }

    private func golden(_ block: CellRows, _ places: [Int?], _ delimiter: UInt8) -> CSVText {
        var text = CSVText(capacity: 1 << 17, delimiter: delimiter)
        var unread = block.unread[...]
        let column = places.firstIndex(of: id)
        for row in 0..<block.positions.count {
            while let next = unread.first, next.position < Int(block.positions[row]) {
                text.append(line: next.text + [UInt8(ascii: "\n")])
                unread = unread.dropFirst()
            }
            let cells = block.cells[(row * block.columnCount)..<((row + 1) * block.columnCount)]
            let record = column.flatMap { golden[MatchedCustomers.trimmed(cells[cells.startIndex + $0])] }
            for (column, cell) in cells.enumerated() {
                if let record, let place = places[column] { text.put(record[place]) } else { text.put(cell) }
            }
            text.endRow()
        }
        for next in unread { text.append(line: next.text + [UInt8(ascii: "\n")]) }
        return text
    }

    private static func trimmed(_ cell: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        return Array(cell.drop(while: isBlank).reversed().drop(while: isBlank).reversed())
    }
}
