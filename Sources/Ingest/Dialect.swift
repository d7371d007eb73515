import CKernels
import CustomerData

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
    /// most records have as many fields as the header; among equals the one with more fields.
    static func detect(_ sample: [UInt8], isWhole: Bool) -> Dialect {
        let newline: UInt8 =
            !sample.contains(UInt8(ascii: "\n")) && sample.contains(UInt8(ascii: "\r"))
            ? UInt8(ascii: "\r") : UInt8(ascii: "\n")
        var best = Dialect(newline: newline)
        var bestScore = (share: 0.0, fields: 1)
        for delimiter in delimiters {
            let counts = fieldCounts(sample, Dialect(delimiter: delimiter, newline: newline), isWhole: isWhole)
            guard let header = counts.first, header > 1 else { continue }
            let matching = counts.count { $0 == header }
            let share = Double(matching) / Double(counts.count)
            if (share, header) > (bestScore.share, bestScore.fields) {
                bestScore = (share, header)
                best.delimiter = delimiter
            }
        }
        return best
    }

    /// Fields of each of the first records; a record cut by the end of the sample is left out.
    private static func fieldCounts(_ sample: [UInt8], _ dialect: Dialect, isWhole: Bool) -> [Int] {
        var counts: [Int] = []
        for record in records(sample, dialect, limit: 200, isWhole: isWhole) { counts.append(record.count) }
        return counts
    }

    /// The first records of a sample, field by field as text, blank lines left out.
    static func records(_ sample: [UInt8], _ dialect: Dialect, limit: Int, isWhole: Bool) -> [[String]] {
        let block = RecordBlock(capacity: max(sample.count + 1, 64), dialect: dialect)
        let blocks = RecordBlocks(SampleSource(sample, dropsCutRecord: !isWhole), dialect: dialect)
        guard (try? blocks.next(block)) == true else { return [] }
        block.index()
        let records = block.records
        var rows: [[String]] = []
        for record in 0..<records.count where rows.count < limit && !records.isBlank(record) {
            rows.append((0..<records.fieldCount(record)).map { records.string(records.field(record, $0)) })
        }
        return rows
    }
}

/// Bytes in memory. A sample that is the beginning of more ends with its last newline.
private final class SampleSource: ByteSource {
    private var left: ArraySlice<UInt8>

    init(_ bytes: [UInt8], dropsCutRecord: Bool) {
        left = bytes[...]
        if dropsCutRecord, let last = bytes.lastIndex(where: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }) {
            left = bytes[...last]
        }
    }

    var offset: Int { 0 }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(left.count, buffer.count)
        buffer.copyBytes(from: left.prefix(count))
        left = left.dropFirst(count)
        return count
    }
}
