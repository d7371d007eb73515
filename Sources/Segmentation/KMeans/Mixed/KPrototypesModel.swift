import CustomerData
import LinearAlgebra
import Statistics

/// Clusters found by k-prototypes: everything that labelling new rows needs.
public struct KPrototypesModel: Hashable, Sendable {
    /// Means of the columns of numbers, cluster by cluster.
    public let centres: [[Double]]
    /// Mean of each column of numbers in training: distances are taken between rows and centres less this.
    public let origin: [Double]
    /// The most frequent word of each column of words, cluster by cluster; empty for missing values.
    public let modes: [[String]]
    /// Names of the columns of words.
    public let categories: [String]
    /// What a word that differs costs.
    public let gamma: Double
    /// Training rows in each cluster.
    public let sizes: [Int]
    /// Weighted sum over the training rows of squared distance + γ × words that differ.
    public let cost: Double
    /// Iterations that the run took.
    public let iterations: Int
    /// Whether the prototypes had come to rest.
    public let converged: Bool
    /// Where the run began.
    public let start: KMeansModel.Start

    /// Clusters.
    public var clusterCount: Int { centres.count }

    init(
        _ end: MixedFit.End, categories: [CategoryColumn], numberCount: Int, origin: [Double], gamma: Double,
        labels: (labels: [UInt32], costs: [Double])
    ) {
        centres = end.prototypes.centres.inputUnits(origin: origin).map { Array($0.prefix(numberCount)) }
        self.origin = Array(origin.prefix(numberCount))
        modes = (0..<end.prototypes.centres.count).map { cluster in
            categories.enumerated().map { $1.labels[Int(end.prototypes.modes[cluster * categories.count + $0])] }
        }
        self.categories = categories.map(\.name)
        self.gamma = gamma
        var sizes = [Int](repeating: 0, count: end.prototypes.centres.count)
        for label in labels.labels { sizes[Int(label)] += 1 }
        self.sizes = sizes
        cost = end.cost
        iterations = end.iterations
        converged = end.converged
        start = end.start
    }

    /// The nearest prototype of each row; `distances` are √(squared distance + γ × words that differ).
    ///
    /// A word that no mode has differs from all. Given the training rows, exactly the labels of training.
    ///
    /// - Parameters:
    ///   - numbers: rows × columns of numbers, scaled as in training.
    ///   - categories: the columns of words, in the order of training.
    ///   - columnNames: names of the columns of numbers, for messages.
    ///   - parallel: the threads.
    /// - Throws: a data problem: other columns, or a value that is not finite.
    /// - Complexity: O(rows × columns × clusters).
    public func assign(
        _ numbers: Matrix<Double>, _ categories: [CategoryColumn], columnNames: [String] = [],
        parallel: Parallel = Parallel()
    ) throws -> ClusterAssignment {
        guard numbers.columnCount == origin.count, categories.map(\.name) == self.categories else {
            throw Problem(.data, "other columns than the k-prototypes model has")
        }
        let matrix = try MixedPoints.numbers(numbers, categories)
        let origin = origin.isEmpty ? [0] : origin
        let data = try CentredPoints(matrix, origin: origin, columnNames: columnNames, parallel: parallel)
        let points = MixedPoints(
            numbers: KMeansPasses(data: data, weights: nil, parallel: parallel),
            codes: MixedPoints.codes(categories, rowCount: matrix.rowCount), categoryCount: categories.count,
            gamma: gamma)
        let known = categories.map { column in
            Dictionary(column.labels.enumerated().map { ($1, UInt32($0)) }) { first, _ in first }
        }
        let modes = modes.flatMap { words in words.enumerated().map { known[$0][$1] ?? .max } }
        let centres = centres.map { $0.isEmpty ? [0] : $0 }
        let (labels, costs) = points.nearest(
            Prototypes(centres: KMeansCentres(inputUnits: centres, origin: origin), modes: modes))
        return ClusterAssignment(labels: labels, squaredDistances: costs)
    }
}

extension KPrototypesModel: Codable {
    private enum CodingKeys: String, CodingKey {
        case centres, origin, modes, categories, gamma, sizes, cost, iterations, converged, start
    }

    /// Reads a model.
    ///
    /// - Throws: `DecodingError` when a part is missing, or the parts don't fit together.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        centres = try container.decode([[Double]].self, forKey: .centres)
        origin = try container.decode([Double].self, forKey: .origin)
        modes = try container.decode([[String]].self, forKey: .modes)
        categories = try container.decode([String].self, forKey: .categories)
        gamma = try container.decode(Double.self, forKey: .gamma)
        sizes = try container.decode([Int].self, forKey: .sizes)
        cost = try container.decode(Double.self, forKey: .cost)
        iterations = try container.decode(Int.self, forKey: .iterations)
        converged = try container.decode(Bool.self, forKey: .converged)
        start = try container.decode(KMeansModel.Start.self, forKey: .start)
        guard !centres.isEmpty, centres.allSatisfy({ $0.count == origin.count }), !categories.isEmpty,
            modes.count == centres.count, modes.allSatisfy({ $0.count == categories.count }),
            sizes.count == centres.count, sizes.allSatisfy({ $0 >= 0 }), gamma >= 0, cost >= 0,
            (centres + [origin]).allSatisfy({ $0.allSatisfy(\.isFinite) })
        else {
            throw DecodingError.dataCorruptedError(
                forKey: .centres, in: container, debugDescription: "centres, modes and sizes don't fit together")
        }
    }
}
