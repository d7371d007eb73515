import CustomerData
import Statistics

/// Why a customer is where the lifecycle has it: the numbers, and the table of states rule by rule.
public struct LifecycleExplanation: Hashable, Sendable {
    /// A number of the customer beside a limit.
    public struct Check: Hashable, Sendable {
        /// What is compared.
        public enum Quantity: String, Codable, Sendable {
            /// s: days since the last purchase.
            case daysSinceLast = "days_since_last"
            /// p: the chance of return.
            case returnChance = "return_chance"
            /// Days of the last completed gap between purchases.
            case lastGap = "last_gap_days"
            /// Purchase days after the first.
            case repeats
            /// Purchase days in the last horizon, beside those in the horizon before it.
            case recentDays = "recent_purchase_days"
            /// Days since the last response.
            case daysSinceResponse = "days_since_response"
        }

        /// How the number must stand to the limit.
        public enum Relation: String, Codable, Sendable {
            /// Greater than it.
            case above = ">"
            /// Smaller than it.
            case below = "<"
            /// Not greater than it.
            case atMost = "<="
            /// Equal to it.
            case equal = "="
        }

        /// What is compared.
        public let quantity: Quantity
        /// The customer's number; nil when there is none, which fulfils nothing.
        public let value: Double?
        /// How it must stand to the limit.
        public let relation: Relation
        /// The limit.
        public let limit: Double

        /// Whether it does.
        public var holds: Bool {
            guard let value else { return false }
            return switch relation {
            case .above: value > limit
            case .below: value < limit
            case .atMost: value <= limit
            case .equal: value == limit
            }
        }
    }

    /// A row of the table of states.
    public struct Rule: Hashable, Sendable {
        /// Its number in the definition: `1a`, `1b`, `2`, … `8`.
        public let number: String
        /// The state that it leads to.
        public let state: LifecycleState
        /// What must hold, all of it; nothing for the rule of all others.
        public let checks: [Check]
        /// Whether it is the one that matched: the first whose checks all hold.
        public let matches: Bool
    }

    /// The date.
    public let asOf: Day
    /// The state; its stage is `state.stage`.
    public let state: LifecycleState
    /// Why, as a code.
    public let code: LifecycleReason
    /// Why, in one sentence.
    public let reason: String
    /// Whether the customer has been silent for longer than the threshold.
    public let overdue: Bool
    /// s; nil without a purchase.
    public let daysSinceLast: Int?
    /// θ; nil without a purchase.
    public let thresholdDays: Double?
    /// p; nil without a purchase.
    public let returnChance: Double?
    /// π: the usual share that returns.
    public let usualShare: Double
    /// H.
    public let horizonDays: Int
    /// Whether the limits rest on observed returns.
    public let thresholdsJudged: Bool
    /// The rules that could match, first to last.
    public let rules: [Rule]
}

/// A day from which on a customer is in another state if nothing happens before.
public struct LifecycleChange: Hashable, Sendable {
    /// The first day in the state.
    public let day: Day
    /// The state.
    public let state: LifecycleState
}

extension LifecycleModel {
    /// Why the one customer of a history is where this model places it as of a date.
    ///
    /// - Parameter history: of one customer.
    /// - Complexity: O(orders + days between the first order and `asOf`).
    public func explanation(of history: PurchaseHistory, asOf: Day) -> LifecycleExplanation {
        precondition(history.customers.count == 1)
        let result = result(of: history, asOf: asOf)
        let response = result.daysSinceResponse[0]
        let rules =
            result.purchaseDays.withTrails(result.logarithms) { trails in
                trails.trail(0).map { purchaseRules(result, $0, trails) }
            } ?? responseRules(result, daysSinceResponse: response == PurchaseHistory.noDay ? nil : Int(response))
        // The first that holds is the one; the model's own answer says which.
        let matched = rules.firstIndex { $0.state == result.states[0] }
        return LifecycleExplanation(
            asOf: asOf, state: result.states[0], code: result.reasons[0], reason: result.reason(row: 0),
            overdue: result.overdue[0],
            daysSinceLast: result.daysSinceLast[0] == PurchaseHistory.noDay ? nil : Int(result.daysSinceLast[0]),
            thresholdDays: result.thresholdDays[0].isNaN ? nil : result.thresholdDays[0],
            returnChance: result.returnChance[0].isNaN ? nil : result.returnChance[0],
            usualShare: chance.usualShare, horizonDays: horizonDays, thresholdsJudged: thresholdsJudged,
            rules: rules.enumerated().map { position, rule in
                .init(number: rule.number, state: rule.state, checks: rule.checks, matches: position == matched)
            })
    }

    /// The states that the one customer of a history passes through after a date if nothing more happens: each by this
    /// model's own rule on every following day.
    ///
    /// - Parameter days: how far to look.
    /// - Complexity: O(orders + days × days since the first order).
    public func changes(of history: PurchaseHistory, after asOf: Day, days: Int) -> [LifecycleChange] {
        precondition(history.customers.count == 1)
        // Of somebody who has bought the states depend on the days of the purchases alone.
        let known = history.purchaseDays(asOf: asOf).days
        let history =
            known.isEmpty
            ? history
            : PurchaseHistory(
                customer: history.customers[0],
                records: known.map { .init(kind: .order, day: Day(number: $0), value: Money(tenThousandths: 1)) },
                returns: history.returns, decimals: history.decimals)
        var state = result(of: history, asOf: asOf).states[0]
        var changes: [LifecycleChange] = []
        for step in 1...max(days, 1) {
            let day = asOf.advanced(byDays: step)
            let next = result(of: history, asOf: day).states[0]
            if next != state { changes.append(LifecycleChange(day: day, state: next)) }
            state = next
        }
        return changes
    }

    private func result(of history: PurchaseHistory, asOf: Day) -> LifecycleResult {
        assign(history, asOf: asOf, lastResponses: history.lastResponses, parallel: Parallel(threads: 1))
    }

    private typealias Rule = (number: String, state: LifecycleState, checks: [LifecycleExplanation.Check])

    /// Rules 2 to 8 with the numbers of a customer with a purchase.
    private func purchaseRules(
        _ result: LifecycleResult, _ trail: PurchaseTrail, _ trails: PurchaseTrails
    ) -> [Rule] {
        let silence = Double(result.daysSinceLast[0])
        let threshold = result.thresholdDays[0]
        let overdue = LifecycleExplanation.Check(
            quantity: .daysSinceLast, value: silence, relation: .above, limit: threshold)
        func chance(below limit: Double) -> LifecycleExplanation.Check {
            .init(quantity: .returnChance, value: result.returnChance[0], relation: .below, limit: limit)
        }
        let hasGap = trail.gapCount > 0
        let longGap = hasGap ? 2 * CustomerPlacing(self).thresholdBeforeLastGap(trail, trails) : 2 * threshold
        let (recent, earlier) = trails.recentDays(0, horizonDays: horizonDays)
        return [
            ("2", .lost, [overdue, chance(below: self.chance.usualShare / 4)]),
            ("3", .dormant, [overdue, chance(below: self.chance.usualShare / 2)]),
            ("4", .atRisk, [overdue, chance(below: 0.5)]),
            (
                "5", .wonBack,
                [
                    .init(
                        quantity: .lastGap, value: hasGap ? Double(trail.lastGap) : nil, relation: .above,
                        limit: longGap),
                    .init(
                        quantity: .daysSinceLast, value: silence, relation: .atMost, limit: Double(horizonDays)),
                ]
            ),
            ("6", .new, [.init(quantity: .repeats, value: Double(trail.gapCount), relation: .equal, limit: 0)]),
            (
                "7", .growing,
                [.init(quantity: .recentDays, value: Double(recent), relation: .above, limit: Double(earlier))]
            ),
            ("8", .mature, []),
        ]
    }

    /// Rules 1a and 1b with the numbers of a customer without a purchase.
    private func responseRules(_ result: LifecycleResult, daysSinceResponse days: Int?) -> [Rule] {
        // Whoever took everything back is a responder whenever that was.
        let checks: [LifecycleExplanation.Check] =
            result.reasons[0] == .everythingTakenBack
            ? []
            : [
                .init(
                    quantity: .daysSinceResponse, value: days.map(Double.init), relation: .atMost,
                    limit: Double(responseDays))
            ]
        return [("1a", .responder, checks), ("1b", .prospect, [])]
    }
}
