import CustomerData
import Statistics

/// Every customer's place in the lifecycle as of a date: columns of one length, a row a customer of the history, in
/// its order.
public struct LifecycleResult: Sendable {
    /// The date that customers were looked at from.
    public let asOf: Day
    /// H: the days within which a return counts.
    public let horizonDays: Int
    /// Whether the limits between the states rest on observed returns; if not, say "thresholds not judged".
    public let thresholdsJudged: Bool
    /// Ids of the customers, ascending by bytes.
    public let customers: IdentifierList
    /// State of each customer; its stage is `states[row].stage`.
    public let states: [LifecycleState]
    /// Why, as a code; in words from `reason(row:)`.
    public let reasons: [LifecycleReason]
    /// Whether each customer has been silent for longer than its threshold (s > θ): a flag beside the state.
    /// False without a purchase.
    public let overdue: [Bool]
    /// s: days since each customer's last purchase; `PurchaseHistory.noDay` without a purchase.
    public let daysSinceLast: [Int32]
    /// θ: days within which four of five such gaps end; NaN without a purchase.
    public let thresholdDays: [Double]
    /// p: the chance of a purchase within the horizon; NaN without a purchase.
    public let returnChance: [Double]

    /// Days since the last response, for customers without a purchase; `PurchaseHistory.noDay` for none.
    let daysSinceResponse: [Int32]
    /// What the sentences of the reasons are made from.
    let purchaseDays: PurchaseDays
    let logarithms: DayLogarithms
    let placing: CustomerPlacing
    let responseDays: Int

    init(
        _ model: LifecycleModel, _ customers: IdentifierList, _ purchaseDays: PurchaseDays,
        _ logarithms: DayLogarithms, _ blocks: [[CustomerPlace]]
    ) {
        asOf = purchaseDays.asOf
        horizonDays = model.horizonDays
        thresholdsJudged = model.thresholdsJudged
        responseDays = model.responseDays
        placing = CustomerPlacing(model)
        self.customers = customers
        self.purchaseDays = purchaseDays
        self.logarithms = logarithms
        func column<Value>(_ value: (CustomerPlace) -> Value) -> [Value] {
            var values: [Value] = []
            values.reserveCapacity(customers.count)
            for block in blocks { for place in block { values.append(value(place)) } }
            return values
        }
        states = column(\.state)
        reasons = column(\.reason)
        overdue = column(\.overdue)
        daysSinceLast = column { $0.thresholdDays.isNaN ? PurchaseHistory.noDay : $0.days }
        daysSinceResponse = column { $0.thresholdDays.isNaN ? $0.days : PurchaseHistory.noDay }
        thresholdDays = column(\.thresholdDays)
        returnChance = column(\.returnChance)
    }
}

extension LifecycleResult {
    /// The columns `stage`, `state`, `overdue`, `days_since_last`, `threshold_days` and `return_chance`; the last
    /// three are empty for customers without a purchase.
    public var columns: [ResultTable.Column] {
        [
            .init(
                "stage",
                .categories(
                    states.map { UInt16($0.stage.rawValue) }, labels: LifecycleStage.allCases.map(\.name))),
            .init(
                "state", .categories(states.map { UInt16($0.rawValue) }, labels: LifecycleState.allCases.map(\.name))),
            .init("overdue", .flags(overdue)),
            .init(
                "days_since_last", unit: "days",
                .integers(daysSinceLast.map { $0 == PurchaseHistory.noDay ? .min : Int64($0) })),
            .init("threshold_days", unit: "days", .fixed(thresholdDays, decimals: 2)),
            .init("return_chance", unit: "share", .fixed(returnChance, decimals: 4)),
        ]
    }

    /// The result of `strata lifecycle`: `customer_id`, `columns`, `lead_chance` where chances of leads are given, and
    /// `reason`, the reason in words.
    ///
    /// - Complexity: O(purchase days).
    public func table(leads: LeadChances? = nil, parallel: Parallel = Parallel()) -> ResultTable {
        ResultTable(
            name: "lifecycle",
            columns: [.init("customer_id", .identifiers(customers))] + columns + [leads?.column].compactMap(\.self)
                + [.init("reason", .identifiers(sentences(parallel: parallel)))])
    }
}
