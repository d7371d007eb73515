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

    /// An amount with commas between thousands, and decimals unless it is large: `8,911,408` or `12.50`.
    public static func money(_ amount: Money, decimals: Int) -> String {
        let isLarge = amount.tenThousandths.magnitude >= 1_000_000 * UInt128(Money.scale)
        let plain = amount.formatted(decimals: isLarge ? 0 : min(decimals, 2))
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

    /// A real number with so many decimals; `–` when it is not known.
    public static func fixed(_ value: Double?, decimals: Int) -> String {
        guard let value, value.isFinite else { return "–" }
        let scaled = Money(tenThousandths: Int128((value * Double(Money.scale)).rounded(.toNearestOrEven)))
        return scaled.formatted(decimals: decimals)
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
