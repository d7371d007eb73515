/// Quantiles of a sorted sample.
public enum Quantiles {
    /// The inverse of the empirical distribution (Hyndman & Fan 1996, type 1): the smallest value whose share of
    /// values at or below it is at least `probability`.
    ///
    /// - Parameters:
    ///   - probability: in `0...1`.
    ///   - sorted: ascending, not empty.
    @inlinable
    public static func inverse<Value: Comparable>(_ probability: Double, sorted: [Value]) -> Value {
        let rank = (probability * Double(sorted.count)).rounded(.up)
        return sorted[min(max(Int(rank) - 1, 0), sorted.count - 1)]
    }

    /// Linear interpolation between order statistics (Hyndman & Fan 1996, type 7; the default of R and numpy).
    ///
    /// - Parameters:
    ///   - probability: in `0...1`.
    ///   - sorted: ascending, not empty.
    public static func linear(_ probability: Double, sorted: [Double]) -> Double {
        let position = probability * Double(sorted.count - 1)
        let low = Int(position.rounded(.down))
        let high = min(low + 1, sorted.count - 1)
        return sorted[low] + (position - Double(low)) * (sorted[high] - sorted[low])
    }
}
