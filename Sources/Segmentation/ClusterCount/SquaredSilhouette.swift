import LinearAlgebra
import Statistics

/// The mean silhouette by *squared* Euclidean distances, from the clusters' means and spreads alone: for rows too many
/// for the silhouette proper, of which it is no approximation (it is higher).
///
/// The mean squared distance of a row to the rows of a cluster is its squared distance to the cluster's mean plus the
/// cluster's mean squared spread; the row itself is taken out of its own cluster. This is what Spark's
/// `ClusteringEvaluator` computes, weights included, and scikit-learn's `silhouette_score(metric="sqeuclidean")`.
public enum SquaredSilhouette {
    private static let blockSize = 8192

    /// The mean of labelled rows, weighted.
    ///
    /// - Parameters:
    ///   - points: rows × columns, all values finite.
    ///   - labels: the cluster of each row; only which rows share a label counts.
    ///   - weights: one a row; nil when every row weighs 1.
    ///   - parallel: the threads.
    /// - Returns: nil where it is not defined: one cluster, or as many clusters as rows. The only row of a cluster
    ///   counts 0.
    /// - Complexity: O(rows × columns × clusters).
    public static func mean<Element>(
        _ points: Matrix<Element>, labels: [UInt32], weights: [Double]? = nil, parallel: Parallel = Parallel()
    ) -> Double? {
        let spread = ClusterSpread(points, labels: labels, weights: weights, parallel: parallel)
        return mean(spread, points, labels: labels, weights: weights, parallel: parallel)
    }

    static func mean<Element>(
        _ spread: ClusterSpread, _ points: Matrix<Element>, labels: [UInt32], weights: [Double]?, parallel: Parallel
    ) -> Double? {
        guard spread.clusterCount > 1, spread.rowCount > spread.clusterCount else { return nil }
        if let floats = points as? Matrix<Float> { return sum(spread, floats, labels, weights, parallel) }
        if let doubles = points as? Matrix<Double> { return sum(spread, doubles, labels, weights, parallel) }
        let doubles = Matrix(
            rowCount: points.rowCount, columnCount: points.columnCount, elements: points.elements.map(Double.init))
        return sum(spread, doubles, labels, weights, parallel)
    }

    private static func sum<Element>(
        _ spread: ClusterSpread, _ points: Matrix<Element>, _ labels: [UInt32], _ weights: [Double]?,
        _ parallel: Parallel
    ) -> Double {
        let (width, count) = (points.columnCount, spread.clusterCount)
        let spreads = (0..<count).map { spread.squares[$0] / spread.masses[$0] }
        let parts = parallel.map((points.rowCount + blockSize - 1) / blockSize) { block in
            var total = 0.0
            var row = [Double](repeating: 0, count: width)
            points.elements.withUnsafeBufferPointer { values in
                spread.means.withUnsafeBufferPointer { means in
                    for index in block * blockSize..<min(points.rowCount, (block + 1) * blockSize) {
                        let weight = weights.map { $0[index] } ?? 1
                        guard weight > 0 else { continue }
                        for column in 0..<width {
                            row[column] = Double(values[index * width + column]) - spread.origin[column]
                        }
                        let own = spread.places[Int(labels[index])]
                        var (inner, outer) = (0.0, Double.infinity)
                        for cluster in 0..<count {
                            var square = spreads[cluster]
                            for column in 0..<width {
                                let difference = row[column] - means[cluster * width + column]
                                square += difference * difference
                            }
                            if cluster == own { inner = square } else { outer = min(outer, square) }
                        }
                        let rest = spread.masses[own] - weight
                        guard rest > 0 else { continue }
                        total += weight * Silhouette.value(inner: inner * spread.masses[own] / rest, outer: outer)
                    }
                }
            }
            return total
        }
        return parts.reduce(0, +) / spread.mass
    }
}
