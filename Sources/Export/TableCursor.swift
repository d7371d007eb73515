import CustomerData
import Glibc

/// Goes through the rows of a table as `CSVWriter` writes it for a machine, one after the other, with a buffer of a
/// fixed size.
public final class TableCursor {
    private let file: TableDescriptor
    private let columnCount: Int
    private var buffer: UnsafeMutableBufferPointer<UInt8>
    /// Bytes of the buffer that hold the file.
    private var filled = 0
    /// Where in the buffer the next row begins.
    private var next = 0
    /// Where in the file the buffer's end lies.
    private var offset: Int
    private var starts: [Int] = []
    private var ends: [Int] = []

    init(_ file: TableDescriptor, from offset: Int, columnCount: Int, bufferSize: Int = 1 << 18) {
        self.file = file
        self.offset = offset
        self.columnCount = columnCount
        buffer = .allocate(capacity: bufferSize)
    }

    deinit { buffer.deallocate() }

    /// Where in the file the next row begins.
    var position: Int { offset - filled + next }

    /// Goes to the next row; false at the end.
    ///
    /// - Throws: `Problem(.data)` when the file ends in the middle of a row, or a row has another number of cells than
    ///   there are columns; `Problem(.inputMissing)` when it can't be read.
    public func advance() throws -> Bool {
        guard let row = try nextRow() else { return false }
        split(row.lowerBound, row.upperBound)
        guard starts.count == columnCount || columnCount == 0 else {
            throw Problem(
                .data, "\(file.path) is damaged: a row has \(starts.count) cells where the header has \(columnCount)")
        }
        return true
    }

    /// Goes to the next row and finds its first cell only: it has no other, and how many there are is not looked at.
    func advanceToKey() throws -> Bool {
        guard let row = try nextRow() else { return false }
        guard let base = buffer.baseAddress, buffer[row.lowerBound] != 34 else {
            split(row.lowerBound, row.upperBound)
            return true
        }
        let comma = memchr(base + row.lowerBound, 44, row.count)
        starts.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        starts.append(row.lowerBound)
        ends.append(comma.map { UnsafeRawPointer($0) - UnsafeRawPointer(base) } ?? row.upperBound)
        return true
    }

    /// Cells of the row.
    var cellCount: Int { starts.count }

    /// The bytes of a cell of the row, without quotes; good until the next `advance`.
    public func bytes(_ column: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: buffer[starts[column]..<ends[column]])
    }

    /// A cell of the row as text.
    public func text(_ column: Int) -> String { String(decoding: bytes(column), as: UTF8.self) }

    /// Whether the row has the same cells as that of another cursor.
    public func hasSameCells(as other: TableCursor) -> Bool {
        guard starts.count == other.starts.count else { return false }
        for column in starts.indices where !bytes(column).elementsEqual(other.bytes(column)) { return false }
        return true
    }

    /// All cells of the row as text.
    public var texts: [String] { starts.indices.map(text) }

    /// Where in the buffer the next row lies, without its newline; nil when there is no more row. The row after it is
    /// then the next.
    private func nextRow() throws -> Range<Int>? {
        var place = next
        var isQuoted = false
        while true {
            if let base = buffer.baseAddress {
                while place < filled, let newline = memchr(base + place, 10, filled - place) {
                    let end = UnsafeRawPointer(newline) - UnsafeRawPointer(base)
                    // A newline between an odd number of quotes belongs to its cell.
                    while place < end, let quote = memchr(base + place, 34, end - place) {
                        isQuoted.toggle()
                        place = UnsafeRawPointer(quote) - UnsafeRawPointer(base) + 1
                    }
                    place = end + 1
                    if !isQuoted {
                        defer { next = place }
                        return next..<end
                    }
                }
            }
            // Keep what there is of the row, read on, and look at it anew.
            let kept = filled - next
            if next > 0 {
                buffer.baseAddress.map { $0.update(from: $0 + next, count: kept) }
                (next, filled) = (0, kept)
            }
            (place, isQuoted) = (0, false)
            if filled == buffer.count {
                let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: buffer.count * 2)
                _ = larger.update(fromContentsOf: buffer)
                buffer.deallocate()
                buffer = larger
            }
            let free = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
            let read = try file.read(at: offset, into: free)
            guard read > 0 else {
                guard kept == 0 else { throw file.cutShort }
                return nil
            }
            filled += read
            offset += read
        }
    }

    /// Finds the cells of a row, and writes those in quotes anew without them.
    private func split(_ begin: Int, _ end: Int) {
        // Held here, so that the loop owns them.
        var (starts, ends, buffer) = (starts, ends, buffer)
        (self.starts, self.ends) = ([], [])
        starts.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        var place = begin
        while true {
            starts.append(place)
            if place < end, buffer[place] == 34 {
                var written = place
                place += 1
                while place < end {
                    if buffer[place] == 34 {
                        guard place + 1 < end, buffer[place + 1] == 34 else { break }
                        place += 1
                    }
                    buffer[written] = buffer[place]
                    written += 1
                    place += 1
                }
                ends.append(written)
                while place < end, buffer[place] != 44 { place += 1 }
            } else {
                while place < end, buffer[place] != 44 { place += 1 }
                ends.append(place)
            }
            if place >= end { break }
            place += 1
        }
        (self.starts, self.ends) = (starts, ends)
    }
}

/// An open file of rows.
final class TableDescriptor: Sendable {
    let path: String
    let size: Int
    private let descriptor: Int32

    init(path: String) throws {
        self.path = path
        let opened = open(path, O_RDONLY | O_CLOEXEC)
        guard opened >= 0 else {
            throw Problem(.inputMissing, "\(path): can't be opened: \(String(cString: strerror(errno)))")
        }
        var status = stat()
        guard fstat(opened, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(opened)
            throw Problem(.inputMissing, "\(path) is no file: expected a table that strata wrote")
        }
        descriptor = opened
        size = Int(status.st_size)
    }

    deinit { close(descriptor) }

    /// Reads from a place in the file; the number of bytes, 0 at its end.
    func read(at offset: Int, into target: UnsafeMutableRawBufferPointer) throws -> Int {
        while true {
            let count = pread(descriptor, target.baseAddress, target.count, off_t(offset))
            if count >= 0 { return count }
            guard errno == EINTR else {
                throw Problem(.inputMissing, "\(path): can't be read: \(String(cString: strerror(errno)))")
            }
        }
    }

    var cutShort: Problem { Problem(.data, "\(path) ends in the middle of a row: it is not whole; write it again") }
}
