import Foundation

/// Brings text to one way of writing it that changes nothing of what it says, for display: what NFKC would do too much
/// of (½, ligatures of Latin letters) stays.
public enum PlainText {
    /// What was changed.
    public struct Changes: OptionSet, Hashable, Sendable {
        /// One bit a kind.
        public let rawValue: UInt8

        /// Those kinds.
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// Spaces around, doubled, or of another kind.
        public static let spaces = Changes(rawValue: 1)
        /// Full-width forms, Arabic presentation forms, accents written as marks of their own.
        public static let forms = Changes(rawValue: 2)
        /// Joiners, marks of direction and others that nobody sees.
        public static let invisible = Changes(rawValue: 4)
        /// Letters of another script that look alike or mean the same.
        public static let letters = Changes(rawValue: 8)
        /// Digits of another script.
        public static let digits = Changes(rawValue: 16)
    }

    /// Whether bytes of UTF-8 are words of ASCII letters, digits and ordinary signs with single spaces between them, so
    /// that `standard` has nothing to do.
    @inlinable
    public static func isPlainASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var before = UInt8(ascii: " ")
        for byte in bytes {
            if byte >= 0x7F || byte < 0x20 || (byte == 0x20 && before == 0x20) { return false }
            before = byte
        }
        return before != 0x20 || bytes.isEmpty
    }

    /// The text with single ordinary spaces, no invisible marks, full-width and presentation forms as plain letters, in
    /// composed form (NFC). A joiner (ZWNJ) stays where it stands between two Arabic letters. With `persian`, Arabic
    /// yeh and kaf become those of Persian.
    ///
    /// - Complexity: O(scalars).
    public static func standard(_ text: String, persian: Bool = false) -> (text: String, changes: Changes) {
        var changes: Changes = []
        var scalars: [Unicode.Scalar] = []
        scalars.reserveCapacity(text.utf8.count)
        var needsComposition = false
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x20: scalars.append(scalar)
            case 0x21...0x7E: scalars.append(scalar)
            case 0x09...0x0D, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000:
                scalars.append(" ")
                changes.insert(.spaces)
            case 0xFF01...0xFF5E:
                scalars.append(Unicode.Scalar(scalar.value - 0xFF01 + 0x21) ?? scalar)
                changes.insert(.forms)
            case 0xFB50...0xFDFF, 0xFE70...0xFEFC, 0xFF61...0xFF9F, 0xF900...0xFAFF:
                scalars.append(contentsOf: String(scalar).precomposedStringWithCompatibilityMapping.unicodeScalars)
                changes.insert(.forms)
            case 0x200C: scalars.append(scalar)
            case 0xAD, 0x200B, 0x200D...0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xFEFF, 0x061C, 0x0640, 0...8,
                0x0E...0x1F, 0x7F:
                changes.insert(.invisible)
            case 0x064A where persian, 0x0649 where persian:
                scalars.append("ی")
                changes.insert(.letters)
            case 0x0643 where persian:
                scalars.append("ک")
                changes.insert(.letters)
            default:
                if scalar.properties.generalCategory == .nonspacingMark { needsComposition = true }
                scalars.append(scalar)
            }
        }
        var result = String.UnicodeScalarView()
        for (position, scalar) in scalars.enumerated() {
            if scalar == " " {
                let next = position + 1 < scalars.count ? scalars[position + 1] : " "
                if result.isEmpty || next == " " {
                    changes.insert(.spaces)
                    continue
                }
            } else if scalar == "\u{200C}" {
                let next = position + 1 < scalars.count ? scalars[position + 1] : " "
                guard let last = result.last, isArabic(last), isArabic(next) else {
                    changes.insert(.invisible)
                    continue
                }
            }
            result.append(scalar)
        }
        var plain = String(result)
        if needsComposition {
            let composed = plain.precomposedStringWithCanonicalMapping
            if !composed.utf8.elementsEqual(plain.utf8) {
                changes.insert(.forms)
                plain = composed
            }
        }
        return (plain, changes)
    }

    /// Whether a letter is written in the Arabic script.
    public static func isArabic(_ scalar: Unicode.Scalar) -> Bool {
        (0x0620...0x06FF).contains(scalar.value) || (0x0750...0x077F).contains(scalar.value)
    }

    /// Whether a character is Chinese.
    public static func isHan(_ scalar: Unicode.Scalar) -> Bool {
        (0x4E00...0x9FFF).contains(scalar.value) || (0x3400...0x4DBF).contains(scalar.value)
            || (0x20000...0x3FFFF).contains(scalar.value) || scalar.value == 0x3007
    }

    /// Persian, Arabic, Devanagari and full-width digits as `0`–`9`; everything else as it is.
    public static func asciiDigits(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar.value > 0x7F, scalar.properties.generalCategory == .decimalNumber,
                let value = scalar.properties.numericValue, let digit = Unicode.Scalar(UInt32(value) + 0x30)
            {
                result.append(digit)
            } else {
                result.append(scalar)
            }
        }
        return String(result)
    }

    /// What two spellings of the same have in common: small letters without accents, spaces, signs and joiners; Persian
    /// letters for Arabic ones; ASCII digits.
    public static func matchKey(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        let isASCII = text.utf8.allSatisfy { $0 < 0x80 }
        let decomposed = isASCII ? text : standard(text, persian: true).text.decomposedStringWithCanonicalMapping
        for scalar in decomposed.unicodeScalars {
            switch scalar.value {
            case 0x30...0x39, 0x61...0x7A: result.append(scalar)
            case 0x41...0x5A: result.append(Unicode.Scalar(scalar.value + 32) ?? scalar)
            case 0x00...0x7F: continue
            case 0xDF: result.append(contentsOf: "ss".unicodeScalars)
            case 0xE6, 0xC6: result.append(contentsOf: "ae".unicodeScalars)
            case 0xF8, 0xD8: result.append("o")
            case 0x142, 0x141: result.append("l")
            case 0x131: result.append("i")
            case 0x629, 0x6C0, 0x6C2, 0x6D5: result.append("ه")
            case 0x622, 0x623, 0x625: result.append("ا")
            default:
                let properties = scalar.properties
                if properties.numericType == .decimal, let value = properties.numericValue,
                    let digit = Unicode.Scalar(UInt32(value) + 0x30)
                {
                    result.append(digit)
                } else if properties.isAlphabetic, properties.generalCategory != .nonspacingMark {
                    result.append(contentsOf: properties.lowercaseMapping.unicodeScalars)
                }
            }
        }
        return String(result)
    }

    /// A word of Latin letters with Cyrillic or Greek ones among them that look alike, in Latin letters; nil when it is
    /// no such word.
    public static func latinForLookalikes(_ word: some StringProtocol) -> String? {
        var latin = 0
        var result = String.UnicodeScalarView()
        var replaced = 0
        for scalar in word.unicodeScalars {
            if let plain = lookalikes[scalar] {
                result.append(plain)
                replaced += 1
            } else {
                // A letter of these scripts that looks like no Latin one: the word is of that script.
                if (0x0370...0x052F).contains(scalar.value) { return nil }
                if scalar.properties.isAlphabetic, scalar.value < 0x250 { latin += 1 }
                result.append(scalar)
            }
        }
        return replaced > 0 && latin > 0 ? String(result) : nil
    }

    /// A word of nothing but letters that look like Latin ones, in Latin letters; nil for any other.
    public static func latinForAllLookalikes(_ word: some StringProtocol) -> String? {
        var result = String.UnicodeScalarView()
        for scalar in word.unicodeScalars {
            guard let plain = lookalikes[scalar] else { return nil }
            result.append(plain)
        }
        return result.isEmpty ? nil : String(result)
    }

    private static let lookalikes: [Unicode.Scalar: Unicode.Scalar] = Dictionary(
        zip(
            "аеорсухіјѕһԁԛԝАВЕКМНОРСТУХІЈЅԌαονΑΒΕΖΗΙΚΜΝΟΡΤΥΧ".unicodeScalars,
            "aeopcyxijshdqwABEKMHOPCTYXIJSGaovABEZHIKMNOPTYX".unicodeScalars), uniquingKeysWith: { first, _ in first })
}
