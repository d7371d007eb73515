import CustomerData
import Segmentation

/// Everything that a run knows of one customer, and why: what `strata explain` shows, and writes as JSON.
struct CustomerExplanation: Encodable {
    /// A value with its score and what is around it.
    struct Score: Encodable {
        /// A score, and the value from which on a customer has it.
        struct Step: Encodable {
            let score: Int
            let value: String
        }
        let value: String
        let score: Int
        let least: String?
        let greatest: String?
        let better: Step?
        let worse: Step?
    }

    struct Scores: Encodable {
        let bins: Int
        let recencyDays: Score
        let frequency: Score
        let monetary: Score
        let cell: String
        let map: String
        let segment: String
        /// The cell's segment where its guard led away from it.
        let guardedSegment: String?
        let guardPurchases: Int?
        let guardRecentDays: Int?
    }

    struct Check: Encodable {
        let quantity: LifecycleExplanation.Check.Quantity
        let value: Double?
        let relation: LifecycleExplanation.Check.Relation
        let limit: Double
        let holds: Bool
    }

    struct Rule: Encodable {
        let number: String
        let state: LifecycleState
        let checks: [Check]
        let matches: Bool
    }

    struct Lifecycle: Encodable {
        let stage: String
        let state: LifecycleState
        let reason: String
        let overdue: Bool
        let daysSinceLast: Int?
        let thresholdDays: Double?
        let returnChance: Double?
        let usualShare: Double
        let horizonDays: Int
        let thresholdsJudged: Bool
        let rules: [Rule]
    }

    /// Where the customer stands on a day.
    struct Standing: Encodable, Equatable {
        let date: Day
        let stage: String
        let state: LifecycleState
        let segment: String?
        let rfm: String?
    }

    struct Purchase: Encodable {
        let date: Day
        let value: String
        let standing: Standing
    }

    struct Outlook: Encodable {
        /// How far was looked.
        let days: Int
        let ifNothingIsBought: [Standing]
        let afterAPurchase: Purchase
    }

    struct ClusterPull: Encodable {
        let feature: String
        let value: Double
        let own: Double
        let next: Double
        let contribution: Double
        /// The value that alone would do, where there is one.
        let boundary: Double?
    }

    /// The smallest change of one feature, on the scale of the clusters, after which another cluster is nearer.
    struct ClusterStep: Encodable {
        let feature: String
        let from: Double
        /// At this value both clusters are equally near.
        let to: Double
        /// On the scale of the clusters.
        let change: Double
        let cluster: Int
        let name: String
    }

    /// A threshold of the clusters' rules on the customer's way.
    struct RuleStep: Encodable {
        let feature: String
        let value: Double
        let isAbove: Bool
        let threshold: Double
    }

    /// What the clusters' rules say of the customer.
    struct RulePath: Encodable {
        let steps: [RuleStep]
        let cluster: Int
        let name: String
        /// The whole rule in words.
        let rule: String
        /// Share of the customers whose cluster their rule says.
        let fidelity: Double
    }

    struct Cluster: Encodable {
        let cluster: Int
        let name: String
        let distance: Double
        let next: Int?
        let nextName: String?
        let nextDistance: Double?
        /// The features that clusters are made on, those first that would have to change most.
        let features: [ClusterPull]
        /// Nil where no change of one feature leads to another cluster.
        let smallestChange: ClusterStep?
        /// Nil in runs of before there were rules.
        let rules: RulePath?
    }

    struct Feature: Encodable {
        let feature: String
        let unit: String
        let value: Double?
        let segmentMedian: Double?
        let shareBelowAtLeast: Double?
        let shareBelowAtMost: Double?
    }

    struct Order: Encodable {
        let date: Day
        let kind: String
        let value: String
        let takenBack: String?
        let lines: Int?
        let channel: String?
    }

    let customer: String
    let run: String
    let asOf: Day
    let firstPurchase: Day?
    let lastPurchase: Day?
    let orders: Int
    let monetary: String
    let averageOrder: String?
    let scores: Scores?
    let lifecycle: Lifecycle
    let outlook: Outlook
    let cluster: Cluster?
    let features: [Feature]
    /// How many orders and returns there are in all.
    let purchaseCount: Int
    /// The latest, newest first.
    let purchases: [Order]
    let notes: [String]
}

extension CustomerExplanation.Lifecycle {
    init(_ explanation: LifecycleExplanation) {
        stage = explanation.state.stage.name
        state = explanation.state
        reason = explanation.reason
        overdue = explanation.overdue
        daysSinceLast = explanation.daysSinceLast
        thresholdDays = explanation.thresholdDays
        returnChance = explanation.returnChance
        usualShare = explanation.usualShare
        horizonDays = explanation.horizonDays
        thresholdsJudged = explanation.thresholdsJudged
        rules = explanation.rules.map { rule in
            .init(
                number: rule.number, state: rule.state,
                checks: rule.checks.map {
                    .init(
                        quantity: $0.quantity, value: $0.value, relation: $0.relation, limit: $0.limit,
                        holds: $0.holds)
                }, matches: rule.matches)
        }
    }
}

extension CustomerExplanation.Scores {
    init(_ standing: RFMStanding, map: SegmentMap, horizonDays: Int, decimals: Int) {
        func days(_ value: Int64) -> String { String(value) }
        func money(_ value: Int128) -> String { Money(tenThousandths: value).formatted(decimals: decimals) }
        bins = standing.bins
        recencyDays = .init(standing.recency, text: days, isPossible: { $0 >= 0 })
        frequency = .init(standing.frequency, text: days, isPossible: { $0 >= 1 })
        monetary = .init(standing.monetary, text: money, isPossible: { _ in true })
        cell = standing.cell
        self.map = map.name
        segment = standing.segment.name
        let condition = standing.isGuarded ? standing.cellSegment.condition : nil
        guardedSegment = standing.isGuarded ? standing.cellSegment.name : nil
        guardPurchases = condition?.purchases
        guardRecentDays = condition?.recent == true ? horizonDays : nil
    }
}

extension CustomerExplanation.Score {
    init<Value>(
        _ standing: ScoreStanding<Value>, text: (Value) -> String, isPossible: (Value) -> Bool
    ) {
        func step(_ step: ScoreStanding<Value>.Step?) -> Step? {
            step.flatMap { isPossible($0.value) ? Step(score: $0.score, value: text($0.value)) : nil }
        }
        value = text(standing.value)
        score = standing.score
        least = standing.least.map(text)
        greatest = standing.greatest.map(text)
        better = step(standing.better)
        worse = step(standing.worse)
    }
}
