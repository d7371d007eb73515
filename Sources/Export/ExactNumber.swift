/// A decimal number of any length, compared exactly.
struct ExactNumber: Sendable {
    private let isNegative: Bool
    /// Values 0–9, the first and the last not zero; empty for zero.
    private let digits: [UInt8]
    /// Power of ten of the first digit.
    private let magnitude: Int

    /// The number that bytes write: a sign, digits with at most one point, an exponent (`-12.50`, `.5`, `1e+16`); nil
    /// for anything else.
    init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        var index = 0
        var isNegative = false
        if let first = bytes.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
            isNegative = first == UInt8(ascii: "-")
            index = 1
        }
        var digits: [UInt8] = []
        var digitCount = 0
        // Digits before the point, less leading zeros; negative for zeros right after it.
        var wholeCount = 0
        var isFraction = false
        while index < bytes.count {
            let byte = bytes[index]
            if byte >= 48, byte <= 57 {
                digitCount += 1
                if byte != 48 || !digits.isEmpty {
                    digits.append(byte - 48)
                    if !isFraction { wholeCount += 1 }
                } else if isFraction {
                    wholeCount -= 1
                }
            } else if byte == UInt8(ascii: "."), !isFraction {
                isFraction = true
            } else {
                break
            }
            index += 1
        }
        guard digitCount > 0 else { return nil }
        var exponent = 0
        if index < bytes.count {
            guard bytes[index] | 32 == UInt8(ascii: "e") else { return nil }
            index += 1
            var exponentIsNegative = false
            if index < bytes.count, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
                exponentIsNegative = bytes[index] == UInt8(ascii: "-")
                index += 1
            }
            guard index < bytes.count, bytes.count - index <= 9 else { return nil }
            while index < bytes.count {
                guard bytes[index] >= 48, bytes[index] <= 57 else { return nil }
                exponent = exponent * 10 + Int(bytes[index] - 48)
                index += 1
            }
            if exponentIsNegative { exponent = -exponent }
        }
        while digits.last == 0 { digits.removeLast() }
        self.isNegative = isNegative && !digits.isEmpty
        self.digits = digits
        magnitude = wholeCount - 1 + exponent
    }

    /// Negative, zero or positive as this number is less than, equal to or greater than the other.
    func order(to other: ExactNumber) -> Int {
        if isNegative != other.isNegative { return isNegative ? -1 : 1 }
        let order = unsignedOrder(to: other)
        return isNegative ? -order : order
    }

    private func unsignedOrder(to other: ExactNumber) -> Int {
        if digits.isEmpty || other.digits.isEmpty { return (digits.isEmpty ? 0 : 1) - (other.digits.isEmpty ? 0 : 1) }
        if magnitude != other.magnitude { return magnitude < other.magnitude ? -1 : 1 }
        if digits == other.digits { return 0 }
        return digits.lexicographicallyPrecedes(other.digits) ? -1 : 1
    }
}
