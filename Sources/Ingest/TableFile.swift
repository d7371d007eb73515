import CustomerData
import Statistics

/// A delimited text file whose form is known: encoding, delimiter, headers and the first rows.
public struct TableFile: Sendable {
    /// What a person says about a file's form; nil where it is to be detected.
    public struct Options: Sendable {
        /// The encoding.
        public var encoding: TextEncoding?
        /// The delimiter.
        public var delimiter: UInt8?
        /// Whether single rows may hold NUL bytes, or bytes of another encoding than most: then they are rejected rows,
        /// and the file as a whole is refused only when it is binary.
        public var allowsDamage: Bool

        /// Nothing said.
        public init(encoding: TextEncoding? = nil, delimiter: UInt8? = nil, allowsDamage: Bool = false) {
            self.encoding = encoding
            self.delimiter = delimiter
            self.allowsDamage = allowsDamage
        }
    }

    /// The file.
    public let input: InputFile
    /// How its characters are written.
    public let encoding: TextEncoding
    /// How its records are written.
    public let dialect: Dialect
    /// The header row.
    public let headers: [String]
    /// The first rows behind the header, at most `sampleRowCount`.
    public let samples: [[String]]

    /// Rows that are looked at to find out what a column holds.
    public static let sampleRowCount = 1000
    private static let sampleByteCount = 1 << 20

    /// Bytes of the byte order mark before the text.
    public let markLength: Int
    private let allowsDamage: Bool

    /// Opens a file and finds out its form.
    ///
    /// - Parameter name: what messages call it; nil for its path.
    /// - Throws: `Problem(.inputMissing)` when it can't be opened; `Problem(.data)` when it is empty, has a header
    ///   only, or is no text.
    public init(path: String, name: String? = nil, options: Options = Options()) throws {
        try self.init(of: try InputFile(path: path, name: name), options: options)
    }

    /// Finds out the form of an opened file.
    ///
    /// - Throws: `Problem(.data)` when it is empty, has a header only, or is no text.
    public init(of input: InputFile, options: Options = Options()) throws {
        self.input = input
        let raw = try TableFile.beginning(of: input.bytes(), count: TableFile.sampleByteCount, name: input.name)
        allowsDamage = options.allowsDamage
        let detected = raw.withUnsafeBufferPointer {
            TextEncoding.detect(
                $0, isWhole: raw.count < TableFile.sampleByteCount, allowsDamage: options.allowsDamage)
        }
        // A mark says which of the two UTF-16 it is better than a person does.
        let isMarkedUTF16 = detected.markLength == 2 && options.encoding?.isUTF16 == true
        encoding = isMarkedUTF16 ? detected.encoding : options.encoding ?? detected.encoding
        markLength = encoding == detected.encoding ? detected.markLength : 0
        let binary = Problem(.data, "\(input.name) is a binary file: expected delimited text (CSV), plain or gzip")
        if !encoding.isUTF16, allowsDamage ? TableFile.isBinary(raw) : raw.contains(0) { throw binary }
        let text = try TableFile.beginning(
            of: TableFile.text(of: input, encoding, markLength, allowsDamage), count: TableFile.sampleByteCount,
            name: input.name)
        guard text.contains(where: { !" \t\r\n".utf8.contains($0) }) else {
            throw Problem(.data, "\(input.name) is empty: expected a header line and rows")
        }
        guard allowsDamage ? !TableFile.isBinary(text) : !text.contains(0) else { throw binary }
        let isWhole = text.count < TableFile.sampleByteCount
        dialect =
            options.delimiter.map { Dialect(delimiter: $0, newline: Dialect.newline(of: text, delimiter: $0)) }
            ?? Dialect.detect(text, isWhole: isWhole)
        let rows = Dialect.records(text, dialect, limit: TableFile.sampleRowCount + 1, isWhole: isWhole)
        headers = rows.first ?? []
        samples = Array(rows.dropFirst())
        if rows.count == 1, isWhole {
            throw Problem(.data, "\(input.name) has a header line and no rows")
        }
        if rows.isEmpty {
            // One record fills the sample, or a quote opens and is never closed: then the reader says where.
            try forEachBlock(parallel: Parallel(threads: 1)) { _, _, _ in
            } commit: { _, _ in
            }
            throw problem(line: 1, "the header line is longer than 1 MiB: is this a table with a header?")
        }
    }

    /// Whether bytes are no text with a few damaged rows: four control characters or more, and more than one in a hundred,
    /// or they begin as packed files do.
    private static func isBinary(_ bytes: [UInt8]) -> Bool {
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0x1F, 0x8B]) { return true }
        let controls = bytes.count { $0 < 0x20 && !($0 >= 0x09 && $0 <= 0x0D) }
        return controls > 3 && controls * 100 > bytes.count
    }

    /// The unpacked text in UTF-8 from the beginning.
    private static func text(
        of input: InputFile, _ encoding: TextEncoding, _ markLength: Int, _ allowsDamage: Bool
    ) throws -> any ByteSource {
        let bytes = input.bytes()
        if markLength > 0 { _ = try beginning(of: bytes, count: markLength, name: input.name) }
        return encoding == .utf8 ? bytes : try TranscodedSource(bytes, encoding: encoding, allowsDamage: allowsDamage)
    }

    private static func beginning(of source: any ByteSource, count: Int, name: String) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            initialized = 0
            while initialized < count {
                let free = UnsafeMutableRawBufferPointer(
                    rebasing: UnsafeMutableRawBufferPointer(buffer)[initialized...])
                do {
                    let read = try source.read(into: free)
                    if read == 0 { break }
                    initialized += read
                } catch let problem as UndecodableText {
                    let line = buffer[..<initialized].count { $0 == UInt8(ascii: "\n") } + 1
                    throw Problem(.data, "\(name) line \(line): \(problem.sentence)")
                }
            }
        }
    }

    /// A reader of the file's records from the beginning, the header among them.
    func recordBlocks(byteCount: Int = TableFile.blockByteCount) throws -> RecordBlocks {
        RecordBlocks(
            try TableFile.text(of: input, encoding, markLength, allowsDamage), dialect: dialect,
            blockByteCount: byteCount)
    }

    /// A problem with a line, as one sentence that says where.
    func problem(line: Int, _ sentence: String) -> Problem {
        Problem(.data, "\(input.name) line \(line): \(sentence)")
    }
}
