import CustomerData
import LinearAlgebra
import Statistics

/// Clusters found by k-means: everything that labelling new rows needs.
public struct KMeansModel: Hashable, Sendable {
    /// Where a run began.
    public enum Start: Hashable, Codable, Sendable {
        /// At random centres of this seed; the run is the best one's number, from 0.
        case random(seed: UInt64, run: Int)
        /// At centres that were given.
        case given
        /// At the centres of another model, which new rows moved.
        case updated
    }

    /// Centres in the units of the points, cluster by cluster, one value a column.
    public let centres: [[Double]]
    /// Mean of each column in training: distances are taken between rows and centres less this.
    public let origin: [Double]
    /// Training rows in each cluster; 0 only when the last iteration allowed emptied it.
    public let sizes: [Int]
    /// Weighted sum of the squared distances of the training rows to their centres.
    public let inertia: Double
    /// Iterations that the run took.
    public let iterations: Int
    /// Whether the centres had come to rest within the tolerance.
    public let converged: Bool
    /// Where the run began.
    public let start: Start

    /// Clusters.
    public var clusterCount: Int { centres.count }
    /// Columns of the points.
    public var columnCount: Int { origin.count }

    /// The nearest centre of each row. Given the training rows, exactly the labels and distances of training.
    ///
    /// - Parameters:
    ///   - points: rows × columns, scaled as in training.
    ///   - columnNames: names for messages.
    ///   - parallel: the threads.
    /// - Throws: a data problem: another number of columns, or a value that is not finite.
    /// - Complexity: O(rows × columns × clusters).
    public func assign<Element>(
        _ points: Matrix<Element>, columnNames: [String] = [], parallel: Parallel = Parallel()
    ) throws -> ClusterAssignment {
        guard points.columnCount == columnCount else {
            throw Problem(.data, "\(points.columnCount) columns, and the k-means model has \(columnCount)")
        }
        let data = try CentredPoints(points, origin: origin, columnNames: columnNames, parallel: parallel)
        return assign(KMeansPasses(data: data, weights: nil, parallel: parallel))
    }

    /// The nearest centre of each row, of points less this model's origin.
    func assign(_ passes: KMeansPasses) -> ClusterAssignment {
        passes.nearest(
            KMeansCentres(inputUnits: centres, origin: origin),
            path: KMeansPasses.Path(columnCount: columnCount))
    }
}

extension KMeansModel: Codable {
    private enum CodingKeys: String, CodingKey {
        case centres, origin, sizes, inertia, iterations, converged, start
    }

    /// Reads a model.
    ///
    /// - Throws: `DecodingError` when a part is missing, or the parts don't fit together.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        centres = try container.decode([[Double]].self, forKey: .centres)
        origin = try container.decode([Double].self, forKey: .origin)
        sizes = try container.decode([Int].self, forKey: .sizes)
        inertia = try container.decode(Double.self, forKey: .inertia)
        iterations = try container.decode(Int.self, forKey: .iterations)
        converged = try container.decode(Bool.self, forKey: .converged)
        start = try container.decode(Start.self, forKey: .start)
        let width = origin.count
        guard !centres.isEmpty, width > 0, centres.allSatisfy({ $0.count == width }), sizes.count == centres.count,
            sizes.allSatisfy({ $0 >= 0 }), inertia >= 0, (centres + [origin]).allSatisfy({ $0.allSatisfy(\.isFinite) })
        else {
            throw DecodingError.dataCorruptedError(
                forKey: .centres, in: container, debugDescription: "centres, origin and sizes don't fit together")
        }
    }
}
