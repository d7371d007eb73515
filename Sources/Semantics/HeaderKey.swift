/// A header brought to the form in which headers are compared: its words in lower case.
///
/// Words end at anything that is no letter and no digit, at a joiner, and where camel case begins a new one. Full-width
/// forms become ASCII, Arabic ي ى ك ة ۀ آ become the letters of Persian spelling, Traditional Chinese characters that
/// headers use become Simplified, Persian and Arabic digits become `0`–`9`, and marks vanish. What stands in brackets
/// is kept apart: `Amount (USD)` is `amount` with the remark `usd`.
struct HeaderKey: Hashable {
    /// Words outside of brackets.
    let words: [String]
    /// Words inside brackets.
    let remarks: [String]

    /// The bytes of the words without what parts them.
    private let letters: [UInt8]
    /// Whether a word is "of", which lets words stand in another order.
    private let hasOf: Bool

    /// The words without what parts them: `customerid` for `Customer ID`, `customer_id` and `CustomerID`.
    var joined: String { words.joined() }

    /// The key of a header.
    init(_ header: String) {
        var words: [String] = []
        var remarks: [String] = []
        var word = String.UnicodeScalarView()
        var depth = 0
        func endWord() {
            guard !word.isEmpty else { return }
            if depth > 0 { remarks.append(String(word)) } else { words.append(String(word)) }
            word = .init()
        }
        let scalars = header.unicodeScalars.compactMap(HeaderKey.folded)
        for (position, scalar) in scalars.enumerated() {
            switch scalar {
            case "(", "[", "{", "【", "「":
                endWord()
                depth += 1
            case ")", "]", "}", "】", "」":
                endWord()
                depth = max(0, depth - 1)
            default:
                guard scalar.properties.isAlphabetic || scalar.properties.numericType != nil else {
                    endWord()
                    continue
                }
                let next = position + 1 < scalars.count ? scalars[position + 1] : nil
                if scalar.properties.isUppercase, let last = position > 0 ? scalars[position - 1] : nil,
                    last.properties.isLowercase || (last.properties.isUppercase && next?.properties.isLowercase == true)
                {
                    endWord()
                }
                word.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
            }
        }
        endWord()
        if words.isEmpty { swap(&words, &remarks) }
        self.words = words
        self.remarks = remarks
        letters = Array(words.joined().utf8)
        hasOf = words.contains("of")
    }

    /// Whether a name's letters may be a part of this key; false when they are none.
    func mayHold(_ name: [UInt8]) -> Bool {
        guard !hasOf, let first = name.first else { return hasOf }
        var start = 0
        while start + name.count <= letters.count {
            if letters[start] == first, letters[start..<(start + name.count)].elementsEqual(name) { return true }
            start += 1
        }
        return false
    }

    /// The scalar that stands for one in a key, nil when it vanishes.
    private static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar.value {
        case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFF01 + 0x21)
        case 0x06F0...0x06F9: Unicode.Scalar(scalar.value - 0x06F0 + 0x30)
        case 0x0660...0x0669: Unicode.Scalar(scalar.value - 0x0660 + 0x30)
        case 0x064A, 0x0649: "ی"
        case 0x0643: "ک"
        case 0x0629, 0x06C0, 0x06C2: "ه"
        case 0x0622, 0x0623, 0x0625: "ا"
        case 0x064B...0x065F, 0x0670, 0x0640, 0x200D...0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xFEFF, 0x061C: nil
        default: simplified[scalar] ?? scalar
        }
    }

    /// Traditional characters of common headers, with their Simplified forms.
    private static let simplified: [Unicode.Scalar: Unicode.Scalar] = {
        let traditional = "訂單號編戶會員時間數價額總幣種貨稱產品購買顧銷渠來電話郵箱國詳註冊創評論內實應類標題備條碼賬帳際聯繫繋係發點態"
        let plain = "订单号编户会员时间数价额总币种货称产品购买顾销渠来电话邮箱国详注册创评论内实应类标题备条码账账际联系系系发点态"
        return Dictionary(
            zip(traditional.unicodeScalars, plain.unicodeScalars).filter { $0 != $1 },
            uniquingKeysWith: { first, _ in first })
    }()
}
