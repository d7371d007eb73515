/// A dense matrix, row-major.
public struct Matrix<Element: BinaryFloatingPoint & Sendable>: Sendable {
    /// Rows.
    public let rowCount: Int
    /// Columns.
    public let columnCount: Int
    /// `rowCount × columnCount` elements, row-major.
    public var elements: [Element]

    /// A matrix of `rowCount × columnCount` elements, row-major.
    @inlinable
    public init(rowCount: Int, columnCount: Int, elements: [Element]) {
        precondition(elements.count == rowCount * columnCount)
        self.rowCount = rowCount
        self.columnCount = columnCount
        self.elements = elements
    }

    /// A matrix of zeros.
    @inlinable
    public init(rowCount: Int, columnCount: Int) {
        self.init(
            rowCount: rowCount, columnCount: columnCount, elements: Array(repeating: 0, count: rowCount * columnCount))
    }

    /// The element of a row and a column.
    @inlinable
    public subscript(row: Int, column: Int) -> Element {
        get { elements[row * columnCount + column] }
        set { elements[row * columnCount + column] = newValue }
    }
}
