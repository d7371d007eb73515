import CustomerData

/// A binary tree of thresholds with a cluster at each leaf: the clusters as rules.
///
/// A row goes to the low side of a node where its feature is at most the threshold, and to the high side where it is more.
/// Thresholds are in the features' own units.
public struct ThresholdTree: Hashable, Sendable {
    /// A place where rows part, or end.
    public enum Node: Hashable, Sendable {
        /// Rows whose feature (by its number) is at most the threshold go on at node `low`, others at node `high`.
        case split(feature: Int, threshold: Double, low: Int, high: Int)
        /// Rows that come here are of this cluster.
        case leaf(cluster: Int)
    }

    /// A threshold that a row met on its way.
    public struct Step: Hashable, Sendable {
        /// Name of the feature.
        public let feature: String
        /// The row's value.
        public let value: Double
        /// The threshold.
        public let threshold: Double
        /// Whether the value is more than the threshold.
        public var isAbove: Bool { value > threshold }
    }

    /// Names of the features that thresholds may be of.
    public let features: [String]
    /// The nodes; the first is the root, and every node stands after the one that leads to it.
    public let nodes: [Node]

    /// Stands for "no leaf": a feature on the row's way has no value.
    public static let noCluster = UInt32.max

    init(features: [String], nodes: [Node]) {
        self.features = features
        self.nodes = nodes
    }

    /// Leaves.
    public var leafCount: Int { (nodes.count + 1) / 2 }

    /// The cluster of every row of a table that has the features, by name; `noCluster` for a row that lacks a value on
    /// its way.
    ///
    /// - Throws: a data problem when the table lacks a feature.
    /// - Complexity: O(rows × depth).
    public func clusters(of table: FeatureTable) throws -> [UInt32] {
        let positions = try positions(in: table)
        let width = table.columns.count
        return table.values.withView { values in
            nodes.withUnsafeBufferPointer { nodes in
                (0..<table.rowCount).map { row in
                    var place = 0
                    while case .split(let feature, let threshold, let low, let high) = nodes[place] {
                        let value = values[row * width + positions[feature]]
                        if value.isNaN { return ThresholdTree.noCluster }
                        place = value <= threshold ? low : high
                    }
                    guard case .leaf(let cluster) = nodes[place] else { return ThresholdTree.noCluster }
                    return UInt32(cluster)
                }
            }
        }
    }

    /// The way of one row, and the cluster at its end; nil when it lacks a value on its way.
    ///
    /// - Parameter values: one a feature, in the order of `features`.
    public func path(of values: [Double]) -> (steps: [Step], cluster: Int)? {
        precondition(values.count == features.count)
        var steps: [Step] = []
        var place = 0
        while case .split(let feature, let threshold, let low, let high) = nodes[place] {
            let value = values[feature]
            if value.isNaN { return nil }
            steps.append(Step(feature: features[feature], value: value, threshold: threshold))
            place = value <= threshold ? low : high
        }
        guard case .leaf(let cluster) = nodes[place] else { return nil }
        return (steps, cluster)
    }

    /// One rule a leaf, by the clusters' numbers: the bounds that its way sets, each feature once, in the order in which
    /// the way first meets them.
    public var rules: [ClusterRule] {
        var found: [ClusterRule] = []
        var open: [(place: Int, conditions: [ClusterRule.Condition])] = [(0, [])]
        while let (place, conditions) = open.popLast() {
            switch nodes[place] {
            case .leaf(let cluster): found.append(ClusterRule(cluster: cluster, conditions: conditions))
            case .split(let feature, let threshold, let low, let high):
                let name = features[feature]
                open.append((low, conditions.bounded(name, above: nil, atMost: threshold)))
                open.append((high, conditions.bounded(name, above: threshold, atMost: nil)))
            }
        }
        return found.sorted { $0.cluster < $1.cluster }
    }

    private func positions(in table: FeatureTable) throws -> [Int] {
        try features.map { name in
            guard let position = table.columns.firstIndex(where: { $0.name == name }) else {
                throw Problem(.data, "the table has no feature \"\(name)\", which the rules speak of")
            }
            return position
        }
    }
}

extension ThresholdTree: Codable {
    private enum CodingKeys: String, CodingKey { case features, nodes }

    /// A node as it is saved: a split has all but `cluster`, a leaf only that.
    private struct SavedNode: Codable {
        var feature: String?
        var threshold: Double?
        var low: Int?
        var high: Int?
        var cluster: Int?
    }

    /// Writes the tree.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(features, forKey: .features)
        try container.encode(
            nodes.map { node in
                switch node {
                case .leaf(let cluster): SavedNode(cluster: cluster)
                case .split(let feature, let threshold, let low, let high):
                    SavedNode(feature: features[feature], threshold: threshold, low: low, high: high)
                }
            }, forKey: .nodes)
    }

    /// Reads a tree.
    ///
    /// - Throws: `DecodingError` when a part is missing, or the nodes make no tree.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let features = try container.decode([String].self, forKey: .features)
        let saved = try container.decode([SavedNode].self, forKey: .nodes)
        func damaged(_ what: String) -> DecodingError {
            .dataCorruptedError(forKey: .nodes, in: container, debugDescription: what)
        }
        var isReached = [Bool](repeating: false, count: saved.count)
        nodes = try saved.enumerated().map { place, node in
            if let cluster = node.cluster {
                guard cluster >= 0, cluster < Int(UInt32.max) else { throw damaged("a leaf without a cluster") }
                return .leaf(cluster: cluster)
            }
            guard let feature = node.feature.flatMap(features.firstIndex(of:)), let threshold = node.threshold,
                threshold.isFinite, let low = node.low, let high = node.high
            else { throw damaged("a node that is neither a split nor a leaf") }
            for next in [low, high] {
                guard next > place, next < saved.count, !isReached[next] else {
                    throw damaged("the nodes make no tree")
                }
                isReached[next] = true
            }
            return .split(feature: feature, threshold: threshold, low: low, high: high)
        }
        guard !nodes.isEmpty, isReached.dropFirst().allSatisfy(\.self) else { throw damaged("the nodes make no tree") }
        self.features = features
    }
}
