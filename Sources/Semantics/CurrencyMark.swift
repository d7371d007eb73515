/// A currency as cells name it: an ISO 4217 code, or a sign or word that stands for one or several.
///
/// Amounts are never added across currencies: `conflict(in:)` tells whether marks found in one column can all mean
/// the same currency.
public struct CurrencyMark: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Position in the list of all marks.
    private let index: UInt8

    /// The mark as it is shown: `EUR`, `$`, `¥`, `rial`, `toman`.
    public var description: String { CurrencyMark.names[Int(index)] }

    /// Whether the left mark stands first in the list of all marks.
    public static func < (left: CurrencyMark, right: CurrencyMark) -> Bool { left.index < right.index }

    /// The mark of a cell that names a currency and nothing else: `usd`, `€`, `人民币`, `ریال`; nil when it names none.
    public init?(_ cell: String) {
        var cell = cell
        let found = cell.withUTF8 { bytes in
            CellFolding.withFolded(bytes) { folded -> CurrencyMark? in
                guard let (mark, length) = CurrencyMark.leading(in: folded), length == folded.count else { return nil }
                return mark
            }
        }
        guard let found else { return nil }
        self = found
    }

    /// One name for a currency, however a cell writes it: the code where it can mean only one, else its sign or word, or
    /// the text itself in upper case.
    public static func name(_ cell: String) -> String {
        guard let mark = CurrencyMark(cell) else {
            return cell.uppercased().split(separator: " ").joined(separator: " ")
        }
        return mark.meanings.count == 1 ? mark.meanings.first ?? mark.description : mark.description
    }

    private init(index: UInt8) { self.index = index }

    /// Two marks of these that can't mean the same currency, or nil when all can: `$` may be USD or CAD and `¥` JPY or
    /// CNY, but rial and toman, or `$` and `€`, never are one.
    public static func conflict(in marks: some Collection<CurrencyMark>) -> (CurrencyMark, CurrencyMark)? {
        let marks = marks.sorted()
        for (position, mark) in marks.enumerated() {
            for other in marks[..<position] where mark.meanings.isDisjoint(with: other.meanings) {
                return (other, mark)
            }
        }
        return nil
    }

    /// The codes a mark can mean.
    private var meanings: Set<String> {
        let name = description
        return CurrencyMark.signs.first { $0.name == name }.map { Set($0.meanings) } ?? [name]
    }

    /// The mark at the beginning of folded bytes, with how many bytes it takes.
    static func leading(in bytes: UnsafeBufferPointer<UInt8>) -> (mark: CurrencyMark, length: Int)? {
        guard let first = bytes.first, !isDigit(first) else { return nil }
        for (position, sign) in signBytes.enumerated() where bytes.starts(with: sign.bytes) {
            return (CurrencyMark(index: sign.mark), signBytes[position].bytes.count)
        }
        guard bytes.count >= 3, let code = code(bytes[0], bytes[1], bytes[2]),
            bytes.count == 3 || !isLetter(bytes[3])
        else { return nil }
        return (code, 3)
    }

    /// The mark at the end of folded bytes, with how many bytes it takes.
    static func trailing(in bytes: UnsafeBufferPointer<UInt8>) -> (mark: CurrencyMark, length: Int)? {
        guard let last = bytes.last, !isDigit(last) else { return nil }
        for sign in signBytes where bytes.count >= sign.bytes.count {
            if bytes.suffix(sign.bytes.count).elementsEqual(sign.bytes) {
                return (CurrencyMark(index: sign.mark), sign.bytes.count)
            }
        }
        let count = bytes.count
        guard count >= 3, let code = code(bytes[count - 3], bytes[count - 2], bytes[count - 1]),
            count == 3 || !isLetter(bytes[count - 4])
        else { return nil }
        return (code, 3)
    }

    private static func code(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> CurrencyMark? {
        guard isLetter(first), isLetter(second), isLetter(third) else { return nil }
        let wanted = UInt32(first & 0xDF) << 16 | UInt32(second & 0xDF) << 8 | UInt32(third & 0xDF)
        return packedCodes.firstIndex(of: wanted).map { CurrencyMark(index: UInt8($0)) }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

    private static func isLetter(_ byte: UInt8) -> Bool {
        byte & 0xDF >= UInt8(ascii: "A") && byte & 0xDF <= UInt8(ascii: "Z")
    }

    // MARK: The list

    /// Active codes of ISO 4217 (2024, list one), funds and precious metals left out, and the RMB that invoices write.
    private static let codes: [String] =
        ("AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF "
        + "CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD "
        + "HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD "
        + "MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN "
        + "PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY "
        + "TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWL").split(separator: " ")
        .map(String.init)

    /// Signs and words beside the codes: how a mark is shown, what it can mean, and its spellings.
    private static let signs: [(name: String, meanings: [String], spellings: [String])] = [
        ("US$", ["USD"], ["US$", "U$S"]),
        ("CA$", ["CAD"], ["CA$", "C$"]),
        ("A$", ["AUD"], ["AU$", "A$"]),
        ("HK$", ["HKD"], ["HK$"]),
        ("NT$", ["TWD"], ["NT$"]),
        ("R$", ["BRL"], ["R$"]),
        (
            "$",
            [
                "USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "ARS", "CLP", "COP", "UYU", "JMD", "BBD", "BSD",
                "TTD", "FJD",
            ], ["$"]
        ),
        ("€", ["EUR"], ["€", "یورو", "欧元", "Euro", "euro", "EURO"]),
        ("£", ["GBP", "EGP", "LBP", "SYP"], ["£", "￡"]),
        ("¥", ["JPY", "CNY"], ["¥", "￥"]),
        ("元", ["CNY", "TWD", "HKD"], ["元", "圆", "圓"]),
        ("RMB", ["CNY"], ["RMB", "rmb", "Rmb", "人民币", "人民幣", "CN¥"]),
        ("円", ["JPY"], ["円", "日元"]),
        ("美元", ["USD"], ["美元", "دلار"]),
        ("₹", ["INR"], ["₹", "Rs."]),
        ("₽", ["RUB"], ["₽", "руб.", "руб"]),
        ("₩", ["KRW"], ["₩", "￦"]),
        ("₺", ["TRY"], ["₺"]),
        ("₴", ["UAH"], ["₴"]),
        ("₫", ["VND"], ["₫"]),
        ("฿", ["THB"], ["฿"]),
        ("₪", ["ILS"], ["₪"]),
        ("zł", ["PLN"], ["zł"]),
        ("kr", ["SEK", "NOK", "DKK", "ISK"], ["kr.", "kr"]),
        ("rial", ["IRR"], ["﷼", "ریال", "Rials", "rials", "Rial", "rial"]),
        ("toman", ["toman"], ["تومان", "تومن", "Tomans", "tomans", "Toman", "toman"]),
        ("dirham", ["AED", "MAD"], ["درهم"]),
    ]

    private static let names: [String] = codes + signs.map(\.name)

    private static let packedCodes: [UInt32] = codes.map { $0.utf8.reduce(0) { $0 << 8 | UInt32($1) } }

    /// Spellings as folded bytes, the longest first, each with its mark.
    private static let signBytes: [(bytes: [UInt8], mark: UInt8)] = signs.enumerated().flatMap { position, sign in
        sign.spellings.map { (bytes: Array($0.utf8), mark: UInt8(codes.count + position)) }
    }.sorted { $0.bytes.count > $1.bytes.count }
}
