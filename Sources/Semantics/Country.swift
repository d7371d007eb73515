/// Countries of ISO 3166-1 by the names that cells have for them.
public struct Country: Hashable, Sendable {
    /// Alpha-2: `IR`.
    public let code: String

    /// The country that a cell names: a code of two or three letters or digits, or a name in English, Persian, Chinese,
    /// German, French or Spanish, whatever its case, accents, spaces and signs; nil when it names none.
    public init?(_ cell: String) {
        let key = PlainText.matchKey(cell)
        guard let code = Country.codes[key] else { return nil }
        self.code = code
    }

    /// The country that a name misspells: the only one with a name of at least five letters that is one letter left
    /// out, put in, replaced or two letters swapped away; nil when there is none or more than one.
    public init?(misspelt cell: String) {
        let key = PlainText.matchKey(cell)
        guard key.count >= 5, key.allSatisfy({ !$0.isNumber }) else { return nil }
        var found: Set<String> = []
        let letters = Array(key.unicodeScalars)
        for (name, code) in Country.spellings where abs(name.count - letters.count) <= 1 && name.count >= 5 {
            if EditDistance.isOne(name, letters) { found.insert(code) }
        }
        guard found.count == 1, let code = found.first else { return nil }
        self.code = code
    }

    /// Whether bytes are a code as it should be: two capital letters of a country.
    public static func isCode(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count == 2 else { return false }
        return index(bytes[0], bytes[1]).map { known[$0] } ?? false
    }

    /// Whether two bytes are a code in either case.
    public static func isCode(_ first: UInt8, _ second: UInt8) -> Bool {
        guard first >= 0x40, second >= 0x40 else { return false }
        return index(first & 0xDF, second & 0xDF).map { known[$0] } ?? false
    }

    /// The number of a code of two capital letters, 0 to 675; nil for other bytes.
    @inlinable
    public static func index(_ first: UInt8, _ second: UInt8) -> Int? {
        let high = first &- UInt8(ascii: "A")
        let low = second &- UInt8(ascii: "A")
        return high < 26 && low < 26 ? Int(high) * 26 + Int(low) : nil
    }

    /// The name in English.
    public var name: String { Country.names[code] ?? code }

    /// Whether people of the country write Arabic letters as Persian has them.
    public static func writesPersian(_ code: String) -> Bool { ["IR", "AF", "TJ"].contains(code) }

    /// Whether people of the country write Arabic.
    public static func writesArabic(_ code: String) -> Bool {
        [
            "AE", "BH", "DJ", "DZ", "EG", "EH", "IQ", "JO", "KM", "KW", "LB", "LY", "MA", "MR", "OM", "PS", "QA", "SA",
            "SD", "SO", "SY", "TN", "YE",
        ].contains(code)
    }

    /// Whether people of the country write traditional Chinese characters.
    public static func writesTraditionalChinese(_ code: String) -> Bool { ["TW", "HK", "MO"].contains(code) }

    private static let rows: [(code: String, keys: [String], name: String)] = table.split(separator: "\n").map { line in
        let parts = line.split(separator: " ", maxSplits: 3).map(String.init)
        let names = parts[3].split(separator: "|").map(String.init)
        return (parts[0], parts[0...2] + names, names[0])
    }

    private static let names: [String: String] = Dictionary(
        rows.map { ($0.code, $0.name) }, uniquingKeysWith: { first, _ in first })

    private static let codes: [String: String] = {
        var codes: [String: String] = [:]
        var ambiguous: Set<String> = []
        for row in rows {
            for name in row.keys {
                let key = PlainText.matchKey(name)
                if let other = codes[key], other != row.code { ambiguous.insert(key) }
                codes[key] = row.code
            }
        }
        for key in ambiguous { codes[key] = nil }
        // A code of two letters wins over every name.
        for row in rows { codes[PlainText.matchKey(row.code)] = row.code }
        return codes
    }()

    private static let spellings: [([Unicode.Scalar], String)] = codes.filter { $0.key.count >= 5 }.map {
        (Array($0.key.unicodeScalars), $0.value)
    }

    private static let known: [Bool] = {
        var known = [Bool](repeating: false, count: 676)
        for row in rows {
            let bytes = Array(row.code.utf8)
            if let index = index(bytes[0], bytes[1]) { known[index] = true }
        }
        return known
    }()
}
