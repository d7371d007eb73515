import CustomerData
import Statistics

/// How the chances of leads as of an earlier date have held against who became a customer within the horizon after it.
public struct LeadJudgement: Sendable {
    /// Leads with about the same chance.
    public struct Part: Hashable, Sendable {
        /// Leads.
        public let leadCount: Int
        /// Those that became customers within the horizon.
        public let convertedCount: Int
        /// The mean chance that they were given.
        public let predicted: Double
        /// The share that became customers.
        public var observed: Double { Double(convertedCount) / Double(leadCount) }
    }

    /// The date.
    public let asOf: Day
    /// Leads by then.
    public let leadCount: Int
    /// Those that became customers within the horizon.
    public let convertedCount: Int
    /// How well the chance ranks who did: area under the ROC curve.
    public let areaUnderCurve: Double
    /// How well the days for which they were known rank them alone, the newest first.
    public let daysKnownAreaUnderCurve: Double
    /// Mean squared difference between the chance and what came (Brier 1950).
    public let brierScore: Double
    /// That of giving everyone the share that became customers.
    public let brierScoreOfShare: Double
    /// Leads by fifths of their number, of the lowest chances first.
    public let parts: [Part]

    /// Leads that must have become customers, and that must not have, for a date to be judged.
    public static let fewestConverted = 10
    private static let partCount = 5

    /// Nil when too few became customers, or stayed none.
    init?(of regression: LeadRegression, _ snapshot: LeadSnapshot, asOf: Day) {
        let chances = snapshot.blocks.flatMap { regression.chances($0) }
        let converted = snapshot.blocks.flatMap(\.converted)
        let count = converted.count(where: \.self)
        guard count >= LeadJudgement.fewestConverted, converted.count - count >= LeadJudgement.fewestConverted,
            let area = Statistics.areaUnderCurve(scores: chances, positives: converted),
            let ofDaysKnown = Statistics.areaUnderCurve(
                scores: snapshot.blocks.flatMap { block in
                    block.customers.indices.map { -Double(block.values[$0 * regression.terms.count]) }
                }, positives: converted)
        else { return nil }
        self.asOf = asOf
        leadCount = converted.count
        convertedCount = count
        areaUnderCurve = area
        daysKnownAreaUnderCurve = ofDaysKnown
        let squares = zip(chances, converted).reduce(0) { $0 + ($1.0 - ($1.1 ? 1 : 0)) * ($1.0 - ($1.1 ? 1 : 0)) }
        brierScore = squares / Double(leadCount)
        let share = Double(count) / Double(leadCount)
        brierScoreOfShare = share * (1 - share)
        let order = chances.indices.sorted { (chances[$0], $0) < (chances[$1], $1) }
        parts = (0..<LeadJudgement.partCount).compactMap { part in
            let rows = order[
                part * order.count / LeadJudgement.partCount..<(part + 1) * order.count / LeadJudgement.partCount]
            guard !rows.isEmpty else { return nil }
            return Part(
                leadCount: rows.count, convertedCount: rows.count { converted[$0] },
                predicted: rows.reduce(0) { $0 + chances[$1] } / Double(rows.count))
        }
    }
}
