import CustomerData

/// The way from prospect to repeat customer: how many have come how far as of a date, and how long each step took.
public struct LifecycleFunnel: Sendable {
    /// A stage of the way.
    public struct Step: Hashable, Sendable {
        /// Its name: `prospect`, `responder`, `customer`, `repeat customer`.
        public let name: String
        /// Customers that have come so far or further.
        public let count: Int
        /// Their share of those that have come to the stage before; 1 for the first, nil when there are none.
        public let conversion: Double?
        /// Median days from the stage before to this one, of those of whom both days are known; nil when there are none,
        /// and for the first.
        public let medianDays: Double?
        /// Those of whom both days are known.
        public let timedCount: Int
    }

    /// The date.
    public let asOf: Day
    /// The stages on the way.
    public let steps: [Step]

    /// The funnel of a history's customers; nothing after `asOf` is used.
    ///
    /// Everyone is a prospect from registration on (or the first interaction or order, when that comes first or is all
    /// that is known); a responder from the first inbound interaction on, a customer from the first purchase day that
    /// was not taken back, a repeat customer from the second. Whoever is further has come past the stages before: who
    /// bought has responded. Days of a step are counted where both ends bear a date and stand in that order, and the
    /// customer did not register before the data begins: what such a customer did first is not known.
    ///
    /// - Complexity: O(orders + interactions).
    public init(of history: PurchaseHistory, _ facts: LeadFacts, asOf: Day) {
        self.asOf = asOf
        let purchases = history.purchaseDays(asOf: asOf)
        var counts = [0, 0, 0, 0]
        var days: [[Int]] = [[], [], [], []]
        let begin = max(
            history.period?.lowerBound.number ?? .min, facts.interactions?.period?.lowerBound.number ?? .min)
        for customer in 0..<history.customers.count {
            let moments = Moments(customer, history, facts, purchases, asOf: asOf.number)
            for stage in 0...moments.stage { counts[stage] += 1 }
            if let day = facts.registeredDays?[customer], day != PurchaseHistory.noDay, day < begin { continue }
            for stage in 1..<counts.count {
                guard let from = moments.days[stage - 1], let to = moments.days[stage], from <= to else { continue }
                days[stage].append(Int(to) - Int(from))
            }
        }
        let names = ["prospect", "responder", "customer", "repeat customer"]
        steps = names.indices.map { stage in
            let before = stage == 0 ? counts[0] : counts[stage - 1]
            return Step(
                name: names[stage], count: counts[stage],
                conversion: before > 0 ? Double(counts[stage]) / Double(before) : nil,
                medianDays: Funnel.median(days[stage]), timedCount: days[stage].count)
        }
    }

    /// A row a stage: `stage`, `customers`, `share_of_previous`, `share_of_all`, `median_days`, `timed_customers`.
    public var table: ResultTable {
        let all = steps.first?.count ?? 0
        return ResultTable(
            name: "funnel",
            columns: [
                .init("stage", .texts(steps.map(\.name))),
                .init("customers", unit: "customers", .integers(steps.map { Int64($0.count) })),
                .init("share_of_previous", unit: "share", .fixed(steps.map { $0.conversion ?? .nan }, decimals: 4)),
                .init(
                    "share_of_all", unit: "share",
                    .fixed(steps.map { all > 0 ? Double($0.count) / Double(all) : .nan }, decimals: 4)),
                .init("median_days", unit: "days", .fixed(steps.map { $0.medianDays ?? .nan }, decimals: 1)),
                .init("timed_customers", unit: "customers", .integers(steps.map { Int64($0.timedCount) })),
            ])
    }
}

/// How far a customer has come, and when.
private struct Moments {
    /// Day numbers of the four stages; nil where the customer has not come so far, or the day is not known.
    var days: [Int32?] = [nil, nil, nil, nil]
    /// The furthest stage.
    var stage = 0

    init(
        _ customer: Int, _ history: PurchaseHistory, _ facts: LeadFacts, _ purchases: PurchaseDays, asOf: Int32
    ) {
        var known = Int32.max
        func begin(_ day: Int32) { if day != PurchaseHistory.noDay, day <= asOf { known = min(known, day) } }
        if let registered = facts.registeredDays?[customer] { begin(registered) }
        let firstOrder = history.orderStarts[customer]
        let hasOrder = firstOrder < history.orderStarts[customer + 1] && history.orderDays[firstOrder] <= asOf
        if hasOrder { begin(history.orderDays[firstOrder]) }
        if let interactions = facts.interactions {
            let rows = interactions.starts[customer]..<interactions.starts[customer + 1]
            if let first = rows.first { begin(interactions.events[first].day) }
            if let row = rows.first(where: { interactions.events[$0].kind.isInbound }),
                interactions.events[row].day <= asOf
            {
                days[1] = interactions.events[row].day
            }
        }
        if known != .max { days[0] = known }
        let bought = purchases.days[purchases.starts[customer]..<purchases.starts[customer + 1]]
        days[2] = bought.first
        days[3] = bought.dropFirst().first
        stage = bought.count > 1 ? 3 : bought.count == 1 ? 2 : days[1] != nil || hasOrder ? 1 : 0
    }
}
