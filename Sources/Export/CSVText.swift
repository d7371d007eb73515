/// Rows of CSV in memory: cells with commas (or another delimiter) between them, quoted where RFC 4180 asks for it, a line feed at the end.
public struct CSVText: Sendable {
    /// The bytes so far.
    public private(set) var bytes: [UInt8] = []
    private var rowStart = 0
    private var hasCell = false
    private let delimiter: UInt8

    /// No rows; there is room for so many bytes.
    public init(capacity: Int = 0, delimiter: UInt8 = UInt8(ascii: ",")) {
        self.delimiter = delimiter
        bytes.reserveCapacity(capacity)
    }

    /// Adds the row's next cell.
    public mutating func put(_ cell: UnsafeBufferPointer<UInt8>) {
        if hasCell { bytes.append(delimiter) }
        hasCell = true
        let delimiter = delimiter
        let isPlain = cell.allSatisfy { !($0 == 34 || $0 == delimiter || $0 == 10 || $0 == 13) }
        if isPlain {
            bytes.append(contentsOf: cell)
            return
        }
        bytes.append(34)
        for byte in cell {
            if byte == 34 { bytes.append(34) }
            bytes.append(byte)
        }
        bytes.append(34)
    }

    /// Adds the row's next cell.
    public mutating func put(_ text: String) {
        var text = text
        text.withUTF8 { put($0) }
    }

    /// Adds the row's next cell.
    public mutating func put(_ bytes: [UInt8]) { bytes.withUnsafeBufferPointer { put($0) } }

    /// Adds a number as the row's next cell.
    public mutating func put(_ number: Int) {
        if hasCell { bytes.append(delimiter) }
        hasCell = true
        if number >= 0, number < 10 {
            bytes.append(UInt8(number) + 48)
        } else {
            bytes.append(contentsOf: String(number).utf8)
        }
    }

    /// Ends the row; one of a single empty cell is written as `""`.
    public mutating func endRow() {
        if bytes.count == rowStart { bytes += [34, 34] }
        bytes.append(10)
        rowStart = bytes.count
        hasCell = false
    }

    /// Adds a whole row with its line feed.
    public mutating func append(line: some Sequence<UInt8>) {
        bytes.append(contentsOf: line)
        rowStart = bytes.count
    }

    /// Adds whole rows.
    public mutating func append(_ other: CSVText) {
        bytes.append(contentsOf: other.bytes)
        rowStart = bytes.count
    }

    /// A header.
    public static func header(_ names: [String]) -> CSVText {
        var text = CSVText()
        for name in names { text.put(name) }
        text.endRow()
        return text
    }
}

extension OutputFile {
    /// Adds rows at the end.
    ///
    /// - Throws: `Problem(.outputFailed)`.
    public func write(_ rows: CSVText) throws { try rows.bytes.withUnsafeBytes { try write($0) } }
}
