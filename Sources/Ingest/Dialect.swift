import CustomerData
import Glibc

/// How a file's records are written.
public struct Dialect: Hashable, Sendable {
    /// The byte between fields.
    public var delimiter: UInt8
    /// The byte that ends a record: a line feed, which a carriage return may precede; a carriage return in files that
    /// have no line feed.
    public var newline: UInt8

    /// Comma, semicolon, bar, tab.
    static let delimiters: [UInt8] = [",", ";", "|", "\t"].map { UInt8(ascii: $0) }

    /// A dialect with that delimiter and newline.
    public init(delimiter: UInt8 = UInt8(ascii: ","), newline: UInt8 = UInt8(ascii: "\n")) {
        self.delimiter = delimiter
        self.newline = newline
    }

    /// The delimiter as one reads it: `,`, `;`, `|` or `TAB`.
    public var delimiterName: String {
        delimiter == UInt8(ascii: "\t") ? "TAB" : String(UnicodeScalar(delimiter))
    }

    /// The delimiter that a person named.
    ///
    /// - Throws: `Problem(.usage)` for anything but the four.
    public static func delimiter(named name: String) throws -> UInt8 {
        switch name.lowercased() {
        case ",", "comma": UInt8(ascii: ",")
        case ";", "semicolon": UInt8(ascii: ";")
        case "|", "bar", "pipe": UInt8(ascii: "|")
        case "\t", "\\t", "tab": UInt8(ascii: "\t")
        default: throw Problem(.usage, "--delimiter must be one of , ; | TAB; got \(name)")
        }
    }

    /// The dialect by the first bytes of a text in UTF-8: of the delimiters that divide the header, the one for which
    /// most records have as many fields as the header and no quote inside of one; among equals the one with more fields.
    ///
    /// - Parameter isWhole: whether the bytes are the whole text.
    static func detect(_ sample: [UInt8], isWhole: Bool) -> Dialect {
        var best = Dialect(newline: newline(of: sample, delimiter: delimiters[0]))
        var bestScore = (share: 0.0, fields: 1)
        for delimiter in delimiters {
            let dialect = Dialect(delimiter: delimiter, newline: newline(of: sample, delimiter: delimiter))
            let counts = fieldCounts(sample, dialect, isWhole: isWhole)
            guard let header = counts.first?.fields, header > 1 else { continue }
            let matching = counts.count { $0.fields == header && $0.isClean }
            let share = Double(matching) / Double(counts.count)
            if (share, header) > (bestScore.share, bestScore.fields) {
                bestScore = (share, header)
                best = dialect
            }
        }
        return best
    }

    /// A carriage return where it ends lines and all line feeds, if there are any, stand in quoted fields.
    static func newline(of sample: [UInt8], delimiter: UInt8) -> UInt8 {
        let (lineFeed, carriageReturn) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))
        let hasReturn = sample.withUnsafeBytes { bytes in
            bytes.baseAddress.map { memchr($0, Int32(carriageReturn), bytes.count) != nil } ?? false
        }
        guard hasReturn else { return lineFeed }
        let quote = UInt8(ascii: "\"")
        var isQuoted = false
        var beginsField = true
        var endsLines = false
        var position = 0
        while position < sample.count {
            let byte = sample[position]
            position += 1
            if isQuoted {
                guard byte == quote else { continue }
                if position < sample.count, sample[position] == quote { position += 1 } else { isQuoted = false }
                beginsField = false
                continue
            }
            if byte == lineFeed { return lineFeed }
            if byte == carriageReturn { endsLines = true }
            isQuoted = byte == quote && beginsField
            beginsField = byte == delimiter || byte == carriageReturn
        }
        return endsLines ? carriageReturn : lineFeed
    }

    /// The first records of a sample, field by field as text, blank lines left out; none when a quote is never closed.
    ///
    /// - Parameter isWhole: whether the sample is the whole text; otherwise its last record is cut and left out.
    static func records(_ sample: [UInt8], _ dialect: Dialect, limit: Int, isWhole: Bool) -> [[String]] {
        firstRecords(sample, dialect, limit: limit, isWhole: isWhole) { records, record in
            (0..<records.fieldCount(record)).map { records.string(records.field(record, $0)) }
        }
    }

    /// Fields of each of the first records, and whether quotes stand only around fields.
    private static func fieldCounts(
        _ sample: [UInt8], _ dialect: Dialect, isWhole: Bool
    ) -> [(fields: Int, isClean: Bool)] {
        firstRecords(sample, dialect, limit: 200, isWhole: isWhole) { records, record in
            (records.fieldCount(record), dialect.isClean(records.bytes(ofRecord: record)))
        }
    }

    /// Whether every quote of a record opens a field, closes it, or is one of two inside of it.
    private func isClean(_ record: UnsafeBufferPointer<UInt8>) -> Bool {
        let quote = UInt8(ascii: "\"")
        var beginsField = true
        var isQuoted = false
        var position = 0
        while position < record.count {
            let byte = record[position]
            position += 1
            if isQuoted {
                guard byte == quote else { continue }
                let next = position < record.count ? record[position] : delimiter
                if next == quote { position += 1 } else if next == delimiter { isQuoted = false } else { return false }
            } else if byte == quote {
                guard beginsField else { return false }
                isQuoted = true
            }
            beginsField = byte == delimiter
        }
        return true
    }

    private static func firstRecords<Element>(
        _ sample: [UInt8], _ dialect: Dialect, limit: Int, isWhole: Bool, _ element: (Records, Int) -> Element
    ) -> [Element] {
        // With no more room than the sample takes, the end of the source is not seen.
        let byteCount = isWhole ? sample.count + 1 : sample.count
        let block = RecordBlock(capacity: byteCount, dialect: dialect)
        let blocks = RecordBlocks(SampleSource(sample), dialect: dialect, blockByteCount: byteCount)
        guard (try? blocks.next(block)) == true, isWhole == blocks.ended else { return [] }
        block.index()
        let records = block.records
        var rows: [Element] = []
        for record in 0..<records.count where rows.count < limit && !records.isBlank(record) {
            rows.append(element(records, record))
        }
        return rows
    }
}

/// Bytes in memory.
private final class SampleSource: ByteSource {
    private var left: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { left = bytes[...] }

    var offset: Int { 0 }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(left.count, buffer.count)
        buffer.copyBytes(from: left.prefix(count))
        left = left.dropFirst(count)
        return count
    }
}
