import CustomerData

/// Cells that are filled and say that there is nothing: `-`, `N/A`, `Select`, `无`, `ندارد`, `1900-01-01`, `0000`.
///
/// A cell is compared without case, without spaces around it and in the folded form of all cells (Arabic letters as
/// Persian, full-width as ASCII), and once more without the brackets, dashes and dots around its words: `<null>`,
/// `-- Select --`.
public struct HiddenMissing: Hashable, Sendable {
    /// Why nothing stands there.
    public enum Kind: String, CaseIterable, Codable, Sendable {
        /// A program's word: `NULL`, `NaN`, `None`, `#N/A`.
        case null
        /// Nothing but dashes, dots or question marks.
        case mark
        /// A person's word: `unknown`, `ندارد`, `未知`.
        case word
        /// The prompt of a list from which nothing was chosen: `Select`, `请选择`.
        case prompt
        /// A date that systems write for none: `1900-01-01`, `0000-00-00`, `9999-12-31`.
        case date
        /// Four zeros or more, and nothing else.
        case zeros
    }

    /// Position in `spellings`.
    public let index: Int

    /// Why nothing stands there.
    public var kind: Kind { HiddenMissing.entries[index].kind }

    /// The spelling in its plain form, one for all the ways to write it.
    public var spelling: String { HiddenMissing.entries[index].spelling }

    /// How many spellings there are; `index` is below.
    public static var count: Int { entries.count }

    /// The spelling of that index.
    public init(index: Int) { self.index = index }

    /// What a cell's UTF-8 bytes say that means nothing; nil for an empty cell and for one that says something.
    ///
    /// `NA` is a country: whoever reads a column of countries leaves that spelling out (`isNamibia`).
    ///
    /// - Complexity: O(1) for nearly all cells, which are known by their length and first byte.
    public init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let first = bytes.first, bytes.count < 64 else { return nil }
        // The table says of bytes that frame words, and of all beyond ASCII, that any length may be.
        guard HiddenMissing.lengths[Int(HiddenMissing.lowered(first))] >> UInt64(bytes.count) & 1 == 1 else {
            return nil
        }
        let found: Int? = CellFolding.withFolded(bytes) { folded in
            guard !folded.isEmpty else { return nil }
            if let entry = HiddenMissing.find(folded) { return entry }
            var (start, end) = (0, folded.count)
            while start < end, HiddenMissing.isFrame[Int(folded[start])] { start += 1 }
            while end > start, HiddenMissing.isFrame[Int(folded[end - 1])] { end -= 1 }
            if start == end { return HiddenMissing.markIndex }
            guard start > 0 || end < folded.count else { return HiddenMissing.zeros(folded) }
            guard let entry = HiddenMissing.find(UnsafeBufferPointer(rebasing: folded[start..<end])) else { return nil }
            // "-0000" is a number, "(1900-01-01)" is odd: only words stand in frames.
            switch HiddenMissing.entries[entry].kind {
            case .date, .zeros: return nil
            case .null, .mark, .word, .prompt: return entry
            }
        }
        guard let found else { return nil }
        index = found
    }

    /// As `init` of the text's UTF-8.
    public init?(_ text: String) {
        var text = text
        guard let found = text.withUTF8({ HiddenMissing($0) }) else { return nil }
        self = found
    }

    /// Whether this is `NA`, which in a column of countries is Namibia.
    public var isNamibia: Bool { spelling == "na" }

    /// Whether the bytes of this cell are a name where names stand: `Na`, `Nan`, `Null` and 空 are names, `NA`, `null` and
    /// `None` are what programs write.
    public func isName(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard HiddenMissing.names.contains(spelling), let first = bytes.first else { return false }
        if first >= 0x80 { return true }
        return first >= UInt8(ascii: "A") && first <= UInt8(ascii: "Z")
            && bytes.dropFirst().allSatisfy { $0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "z") }
    }

    private static let names: Set<String> = [
        "na", "nan", "nil", "null", "unk", "missing", "blank", "empty", "tba", "空", "هیچ", "خالی",
    ]

    // MARK: The table

    private static let nulls = [
        "null", "nil", "nan", "none", "na", "n/a", "n\\a", "n.a", "#n/a", "#null!", "\\n", "undefined", "n.d",
    ]
    private static let words =
        (3...8).map { String(repeating: "x", count: $0) } + [
            "unknown", "not known", "not available", "not applicable", "not provided", "not specified", "unspecified",
            "not given", "unk", "missing", "empty", "blank", "no data", "no value", "no answer", "no name", "noname",
            "no email", "noemail", "no phone", "tbd", "tba", "to be defined", "to be determined", "not set",
            "placeholder",
            "ندارد", "نامشخص", "نا مشخص", "نامعلوم", "خالی", "هیچ", "هیچکدام", "وارد نشده", "ثبت نشده", "بدون اطلاعات",
            "موجود نیست", "بدون نام",
            "无", "無", "空", "未知", "不详", "不明", "暂无", "暂无数据", "未填", "未填写", "没有", "未提供", "缺失", "不适用", "待定",
        ]
    private static let prompts = [
        "select", "please select", "select one", "select an option", "choose", "please choose", "choose one",
        "انتخاب", "انتخاب کنید", "لطفا انتخاب کنید", "انتخاب نشده", "请选择", "請選擇", "选择", "未选择",
    ]
    private static let dates: [String] = [
        "0000-00-00", "0001-01-01", "1600-01-01", "1601-01-01", "1753-01-01", "1800-01-01", "1899-12-30", "1899-12-31",
        "1900-01-01", "1901-01-01", "2099-12-31", "2999-12-31", "9999-12-31",
    ]
    /// The dates as numbers of eight digits.
    static let dateNumbers: Set<Int> = Set(dates.map { Int($0.replacing("-", with: "")) ?? 0 })

    private struct Entry {
        let spelling: String
        let kind: Kind
    }

    private static let entries: [Entry] =
        [Entry(spelling: "-", kind: .mark), Entry(spelling: "0000", kind: .zeros)]
        + nulls.map { Entry(spelling: $0, kind: .null) } + words.map { Entry(spelling: $0, kind: .word) }
        + prompts.map { Entry(spelling: $0, kind: .prompt) } + dates.map { Entry(spelling: $0, kind: .date) }

    private static let markIndex = 0
    private static let zerosIndex = 1

    /// Every way to write an entry, folded, with the entry's position.
    private static let forms: [(bytes: [UInt8], index: Int)] = entries.enumerated().flatMap { index, entry in
        var forms = [entry.spelling]
        if entry.kind == .date {
            let parts = entry.spelling.split(separator: "-").map(String.init)
            let (year, month, day) = (parts[0], parts[1], parts[2])
            forms += ["/", "."].map { [year, month, day].joined(separator: $0) }
            forms += ["/", ".", "-"].flatMap {
                [[day, month, year].joined(separator: $0), [month, day, year].joined(separator: $0)]
            }
            if day == "01" { forms += ["/", "-", "."].flatMap { ["\(year)\($0)1\($0)1", "1\($0)1\($0)\(year)"] } }
            forms += forms.flatMap { ["\($0) 00:00", "\($0) 00:00:00", "\($0)t00:00:00", "\($0)t00:00:00z"] }
        }
        return Set(forms).sorted().map { form in
            var form = form
            let bytes = form.withUTF8 { CellFolding.withFolded($0) { Array($0) } }
            return (bytes, index)
        }
    }

    private static let byHash: [UInt64: Int] = Dictionary(
        forms.map { (hash($0.bytes), $0.index) }, uniquingKeysWith: { first, _ in first })

    /// For each first byte in lower case, the lengths of cells that may say nothing, as bits.
    private static let lengths: [UInt64] = {
        var lengths = [UInt64](repeating: 0, count: 256)
        for form in forms { lengths[Int(form.bytes[0])] |= 1 << UInt64(form.bytes.count) }
        // Zeros may be many; dots may follow a word.
        lengths[Int(UInt8(ascii: "0"))] |= ~0 << 4
        for first in lengths.indices where first >= Int(UInt8(ascii: "a")) {
            lengths[first] |= lengths[first] << 1 | lengths[first] << 2 | lengths[first] << 3
        }
        for first in lengths.indices where first >= 0x80 || isFrame[first] { lengths[first] = ~0 }
        return lengths
    }()

    /// Bytes that frame words: what stands alone in a mark.
    private static let isFrame: [Bool] = (0..<256).map {
        "-–—_.?*/\\()[]<>{}:~='\"`! ".utf8.contains(UInt8($0)) && $0 < 0x80
    }

    private static func lowered(_ byte: UInt8) -> UInt8 {
        byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
    }

    private static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64(lowered($1))) &* 0x0000_0100_0000_01B3 }
    }

    private static func find(_ folded: UnsafeBufferPointer<UInt8>) -> Int? {
        guard let index = byHash[hash(folded)] else { return nil }
        return forms.contains { $0.index == index && $0.bytes.elementsEqual(folded.lazy.map(lowered)) } ? index : nil
    }

    /// Four zeros or more.
    private static func zeros(_ folded: UnsafeBufferPointer<UInt8>) -> Int? {
        folded.count >= 4 && folded.allSatisfy { $0 == UInt8(ascii: "0") } ? zerosIndex : nil
    }
}
