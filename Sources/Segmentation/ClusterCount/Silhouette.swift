import LinearAlgebra
import Statistics

/// How much nearer rows lie to their own cluster than to the next (Rousseeuw 1987), by Euclidean distances: from −1 to
/// 1, higher is better.
///
/// s = (b − a) / max(a, b), with a the mean distance to the other rows of the own cluster and b the smallest mean
/// distance to the rows of another cluster. The only row of a cluster has 0, and so has a row with a = b = 0. With
/// weights, means are weighted, and the row itself is left out with its weight.
public struct Silhouette: Hashable, Codable, Sendable {
    /// The (weighted) mean over the rows.
    public let mean: Double
    /// The mean of each label; nil for a label that no row of positive weight has.
    public let clusterMeans: [Double?]
    /// The standard error of the mean when it was estimated from a sample; nil when every row was judged.
    public let standardError: Double?
    /// Rows whose silhouette was computed.
    public let judgedRowCount: Int
    /// Rows that distances were taken to.
    public let comparedRowCount: Int

    /// From this many rows on, the mean is estimated unless asked for exactly.
    public static let exactRowLimit = 20_000

    /// The silhouette of every row, as scikit-learn's `silhouette_samples`.
    ///
    /// - Parameters:
    ///   - points: rows × columns, all values finite.
    ///   - labels: the cluster of each row; only which rows share a label counts.
    ///   - weights: one a row; nil when every row weighs 1.
    ///   - parallel: the threads.
    /// - Returns: nil where it is not defined: one cluster, or as many clusters as rows.
    /// - Complexity: O(rows² × columns).
    public static func values<Element>(
        _ points: Matrix<Element>, labels: [UInt32], weights: [Double]? = nil, parallel: Parallel = Parallel()
    ) -> [Double]? {
        var survey = SilhouetteSurvey(
            points, weights: weights, judgedCount: points.rowCount, comparedCount: points.rowCount, seed: 0)
        guard survey.add(labels) else { return nil }
        return survey.values(parallel: parallel).first
    }

    /// The mean over all rows, as scikit-learn's `silhouette_score`; see `values`.
    public static func exact<Element>(
        _ points: Matrix<Element>, labels: [UInt32], weights: [Double]? = nil, parallel: Parallel = Parallel()
    ) -> Silhouette? {
        var survey = SilhouetteSurvey(
            points, weights: weights, judgedCount: points.rowCount, comparedCount: points.rowCount, seed: 0)
        guard survey.add(labels) else { return nil }
        return survey.silhouettes(parallel: parallel).first
    }

    /// The mean, estimated from random rows, stratified by cluster.
    ///
    /// The silhouettes of about `judgedCount` rows are computed by their distances to about `comparedCount` rows. Both
    /// are drawn at random, and small clusters are filled up to 50 judged and 500 compared rows (or all of their
    /// rows), so that none is lost; each cluster counts by its weight. The standard error is that of a stratified sample with
    /// the correction for finite clusters; it leaves out the much smaller error of the compared rows.
    ///
    /// - Parameters:
    ///   - points: rows × columns, all values finite.
    ///   - labels: the cluster of each row; only which rows share a label counts.
    ///   - weights: one a row; nil when every row weighs 1.
    ///   - judgedCount: rows to judge.
    ///   - comparedCount: rows to compare with, no fewer.
    ///   - seed: of the draws.
    ///   - parallel: the threads.
    /// - Returns: nil where it is not defined, as for `values`.
    /// - Complexity: O(judged × compared × columns + rows).
    public static func estimate<Element>(
        _ points: Matrix<Element>, labels: [UInt32], weights: [Double]? = nil, judgedCount: Int = 4_000,
        comparedCount: Int = 100_000, seed: UInt64 = 1, parallel: Parallel = Parallel()
    ) -> Silhouette? {
        var survey = SilhouetteSurvey(
            points, weights: weights, judgedCount: judgedCount, comparedCount: comparedCount, seed: seed)
        guard survey.add(labels) else { return nil }
        return survey.silhouettes(parallel: parallel).first
    }

    /// (b − a) / max(a, b).
    static func value(inner: Double, outer: Double) -> Double {
        let larger = max(inner, outer)
        return larger > 0 ? (outer - inner) / larger : 0
    }
}
