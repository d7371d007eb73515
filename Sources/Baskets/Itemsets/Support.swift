import CustomerData

/// In how many baskets a set must be: a number of them, or a share of all, kept exactly.
public struct Support: Hashable, Sendable, CustomStringConvertible {
    private enum Value: Hashable, Sendable {
        case count(Int)
        /// `numerator / 10^decimals` of a hundred.
        case percent(numerator: Int, decimals: Int)
    }

    private let value: Value

    /// So many baskets.
    public static func count(_ count: Int) -> Support { Support(value: .count(count)) }

    private init(value: Value) { self.value = value }

    /// A support as a person writes it: `89` is a number of baskets, `0.1%` a share of them.
    public init?(_ text: String) {
        guard text.hasSuffix("%") else {
            guard let count = Int(text), count >= 1 else { return nil }
            value = .count(count)
            return
        }
        let parts = text.dropLast().split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), !parts[0].isEmpty, parts.joined().utf8.count <= 15,
            parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } }),
            let numerator = Int(parts.joined()), numerator > 0
        else { return nil }
        let decimals = parts.count == 2 ? parts[1].utf8.count : 0
        let whole = (0..<decimals).reduce(100) { scale, _ in scale * 10 }
        guard numerator <= whole else { return nil }
        value = .percent(numerator: numerator, decimals: decimals)
    }

    /// The smallest number of baskets, of `total`, that reaches the support; at least 1.
    public func minimumCount(of total: Int) -> Int {
        switch value {
        case .count(let count): return count
        case .percent(let numerator, let decimals):
            let scale = (0..<decimals).reduce(Int128(100)) { scale, _ in scale * 10 }
            return max(1, Int((Int128(numerator) * Int128(total) + scale - 1) / scale))
        }
    }

    /// As a person writes it.
    public var description: String {
        switch value {
        case .count(let count): return String(count)
        case .percent(let numerator, let decimals):
            guard decimals > 0 else { return "\(numerator)%" }
            let digits = String(numerator)
            let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
            return "\(padded.dropLast(decimals)).\(padded.suffix(decimals))%"
        }
    }
}
