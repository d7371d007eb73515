import Foundation

/// Words of other scripts in Latin letters, for comparing, not for display.
///
/// ICU's transforms take some tens of microseconds a word: once a distinct value, never once a row.
public enum LatinLetters {
    /// The script that a word is mainly written in, as far as comparing goes.
    public enum Script: UInt8, Sendable {
        case latin, arabic, han, other
    }

    /// The script of the first letter that has one; Latin where there is none.
    public static func script(of text: String) -> Script {
        for scalar in text.unicodeScalars where scalar.value >= 0x41 {
            if scalar.value < 0x250 || (0x1E00...0x1EFF).contains(scalar.value) {
                if scalar.properties.isAlphabetic { return .latin }
            } else if PlainText.isArabic(scalar) {
                return .arabic
            } else if PlainText.isHan(scalar) {
                return .han
            } else if scalar.properties.isAlphabetic {
                return .other
            }
        }
        return .latin
    }

    /// Traditional Chinese characters as simplified ones.
    public static func simplified(_ text: String) -> String {
        text.applyingTransform(StringTransform("Traditional-Simplified"), reverse: false) ?? text
    }

    /// A Chinese text as pinyin without tones, its syllables apart by spaces, small; surnames are read as surnames.
    public static func pinyin(_ text: String, isName: Bool) -> String {
        let rule = isName ? "Han-Latin/Names; Latin-ASCII; Lower" : "Han-Latin; Latin-ASCII; Lower"
        let latin = text.applyingTransform(StringTransform(rule), reverse: false) ?? text
        return latin.split(whereSeparator: { !$0.isLetter && !$0.isNumber }).joined(separator: " ")
    }

    /// A text of any other script in small Latin letters.
    public static func any(_ text: String) -> String {
        (text.applyingTransform(StringTransform("Any-Latin; Latin-ASCII; Lower"), reverse: false) ?? text)
    }

    /// The family name and the given name of a Chinese name written without spaces: two characters of a compound surname
    /// where it begins with one, else one.
    public static func parts(ofChineseName name: String) -> (family: String, given: String)? {
        let letters = Array(name)
        guard letters.count >= 2, letters.count <= 5 else { return nil }
        let count = letters.count >= 3 && compoundSurnames.contains(String(letters[..<2])) ? 2 : 1
        return (String(letters[..<count]), String(letters[count...]))
    }

    private static let compoundSurnames: Set<String> = [
        "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "令狐", "慕容", "司徒", "司空", "夏侯", "端木", "百里", "呼延", "南宫",
        "宇文", "长孙", "轩辕", "澹台", "闻人", "万俟", "赫连", "申屠", "钟离", "濮阳", "淳于", "单于", "太史", "仲孙", "闾丘", "东郭", "西门",
    ]
}
