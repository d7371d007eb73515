import LinearAlgebra
import Statistics

/// The mean over the clusters of the worst ratio of spread to distance (Davies & Bouldin 1979): lower is better.
///
/// DB = 1/k Σᵢ maxⱼ (Sᵢ + Sⱼ) / |mᵢ − mⱼ|, with S the (weighted) mean Euclidean distance of a cluster's rows to its mean
/// m. Pairs with one mean count as 0, and clusters without spread give 0, as in scikit-learn's `davies_bouldin_score`.
public enum DaviesBouldin {
    /// The score of labelled rows.
    ///
    /// - Parameters:
    ///   - points: rows × columns, all values finite.
    ///   - labels: the cluster of each row; only which rows share a label counts.
    ///   - weights: one a row; nil when every row weighs 1.
    ///   - parallel: the threads.
    /// - Returns: nil where it is not defined: one cluster, or as many clusters as rows.
    /// - Complexity: O(rows × columns + clusters² × columns).
    public static func score<Element>(
        _ points: Matrix<Element>, labels: [UInt32], weights: [Double]? = nil, parallel: Parallel = Parallel()
    ) -> Double? {
        score(ClusterSpread(points, labels: labels, weights: weights, parallel: parallel))
    }

    static func score(_ spread: ClusterSpread) -> Double? {
        let count = spread.clusterCount
        guard count > 1, spread.rowCount > count else { return nil }
        let spreads = (0..<count).map { spread.distances[$0] / spread.masses[$0] }
        var sum = 0.0
        for one in 0..<count {
            var worst = 0.0
            for other in 0..<count where other != one {
                let distance = spread.squaredDistance(one, other).squareRoot()
                if distance > 0 { worst = max(worst, (spreads[one] + spreads[other]) / distance) }
            }
            sum += worst
        }
        return sum / Double(count)
    }
}
