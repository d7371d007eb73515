import CustomerData
import Statistics

/// What a lifecycle has learnt from a history as of a date: enough to place any customer of any history.
public struct LifecycleModel: Hashable, Sendable {
    /// D: the date it was learnt as of.
    public let asOf: Day
    /// H: the days within which a return counts.
    public let horizonDays: Int
    /// Days for which an inbound interaction makes a responder.
    public let responseDays: Int
    /// The population's rhythm.
    public let rhythm: Rhythm
    /// The chance of return.
    public let chance: ReturnChance
    /// What the same definition has been worth at earlier dates of the history.
    public let evaluation: LifecycleEvaluation

    init(
        asOf: Day, options: Lifecycle.Options, rhythm: Rhythm, chance: ReturnChance, evaluation: LifecycleEvaluation
    ) {
        self.asOf = asOf
        horizonDays = options.horizonDays
        responseDays = options.responseDays
        self.rhythm = rhythm
        self.chance = chance
        self.evaluation = evaluation
    }

    /// Whether the limits between the states rest on observed returns; if not, say "thresholds not judged".
    public var thresholdsJudged: Bool { chance.thresholdsJudged }
}

extension LifecycleModel: Codable {
    private enum Key: String, CodingKey {
        case asOf, horizonDays, responseDays, rhythm, chance, evaluation
    }

    /// Reads a model.
    ///
    /// - Throws: a `DecodingError` when a part is missing or has a value that no fit gives.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        asOf = try container.decode(Day.self, forKey: .asOf)
        horizonDays = try container.decode(Int.self, forKey: .horizonDays)
        responseDays = try container.decode(Int.self, forKey: .responseDays)
        rhythm = try container.decode(Rhythm.self, forKey: .rhythm)
        chance = try container.decode(ReturnChance.self, forKey: .chance)
        evaluation = try container.decode(LifecycleEvaluation.self, forKey: .evaluation)
        func check(_ holds: Bool, _ key: Key, _ wanted: String) throws {
            guard holds else {
                throw DecodingError.dataCorruptedError(
                    forKey: key, in: container, debugDescription: "expected \(wanted)")
            }
        }
        try check((1...3650).contains(horizonDays), .horizonDays, "1...3650 days")
        try check((0...3650).contains(responseDays), .responseDays, "0...3650 days")
        try check(rhythm.spread >= 0 && rhythm.populationWeight > 0, .rhythm, "a spread and a positive weight")
        try check((0...1).contains(chance.usualShare), .chance, "a share in 0...1")
        switch chance.formula {
        case .learnt(let regression):
            let scales = [regression.silence.scale, regression.repeats.scale, regression.tenure.scale]
            try check(scales.allSatisfy { $0 > 0 }, .chance, "positive scales")
        case .counts(let counts):
            try check(counts.shape > 0 && counts.days > 0, .chance, "positive parameters")
        }
    }

    /// Writes the model.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(asOf, forKey: .asOf)
        try container.encode(horizonDays, forKey: .horizonDays)
        try container.encode(responseDays, forKey: .responseDays)
        try container.encode(rhythm, forKey: .rhythm)
        try container.encode(chance, forKey: .chance)
        try container.encode(evaluation, forKey: .evaluation)
    }
}

extension LifecycleModel {
    /// Every customer's place in the lifecycle as of a date, by this model as it stands.
    ///
    /// The history that the model was fitted to, as of the same date, gives what the fit gave.
    ///
    /// - Parameters:
    ///   - history: every customer's orders and what was taken back; anything after `asOf` is left alone.
    ///   - asOf: the date that customers are looked at from.
    ///   - lastResponses: day number of each customer's last inbound interaction (visit, open, click, reply, enquiry)
    ///     on or before `asOf`, `PurchaseHistory.noDay` for none; nil when no interactions are known. Returns in the
    ///     history count as responses without being named here.
    ///   - parallel: threads; the result does not depend on their number.
    /// - Complexity: O(orders + days between the first purchase and `asOf`).
    public func assign(
        _ history: PurchaseHistory, asOf: Day, lastResponses: [Int32]? = nil, parallel: Parallel = Parallel()
    ) -> LifecycleResult {
        precondition(lastResponses == nil || lastResponses?.count == history.customers.count)
        let known = history.purchaseDays(asOf: asOf)
        let places = CustomerPlacing(self)
        let responses = CustomerResponses(history, asOf: asOf, lastResponses: lastResponses, withinDays: responseDays)
        let size = PurchaseTrails.blockSize
        let count = history.customers.count
        let logarithms = DayLogarithms(history, asOf: asOf)
        let blocks = known.withTrails(logarithms) { trails in
            parallel.map((count + size - 1) / size) { block in
                (block * size..<min((block + 1) * size, count)).map { customer in
                    trails.trail(customer).map { places.place($0, trails, customer) } ?? responses.place(customer)
                }
            }
        }
        return LifecycleResult(self, history.customers, known, logarithms, blocks)
    }
}
