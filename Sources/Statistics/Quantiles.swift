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

/// How well a score ranks: the area under the ROC curve, ties counted half (the Mann-Whitney statistic divided by
/// the number of pairs). Nil when there is only one class.
///
/// - Complexity: O(n log n).
public func areaUnderCurve(scores: [Double], positives: [Bool]) -> Double? {
    let positiveCount = positives.count { $0 }
    let negativeCount = positives.count - positiveCount
    guard positiveCount > 0, negativeCount > 0 else { return nil }
    let order = scores.indices.sorted { scores[$0] < scores[$1] }
    var rankSum = 0.0
    var start = 0
    while start < order.count {
        var end = start
        var positivesInTie = 0
        while end < order.count, scores[order[end]] == scores[order[start]] {
            if positives[order[end]] { positivesInTie += 1 }
            end += 1
        }
        rankSum += Double(positivesInTie) * (Double(start + end - 1) / 2 + 1)
        start = end
    }
    let smallest = Double(positiveCount) * Double(positiveCount + 1) / 2
    return (rankSum - smallest) / (Double(positiveCount) * Double(negativeCount))
}
