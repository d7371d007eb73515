/// Cells of some rows of a table, row by row, as bytes in memory that somebody else keeps: who hands a block over says
/// how long it lasts.
///
/// Eight bytes behind every cell are readable, so that cells can be hashed and compared by words.
public struct CellBlock {
    /// Cells a row.
    public let columnCount: Int
    /// The cells of the rows, one row after the other.
    public private(set) var cells: [UnsafeBufferPointer<UInt8>] = []

    /// No rows of so many columns.
    public init(columnCount: Int) { self.columnCount = columnCount }

    /// Rows.
    public var rowCount: Int { columnCount == 0 ? 0 : cells.count / columnCount }

    /// Makes room for so many rows.
    public mutating func reserve(rows: Int) { cells.reserveCapacity(rows * columnCount) }

    /// Adds the next cell.
    public mutating func append(_ cell: UnsafeBufferPointer<UInt8>) { cells.append(cell) }

    /// The cell of a row and a column.
    public subscript(row: Int, column: Int) -> UnsafeBufferPointer<UInt8> { cells[row * columnCount + column] }
}
