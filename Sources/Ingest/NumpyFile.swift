import CKernels
import CustomerData
import LinearAlgebra

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A matrix of numbers from a `.npy` file (NumPy Enhancement Proposal 1, format versions 1 to 3).
///
/// Read are little-endian float32, float64, int32 and int64, in C and in Fortran order, with one or two dimensions; one
/// dimension is one column. Whole numbers become doubles: beyond 2⁵³ the nearest one.
public enum NumpyFile: Sendable {
    /// A file of 32-bit floats, as they are.
    case floats(Matrix<Float>)
    /// A file of any other kind of number.
    case doubles(Matrix<Double>)

    /// Rows.
    public var rowCount: Int {
        switch self {
        case .floats(let matrix): matrix.rowCount
        case .doubles(let matrix): matrix.rowCount
        }
    }

    /// Columns.
    public var columnCount: Int {
        switch self {
        case .floats(let matrix): matrix.columnCount
        case .doubles(let matrix): matrix.columnCount
        }
    }

    /// The numbers as doubles, row-major.
    public var asDoubles: Matrix<Double> {
        switch self {
        case .floats(let matrix):
            Matrix(
                rowCount: matrix.rowCount, columnCount: matrix.columnCount, elements: matrix.elements.map(Double.init))
        case .doubles(let matrix): matrix
        }
    }

    /// Reads a file.
    ///
    /// - Throws: a problem of a missing input when the file can't be opened; a data problem when it is no `.npy` file, is
    ///   truncated, or holds numbers or dimensions of another kind.
    /// - Complexity: O(values); the values are held once, twice in Fortran order or when whole numbers are converted.
    public init(path: String) throws {
        func failure() -> Problem { Problem(.inputMissing, "\(path): \(String(cString: strerror(errno)))") }
        let descriptor = open(path, O_RDONLY)
        guard descriptor >= 0 else { throw failure() }
        defer { close(descriptor) }
        func fill(_ buffer: UnsafeMutableRawBufferPointer) throws -> Int {
            var filled = 0
            while filled < buffer.count, let base = buffer.baseAddress {
                let count = read(descriptor, base + filled, min(buffer.count - filled, 1 << 30))
                if count < 0, errno == EINTR { continue }
                guard count >= 0 else { throw failure() }
                if count == 0 { break }
                filled += count
            }
            return filled
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure() }
        if status.st_mode & S_IFMT == S_IFREG {
            try self.init(name: path, byteCount: Int(status.st_size), fill)
            return
        }
        // A pipe has no size beforehand.
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let filled = try part.withUnsafeMutableBytes { try fill($0) }
            bytes += part[..<filled]
            if filled < part.count { break }
        }
        try self.init(name: path, bytes: bytes)
    }

    /// Reads from memory; `name` stands in messages.
    public init(name: String, bytes: [UInt8]) throws {
        var position = 0
        try self.init(name: name, byteCount: bytes.count) { buffer in
            let count = min(buffer.count, bytes.count - position)
            buffer.copyBytes(from: bytes[position..<(position + count)])
            position += count
            return count
        }
    }

    /// Reads from a source of so many bytes that fills buffers, and tells with how many bytes.
    private init(
        name: String, byteCount: Int, _ read: (UnsafeMutableRawBufferPointer) throws -> Int
    ) throws {
        var position = 0
        func bytes(_ count: Int) throws -> [UInt8] {
            var bytes = [UInt8](repeating: 0, count: count)
            let filled = try bytes.withUnsafeMutableBytes { try read($0) }
            position += filled
            return Array(bytes[..<filled])
        }
        let truncated = Problem(.data, "\(name): the .npy file ends before its data does; was it copied in full?")

        let start = try bytes(8)
        guard start.starts(with: [0x93] + Array("NUMPY".utf8)) else {
            throw Problem(.data, "\(name): not a .npy file (it doesn't begin with \\x93NUMPY)")
        }
        guard start.count == 8 else { throw truncated }
        guard (1...3).contains(start[6]) else {
            throw Problem(.data, "\(name): .npy format version \(start[6]); versions 1 to 3 can be read")
        }
        let lengthBytes = try bytes(start[6] == 1 ? 2 : 4)
        guard lengthBytes.count == (start[6] == 1 ? 2 : 4) else { throw truncated }
        let length = lengthBytes.reversed().reduce(0) { $0 << 8 | Int($1) }
        guard length <= 1 << 20 else { throw Problem(.data, "\(name): the .npy header is damaged") }
        let text = try bytes(length)
        guard text.count == length else { throw truncated }
        let header = try NumpyHeader(text, name: name)

        // Checked before any memory is taken, since a damaged header can ask for any amount.
        let expected = header.count * header.kind.byteCount
        guard expected <= byteCount - position else { throw truncated }
        guard expected == byteCount - position else {
            throw Problem(.data, "\(name): the .npy file goes on after its data")
        }
        func elements<Element>(_ type: Element.Type) throws -> [Element] {
            try [Element](unsafeUninitializedCapacity: header.count) { buffer, count in
                strata_advise_large_pages(buffer.baseAddress, header.count * MemoryLayout<Element>.stride)
                let filled = try read(UnsafeMutableRawBufferPointer(buffer))
                guard filled == header.count * MemoryLayout<Element>.stride else { throw truncated }
                count = header.count
            }
        }
        switch header.kind {
        case .float32: self = .floats(header.matrix(try elements(Float.self)))
        case .float64: self = .doubles(header.matrix(try elements(Double.self)))
        case .int32: self = .doubles(header.matrix(try elements(Int32.self).map(Double.init)))
        case .int64: self = .doubles(header.matrix(try elements(Int64.self).map(Double.init)))
        }
    }
}
