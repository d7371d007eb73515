import CustomerData

/// Figures as people read them.
public enum Figures {
    /// A whole number with commas between thousands: `12,054`.
    public static func count(_ value: some BinaryInteger) -> String {
        let digits = String(value.magnitude)
        var grouped = ""
        for (position, digit) in digits.enumerated() {
            if position > 0, (digits.count - position) % 3 == 0 { grouped.append(",") }
            grouped.append(digit)
        }
        return value < 0 ? "-" + grouped : grouped
    }

    /// A count and what is counted: `1 order`, `1,250 orders`; other plurals than with an s are named.
    public static func counted(_ value: some BinaryInteger, _ one: String, _ many: String? = nil) -> String {
        count(value) + " " + (value == 1 ? one : many ?? one + "s")
    }

    /// An amount with commas between thousands, and decimals unless it is large: `8,911,408` or `12.50`.
    public static func money(_ amount: Money, decimals: Int) -> String {
        grouped(amount, decimals: isLarge(amount) ? 0 : min(decimals, 2))
    }

    /// The amounts of one column, all with the same decimals: none when one of them is large.
    public static func money(_ amounts: [Money], decimals: Int) -> [String] {
        let shown = amounts.contains(where: isLarge) ? 0 : min(decimals, 2)
        return amounts.map { grouped($0, decimals: shown) }
    }

    /// Nobody asks for the cents of 100,000.
    private static func isLarge(_ amount: Money) -> Bool {
        amount.tenThousandths.magnitude >= 100_000 * UInt128(Money.scale)
    }

    private static func grouped(_ amount: Money, decimals: Int) -> String {
        let plain = amount.formatted(decimals: decimals)
        let parts = plain.split(separator: ".", omittingEmptySubsequences: false)
        guard let whole = Int128(parts[0]) else { return plain }
        let sign = plain.hasPrefix("-") && whole == 0 ? "-" : ""
        return sign + count(whole) + (parts.count > 1 ? "." + parts[1] : "")
    }

    /// A share in per cent with a decimal: `12.3 %`; `–` when it is not known.
    public static func percent(_ share: Double?) -> String {
        guard let share, share.isFinite else { return "–" }
        return fixed(share * 100, decimals: 1) + " %"
    }

    /// A real number with so many decimals, at most four; beyond a thousand million million as `1.5e+20`; `–` when it
    /// is not known.
    public static func fixed(_ value: Double?, decimals: Int) -> String {
        guard let value, value.isFinite else { return "–" }
        guard value.magnitude < 1e15 else { return value.description }
        let scaled = Money(tenThousandths: Int128((value * Double(Money.scale)).rounded(.toNearestOrEven)))
        return scaled.formatted(decimals: decimals)
    }

    /// A real number with about three digits that tell something: `12,054`, `56.3`, `0.25`.
    public static func short(_ value: Double?) -> String {
        guard let value, value.isFinite, value.magnitude < 1e15 else { return fixed(value, decimals: 2) }
        if value.magnitude >= 99.95 { return count(Int64(value.rounded())) }
        return fixed(value, decimals: value.magnitude >= 9.995 ? 1 : 2)
    }

    /// A size in bytes: `1.7 MB`.
    public static func bytes(_ count: Int) -> String {
        switch count {
        case ..<1000: "\(count) bytes"
        case ..<1_000_000: fixed(Double(count) / 1e3, decimals: 1) + " kB"
        case ..<1_000_000_000: fixed(Double(count) / 1e6, decimals: 1) + " MB"
        default: fixed(Double(count) / 1e9, decimals: 1) + " GB"
        }
    }
}
