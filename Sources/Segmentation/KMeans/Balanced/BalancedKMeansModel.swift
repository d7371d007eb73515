import CustomerData
import LinearAlgebra
import Statistics

/// Clusters of limited sizes: centres, and the prices that keep the sizes.
public struct BalancedKMeansModel: Hashable, Sendable {
    /// Centres, sizes and how they were found. Sizes count rows of weight 0 as well.
    public let clusters: KMeansModel
    /// What a row pays for a cluster beside weight × squared distance, in squared units of the points: high where too
    /// many rows would be, low (below 0) where too few.
    public let prices: [Double]
    /// Rows of positive weight in the smallest cluster that was allowed.
    public let smallest: Int
    /// Rows of positive weight in the largest cluster that was allowed.
    public let largest: Int

    /// For each row the cluster in which weight × squared distance + price is least, of equal ones the first.
    ///
    /// The training rows get their clusters of training, but for rows that could as well be in another. The sizes of
    /// other rows' clusters are as balanced as these rows are like those of training.
    ///
    /// - Parameters:
    ///   - points: rows × columns, scaled as in training.
    ///   - weights: as in training.
    ///   - columnNames: names for messages.
    ///   - parallel: the threads.
    /// - Throws: a data problem: another number of columns, or a value that is not finite.
    /// - Complexity: O(rows × columns × clusters).
    public func assign<Element>(
        _ points: Matrix<Element>, weights: [Double]? = nil, columnNames: [String] = [],
        parallel: Parallel = Parallel()
    ) throws -> ClusterAssignment {
        guard points.columnCount == clusters.columnCount else {
            throw Problem(.data, "\(points.columnCount) columns, and the k-means model has \(clusters.columnCount)")
        }
        let data = try CentredPoints(points, origin: clusters.origin, columnNames: columnNames, parallel: parallel)
        let distances = CentreDistances(KMeansCentres(inputUnits: clusters.centres, origin: clusters.origin))
        let blocks = FixedBlocks(points.rowCount)
        let parts = parallel.map(blocks.count) { block -> (labels: [UInt32], squares: [Double]) in
            let rows = blocks.rows(block)
            var labels: [UInt32] = []
            var squares: [Double] = []
            withUnsafeTemporaryAllocation(of: Double.self, capacity: rows.count * distances.width) { table in
                guard let base = table.baseAddress else { return }
                distances.write(data, rows, to: base)
                for row in 0..<rows.count {
                    let own = base + row * distances.width
                    let weight = weights.map { $0[rows.lowerBound + row] } ?? 1
                    var best = 0
                    var least = Double.infinity
                    for cluster in prices.indices {
                        let cost = weight > 0 ? weight * own[cluster] + prices[cluster] : own[cluster]
                        if cost < least { (least, best) = (cost, cluster) }
                    }
                    labels.append(UInt32(best))
                    squares.append(own[best])
                }
            }
            return (labels, squares)
        }
        return ClusterAssignment(labels: parts.flatMap(\.labels), squaredDistances: parts.flatMap(\.squares))
    }
}

extension BalancedKMeansModel: Codable {
    private enum CodingKeys: String, CodingKey {
        case clusters, prices, smallest, largest
    }

    /// Reads a model.
    ///
    /// - Throws: `DecodingError` when a part is missing, or the parts don't fit together.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        clusters = try container.decode(KMeansModel.self, forKey: .clusters)
        prices = try container.decode([Double].self, forKey: .prices)
        smallest = try container.decode(Int.self, forKey: .smallest)
        largest = try container.decode(Int.self, forKey: .largest)
        guard prices.count == clusters.clusterCount, prices.allSatisfy(\.isFinite), smallest >= 1, largest >= smallest
        else {
            throw DecodingError.dataCorruptedError(
                forKey: .prices, in: container, debugDescription: "prices and clusters don't fit together")
        }
    }
}
