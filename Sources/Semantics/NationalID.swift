/// Identity numbers of persons with check digits.
public enum NationalID {
    /// Iran's national code as ten digits: Persian and Arabic digits become ASCII, signs between digits go, and the
    /// zeros that a spreadsheet cut off (codes of eight or nine digits) come back; nil when `CheckDigits` says it is none.
    public static func iranian(_ cell: String) -> String? {
        guard let digits = digits(cell, allowing: "-. "), digits.withUTF8Bytes(CheckDigits.isIranianNationalID) else {
            return nil
        }
        return String(repeating: "0", count: 10 - digits.utf8.count) + digits
    }

    /// China's resident identity number as seventeen digits and a check sign (0–9 or X); nil when `CheckDigits` says it is
    /// none.
    public static func chinese(_ cell: String) -> String? {
        guard let digits = digits(cell, allowing: "- ", andX: true),
            digits.withUTF8Bytes(CheckDigits.isChineseResidentID)
        else { return nil }
        return digits
    }

    /// The digits of a cell, and an X at its end when that is allowed; nil when something else stands among them.
    private static func digits(_ cell: String, allowing signs: String, andX allowsX: Bool = false) -> String? {
        var result = String.UnicodeScalarView()
        let scalars = Array(PlainText.asciiDigits(PlainText.standard(cell).text).unicodeScalars)
        for (position, scalar) in scalars.enumerated() {
            if (0x30...0x39).contains(scalar.value) {
                result.append(scalar)
            } else if allowsX, position == scalars.count - 1, scalar == "X" || scalar == "x" {
                result.append("X")
            } else if !signs.unicodeScalars.contains(scalar) {
                return nil
            }
        }
        return String(result)
    }
}
