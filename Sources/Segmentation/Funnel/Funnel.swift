import Statistics

/// What funnels have in common.
enum Funnel {
    /// The median, of an even number the mean of the middle two; nil of none.
    ///
    /// - Complexity: O(n log n).
    static func median(_ days: [Int]) -> Double? {
        days.isEmpty ? nil : Quantiles.linear(0.5, sorted: days.sorted().map(Double.init))
    }
}
