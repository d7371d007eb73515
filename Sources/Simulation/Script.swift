/// A script that names are written in, with the country that its people live in.
enum Script: Int, CaseIterable, Sendable {
    case latin, persian, chinese

    /// Share of the persons.
    var share: Double { [0.5, 0.25, 0.25][rawValue] }

    /// ISO 3166 code of the country.
    var country: String { ["GB", "IR", "CN"][rawValue] }

    /// A name as it is written, and in Latin letters.
    struct Word: Sendable {
        let written: String
        let latin: String
    }

    /// Words apart by spaces; `written:Latin` where the script is not Latin.
    static func words(_ text: String) -> [Word] {
        text.split(whereSeparator: { $0 == " " || $0 == "\n" }).map { entry in
            let parts = entry.split(separator: ":").map(String.init)
            return Word(written: parts[0], latin: parts.count > 1 ? parts[1] : parts[0])
        }
    }

    /// Names that women, men and families have, the most frequent first, and cities, the largest first.
    var women: [Word] { NameLists.women[rawValue] }
    var men: [Word] { NameLists.men[rawValue] }
    var families: [Word] { NameLists.families[rawValue] }
    var cities: [Word] { NameLists.cities[rawValue] }

    /// Providers of email addresses.
    var providers: [String] {
        switch self {
        case .latin: ["gmail.com", "outlook.com", "yahoo.co.uk", "icloud.com", "btinternet.com"]
        case .persian: ["gmail.com", "yahoo.com", "chmail.ir", "mailfa.com"]
        case .chinese: ["qq.com", "163.com", "126.com", "outlook.com", "sina.com"]
        }
    }

    /// A mobile number whose last seven digits are `digits` (0–9,999,999), after one of the country's prefixes.
    func phone(prefix: Int, digits: Int) -> String {
        let padded = String(String(10_000_000 + digits).dropFirst())
        let (head, tail) = (padded.prefix(3), padded.suffix(4))
        switch self {
        case .latin:
            let number = "74\(prefix % 10)" + padded
            return "+44 \(number.prefix(4)) \(number.suffix(6))"
        case .persian: return "0\(910 + prefix % 10) \(head) \(tail)"
        case .chinese: return "\([138, 139, 150, 159, 186, 188][prefix % 6])\(prefix / 6 % 10)\(head)\(tail)"
        }
    }
}
