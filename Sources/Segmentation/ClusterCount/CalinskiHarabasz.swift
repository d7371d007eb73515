import LinearAlgebra
import Statistics

/// The ratio of the spread between clusters to the spread within them (Caliński & Harabasz 1974): higher is better.
///
/// CH = (B / (k − 1)) / (W / (n − k)), with W the weighted sum of the squared distances of the rows to the mean of their
/// cluster, B that of the clusters' means to the mean of all, and n the sum of the weights: a whole weight is worth as
/// many equal rows. Without weights it is scikit-learn's `calinski_harabasz_score`.
public enum CalinskiHarabasz {
    /// The score of labelled rows.
    ///
    /// - Parameters:
    ///   - points: rows × columns, all values finite.
    ///   - labels: the cluster of each row; only which rows share a label counts.
    ///   - weights: one a row; nil when every row weighs 1.
    ///   - parallel: the threads.
    /// - Returns: nil where it is not defined: one cluster, or no more weight than clusters; 1 when no cluster has any
    ///   spread, as in scikit-learn.
    /// - Complexity: O(rows × columns), two passes.
    public static func score<Element>(
        _ points: Matrix<Element>, labels: [UInt32], weights: [Double]? = nil, parallel: Parallel = Parallel()
    ) -> Double? {
        score(ClusterSpread(points, labels: labels, weights: weights, parallel: parallel))
    }

    static func score(_ spread: ClusterSpread) -> Double? {
        let (count, mass, width) = (spread.clusterCount, spread.mass, spread.columnCount)
        guard count > 1, mass > Double(count), spread.rowCount > count else { return nil }
        let within = spread.squares.reduce(0, +)
        guard within > 0 else { return 1 }
        var between = 0.0
        for column in 0..<width {
            var mean = 0.0
            for cluster in 0..<count { mean += spread.masses[cluster] * spread.means[cluster * width + column] }
            mean /= mass
            for cluster in 0..<count {
                let difference = spread.means[cluster * width + column] - mean
                between += spread.masses[cluster] * difference * difference
            }
        }
        return between * (mass - Double(count)) / (within * Double(count - 1))
    }
}
