import CustomerData
import Statistics

/// The chance that somebody who has not bought becomes a customer within the horizon, learnt from who did in the
/// history's own past.
///
/// Nothing after the date is used, and of each day of training nothing after that day but who bought.
///
/// ```swift
/// let model = Leads(horizonDays: 90).fit(history, facts, asOf: day)
/// let chances = model.assign(history, facts)
/// ```
public struct Leads: Sendable {
    /// H: the days within which a first purchase counts.
    public let horizonDays: Int
    /// Earlier dates at most at which the chances are judged, a horizon apart.
    public let judgedDateCount: Int

    /// As a lifecycle of those options.
    public init(_ options: Lifecycle.Options) {
        horizonDays = options.horizonDays
        judgedDateCount = options.judgedDateCount
    }

    /// The model of leads as of a date, with what it has been worth at earlier dates.
    ///
    /// - Complexity: O(orders + leads · numbers²) for each of at most four snapshots, for the date and each judged one.
    public func fit(
        _ history: PurchaseHistory, _ facts: LeadFacts, asOf: Day, parallel: Parallel = Parallel()
    ) -> LeadModel {
        let predictors = LeadPredictors(facts)
        let known = history.purchaseDays(asOf: asOf)
        let firstDay = DayLogarithms(history, asOf: asOf).firstDay
        let learning = learn(history, facts, predictors, known, asOf: asOf, firstDay, parallel)
        var judgements: [LeadJudgement] = []
        for step in 0..<judgedDateCount {
            let day = asOf.advanced(byDays: -horizonDays * (step + 1))
            guard let firstDay, day.days(since: firstDay) >= ReturnSnapshot.smallestAge,
                case .learnt(let regression) = learn(history, facts, predictors, known, asOf: day, firstDay, parallel)
            else { break }
            let snapshot = LeadSnapshot(
                history, facts, predictors, asOf: day, later: known, horizonDays: horizonDays, parallel: parallel)
            guard let judgement = LeadJudgement(of: regression, snapshot, asOf: day) else { continue }
            judgements.append(judgement)
        }
        return LeadModel(
            asOf: asOf, horizonDays: horizonDays, predictors: predictors, learning: learning, judgements: judgements)
    }

    /// What can be learnt as of a day: purchases after it are not looked at, since the last snapshot lies a horizon
    /// before it.
    private func learn(
        _ history: PurchaseHistory, _ facts: LeadFacts, _ predictors: LeadPredictors, _ known: PurchaseDays, asOf: Day,
        _ firstDay: Day?, _ parallel: Parallel
    ) -> LeadModel.Learning {
        guard let firstDay else { return .tooShort }
        let days = ReturnSnapshot.days(asOf: asOf, horizonDays: horizonDays, firstDay: firstDay)
        guard !days.isEmpty else { return .tooShort }
        // Purchases as they were known on the day: a return after it takes nothing back yet.
        let later = asOf == known.asOf ? known : history.purchaseDays(asOf: asOf)
        let snapshots = days.map {
            LeadSnapshot(
                history, facts, predictors, asOf: $0, later: later, horizonDays: horizonDays, parallel: parallel)
        }
        guard let regression = LeadRegression(snapshots, days: days, names: predictors.names, parallel: parallel) else {
            return .tooFew(convertedCount: LeadRegression.convertedCount(snapshots), snapshotCount: days.count)
        }
        return .learnt(regression)
    }
}

/// What was learnt of a history's leads as of a date.
public struct LeadModel: Sendable {
    /// The regression, or why there is none.
    public enum Learning: Sendable {
        /// Enough was known.
        case learnt(LeadRegression)
        /// No date lies a horizon back and 45 days after the first day of the data.
        case tooShort
        /// Too few leads became customers (or stayed none), fewer than `LeadRegression.fewestConverted`.
        case tooFew(convertedCount: Int, snapshotCount: Int)
    }

    /// D: the date it was learnt as of.
    public let asOf: Day
    /// H: the days within which a first purchase counts.
    public let horizonDays: Int
    let predictors: LeadPredictors
    /// The regression, or why there is none.
    public let learning: Learning
    /// How chances learnt at earlier dates have held, newest first, a horizon apart; empty when too little was known.
    public let judgements: [LeadJudgement]

    /// The chances of the history that the model was fitted to, as of its date.
    public func assign(
        _ history: PurchaseHistory, _ facts: LeadFacts, parallel: Parallel = Parallel()
    ) -> LeadChances {
        let snapshot = LeadSnapshot(
            history, facts, predictors, asOf: asOf, later: nil, horizonDays: horizonDays, parallel: parallel)
        var chances = [Double](repeating: .nan, count: history.customers.count)
        if case .learnt(let regression) = learning {
            for block in snapshot.blocks {
                for (customer, chance) in zip(block.customers, regression.chances(block)) { chances[customer] = chance }
            }
        }
        return LeadChances(
            chances: chances, leadCount: snapshot.blocks.reduce(0) { $0 + $1.customers.count },
            unknownCount: snapshot.blocks.reduce(0) { $0 + $1.unknownCount })
    }
}

/// The chance of each customer of a history to make a first purchase within the horizon.
public struct LeadChances: Sendable {
    /// One a customer, in the history's order; NaN for those who have bought, for those whose beginning is not known,
    /// and for all when too little is known to learn from.
    public let chances: [Double]
    /// Customers without a purchase who were known by the date.
    public let leadCount: Int
    /// Customers without a purchase of whom neither a registration nor an interaction up to the date is known: no such
    /// customer can be found among the leads of earlier days, so that there is nothing to learn from.
    public let unknownCount: Int

    /// The column `lead_chance`.
    public var column: ResultTable.Column { .init("lead_chance", unit: "share", .fixed(chances, decimals: 4)) }
}
