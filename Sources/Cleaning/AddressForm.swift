import Semantics

/// How a column of addresses writes the words that are often cut short: an accumulator.
struct AddressEvidence: Sendable {
    /// Short and whole forms, by word.
    private(set) var counts: [Int: (short: Int, whole: Int)] = [:]

    /// Counts the words of an address.
    mutating func add(_ text: String) {
        for found in AddressWords.found(in: text) {
            if found.isShort {
                counts[found.word, default: (0, 0)].short += 1
            } else {
                counts[found.word, default: (0, 0)].whole += 1
            }
        }
    }

    mutating func merge(_ other: AddressEvidence) {
        counts.merge(other.counts) { ($0.short + $1.short, $0.whole + $1.whole) }
    }
}

/// Brings the words of addresses to the form that their column has, and tells the postcode at the end of one.
struct AddressForm {
    /// By word whether the short form is right; words that the column writes both ways stay.
    private let isShort: [Int: Bool]

    /// Addresses that must have a word, and how many times more must have one form than the other.
    private static let (leastCount, leastRatio) = (10, 3)

    init(_ evidence: AddressEvidence) {
        isShort = evidence.counts.compactMapValues { count in
            guard count.short + count.whole >= AddressForm.leastCount else { return nil }
            if count.short >= count.whole * AddressForm.leastRatio { return true }
            return count.whole >= count.short * AddressForm.leastRatio ? false : nil
        }
    }

    /// An address with its words as the column writes them.
    func standard(_ text: String) -> String {
        var result = text
        for found in AddressWords.found(in: text).reversed() {
            guard let right = isShort[found.word], right != found.isShort else { continue }
            result.replaceSubrange(found.range, with: AddressWords.other(found, in: text))
        }
        return result
    }

    /// The postcode at the end of an address, by the form of its country's; nil where there is none of that form.
    static func postcode(in text: String, country: String) -> String? {
        let words = PlainText.asciiDigits(text).split { $0.isWhitespace || $0 == "," || $0 == "،" || $0 == "，" }
        guard let last = words.last, words.count >= 3 else { return nil }
        func isDigits(_ word: Substring, _ count: Int) -> Bool {
            word.utf8.count == count && word.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
        }
        switch country {
        case "GB":
            guard last.count == 3, let first = last.first, first.isNumber, last.dropFirst().allSatisfy(\.isUppercase)
            else {
                return nil
            }
            let outward = words[words.count - 2]
            let isOutward =
                (2...4).contains(outward.count) && outward.first?.isUppercase == true
                && outward.allSatisfy { $0.isASCII && ($0.isUppercase || $0.isNumber) }
                && outward.contains(where: \.isNumber)
            return isOutward ? "\(outward) \(last)" : nil
        case "US":
            // A state stands before it: other numbers of five digits are of houses.
            let state = words[words.count - 2]
            guard state.count == 2, state.allSatisfy({ $0.isASCII && $0.isUppercase }) else { return nil }
            let parts = last.split(separator: "-", omittingEmptySubsequences: false)
            if parts.count == 2 { return isDigits(parts[0], 5) && isDigits(parts[1], 4) ? String(last) : nil }
            return isDigits(last, 5) ? String(last) : nil
        case "IR": return isDigits(last, 10) ? String(last) : nil
        case "CN": return isDigits(last, 6) ? String(last) : nil
        default: return nil
        }
    }
}

/// Words of addresses that are often cut short: the street suffixes of the United States Postal Service (Publication 28,
/// C1), the German street, the Persian street and alley.
enum AddressWords {
    /// A word where it stands.
    struct Found {
        /// Its number among the words.
        let word: Int
        let isShort: Bool
        let range: Range<String.Index>
    }

    private static let suffixes = [
        ("st", "street"), ("ave", "avenue"), ("rd", "road"), ("blvd", "boulevard"), ("dr", "drive"), ("ln", "lane"),
        ("ct", "court"), ("pl", "place"), ("sq", "square"), ("hwy", "highway"), ("pkwy", "parkway"), ("ter", "terrace"),
        ("cir", "circle"),
    ]
    private static let prefixes = [("خ", "خیابان"), ("ک", "کوچه")]
    private static let german = suffixes.count + prefixes.count
    private static let bySuffix: [String: (word: Int, isShort: Bool)] = Dictionary(
        uniqueKeysWithValues: suffixes.enumerated().flatMap {
            [($0.element.0, ($0.offset, true)), ($0.element.1, ($0.offset, false))]
        })
    private static let byPrefix: [String: (word: Int, isShort: Bool)] = Dictionary(
        uniqueKeysWithValues: prefixes.enumerated().flatMap {
            [($0.element.0, (suffixes.count + $0.offset, true)), ($0.element.1, (suffixes.count + $0.offset, false))]
        })
    /// What may stand behind a street's suffix: directions, and what a part of a house is called.
    private static let followers: Set<String> = [
        "n", "s", "e", "w", "ne", "nw", "se", "sw", "north", "south", "east", "west", "apt", "suite", "ste", "unit",
        "floor", "fl", "room", "rm", "bldg", "building",
    ]

    /// The words of an address, from left to right. A suffix ends its part of the address, or a direction, a unit or a
    /// number stands behind it: the `St` of `St James` is no street.
    static func found(in text: String) -> [Found] {
        var result: [Found] = []
        for part in text.split(whereSeparator: { ",،，;\n".contains($0) }) {
            let words = part.split(separator: " ")
            for (place, word) in words.enumerated() {
                let plain = word.last == "." ? word.dropLast() : word
                let small = plain.lowercased()
                if let known = bySuffix[small] {
                    guard place > 0 else { continue }
                    let next = place + 1 < words.count ? words[place + 1] : nil
                    let isLast = next.map { next in
                        next.first.map { $0.isNumber || $0 == "#" } ?? false
                            || followers.contains(next.lowercased().filter { $0 != "." })
                    }
                    guard isLast ?? true else { continue }
                    result.append(
                        Found(word: known.word, isShort: known.isShort, range: word.startIndex..<word.endIndex))
                } else if let known = byPrefix[String(plain)], place + 1 < words.count {
                    result.append(
                        Found(word: known.word, isShort: known.isShort, range: word.startIndex..<word.endIndex))
                } else if small.count > 5,
                    small.hasSuffix("str") || small.hasSuffix("straße") || small.hasSuffix("strasse")
                {
                    let isShort = small.hasSuffix("str")
                    let length = isShort ? 3 : small.hasSuffix("straße") ? 6 : 7
                    let start = plain.index(plain.endIndex, offsetBy: -length)
                    result.append(Found(word: german, isShort: isShort, range: start..<word.endIndex))
                }
            }
        }
        return result
    }

    /// The other form of a word, in the letters that it is written in.
    static func other(_ found: Found, in text: String) -> String {
        let own = text[found.range]
        if found.word == german { return found.isShort ? "straße" : "str." }
        if found.word >= suffixes.count {
            let (short, whole) = prefixes[found.word - suffixes.count]
            return found.isShort ? whole : short + "."
        }
        let (short, whole) = suffixes[found.word]
        let form = found.isShort ? whole : short
        if own.allSatisfy({ !$0.isLowercase }), own.count > 1 { return form.uppercased() }
        return own.first?.isUppercase == true ? form.prefix(1).uppercased() + form.dropFirst() : form
    }
}
