/// How well a score ranks: the area under the ROC curve, ties counted half (the Mann-Whitney statistic divided by
/// the number of pairs). Nil when there is only one class.
///
/// - Parameters:
///   - scores: higher for what is thought more likely; no NaN.
///   - positives: whether it came, one a score.
/// - Complexity: O(n log n).
public func areaUnderCurve(scores: [Double], positives: [Bool]) -> Double? {
    precondition(scores.count == positives.count)
    // Each class is sorted by itself: a sort of bare numbers takes a fifth of a sort of positions by number.
    var above: [Double] = []
    var below: [Double] = []
    for (score, positive) in zip(scores, positives) {
        if positive { above.append(score) } else { below.append(score) }
    }
    guard !above.isEmpty, !below.isEmpty else { return nil }
    above.sort()
    below.sort()
    // Twice the pairs in which the positive ranks higher, plus once those that tie.
    var doubled = 0
    var smaller = 0
    var notGreater = 0
    for score in above {
        while smaller < below.count, below[smaller] < score { smaller += 1 }
        while notGreater < below.count, below[notGreater] <= score { notGreater += 1 }
        doubled += smaller + notGreater
    }
    return Double(doubled) / (2 * Double(above.count) * Double(below.count))
}
