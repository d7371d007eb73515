/// Identity numbers of persons with check digits.
public enum NationalID {
    /// Iran's national code as ten digits: Persian and Arabic digits become ASCII, signs between digits go, and the
    /// zeros that a spreadsheet cut off (codes of eight or nine digits) come back; nil when the check digit is wrong or
    /// one digit stands ten times.
    ///
    /// The check digit is r for r < 2 and 11 − r otherwise, r the sum of the first nine digits by the weights 10…2,
    /// modulo 11.
    public static func iranian(_ cell: String) -> String? {
        guard var digits = digits(cell, allowing: "-. ", last: nil), (8...10).contains(digits.count) else { return nil }
        digits = Array(repeating: 0, count: 10 - digits.count) + digits
        guard Set(digits).count > 1 else { return nil }
        let rest = (0..<9).reduce(0) { $0 + digits[$1] * (10 - $1) } % 11
        guard digits[9] == (rest < 2 ? rest : 11 - rest) else { return nil }
        return digits.map(String.init).joined()
    }

    /// China's resident identity number as seventeen digits and a check sign (0–9 or X), by ISO 7064 MOD 11-2, with a
    /// date of birth that exists; nil for any other.
    public static func chinese(_ cell: String) -> String? {
        guard let digits = digits(cell, allowing: "- ", last: 10), digits.count == 18 else { return nil }
        // The weight of a place is 2 to the power of its distance from the last, modulo 11.
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(digits, weights).reduce(0) { $0 + $1.0 * $1.1 }
        guard digits[17] == (12 - sum % 11) % 11, digits[..<17].allSatisfy({ $0 < 10 }) else { return nil }
        let (year, month, day) = (
            digits[6] * 1000 + digits[7] * 100 + digits[8] * 10 + digits[9], digits[10] * 10 + digits[11],
            digits[12] * 10 + digits[13]
        )
        guard (1850...2150).contains(year), isDate(year, month, day) else { return nil }
        return digits[..<17].map(String.init).joined() + (digits[17] == 10 ? "X" : String(digits[17]))
    }

    private static func isDate(_ year: Int, _ month: Int, _ day: Int) -> Bool {
        DateLayout.yearMonthDay.parse("\(year)-\(month)-\(day)") != nil
    }

    /// The digits of a cell; nil when something else stands among them. An X at the end counts as `last`.
    private static func digits(_ cell: String, allowing signs: String, last: Int?) -> [Int]? {
        var result: [Int] = []
        let scalars = Array(PlainText.asciiDigits(PlainText.standard(cell).text).unicodeScalars)
        for (position, scalar) in scalars.enumerated() {
            if (0x30...0x39).contains(scalar.value) {
                result.append(Int(scalar.value) - 0x30)
            } else if position == scalars.count - 1, let last, scalar == "X" || scalar == "x" {
                result.append(last)
            } else if !signs.unicodeScalars.contains(scalar) {
                return nil
            }
        }
        return result
    }
}
