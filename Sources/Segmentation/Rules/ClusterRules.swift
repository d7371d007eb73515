/// Rules of clusters and how well they say them: what a saved model holds.
public struct ClusterRules: Hashable, Codable, Sendable {
    /// The thresholds.
    public let tree: ThresholdTree
    /// How well they say the training rows' clusters.
    public let quality: RuleQuality

    /// Rules and their quality.
    public init(tree: ThresholdTree, quality: RuleQuality) {
        self.tree = tree
        self.quality = quality
    }
}
