/// Numbers of persons whose last character follows from the others.
public enum CheckDigits {
    /// Whether ten ASCII digits are an Iranian national id: the sum of the first nine, weighted 10 to 2, leaves by 11 the
    /// last digit, or 11 less it; ten equal digits are none. Numbers of eight or nine digits have lost zeros before them.
    public static func isIranianNationalID(_ digits: UnsafeBufferPointer<UInt8>) -> Bool {
        guard (8...10).contains(digits.count) else { return false }
        let lost = 10 - digits.count
        var sum = 0
        var isUniform = lost == 0
        for (position, byte) in digits.enumerated() {
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return false }
            if byte != digits[0] { isUniform = false }
            if position < digits.count - 1 { sum += Int(byte - UInt8(ascii: "0")) * (10 - lost - position) }
        }
        let rest = sum % 11
        return !isUniform && Int(digits[digits.count - 1] - UInt8(ascii: "0")) == (rest < 2 ? rest : 11 - rest)
    }

    /// Whether eighteen ASCII characters are a Chinese resident id (GB 11643-1999): a date of birth at the seventh, and
    /// ISO 7064 MOD 11-2, whose ten is written X, at the end.
    public static func isChineseResidentID(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text.count == 18 else { return false }
        var sum = 0
        for (position, byte) in text.enumerated() {
            let value: Int
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = Int(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "X"), UInt8(ascii: "x"):
                guard position == 17 else { return false }
                value = 10
            default: return false
            }
            sum += value * weights[position]
        }
        let date = UnsafeBufferPointer(rebasing: text[6..<14])
        return sum % 11 == 1 && DateLayout.compact.parse(date) != nil
    }

    /// 2^(17 − position) mod 11.
    private static let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2, 1]
}
