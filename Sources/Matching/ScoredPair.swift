/// Two records that may be one, and how much speaks for it.
public struct ScoredPair: Hashable, Sendable {
    /// The record of the smaller number.
    public let left: UInt32
    /// The other record.
    public let right: UInt32
    /// The level of each column, four bits each.
    public let pattern: UInt64
    /// Bits for being one: prior, columns and term frequencies.
    public let weight: Float

    /// The probability that they are one.
    public var probability: Double { MatchModel.probability(Double(weight)) }
}

/// From which probability on records are one, and from which a person is asked.
public struct MatchThresholds: Codable, Hashable, Sendable {
    /// Records are one from this probability on.
    public let merge: Double
    /// A person is asked from this probability on.
    public let review: Double
    /// Expected share of right pairs among those merged.
    public let expectedPrecision: Double
    /// Expected share of the compared pairs that are one and are merged.
    public let expectedRecall: Double

    /// The lowest threshold at which the expected precision is as stated; below it, review until all but a hundredth of
    /// what is one is seen.
    ///
    /// - Parameter probabilities: of the scored pairs.
    init(_ probabilities: [Double], precision: Double) {
        let sorted = probabilities.sorted(by: >)
        let all = sorted.reduce(0, +)
        var sum = 0.0
        var merge = 1.0
        var found = (precision: 1.0, sum: 0.0)
        for (place, probability) in sorted.enumerated() {
            sum += probability
            let isLast = place + 1 == sorted.count || sorted[place + 1] < probability
            if isLast, probability >= 0.5, sum / Double(place + 1) >= precision {
                merge = probability
                found = (sum / Double(place + 1), sum)
            }
        }
        self.merge = merge
        expectedPrecision = found.precision
        expectedRecall = all > 0 ? found.sum / all : 1
        var lost = 0.0
        var review = merge
        for probability in sorted.reversed() {
            lost += probability
            if probability >= merge { break }
            if lost > 0.01 * all {
                review = probability
                break
            }
        }
        self.review = min(merge, max(review, 0.01))
    }
}
