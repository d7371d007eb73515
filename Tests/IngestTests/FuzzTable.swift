import CustomerData
import Statistics

@testable import Ingest

/// A table of chance, written down in a form of chance.
struct FuzzTable {
    /// The cells as a reader gives them, the header first.
    private(set) var rows: [[String]] = []
    private(set) var dialect: Dialect
    private(set) var encoding: TextEncoding
    /// The file, not packed.
    private(set) var bytes: [UInt8] = []

    private static let words: [TextEncoding: [String]] = [
        .utf8: ["Müller", "客户", "مشتری", "😀", "ab"], .utf16LittleEndian: ["Müller", "客户", "😀", "ab"],
        .utf16BigEndian: ["Müller", "客户", "😀", "ab"], .gb18030: ["客户", "张伟", "喆", "ab"],
        .windows1256: ["مشتري", "سلام", "ab"], .windows1252: ["Müller", "café", "€", "ab"],
    ]

    init(_ random: inout SeededGenerator) throws {
        func pick<Element>(_ elements: [Element]) -> Element { elements[random.index(below: elements.count)] }
        dialect = Dialect(
            delimiter: pick(Dialect.delimiters), newline: pick([10, 10, 10, 13]))
        encoding = pick([.utf8, .utf8, .utf8] + TextEncoding.allCases)
        let words = FuzzTable.words[encoding, default: []]
        let columnCount = 1 + random.index(below: 6)
        let headers = [
            "customer_id", "date", "amount", "order_id", "quantity", "name", "product", "kind", "Total \"net\"",
            "a,b;c|d",
            "客户",
        ].filter { !$0.contains("客") || encoding != .windows1252 && encoding != .windows1256 }
        rows.append((0..<columnCount).map { $0 < 4 && random.index(below: 3) > 0 ? headers[$0] : pick(headers) })
        // Mostly small; now and then more than a block, and more than the sample.
        let rowCount = pick([1, 3, 10, 10, 40, 40, 40, 200, 200, 200, 1000, 9000, random.index(below: 40_000)])
        let length = random.index(below: 12)
        let longAt = random.index(below: 10) == 0 ? random.index(below: rowCount) : -1
        for row in 0..<rowCount {
            rows.append(
                (0..<columnCount).map { column in
                    if row == longAt, column == columnCount - 1 {
                        return String(
                            repeating: pick(["long", "\n", "\"", words[0]]), count: random.index(below: 200_000))
                    }
                    switch (column + random.index(below: 20) / 19) % 6 {
                    case 0: return "C\(random.index(below: 50))"
                    case 1: return pick(["2024-01-05", "2024-02-29 10:20:30", "05/06/2024", "", "2024-13-01"])
                    case 2: return pick(["1.50", "2,5", "-3", "1.234,50", "(7)", "", "x", "9999999"])
                    case 3: return pick(["\(row / 3)", "order-number-\(row / 2)", "", "NULL"])
                    default:
                        return (0..<random.index(below: length + 1)).map { _ in
                            pick(words + [",", ";", "|", "\t", "\"", "\"\"", "\n", "\r\n", "\r", " ", "-", "7"])
                        }.joined()
                    }
                })
        }
        let quotesAll = random.index(below: 4) == 0
        let ending = dialect.newline == 13 ? "\r" : pick(["\n", "\r\n"])
        var text = String(repeating: ending, count: random.index(below: 8) == 0 ? 2 : 0)
        for (number, row) in rows.enumerated() {
            let cells = row.map { cell in
                let special = cell.unicodeScalars.contains { ",;|\t\"\r\n".unicodeScalars.contains($0) }
                return quotesAll || special || random.index(below: 10) == 0
                    ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
            }
            text += cells.joined(separator: String(UnicodeScalar(dialect.delimiter)))
            if number < rows.count - 1 || random.index(below: 2) == 0 { text += ending }
            if random.index(below: 50) == 0 { text += ending }
        }
        let marks: [TextEncoding: [UInt8]] = [
            .utf8: [0xEF, 0xBB, 0xBF], .utf16LittleEndian: [0xFF, 0xFE], .utf16BigEndian: [0xFE, 0xFF],
        ]
        let mark = random.index(below: 2) == 0 ? marks[encoding, default: []] : []
        bytes = try mark + (encoding == .utf8 ? Array(text.utf8) : encoded(text, as: encoding.iconvName))
        rows = rows.map { row in
            row.map { String(decoding: ReferenceReader.trimmed(Array($0.utf8)), as: UTF8.self) }
        }
    }
}

/// Bytes after a few changes of chance.
func mutated(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    let interesting: [UInt8] =
        Array("\"\"\",;|\t\n\r\n a0-".utf8) + [0, 0x1F, 0x7F, 0x80, 0x8B, 0xC3, 0xE4, 0xFE, 0xFF]
    func place(_ bytes: [UInt8]) -> Int { bytes.isEmpty ? 0 : random.index(below: bytes.count) }
    func range(_ bytes: [UInt8]) -> Range<Int> {
        let begin = place(bytes)
        return begin..<min(bytes.count, begin + random.index(below: 1 << random.index(below: 12)))
    }
    for _ in 0..<1 << random.index(below: 5) {
        guard !bytes.isEmpty else { break }
        switch random.index(below: 9) {
        case 0: bytes[place(bytes)] = UInt8(truncatingIfNeeded: random.next())
        case 1: bytes[place(bytes)] ^= 1 << UInt8(random.index(below: 8))
        case 2, 3: bytes[place(bytes)] = interesting[random.index(below: interesting.count)]
        case 4, 5: bytes.insert(interesting[random.index(below: interesting.count)], at: place(bytes))
        case 6: bytes.removeSubrange(range(bytes))
        case 7: bytes.insert(contentsOf: Array(bytes[range(bytes)]), at: place(bytes))
        default: if random.index(below: 4) == 0 { bytes.removeLast(bytes.count - place(bytes)) }
        }
    }
    return bytes
}
