/// Numbers that a person can remember.
enum RoundNumber {
    /// Significant digits that every decimal keeps when it becomes a double and a text again.
    private static let digits = 15

    /// The number that is at least `low` and less than `high` and a multiple of the largest power of ten; of several that
    /// nearest to the middle, of two as near the smaller. `low` itself when no number of 15 digits lies there.
    static func within(_ low: Double, _ high: Double) -> Double {
        precondition(low.isFinite && high.isFinite && low < high)
        if low <= 0, high > 0 { return 0 }
        let middle = low + (high - low) / 2
        let largest = max(low.magnitude, high.magnitude)
        var exponent = decimalExponent(largest) + 1
        let last = exponent - digits
        while exponent >= last {
            let unit = power(exponent)
            let near = (middle / unit).rounded(.down)
            if near.isFinite, near.magnitude < 1e15 {
                let choices = [near - 1, near, near + 1, (low / unit).rounded(.up)].map { number(Int64($0), exponent) }
                let best = choices.filter { $0 >= low && $0 < high }.min {
                    (($0 - middle).magnitude, $0) < (($1 - middle).magnitude, $1)
                }
                if let best { return best }
            }
            exponent -= 1
        }
        return low
    }

    /// The largest e with 10^e at most the value.
    private static func decimalExponent(_ value: Double) -> Int {
        var exponent = 0
        while power(exponent + 1) <= value { exponent += 1 }
        while exponent > -330, power(exponent) > value { exponent -= 1 }
        return exponent
    }

    /// The double nearest to `multiple` × 10^`exponent`.
    private static func number(_ multiple: Int64, _ exponent: Int) -> Double {
        Double("\(multiple)e\(exponent)") ?? .nan
    }

    private static func power(_ exponent: Int) -> Double { number(1, exponent) }

    /// A number as a condition states it: whole ones without a point, others in the shortest form that reads back.
    static func text(_ value: Double) -> String {
        value == value.rounded() && value.magnitude < 1e15 ? String(Int64(value)) : value.description
    }
}
