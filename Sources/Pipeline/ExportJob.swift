import CustomerData
import Export
import Ingest
import Report
import Statistics

/// `strata export`: chosen columns and rows of a result, for a machine or a spreadsheet.
public struct ExportJob: Sendable {
    /// The table.
    public var table = ""
    /// Form of the table, where it is not to be detected.
    public var form = TableFile.Options()
    /// Headers of the columns, in the order wanted; nil for all.
    public var columns: [String]?
    /// A condition on rows, as after WHERE in SQL.
    public var condition: String?
    /// Who reads the result.
    public var mode = CSVWriter.Mode.machine
    /// Where it goes; `-` is standard output.
    public var out = "-"
    /// The key by which ids become pseudonyms; nil for ids as they are.
    public var pseudonyms: PseudonymKey?
    /// Header of the id column, where it is not told by its name.
    public var id: String?
    /// The threads.
    public var parallel = Parallel()

    /// A job with the defaults.
    public init() {}

    /// Exports.
    ///
    /// - Throws: `Problem`, also when a column is not there or the condition can't be read.
    public func run() throws -> JobReport {
        let file = try TableFile(path: table, options: form)
        var chosen = try (columns ?? file.headers).map { try column($0, of: file, option: "--columns") }
        let filter = try condition.map { try RowFilter(parsing: $0, columns: file.headers) }
        var report = JobReport()
        if let pseudonyms {
            let ids = try idColumns(of: file)
            let dropped = Set(PrivateColumns.columns(of: file)).subtracting(ids)
            report.lines += [
                pseudonyms.warning,
                PrivateColumns.note(chosen.filter(dropped.contains).map { file.headers[$0] }),
            ].compactMap { $0.map { "note: \($0)" } }
            chosen.removeAll(where: dropped.contains)
            guard !chosen.isEmpty else {
                throw Problem(.usage, "--columns: nothing is left of them without names and contacts")
            }
            try exportPseudonymous(file, chosen, ids, filter, by: pseudonyms, &report)
            return report
        }
        let output = try OutputFile(path: out, personal: true)
        let writer = CSVWriter(mode: mode, parallel: Parallel(threads: 1))
        var isFirst = true
        var (read, written) = (0, 0)
        func part(_ lists: [IdentifierList]) -> ResultTable {
            ResultTable(
                name: "export",
                columns: zip(chosen, lists).map { .init(file.headers[$0], .identifiers($1)) })
        }
        try file.forEachTextBlock(parallel: parallel) { rows in
            var lists = chosen.map { _ in IdentifierList() }
            var kept = 0
            for row in 0..<rows.count {
                let cells = rows.cells(ofRow: row)
                if let filter, !filter.matches({ cells[$0] }) { continue }
                for (position, column) in chosen.enumerated() { lists[position].append(cells[column]) }
                kept += 1
            }
            return (lists, rows.count, kept)
        } commit: { lists, rowCount, kept in
            read += rowCount
            written += kept
            guard kept > 0 || isFirst else { return }
            try writer.write(part(lists), header: isFirst, to: output)
            isFirst = false
        }
        try output.commit()
        report.lines.append(
            "\(Figures.count(written)) of \(Figures.counted(read, "row")), \(Figures.counted(chosen.count, "column"))")
        return report
    }

    private func column(_ name: String, of file: TableFile, option: String) throws -> Int {
        guard let column = file.headers.firstIndex(of: name) else {
            throw Problem(
                .usage,
                "\(option) \(name): \(table) has no such column; its columns are "
                    + file.headers.joined(separator: ", "))
        }
        return column
    }
}
