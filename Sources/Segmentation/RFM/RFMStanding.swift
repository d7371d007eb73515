import CustomerData

/// A score with the values that have it, and what would change it.
public struct ScoreStanding<Value: Hashable & Sendable>: Hashable, Sendable {
    /// A score and the value nearest to the customer's own that has it.
    public struct Step: Hashable, Sendable {
        /// The score.
        public let score: Int
        /// The value from which on, or down to which, a customer has it.
        public let value: Value
    }

    /// The customer's value.
    public let value: Value
    /// Its score.
    public let score: Int
    /// The least value with this score; nil when there is no end.
    public let least: Value?
    /// The greatest value with this score; nil when there is no end.
    public let greatest: Value?
    /// The next better score that some value has; nil at the top.
    public let better: Step?
    /// The next worse score that some value has; nil at the bottom.
    public let worse: Step?
}

/// One customer's three scores with the cuts around them.
public struct RFMStanding: Hashable, Sendable {
    /// Days since the last purchase; fewer score higher.
    public let recency: ScoreStanding<Int64>
    /// Orders.
    public let frequency: ScoreStanding<Int64>
    /// Ten-thousandths of money.
    public let monetary: ScoreStanding<Int128>
    /// Scores run from 1 to this.
    public let bins: Int
    /// The scores of the map's cell, in its digits.
    public let cell: String
    /// The segment that the cell belongs to.
    public let cellSegment: SegmentMap.Segment
    /// The segment: the cell's, or the one its guard leads to.
    public let segment: SegmentMap.Segment

    /// Whether a guard led away from the cell's segment.
    public var isGuarded: Bool { segment.id != cellSegment.id }
}

extension RFMModel {
    /// A customer's scores with the cuts around them.
    ///
    /// - Parameters:
    ///   - recencyDays: days since the last purchase.
    ///   - frequency: orders, at least 1.
    ///   - monetary: what they were worth.
    ///   - tenureDays: days since the first purchase.
    /// - Complexity: O(bins).
    public func standing(recencyDays: Int64, frequency: Int64, monetary: Money, tenureDays: Int64) -> RFMStanding {
        // Recency counts negated, so that more is better everywhere.
        let recency = RFMModel.standing(of: -recencyDays, cuts.recency.map { -$0 }, step: 1)
        let group = binning == .nested ? recency.score - 1 : 0
        let orders = RFMModel.standing(of: frequency, cuts.frequency[group], step: 1)
        let sums = RFMModel.standing(
            of: monetary.tenThousandths, cuts.monetary[binning == .nested ? group * bins + orders.score - 1 : 0],
            step: Money.step(ofDecimals: decimals))
        var scores = [recency.score, orders.score]
        if map.scores.count == 3 { scores.append(sums.score) }
        let index = scores.reduce(0) { $0 * bins + $1 - 1 }
        let cellSegment = map.segments[Int(map.segmentOfCell[index])]
        var segment = cellSegment
        if let condition = cellSegment.condition {
            let isMet =
                frequency >= Int64(condition.purchases ?? 0)
                && (!condition.recent || tenureDays <= Int64(horizonDays))
            if !isMet { segment = map.segments.first { $0.id == condition.otherwise } ?? cellSegment }
        }
        return RFMStanding(
            recency: recency.negated, frequency: orders, monetary: sums, bins: bins,
            cell: RFM.joined(scores, bins: bins), cellSegment: cellSegment, segment: segment)
    }

    /// Where a value stands among ascending cuts: its score is 1 + the number of cuts below it.
    private static func standing<Value: FixedWidthInteger & Sendable>(
        of value: Value, _ cuts: [Value], step: Value
    ) -> ScoreStanding<Value> {
        let score = RFMCuts.score(value, cuts)
        let below = score > 1 ? cuts[score - 2] : nil
        let above = score <= cuts.count ? cuts[score - 1] : nil
        return ScoreStanding(
            value: value, score: score, least: below.map { $0 + step }, greatest: above,
            better: above.map { .init(score: RFMCuts.score($0 + step, cuts), value: $0 + step) },
            worse: below.map { .init(score: RFMCuts.score($0, cuts), value: $0) })
    }
}

extension ScoreStanding<Int64> {
    /// The same of the value with the other sign.
    fileprivate var negated: ScoreStanding {
        func negated(_ step: Step?) -> Step? { step.map { Step(score: $0.score, value: -$0.value) } }
        return ScoreStanding(
            value: -value, score: score, least: greatest.map { -$0 }, greatest: least.map { -$0 },
            better: negated(better), worse: negated(worse))
    }
}

extension Money {
    /// Ten-thousandths in one step of the last of `decimals` decimals.
    fileprivate static func step(ofDecimals decimals: Int) -> Int128 {
        var step: Int128 = 1
        for _ in decimals..<4 { step *= 10 }
        return step
    }
}
