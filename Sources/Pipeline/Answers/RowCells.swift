import CustomerData
import Export

/// A row of a table of a run, its cells by their headers.
struct RowCells {
    private let cells: [String: String]
    private let path: String
    /// The headers, left to right.
    let headers: [String]

    init(_ row: [String], of table: SortedTable) {
        cells = Dictionary(zip(table.headers, row), uniquingKeysWith: { first, _ in first })
        headers = table.headers
        path = table.path
    }

    /// The cell under a header; nil when it is empty.
    ///
    /// - Throws: `Problem(.data)` when there is no such column.
    subscript(name: String) -> String? {
        get throws {
            guard let cell = cells[name] else {
                throw Problem(
                    .data, "\(path) has no column \(name): it is of another kind, or of another version of strata")
            }
            return cell.isEmpty ? nil : cell
        }
    }

    /// The cell under a header as a value; nil when it is empty.
    ///
    /// - Throws: `Problem(.data)` when there is no such column, or the cell can't be read.
    func value<Value>(_ name: String, _ read: (String) -> Value?) throws -> Value? {
        guard let cell = try self[name] else { return nil }
        guard let value = read(cell) else {
            throw Problem(.data, "\(path), column \"\(name)\": a cell can't be read; write the run again")
        }
        return value
    }
}
