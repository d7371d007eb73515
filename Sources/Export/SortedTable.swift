import CustomerData

/// A table as `CSVWriter` writes it for a machine, whose rows ascend by the bytes of their first cell: rows are found
/// by their first cell in a few reads, however long the table is.
public final class SortedTable {
    /// Where it lies.
    public let path: String
    /// The header.
    public let headers: [String]
    private let file: TableDescriptor
    /// Where the first row begins.
    private let start: Int

    /// Bytes below which rows are looked at one by one.
    private static let fewBytes = 1 << 16
    /// Bytes that are looked at to find where a row begins.
    private static let windowSize = 1 << 16

    /// Opens a table.
    ///
    /// - Throws: `Problem(.inputMissing)` when it can't be opened; `Problem(.data)` when it is empty or does not end
    ///   with a whole row.
    public init(path: String) throws {
        self.path = path
        file = try TableDescriptor(path: path)
        guard file.size > 0 else { throw Problem(.data, "\(path) is empty: expected a header line and rows") }
        let cursor = TableCursor(file, from: 0, columnCount: 0, bufferSize: 1 << 14)
        guard try cursor.advance() else { throw file.cutShort }
        headers = cursor.texts
        start = cursor.position
        var last: UInt8 = 0
        _ = try withUnsafeMutableBytes(of: &last) { try file.read(at: file.size - 1, into: $0) }
        guard last == UInt8(ascii: "\n") else { throw file.cutShort }
    }

    /// The column of a header.
    ///
    /// - Throws: `Problem(.data)` when there is none.
    public func column(_ name: String) throws -> Int {
        guard let column = headers.firstIndex(of: name) else {
            throw Problem(
                .data, "\(path) has no column \(name): it is of another kind, or of another version of strata")
        }
        return column
    }

    /// A cursor before the first row.
    public func rows() -> TableCursor { TableCursor(file, from: start, columnCount: headers.count) }

    /// The rows whose first cell is `key`, as text; none when there is no such row.
    ///
    /// Cells may hold newlines in quotes: where a row begins is told from the form of the rows around.
    ///
    /// - Throws: `Problem(.data)` when the rows that were met do not ascend, or are no rows.
    /// - Complexity: O(log(bytes of the table)) reads of 64 KiB, and the rows found.
    public func rows(of key: String) throws -> [[String]] {
        let wanted = Array(key.utf8)
        var (low, high) = (start, file.size)
        var (lowKey, highKey): ([UInt8]?, [UInt8]?)
        while high - low > SortedTable.fewBytes {
            let middle = low + (high - low) / 2
            guard let place = try rowStart(from: middle, below: high) else {
                // One row reaches from before the middle to the end of the range.
                high = middle
                continue
            }
            let cursor = TableCursor(file, from: place, columnCount: headers.count, bufferSize: 1 << 12)
            guard try cursor.advance() else { throw file.cutShort }
            let found = Array(cursor.bytes(0))
            if let lowKey, found.lexicographicallyPrecedes(lowKey) { throw notAscending }
            if let highKey, highKey.lexicographicallyPrecedes(found) { throw notAscending }
            if found.lexicographicallyPrecedes(wanted) {
                (low, lowKey) = (place, found)
            } else {
                (high, highKey) = (place, found)
            }
        }
        var rows: [[String]] = []
        var before: [UInt8] = []
        let cursor = TableCursor(file, from: low, columnCount: headers.count, bufferSize: 1 << 16)
        while try cursor.advance() {
            let found = cursor.bytes(0)
            if found.lexicographicallyPrecedes(before) { throw notAscending }
            if found.elementsEqual(wanted) {
                rows.append(cursor.texts)
            } else if wanted.lexicographicallyPrecedes(found) {
                break
            }
            before = Array(found)
        }
        return rows
    }

    /// How many rows there are, once all their keys have been looked at.
    ///
    /// - Throws: `Problem(.data)` when they do not ascend.
    /// - Complexity: O(bytes of the table).
    public func checkedRowCount() throws -> Int {
        let cursor = rows()
        var count = 0
        var before: [UInt8] = []
        while try cursor.advanceToKey() {
            let key = cursor.bytes(0)
            if key.lexicographicallyPrecedes(before) { throw notAscending }
            before.removeAll(keepingCapacity: true)
            before.append(contentsOf: key)
            count += 1
        }
        return count
    }

    /// What is wrong with a table out of order.
    public var notAscending: Problem {
        Problem(
            .data,
            "\(path) is not in the order of \(headers[0]) any more, so that nobody can be found in it: write it again with strata run"
        )
    }

    /// Where the first row begins that begins at or after a place and before another; nil when none does.
    private func rowStart(from place: Int, below limit: Int) throws -> Int? {
        if place <= start { return start }
        var size = SortedTable.windowSize
        while true {
            // The byte before the place tells whether a row begins right there.
            let begin = place - 1
            let end = min(begin + size, file.size)
            let window = try [UInt8](unsafeUninitializedCapacity: end - begin) { buffer, count in
                count = 0
                while count < buffer.count {
                    let free = UnsafeMutableRawBufferPointer(
                        rebasing: UnsafeMutableRawBufferPointer(buffer)[count...])
                    let read = try file.read(at: begin + count, into: free)
                    if read == 0 { break }
                    count += read
                }
            }
            let isAtEnd = end == file.size
            let outside = RowForm(window, startsQuoted: false, columnCount: headers.count, isAtEnd: isAtEnd)
            let inside = RowForm(window, startsQuoted: true, columnCount: headers.count, isAtEnd: isAtEnd)
            let form: RowForm
            switch (outside.isSound, inside.isSound) {
            case (true, false): form = outside
            case (false, true): form = inside
            case (true, true): form = inside.rowCount > outside.rowCount ? inside : outside
            case (false, false):
                throw Problem(.data, "\(path) is damaged: there are no rows where some should be; write it again")
            }
            if let first = form.firstRow {
                return begin + first < limit ? begin + first : nil
            }
            if isAtEnd || end >= limit { return nil }
            size *= 4
        }
    }
}

/// What a piece of a table looks like, when its first byte is taken to lie within quotes or outside of them.
private struct RowForm {
    /// Where the first row begins that begins in the piece; nil when none does.
    private(set) var firstRow: Int?
    /// Whole rows.
    private(set) var rowCount = 0
    /// Whether quotes and cells are where they can be.
    private(set) var isSound = true

    init(_ bytes: [UInt8], startsQuoted: Bool, columnCount: Int, isAtEnd: Bool) {
        let (quote, comma, newline) = (UInt8(ascii: "\""), UInt8(ascii: ","), UInt8(ascii: "\n"))
        var isQuoted = startsQuoted
        var cells = 1
        for place in bytes.indices {
            let byte = bytes[place]
            if byte == quote {
                if isQuoted {
                    // A closing quote ends its cell, or is the first of two.
                    if place + 1 < bytes.count, ![quote, comma, newline].contains(bytes[place + 1]) { isSound = false }
                } else if place > 0, ![quote, comma, newline].contains(bytes[place - 1]) {
                    isSound = false
                }
                isQuoted.toggle()
            } else if byte == comma, !isQuoted {
                cells += 1
            } else if byte == newline, !isQuoted {
                if firstRow != nil {
                    rowCount += 1
                    if cells != columnCount { isSound = false }
                }
                // The file's last newline begins no row.
                if firstRow == nil, !(isAtEnd && place == bytes.count - 1) { firstRow = place + 1 }
                cells = 1
            }
            if !isSound { return }
        }
        if isAtEnd, isQuoted { isSound = false }
    }
}
