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

        /// Nothing said.
        public init(encoding: TextEncoding? = nil, delimiter: UInt8? = nil) {
            self.encoding = encoding
            self.delimiter = delimiter
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

    private let markLength: Int

    /// Opens a file and finds out its form.
    ///
    /// - Throws: `Problem(.inputMissing)` when it can't be opened; `Problem(.data)` when it is empty, has a header
    ///   only, or is no text.
    public init(path: String, options: Options = Options()) throws {
        input = try InputFile(path: path)
        let raw = try TableFile.beginning(of: input.bytes(), count: TableFile.sampleByteCount)
        let detected = raw.withUnsafeBufferPointer(TextEncoding.detect)
        encoding = options.encoding ?? detected.encoding
        markLength = encoding == detected.encoding ? detected.markLength : 0
        let text = try TableFile.beginning(
            of: TableFile.text(of: input, encoding, markLength), count: TableFile.sampleByteCount)
        guard text.contains(where: { !" \t\r\n".utf8.contains($0) }) else {
            throw Problem(.data, "\(input.name) is empty: expected a header line and rows")
        }
        guard !text.contains(0) else {
            throw Problem(.data, "\(input.name) is a binary file: expected delimited text (CSV), plain or gzip")
        }
        let isWhole = text.count < TableFile.sampleByteCount
        var dialect = Dialect.detect(text, isWhole: isWhole)
        if let delimiter = options.delimiter { dialect.delimiter = delimiter }
        self.dialect = dialect
        let rows = Dialect.records(text, dialect, limit: TableFile.sampleRowCount + 1, isWhole: isWhole)
        headers = rows.first ?? []
        samples = Array(rows.dropFirst())
        if rows.count == 1, isWhole {
            throw Problem(.data, "\(input.name) has a header line and no rows")
        }
        if rows.isEmpty {
            // One record fills the sample, or a quote opens and is never closed: the reader says which.
            try forEachBlock(parallel: Parallel(threads: 1)) { _, _, _ in } commit: { _, _ in }
        }
    }

    /// The unpacked text in UTF-8 from the beginning.
    private static func text(
        of input: InputFile, _ encoding: TextEncoding, _ markLength: Int
    ) throws -> any ByteSource {
        let bytes = input.bytes()
        if markLength > 0 { _ = try beginning(of: bytes, count: markLength) }
        return encoding == .utf8 ? bytes : try TranscodedSource(bytes, encoding: encoding, name: input.name)
    }

    private static func beginning(of source: any ByteSource, count: Int) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            initialized = 0
            while initialized < count {
                let free = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[initialized...])
                let read = try source.read(into: free)
                if read == 0 { break }
                initialized += read
            }
        }
    }

    /// A reader of the file's records from the beginning, the header among them.
    func recordBlocks() throws -> RecordBlocks {
        RecordBlocks(try TableFile.text(of: input, encoding, markLength), dialect: dialect)
    }

    /// A problem with a line, as one sentence that says where.
    func problem(line: Int, _ sentence: String) -> Problem {
        Problem(.data, "\(input.name) line \(line): \(sentence)")
    }
}
