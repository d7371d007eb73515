import CustomerData
import Statistics

/// Writes any result as CSV: a header, then a row a line, cells as `ResultTable.Values` describes them, quoted as in
/// RFC 4180.
///
/// Rows are made into bytes in blocks of a fixed size on all threads and written in their order while others are made:
/// the bytes are the same for any number of threads, and memory holds a few blocks however long the table.
public struct CSVWriter: Sendable {
    /// Who reads the file.
    public enum Mode: String, CaseIterable, Sendable {
        /// A program: UTF-8 without a byte order mark, LF, text as it is.
        case machine
        /// A spreadsheet: UTF-8 with a byte order mark, CRLF, and a `'` before every text cell that would be taken
        /// for a formula: one that begins with `=`, `+`, `@`, TAB, CR, LF or their full-width forms, or with `-`
        /// unless the whole cell is a negative number. Columns of numbers stay numbers.
        case spreadsheet
    }

    /// Who reads the file.
    public let mode: Mode
    /// The threads that rows are made into bytes on.
    public let parallel: Parallel

    /// Rows a block.
    private static let blockSize = 4096

    /// A writer for that reader.
    public init(mode: Mode = .machine, parallel: Parallel = Parallel()) {
        self.mode = mode
        self.parallel = parallel
    }

    /// Writes a table, or those rows of it that are named, in that order; the file is not committed.
    ///
    /// - Parameter header: whether the header comes first; a table that is written in parts has it once.
    /// - Throws: `Problem(.outputFailed)` when the file can't be written.
    /// - Complexity: O(cells).
    public func write(_ table: ResultTable, rows: [Int]? = nil, header: Bool = true, to file: OutputFile) throws {
        var failure: (any Error)?
        write(table, rows: rows, header: header) { bytes in
            do { try file.write(bytes) } catch { failure = error }
            return failure == nil
        }
        if let failure { throw failure }
    }

    /// The bytes of a table, or of those rows of it that are named, in that order.
    public func bytes(of table: ResultTable, rows: [Int]? = nil, header: Bool = true) -> [UInt8] {
        var bytes: [UInt8] = []
        write(table, rows: rows, header: header) {
            bytes.append(contentsOf: $0)
            return true
        }
        return bytes
    }

    /// Hands the bytes to `sink`, in their order, until it returns false.
    private func write(
        _ table: ResultTable, rows: [Int]?, header: Bool, to sink: (UnsafeRawBufferPointer) -> Bool
    ) {
        let formulaSafe = mode == .spreadsheet
        if header {
            var line = CellBuffer(capacity: 1024)
            defer { line.deallocate() }
            if formulaSafe { line.put("\u{FEFF}") }
            for (index, column) in table.columns.enumerated() {
                if index > 0 { line.put(",") }
                var name = column.name
                name.withUTF8 { line.put(cell: $0, formulaSafe: formulaSafe, room: 0) }
            }
            line.put(formulaSafe ? "\r\n" : "\n")
            guard sink(line.bytes) else { return }
        }
        CSVColumn.withColumns(of: table, formulaSafe: formulaSafe) { columns in
            if let rows {
                rows.withUnsafeBufferPointer { write(columns, rows: $0, count: rows.count, to: sink) }
            } else {
                write(columns, rows: nil, count: table.rowCount, to: sink)
            }
        }
    }

    /// Makes blocks on all threads and hands each to `sink` once those before it are through.
    private func write(
        _ columns: UnsafeBufferPointer<CSVColumn>, rows: UnsafeBufferPointer<Int>?, count: Int,
        to sink: (UnsafeRawBufferPointer) -> Bool
    ) {
        let order = BlockOrder(mostWaiting: parallel.threadCount * 8)
        defer { order.deallocate() }
        parallel.forEachRange(count, size: CSVWriter.blockSize) { range, block, _ in
            guard var buffer = order.buffer(for: block) else { return }
            make(range, rows: rows, columns, into: &buffer)
            order.finish(block, buffer, sink)
        }
    }

    /// Fills a buffer with the lines of a block.
    private func make(
        _ block: Range<Int>, rows: UnsafeBufferPointer<Int>?, _ columns: UnsafeBufferPointer<CSVColumn>,
        into slot: inout CellBuffer
    ) {
        var buffer = slot
        let formulaSafe = mode == .spreadsheet
        // The separators of cells are in the columns' room; an only cell that is empty is written as "".
        let room = columns.reduce(4) { $0 + $1.room }
        for position in block {
            let row = rows.map { $0[position] } ?? position
            buffer.reserve(room)
            let start = buffer.count
            var isFirst = true
            for column in columns {
                if !isFirst { buffer.put(ascii: ",") }
                isFirst = false
                column.put(row: row, into: &buffer, formulaSafe: formulaSafe, room: room)
            }
            if buffer.count == start {
                buffer.put(ascii: "\"")
                buffer.put(ascii: "\"")
            }
            if formulaSafe { buffer.put(ascii: "\r") }
            buffer.put(ascii: "\n")
        }
        slot = buffer
    }
}
