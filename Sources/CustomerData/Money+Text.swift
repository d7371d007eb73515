extension Money {
    /// The amount that `formatted(decimals:)` wrote: digits, a point with at most four digits behind it, a sign; nil
    /// for anything else.
    public init?(_ text: String) {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), !parts[0].isEmpty,
            parts.allSatisfy({ $0.utf8.allSatisfy { $0 >= 48 && $0 <= 57 } }),
            parts.count == 1 || (1...4).contains(parts[1].utf8.count)
        else { return nil }
        let decimals = parts.count == 2 ? String(parts[1]) : ""
        guard let amount = Int128(parts[0] + decimals + String(repeating: "0", count: 4 - decimals.utf8.count)) else {
            return nil
        }
        self.init(tenThousandths: text.hasPrefix("-") ? -amount : amount)
    }
}
