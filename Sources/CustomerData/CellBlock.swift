/// The cells of a run of rows, column by column: what Ingest hands to stages that look at tables of any kind.
///
/// The cells stand without their quotes and without blanks around them. One worker fills a block and reads it again and
/// again; the bytes are good until it is filled anew.
public final class CellBlock {
    /// Number of the block in its file: the order of rows is (number, row).
    public private(set) var number = 0
    /// Rows that are there.
    public private(set) var rowCount = 0
    /// Columns of the table.
    public let columnCount: Int
    /// What the spans refer to; readable for sixteen bytes behind every span.
    public private(set) var text: UnsafePointer<UInt8>
    /// The byte that ends a line.
    private var newline: UInt8 = 10
    private var capacity = 0
    private var spans: UnsafeMutablePointer<Span>
    private var starts: UnsafeMutablePointer<UInt32>
    /// Cells of each column that had blanks around them.
    public private(set) var paddedCounts: [Int]

    /// An empty block of so many columns.
    public init(columnCount: Int) {
        self.columnCount = columnCount
        spans = .allocate(capacity: 0)
        starts = .allocate(capacity: 0)
        text = UnsafeRawPointer(starts).assumingMemoryBound(to: UInt8.self)
        paddedCounts = Array(repeating: 0, count: columnCount)
    }

    deinit {
        spans.deallocate()
        starts.deallocate()
    }

    /// Empties the block and makes room for so many rows of a text.
    public func begin(number: Int, text: UnsafePointer<UInt8>, newline: UInt8, reserving rows: Int) {
        self.number = number
        self.text = text
        self.newline = newline
        rowCount = 0
        for column in 0..<columnCount { paddedCounts[column] = 0 }
        guard rows > capacity else { return }
        capacity = rows + rows / 4
        spans.deallocate()
        starts.deallocate()
        spans = .allocate(capacity: capacity * columnCount)
        starts = .allocate(capacity: capacity)
    }

    /// Adds a row that begins at an offset of the text; `cell` gives the cell of each column and whether it had blanks
    /// around it.
    @inlinable
    public func addRow(start: Int, _ cell: (Int) -> (span: Span, isPadded: Bool)) {
        let row = openRow(start: start)
        for column in 0..<columnCount {
            let (span, isPadded) = cell(column)
            row[column &* stride] = span
            if isPadded { countPadded(column) }
        }
    }

    /// Where the first cell of a new row goes; the cells of the other columns follow at `stride`.
    @usableFromInline
    func openRow(start: Int) -> UnsafeMutablePointer<Span> {
        precondition(rowCount < capacity, "room was reserved for the rows")
        starts[rowCount] = UInt32(truncatingIfNeeded: start)
        rowCount += 1
        return spans + (rowCount - 1)
    }

    /// Cells between the beginnings of two columns.
    @usableFromInline var stride: Int { capacity }

    @usableFromInline
    func countPadded(_ column: Int) { paddedCounts[column] += 1 }

    /// The cells of a column, one a row.
    public func column(_ column: Int) -> UnsafePointer<Span> { UnsafePointer(spans + column * capacity) }

    /// The bytes of a cell.
    public func cell(row: Int, column: Int) -> UnsafeBufferPointer<UInt8> {
        let span = spans[column * capacity + row]
        return UnsafeBufferPointer(start: text + Int(span.start), count: Int(span.length))
    }

    /// The line of a row, counted from 0 at the block's beginning.
    ///
    /// - Complexity: O(bytes before the row).
    public func line(ofRow row: Int) -> Int {
        (0..<Int(starts[row])).reduce(0) { text[$1] == newline ? $0 + 1 : $0 }
    }

    /// Lines between the beginnings of two rows.
    ///
    /// - Complexity: O(bytes between them).
    public func lines(from row: Int, to later: Int) -> Int {
        (Int(starts[row])..<Int(starts[later])).reduce(0) { text[$1] == newline ? $0 + 1 : $0 }
    }
}
