import CustomerData

/// What the definition has been worth at earlier dates of the same history: at each, a model was fitted to what was
/// known then, and its states and chances are held against who bought within the horizon after it.
public struct LifecycleEvaluation: Hashable, Codable, Sendable {
    /// One entry a date, newest first, a horizon apart; empty when the history is too short.
    public let dates: [LifecycleJudgement]

    /// The newest date that was judged: one horizon before the model's.
    public var newest: LifecycleJudgement? { dates.first }
}

/// How the states and chances of one date have held.
public struct LifecycleJudgement: Hashable, Codable, Sendable {
    /// The date.
    public let asOf: Day
    /// Whether the model of that date had a history long enough to learn the chance of return from.
    public let thresholdsJudged: Bool
    /// Customers with a purchase by then.
    public let customerCount: Int
    /// Those of them that bought within the horizon after it.
    public let returnedCount: Int
    /// How well the chance of return ranks who returned: area under the ROC curve. Nil when all did the same.
    public let areaUnderCurve: Double?
    /// How well recency alone ranks them.
    public let recencyAreaUnderCurve: Double?
    /// What knowing the state tells about return, in nats (mutual information).
    public let informationGained: Double
    /// What knowing 30, 60 and 90-day buckets of recency tells, in nats.
    public let bucketInformationGained: Double
    /// Mean squared difference between the chance and what came (Brier 1950).
    public let brierScore: Double
    /// That of giving everyone the share that returned; the chance is worth something below it.
    public let brierScoreOfShare: Double
    /// States with customers, in the order of `LifecycleState.allCases`.
    public let states: [StateOutcome]
    /// Customers by tenths of the chance, ascending; tenths without customers are left out.
    public let calibration: [ChanceOutcome]
    /// How the thresholds have held.
    public let coverage: ThresholdCoverage

    /// Customers of a state, and how many of them returned.
    public struct StateOutcome: Hashable, Codable, Sendable {
        /// The state.
        public let state: LifecycleState
        /// Customers in it.
        public let customerCount: Int
        /// Those that bought within the horizon.
        public let returnedCount: Int
        /// The mean chance that they were given.
        public let predictedReturn: Double
        /// The share that bought within the horizon.
        public var observedReturn: Double { Double(returnedCount) / Double(customerCount) }
    }

    /// Customers with about the same chance, and how many of them returned.
    public struct ChanceOutcome: Hashable, Codable, Sendable {
        /// Customers.
        public let customerCount: Int
        /// Those that bought within the horizon.
        public let returnedCount: Int
        /// The mean chance that they were given.
        public let predictedReturn: Double
        /// The share that bought within the horizon.
        public var observedReturn: Double { Double(returnedCount) / Double(customerCount) }
    }

    /// Gaps that ended within the horizon after the date, held against the thresholds that stood when they began: by
    /// the customer's gaps before, in the rhythm of the date. One in five should exceed.
    public struct ThresholdCoverage: Hashable, Codable, Sendable {
        /// Gaps that ended within the horizon after the date.
        public let gapCount: Int
        /// Those that were longer than the threshold.
        public let exceedingCount: Int
        /// Mean length of the gaps that had ended by the date, in days; nil without any.
        public let meanDaysBefore: Double?
        /// Mean length of the gaps that ended after it, in days; nil without any.
        public let meanDaysAfter: Double?

        /// The share that was longer; nil without gaps.
        public var exceedingShare: Double? { gapCount > 0 ? Double(exceedingCount) / Double(gapCount) : nil }

        /// Whether the gaps known at the date were cut short by the length of the history: those after it are longer,
        /// and more than a quarter of them exceed. Then the thresholds of that date were too short.
        public var isTruncated: Bool {
            guard let meanDaysBefore, let meanDaysAfter else { return false }
            return meanDaysAfter > meanDaysBefore && 4 * exceedingCount > gapCount
        }
    }

    /// Whether the shares that returned stand in the order active > at risk > dormant ≥ lost, of those states that
    /// have customers; active is new, growing, mature and won back together.
    public var isOrdered: Bool {
        func share(_ wanted: [LifecycleState]) -> Double? {
            let outcomes = states.filter { wanted.contains($0.state) }
            let customers = outcomes.reduce(0) { $0 + $1.customerCount }
            return customers > 0 ? Double(outcomes.reduce(0) { $0 + $1.returnedCount }) / Double(customers) : nil
        }
        let strict = [share([.new, .growing, .mature, .wonBack]), share([.atRisk]), share([.dormant])].compactMap(
            \.self)
        let falls = zip(strict, strict.dropFirst()).allSatisfy { $0 > $1 }
        guard let lost = share([.lost]), let above = strict.last else { return falls }
        return falls && above >= lost
    }
}
