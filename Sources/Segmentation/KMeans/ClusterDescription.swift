import CustomerData
import Statistics

/// What sets a cluster apart, in the units of the features.
public struct ClusterDescription: Hashable, Codable, Sendable {
    /// A feature, and how the cluster stands out in it.
    public struct Trait: Hashable, Codable, Sendable {
        /// Name of the feature.
        public let feature: String
        /// Unit of the feature.
        public let unit: String
        /// Mean over the rows of the cluster that have a value.
        public let mean: Double
        /// Mean over all rows that have a value.
        public let overallMean: Double
        /// (mean − overall mean) / population standard deviation over all rows; 0 for a constant feature.
        public let difference: Double
    }

    /// Number of the cluster, from 0.
    public let cluster: Int
    /// A few words made from the most telling features; no two clusters have the same.
    public let name: String
    /// Rows of the cluster.
    public let size: Int
    /// Share of all rows.
    public let share: Double
    /// The most telling features, the most telling first; of equally telling ones the one further left.
    public let traits: [Trait]

    /// Descriptions of all clusters, by their numbers.
    ///
    /// A missing value (NaN) is left out of its feature's means.
    ///
    /// - Parameters:
    ///   - table: the features, in their original units; they need not be those clustered on.
    ///   - labels: the cluster of each row, in `0..<clusterCount`.
    ///   - clusterCount: clusters.
    ///   - weights: one a row, for means and names; nil when every row weighs 1. Sizes and shares count rows.
    ///   - traitCount: traits a cluster, at most.
    ///   - parallel: the threads.
    /// - Complexity: O(rows × columns).
    public static func all(
        _ table: FeatureTable, labels: [UInt32], clusterCount: Int, weights: [Double]? = nil, traitCount: Int = 5,
        parallel: Parallel = Parallel()
    ) -> [ClusterDescription] {
        precondition(labels.count == table.rowCount)
        let moments = ClusterMoments(
            table, labels: labels, clusterCount: clusterCount, weights: weights, parallel: parallel)
        let traits = (0..<clusterCount).map { cluster in
            table.columns.enumerated().compactMap { column, definition -> Trait? in
                guard let mean = moments.mean(cluster: cluster, column: column),
                    let overall = moments.overall(column: column)
                else { return nil }
                return Trait(
                    feature: definition.name, unit: definition.unit, mean: mean, overallMean: overall.mean,
                    difference: overall.deviation > 0 ? (mean - overall.mean) / overall.deviation : 0)
            }.enumerated().sorted {
                (abs($1.element.difference), $0.offset) < (abs($0.element.difference), $1.offset)
            }.map(\.element)
        }
        let names = ClusterName.all(traits)
        return (0..<clusterCount).map { cluster in
            let size = moments.sizes[cluster]
            return ClusterDescription(
                cluster: cluster, name: names[cluster], size: size,
                share: labels.isEmpty ? 0 : Double(size) / Double(labels.count),
                traits: Array(traits[cluster].prefix(traitCount)))
        }
    }
}

/// Counts, sums and squares by cluster and column.
private struct ClusterMoments {
    let columnCount: Int
    let clusterCount: Int
    var sizes: [Int]
    /// First values of the columns: sums are of differences from them, which keeps the digits of far values.
    var shifts: [Double]
    var counts: [Double]
    var sums: [Double]
    var squares: [Double]

    init(_ table: FeatureTable, labels: [UInt32], clusterCount: Int, weights: [Double]?, parallel: Parallel) {
        let columnCount = table.columns.count
        self.columnCount = columnCount
        self.clusterCount = clusterCount
        sizes = Array(repeating: 0, count: clusterCount)
        counts = Array(repeating: 0, count: clusterCount * columnCount)
        sums = counts
        squares = counts
        shifts = (0..<columnCount).map { column in
            (0..<table.rowCount).lazy.map { table[$0, column] }.first { !$0.isNaN } ?? 0
        }
        for label in labels { sizes[Int(label)] += 1 }
        let empty = self
        let blockSize = 8192
        let blocks = (table.rowCount + blockSize - 1) / blockSize
        for part in parallel.map(
            blocks,
            { block in
                var part = empty
                part.add(
                    table, labels: labels, weights: weights,
                    rows: block * blockSize..<min(table.rowCount, (block + 1) * blockSize))
                return part
            })
        {
            for index in counts.indices {
                counts[index] += part.counts[index]
                sums[index] += part.sums[index]
                squares[index] += part.squares[index]
            }
        }
    }

    private mutating func add(_ table: FeatureTable, labels: [UInt32], weights: [Double]?, rows: Range<Int>) {
        table.values.withView { values in
            for row in rows {
                let place = Int(labels[row]) * columnCount
                let weight = weights.map { $0[row] } ?? 1
                for column in 0..<columnCount {
                    let value = values[row * columnCount + column] - shifts[column]
                    if value.isNaN { continue }
                    counts[place + column] += weight
                    sums[place + column] += weight * value
                    squares[place + column] += weight * value * value
                }
            }
        }
    }

    func mean(cluster: Int, column: Int) -> Double? {
        let index = cluster * columnCount + column
        return counts[index] > 0 ? shifts[column] + sums[index] / counts[index] : nil
    }

    func overall(column: Int) -> (mean: Double, deviation: Double)? {
        var (count, sum, square) = (0.0, 0.0, 0.0)
        for index in stride(from: column, to: clusterCount * columnCount, by: columnCount) {
            count += counts[index]
            sum += sums[index]
            square += squares[index]
        }
        guard count > 0 else { return nil }
        let mean = sum / count
        return (shifts[column] + mean, max(0, square / count - mean * mean).squareRoot())
    }
}
