import CustomerData
import Glibc

/// An input that can be read from its beginning again and again: a file, packed or not, or standard input, which is
/// first copied to a temporary file without a name.
public final class InputFile: Sendable {
    /// What messages call it.
    public let name: String
    /// Size in bytes as it lies on the disk.
    public let byteCount: Int
    /// Whether it is gzip.
    public let isPacked: Bool
    private let descriptor: Int32

    /// Opens a file, or standard input for `-`.
    ///
    /// - Parameter name: what messages call it; nil for its path.
    /// - Throws: `Problem(.inputMissing)` when there is no such file or it can't be read.
    public init(path: String, name: String? = nil) throws {
        self.name = name ?? (path == "-" ? "standard input" : path)
        let opened = path == "-" ? try InputFile.spooledStandardInput() : open(path, O_RDONLY | O_CLOEXEC)
        guard opened >= 0 else {
            throw Problem(.inputMissing, "\(path): can't be opened: \(String(cString: strerror(errno)))")
        }
        var status = stat()
        guard fstat(opened, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else {
            close(opened)
            throw Problem(.inputMissing, "\(path) is a folder: name the files in it, or a pattern like '\(path)/*.csv'")
        }
        guard status.st_mode & S_IFMT != S_IFBLK, status.st_mode & S_IFMT != S_IFCHR || isatty(opened) == 1 else {
            close(opened)
            throw Problem(.inputMissing, "\(path) is a device: expected a file, a pipe or - for standard input")
        }
        // A pipe can't be read twice.
        if status.st_mode & S_IFMT == S_IFREG {
            descriptor = opened
        } else {
            defer { close(opened) }
            descriptor = try InputFile.spooled(opened, name: self.name)
            fstat(descriptor, &status)
        }
        byteCount = Int(status.st_size)
        var magic: (UInt8, UInt8) = (0, 0)
        isPacked = pread(descriptor, &magic, 2, 0) == 2 && magic.0 == 0x1F && magic.1 == 0x8B
    }

    deinit { close(descriptor) }

    /// The unpacked bytes from the beginning.
    func bytes() -> any ByteSource {
        let source = FileSource(descriptor: descriptor, name: name)
        return isPacked ? GzipSource(source, name: name) : source
    }

    /// Calls `body` with the bytes as they lie on the disk, piece by piece.
    public func forEachChunk(_ body: (UnsafeRawBufferPointer) -> Void) throws {
        let source = FileSource(descriptor: descriptor, name: name)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
        defer { buffer.deallocate() }
        while case let count = try source.read(into: buffer), count > 0 {
            body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }

    private static func spooledStandardInput() throws -> Int32 { try spooled(STDIN_FILENO, name: "standard input") }

    /// A temporary file without a name that holds what the descriptor gives.
    private static func spooled(_ source: Int32, name: String) throws -> Int32 {
        let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        // mkstemp puts its own letters for the last six.
        var template = Array("\(folder)/strata-input-\(String(repeating: "X", count: 6))".utf8CString)
        let target = mkstemp(&template)
        guard target >= 0 else {
            throw Problem(
                .outputFailed, "\(folder): no temporary file for \(name): \(String(cString: strerror(errno)))")
        }
        unlink(template)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
        defer { buffer.deallocate() }
        while true {
            let count = read(source, buffer.baseAddress, buffer.count)
            if count == 0 { return target }
            if count < 0 {
                if errno == EINTR { continue }
                close(target)
                throw Problem(.inputMissing, "\(name): can't be read: \(String(cString: strerror(errno)))")
            }
            var written = 0
            while written < count {
                let step = write(target, buffer.baseAddress.map { $0 + written }, count - written)
                guard step > 0 else {
                    close(target)
                    throw Problem(
                        .outputFailed, "\(folder): no room for a copy of \(name): set TMPDIR to a folder with room")
                }
                written += step
            }
        }
    }

    /// The files that arguments name: a name with `*`, `?` or `[` that is no file is a pattern, its matches in the
    /// order of their names.
    ///
    /// - Throws: `Problem(.inputMissing)` when nothing matches.
    public static func expand(_ patterns: [String]) throws -> [String] {
        try patterns.flatMap { pattern -> [String] in
            guard pattern != "-", access(pattern, F_OK) != 0, pattern.contains(where: { "*?[".contains($0) }) else {
                return [pattern]
            }
            var matches = glob_t()
            defer { globfree(&matches) }
            guard glob(pattern, 0, nil, &matches) == 0, let paths = matches.gl_pathv else {
                throw Problem(.inputMissing, "\(pattern): no file matches")
            }
            return (0..<Int(matches.gl_pathc)).compactMap { paths[$0].map { String(cString: $0) } }
        }
    }
}
