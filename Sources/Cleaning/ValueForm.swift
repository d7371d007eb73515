import Foundation
import Semantics

/// What a column's values as a whole say about how they are written.
struct ColumnEvidence {
    var letterCase: LetterCase
    /// Whether its Arabic letters are those of Persian.
    var isPersian: Bool
    /// Whether they are those of Arabic.
    var isArabic: Bool
    /// Whether its Chinese characters are simplified.
    var isSimplified: Bool
    /// Whether at most one in ten values begins or ends with a title: then it is a slip and not how names are written.
    var rarelyHasTitles: Bool
    /// Whether values are four question marks or more: then shorter ones are lost text too, not a word for nothing.
    var hasLostText = false
    /// Values without their spaces, small, and the most frequent value of each with its count.
    var joined: [String: (text: String, count: Int)]

    init(_ values: [(text: String, count: Int)]) {
        letterCase = LetterCase(values)
        var (persian, arabic) = (0, 0)
        var (simplified, traditional) = (0, 0)
        var forms: [String: [String: Int]] = [:]
        var (titled, total) = (0, 0)
        for (text, count) in values {
            total += count
            if ValueForm.withoutTitle(text) != nil { titled += count }
            if text.utf8.count >= 4, ValueForm.isLost(text) { hasLostText = true }
            var isASCII = true
            for scalar in text.unicodeScalars where scalar.value >= 0x80 {
                isASCII = false
                // Arabic yeh and kaf say nothing: keyboards of Arabic write Persian with them.
                switch scalar.value {
                case 0x06CC, 0x06A9, 0x06AF, 0x0686, 0x067E, 0x0698: persian += count
                case 0x0629, 0x0623, 0x0625, 0x0624: arabic += count
                default: break
                }
            }
            if !isASCII, text.unicodeScalars.contains(where: PlainText.isHan) {
                if ColumnEvidence.simplified(text) != text { traditional += count }
                if ColumnEvidence.traditional(text) != text { simplified += count }
            }
            if !text.contains(" "), !LetterCase.isOneCase(text) || !isASCII {
                forms[PlainText.matchKey(text), default: [:]][text, default: 0] += count
            }
        }
        isPersian = persian > arabic
        isArabic = arabic > persian
        isSimplified = simplified > traditional * 4
        rarelyHasTitles = titled * 10 <= total
        joined = forms.compactMapValues { forms in
            forms.max { ($0.value, $1.key) < ($1.value, $0.key) }.map { ($0.key, $0.value) }
        }
    }

    static func simplified(_ text: String) -> String {
        text.applyingTransform(StringTransform("Hant-Hans"), reverse: false) ?? text
    }

    static func traditional(_ text: String) -> String {
        text.applyingTransform(StringTransform("Hans-Hant"), reverse: false) ?? text
    }
}

/// How a value of a column of words becomes as it should be written.
struct ValueForm {
    /// For which rows a change holds.
    enum Guard: UInt8 {
        /// All.
        case always
        /// Not those of countries that write Arabic.
        case notArabic
        /// Not those of countries that write traditional characters.
        case notTraditional
        /// Those of countries that write Persian.
        case persian
    }

    var text: String
    var rules = CleaningRules()
    var confidence: UInt8 = 100
    var condition = Guard.always

    /// A value as it stands.
    init(unchanged value: String) { text = value }

    /// The form of a value, by what the column's values say.
    init(_ value: String, count: Int, kind: ColumnKind, _ evidence: ColumnEvidence) {
        text = value
        let isHidden = withPadded(value) { bytes in
            kind.hidesMissing
                && (HiddenMissing.isWord(bytes, amongNames: kind.isPersonName)
                    || (kind != .region && HiddenMissing.isFiller(bytes)))
        }
        if evidence.hasLostText, value.count > 1, ValueForm.isLost(value) { return }
        if isHidden || kind == .category && ValueForm.isProgramsNothing(value) {
            set("", .hiddenMissing, 99)
            return
        }
        if let decoded = MisreadText.decoded(text) { set(decoded, .encoding, 98) }
        unify(evidence, kind)
        if kind.isPersonName || kind == .company { trimSigns() }
        if kind == .name { reorder() }
        if kind == .givenName || kind == .familyName || kind == .name && evidence.rarelyHasTitles { takeOffTitles() }
        if kind == .company { fixLegalForm() }
        if kind != .category, kind != .company, kind != .country, !ValueForm.isCode(text, kind) {
            if let fixed = evidence.letterCase.fixed(
                text, keepsShort: kind == .region, mayBeginSmall: kind == .familyName)
            {
                set(fixed, .letterCase, 97)
            }
        }
        if kind != .company, kind != .category, text.contains(" ") { join(evidence, count) }
    }

    /// Whether a value is question marks alone: one for each character that a program could not write.
    static func isLost(_ value: String) -> Bool { !value.isEmpty && value.utf8.allSatisfy { $0 == UInt8(ascii: "?") } }

    /// Whether a value is what programs write for nothing. Words for it may be a category: `unknown`, `none`.
    private static func isProgramsNothing(_ value: String) -> Bool {
        guard let hidden = HiddenMissing(value) else { return false }
        switch hidden.kind {
        case .mark, .prompt: return true
        case .null: return !["none", "na", "nil"].contains(hidden.spelling)
        case .word, .date, .zeros: return false
        }
    }

    /// Whether a value is no name in words: digits stand in it, or it is one short shouted word among whole names.
    private static func isCode(_ text: String, _ kind: ColumnKind) -> Bool {
        guard kind.isPersonName else { return false }
        if text.contains(where: { $0.isNumber || $0 == "_" }) { return true }
        return kind == .name && text.count <= 5 && !text.contains(" ") && !text.contains(where: \.isLowercase)
    }

    private mutating func set(_ new: String, _ rule: CleaningRule, _ confidence: UInt8 = 100) {
        guard !new.utf8.elementsEqual(text.utf8) else { return }
        text = new
        rules.insert(rule)
        self.confidence = min(self.confidence, confidence)
    }

    private mutating func unify(_ evidence: ColumnEvidence, _ kind: ColumnKind) {
        if text.utf8.allSatisfy({ $0 < 0x80 }), withPadded(text, PlainText.isPlainASCII) { return }
        let (plain, changes) = PlainText.standard(text, persian: !evidence.isArabic)
        // Where the column does not say, the row's country does.
        if changes.contains(.letters) { condition = evidence.isPersian ? .notArabic : .persian }
        for (change, rule) in [
            (PlainText.Changes.spaces, CleaningRule.spaces), (.forms, .forms), (.invisible, .invisible),
            (.letters, .letters), (.digits, .digits),
        ] where changes.contains(change) {
            rules.insert(rule)
        }
        text = plain
        if text.unicodeScalars.contains(where: PlainText.isHan) {
            set(ValueForm.withoutSpacesInHan(text), .spaces)
            if evidence.isSimplified {
                let simplified = ColumnEvidence.simplified(text)
                // Simplified names have a few traditional characters, too: 阪, 昇. A form that others have is no guess.
                if simplified != text, let known = evidence.joined[PlainText.matchKey(simplified)],
                    known.text == simplified, known.count >= 3, kind != .company
                {
                    set(simplified, .letters, 98)
                    condition = .notTraditional
                }
            }
        }
        if text.unicodeScalars.contains(where: { (0x0370...0x052F).contains($0.value) }) {
            let words = text.split(separator: " ", omittingEmptySubsequences: false)
            let latin = words.map { word in
                PlainText.latinForLookalikes(word)
                    ?? PlainText.latinForAllLookalikes(word).flatMap {
                        evidence.joined[PlainText.matchKey($0)] != nil ? $0 : nil
                    } ?? String(word)
            }.joined(separator: " ")
            set(latin, .letters, 98)
        }
    }

    /// Chinese text without the spaces between its characters.
    private static func withoutSpacesInHan(_ text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        var result = String.UnicodeScalarView()
        for (position, scalar) in scalars.enumerated() {
            if scalar == " ", position > 0, position + 1 < scalars.count, PlainText.isHan(scalars[position - 1]),
                PlainText.isHan(scalars[position + 1])
            {
                continue
            }
            result.append(scalar)
        }
        return String(result)
    }

    /// Commas and semicolons around a name say nothing.
    private mutating func trimSigns() {
        var plain = Substring(text)
        while let first = plain.first, ",;، ".contains(first) { plain = plain.dropFirst() }
        while let last = plain.last, ",;، ".contains(last) { plain = plain.dropLast() }
        if !plain.isEmpty { set(String(plain), .spaces) }
    }

    /// `Smith, John` → `John Smith`.
    private mutating func reorder() {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return }
        let (family, given) = (parts[0].trimmingPrefix(" "), parts[1].trimmingPrefix(" "))
        let suffixes: Set<String> = ["jr", "sr", "ii", "iii", "iv", "phd", "md", "esq", "inc", "ltd", "llc", "gmbh"]
        let isWords = { (part: Substring) in
            !part.isEmpty && part.allSatisfy { $0.isLetter || " -'’.".contains($0) || $0 == "\u{200C}" }
        }
        guard isWords(Substring(family)), isWords(Substring(given)), family.split(separator: " ").count <= 3,
            !suffixes.contains(PlainText.matchKey(String(given)))
        else { return }
        set("\(given) \(family)", .order, 96)
    }

    /// Mr, Dr., آقای, 先生: no part of a name.
    private mutating func takeOffTitles() {
        if let plain = ValueForm.withoutTitle(text) { set(plain, .title, 95) }
    }

    /// A name without its title; nil when it has none, or nothing else.
    static func withoutTitle(_ text: String) -> String? {
        let words = text.split(separator: " ")
        if words.count > 1, ValueForm.titles.contains(PlainText.matchKey(String(words[0]))) {
            return words.dropFirst().joined(separator: " ")
        }
        guard words.count == 1, text.count > 2, let last = text.last, "生士姐".contains(last),
            let title = ["先生", "女士", "小姐"].first(where: { text.hasSuffix($0) && text.count > $0.count })
        else { return nil }
        return String(text.dropLast(title.count))
    }

    private static let titles: Set<String> = Set(
        "mr,mrs,ms,miss,mx,dr,prof,professor,herr,frau,mme,mlle,آقای,جناب,دکتر,مهندس"
            .split(separator: ",").map { PlainText.matchKey(String($0)) })

    /// A legal form at the end of a company's name, all small or all capitals behind a name that is not.
    private mutating func fixLegalForm() {
        let words = text.split(separator: " ")
        guard words.count > 1, let last = words.last, LetterCase.isMixed(words.dropLast().joined(separator: " ")) else {
            return
        }
        let bare = last.trimmingSuffix(while: { $0 == "." })
        guard let form = ValueForm.legalForms[bare.lowercased()], form != String(bare) else { return }
        set(
            (words.dropLast().map(String.init) + [form + last.dropFirst(bare.count)]).joined(separator: " "), .suffix,
            97)
    }

    private static let legalForms: [String: String] = Dictionary(
        "Ltd Limited Inc Incorporated Corp Corporation Co Company GmbH AG KG OHG LLC LLP PLC SA SAS SARL Srl SpA BV NV AB AS Oy Pty Pvt"
            .split(separator: " ").map { ($0.lowercased(), String($0)) }, uniquingKeysWith: { first, _ in first })

    /// `Lon don` where the column has `London` again and again, and the parts are no values of their own.
    private mutating func join(_ evidence: ColumnEvidence, _ count: Int) {
        let key = PlainText.matchKey(text)
        guard let known = evidence.joined[key], known.count >= max(3, 5 * count), known.text != text else { return }
        let parts = text.split(separator: " ").map { PlainText.matchKey(String($0)) }
        // "Mary Ann" is two names; "Jo hn" is not.
        guard !parts.allSatisfy({ (evidence.joined[$0]?.count ?? 0) >= 2 }) else { return }
        set(known.text, .spaces, 96)
    }
}

extension BidirectionalCollection where SubSequence == Self {
    /// The collection without the last elements for which a condition holds.
    func trimmingSuffix(while condition: (Element) -> Bool) -> SubSequence {
        var rest = self
        while let last = rest.last, condition(last) { rest = rest.dropLast() }
        return rest
    }
}
