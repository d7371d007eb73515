import CustomerData
import Glibc

@testable import Ingest

/// Delimited text read one byte after the other, by the rules as they are written down, with nothing clever: what the
/// fast reader is held against.
struct ReferenceReader: Equatable {
    /// Every record as its fields, blank lines among them.
    private(set) var records: [[[UInt8]]] = []
    /// Every record as it stands in the text, without its line ending.
    private(set) var raw: [[UInt8]] = []
    /// The line, from 1, on which each record begins.
    private(set) var lines: [Int] = []
    /// The line, from 1, on which a quote opens that is never closed; then there are no records behind it.
    private(set) var unclosedLine: Int?

    init(_ text: [UInt8], _ dialect: Dialect) {
        let quote = UInt8(ascii: "\"")
        var record: [UInt8] = []
        var fields: [[UInt8]] = [[]]
        var line = 1
        var firstLine = 1
        var position = 0
        var quoteLine: Int?
        func endRecord() {
            if record.last == UInt8(ascii: "\r") {
                record.removeLast()
                fields[fields.count - 1].removeLast()
            }
            raw.append(record)
            records.append(fields.map(ReferenceReader.value))
            lines.append(firstLine)
            (record, fields, firstLine) = ([], [[]], line)
        }
        while position < text.count {
            let byte = text[position]
            position += 1
            if byte == dialect.newline { line += 1 }
            if quoteLine != nil {
                record.append(byte)
                fields[fields.count - 1].append(byte)
                if byte == quote {
                    if position < text.count, text[position] == quote {
                        record.append(quote)
                        fields[fields.count - 1].append(quote)
                        position += 1
                    } else {
                        quoteLine = nil
                    }
                }
            } else if byte == dialect.newline {
                endRecord()
            } else {
                record.append(byte)
                if byte == dialect.delimiter {
                    fields.append([])
                } else {
                    if byte == quote, fields[fields.count - 1].isEmpty { quoteLine = line }
                    fields[fields.count - 1].append(byte)
                }
            }
        }
        unclosedLine = quoteLine
        if quoteLine == nil, !record.isEmpty { endRecord() }
    }

    /// A field without its quotes and the blanks around it.
    private static func value(_ field: [UInt8]) -> [UInt8] {
        var value = field
        let quote = UInt8(ascii: "\"")
        if field.first == quote {
            value = []
            var isOpen = true
            var position = 1
            while position < field.count {
                if isOpen, field[position] == quote {
                    if position + 1 < field.count, field[position + 1] == quote {
                        value.append(quote)
                        position += 1
                    } else {
                        isOpen = false
                    }
                } else {
                    value.append(field[position])
                }
                position += 1
            }
        }
        return ReferenceReader.trimmed(value)
    }

    /// Bytes without the spaces and tabs around them.
    static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
        let blanks = [UInt8(ascii: " "), UInt8(ascii: "\t")]
        guard let first = bytes.firstIndex(where: { !blanks.contains($0) }),
            let last = bytes.lastIndex(where: { !blanks.contains($0) })
        else { return [] }
        return Array(bytes[first...last])
    }

    /// Where the header stands among the records; nil when all are blank.
    var header: Int? { raw.firstIndex { !$0.isEmpty } }
}

/// Bytes of an encoding as UTF-8, all at once; nil when they are none.
func decoded(_ bytes: [UInt8], from encoding: TextEncoding) -> [UInt8]? {
    if encoding == .utf8 { return String(validating: bytes, as: UTF8.self) == nil ? nil : bytes }
    let converter = iconv_open("UTF-8", encoding.iconvName)
    guard converter != iconv_t(bitPattern: -1) else { return nil }
    defer { iconv_close(converter) }
    var source = bytes.map { CChar(bitPattern: $0) } + [0]
    var target = [CChar](repeating: 0, count: bytes.count * 4 + 16)
    var left = bytes.count
    var room = target.count
    let status = source.withUnsafeMutableBufferPointer { source in
        target.withUnsafeMutableBufferPointer { target in
            var next = source.baseAddress
            var end = target.baseAddress
            return iconv(converter, &next, &left, &end, &room)
        }
    }
    guard status != -1, left == 0 else { return nil }
    return target[..<(target.count - room)].map { UInt8(bitPattern: $0) }
}
