import CustomerData
import LinearAlgebra
import Segmentation
import Statistics

extension ClusterRules {
    /// The rules of clusters that k-means found.
    ///
    /// - Parameters:
    ///   - table: what was clustered on, in its own units.
    ///   - points: the same, scaled as it was clustered.
    ///   - labels: each row's cluster.
    ///   - kMeans: the clusters.
    ///   - centres: theirs, in the table's units.
    ///   - weights: one a row; nil when every row weighs 1.
    ///   - parallel: the threads.
    /// - Throws: a data problem when a value is not finite.
    init<Element>(
        _ table: FeatureTable, points: Matrix<Element>, labels: [UInt32], kMeans: KMeansModel, centres: [[Double]],
        weights: [Double]? = nil, parallel: Parallel
    ) throws {
        let tree = try IterativeMistakeMinimisation().fit(
            table, labels: labels, centres: centres, weights: weights, parallel: parallel)
        self.init(
            tree: tree,
            quality: RuleQuality(
                try tree.clusters(of: table), labels: labels, points: points, centres: kMeans.centres, weights: weights,
                parallel: parallel))
    }
}
