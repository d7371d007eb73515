import Cleaning
import CustomerData
import Ingest
import Statistics

/// A file of further columns by a key: its first column is one of the table's.
enum LookupFile {
    /// Reads one.
    ///
    /// - Throws: `Problem` when it can't be read, the table has no column like its first, or a key stands there twice.
    static func read(_ path: String, _ columns: CleaningColumns) throws -> Enrichment.Lookup {
        let file = try TableFile(path: path)
        guard file.headers.count > 1, let column = columns.column(named: file.headers[0]) else {
            throw Problem(
                .usage,
                "--lookup \(path): its first column, \"\(file.headers.first ?? "")\", must be one of the table's, with "
                    + "others behind it")
        }
        var rows: [String: [String]] = [:]
        try file.forEachTextBlock(parallel: Parallel(threads: 1)) { block in
            (0..<block.count).map { row in block.cells(ofRow: row).map { String(decoding: $0, as: UTF8.self) } }
        } commit: { block in
            for row in block {
                guard rows.updateValue(Array(row.dropFirst()), forKey: row[0]) == nil else {
                    throw Problem(.data, "\(path): a key stands in its first column more than once")
                }
            }
        }
        return Enrichment.Lookup(column: column, headers: Array(file.headers.dropFirst()), rows: rows)
    }
}
