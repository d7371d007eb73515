import CustomerData
import Statistics

/// Where customers stand with a company as of a date: prospect, responder, active or former customer, and the finer
/// states within, from a personal rhythm and a chance of return learnt from the history's own past.
///
/// Nothing after the date is used.
///
/// ```swift
/// let model = Lifecycle(try .init(horizonDays: 90)).fit(history, asOf: day)
/// let result = model.assign(history, asOf: day, lastResponses: responses)
/// ```
public struct Lifecycle: Sendable {
    /// What a lifecycle can be told.
    public struct Options: Hashable, Sendable {
        /// H: the days within which a return counts.
        public let horizonDays: Int
        /// Days for which an inbound interaction makes a responder.
        public let responseDays: Int
        /// Earlier dates at most at which the states are judged, a horizon apart.
        public let judgedDateCount: Int

        /// Options, checked.
        ///
        /// - Parameters:
        ///   - horizonDays: in `1...3650`.
        ///   - responseDays: in `0...3650`.
        ///   - judgedDateCount: in `0...100`.
        /// - Throws: `Problem` of kind usage when one is outside its range.
        public init(horizonDays: Int = 90, responseDays: Int = 180, judgedDateCount: Int = 4) throws(Problem) {
            func check(_ name: String, _ value: Int, _ range: ClosedRange<Int>) throws(Problem) {
                guard range.contains(value) else {
                    throw Problem(
                        .usage,
                        "Lifecycle.\(name) must be in \(range.lowerBound)...\(range.upperBound); got \(value)")
                }
            }
            try check("horizonDays", horizonDays, 1...3650)
            try check("responseDays", responseDays, 0...3650)
            try check("judgedDateCount", judgedDateCount, 0...100)
            self.horizonDays = horizonDays
            self.responseDays = responseDays
            self.judgedDateCount = judgedDateCount
        }
    }

    /// What it was told.
    public let options: Options

    /// A lifecycle of those options.
    public init(_ options: Options) { self.options = options }

    /// The model of a history as of a date, with what it has been worth at earlier dates.
    ///
    /// - Parameters:
    ///   - history: every customer's orders and what was taken back; anything after `asOf` is left alone.
    ///   - asOf: D, the date that the model knows everything up to and including.
    ///   - parallel: threads; the result does not depend on their number.
    /// - Complexity: O(orders) for the date, each snapshot and each judged date.
    public func fit(_ history: PurchaseHistory, asOf: Day, parallel: Parallel = Parallel()) -> LifecycleModel {
        let known = history.purchaseDays(asOf: asOf)
        let logarithms = DayLogarithms(history, asOf: asOf)
        let (rhythm, chance) = learn(history, known, logarithms, parallel)
        let evaluation = LifecycleEvaluation(of: self, history, known, logarithms, parallel)
        return LifecycleModel(asOf: asOf, options: options, rhythm: rhythm, chance: chance, evaluation: evaluation)
    }

    /// The rhythm and the chance of return from what was known at the date of `known`.
    func learn(
        _ history: PurchaseHistory, _ known: PurchaseDays, _ logarithms: DayLogarithms, _ parallel: Parallel
    ) -> (Rhythm, ReturnChance) {
        known.withTrails(logarithms) { trails in
            let rhythm = Rhythm(trails, horizonDays: options.horizonDays, parallel: parallel)
            if let chance = learnedChance(history, known, logarithms, parallel) { return (rhythm, chance) }
            let counts = PurchaseCounts(trails, horizonDays: options.horizonDays)
            return (rhythm, ReturnChance(counts: counts, trails, horizonDays: options.horizonDays))
        }
    }

    /// The chance learnt from snapshots; nil when the history is too short, or all customers did the same.
    private func learnedChance(
        _ history: PurchaseHistory, _ known: PurchaseDays, _ logarithms: DayLogarithms, _ parallel: Parallel
    ) -> ReturnChance? {
        guard let firstDay = logarithms.firstDay else { return nil }
        let days = ReturnSnapshot.days(asOf: known.asOf, horizonDays: options.horizonDays, firstDay: firstDay)
        guard !days.isEmpty else { return nil }
        // Snapshots side by side: gathering the purchase days of one can't be split.
        let inner = Parallel(threads: parallel.threadCount / days.count)
        let blocks = parallel.map(days.count) { index in
            ReturnSnapshot.rows(
                history.purchaseDays(asOf: days[index]), known: known, logarithms, horizonDays: options.horizonDays,
                parallel: inner)
        }.flatMap(\.self)
        guard let regression = ReturnRegression(blocks: blocks, snapshots: days, parallel: parallel) else { return nil }
        return ReturnChance(formula: .learnt(regression), usualShare: regression.returnedShare)
    }
}

extension ReturnChance {
    /// The chance from counts alone, whose mean over the customers stands for the usual share.
    init(counts: PurchaseCounts, _ trails: PurchaseTrails, horizonDays: Int) {
        var sum = 0.0
        var customers = 0
        for customer in 0..<trails.customerCount {
            guard let trail = trails.trail(customer) else { continue }
            sum += counts.chance(
                repeats: trail.gapCount, tenureDays: Int(trails.asOf &- trail.first), horizonDays: horizonDays)
            customers += 1
        }
        self.init(formula: .counts(counts), usualShare: customers > 0 ? sum / Double(customers) : 0)
    }
}
