/// A cluster as conditions that hold together.
public struct ClusterRule: Hashable, Sendable {
    /// Bounds of one feature, in its own unit.
    public struct Condition: Hashable, Codable, Sendable {
        /// Name of the feature.
        public let feature: String
        /// The value is more than this; nil for no lower bound.
        public let above: Double?
        /// The value is at most this; nil for no upper bound.
        public let atMost: Double?

        /// A condition of these bounds.
        public init(feature: String, above: Double? = nil, atMost: Double? = nil) {
            self.feature = feature
            self.above = above
            self.atMost = atMost
        }

        /// A bound as rules state it: whole numbers without a point, others in the shortest form that reads back.
        public static func text(_ bound: Double) -> String { RoundNumber.text(bound) }

        /// The bounds in words: `recency days more than 30 and up to 240`.
        public var words: String {
            let bounds = [
                above.map { "more than \(Condition.text($0))" }, atMost.map { "up to \(Condition.text($0))" },
            ]
            return feature.split(separator: "_").joined(separator: " ") + " "
                + bounds.compactMap(\.self).joined(separator: " and ")
        }
    }

    /// Number of the cluster.
    public let cluster: Int
    /// All of them hold; none for a cluster of all rows.
    public let conditions: [Condition]

    /// A rule of these conditions.
    public init(cluster: Int, conditions: [Condition]) {
        self.cluster = cluster
        self.conditions = conditions
    }

    /// The rule in words: `recency days up to 240, monetary more than 58`; "all" without a condition.
    public var words: String {
        conditions.isEmpty ? "all" : conditions.map(\.words).joined(separator: ", ")
    }

    /// The rule as a condition after WHERE in SQL; empty without a condition.
    ///
    /// - Parameter quoted: a column's name as the condition writes it.
    public func filter(quoted: (String) -> String) -> String {
        conditions.flatMap { condition -> [String] in
            let name = quoted(condition.feature)
            return [
                condition.above.map { "\(name) > \(Condition.text($0))" },
                condition.atMost.map { "\(name) <= \(Condition.text($0))" },
            ].compactMap(\.self)
        }.joined(separator: " and ")
    }
}

extension [ClusterRule.Condition] {
    /// These and another bound, which is tighter than those before: thresholds of a way lie within one another.
    func bounded(_ feature: String, above: Double?, atMost: Double?) -> [ClusterRule.Condition] {
        guard let place = firstIndex(where: { $0.feature == feature }) else {
            return self + [.init(feature: feature, above: above, atMost: atMost)]
        }
        var bounded = self
        bounded[place] = .init(
            feature: feature, above: above ?? self[place].above, atMost: atMost ?? self[place].atMost)
        return bounded
    }
}
