import CustomerData
import LinearAlgebra
import Statistics

/// k-means: clusters whose rows lie nearer to the mean of their own cluster than to that of any other.
///
/// Lloyd's algorithm (Lloyd 1982) from centres found by greedy k-means++ (Arthur & Vassilvitskii 2007, with
/// 2 + ⌊ln k⌋ trials a centre as in scikit-learn), or from given ones. Points are centred and kept as 32-bit floats;
/// distances that decide, sums and inertia are in double. Inertia is the weighted sum of squared distances (not their
/// mean).
///
/// - A row as near to two centres belongs to the one with the lower number.
/// - A cluster that loses all its rows takes the row that lies farthest from every centre (of equal ones the first),
///   out of a cluster of at least two rows, and the means are computed anew; so do further empty clusters, in order,
///   each taking the row that is then farthest.
/// - A row of weight 0 moves no centre and fills no cluster, but is labelled.
/// - A constant column adds nothing to any distance.
/// - Labels, sizes, distances and inertia belong to the centres of the model.
/// - The result has the same bytes for any number of threads.
public struct KMeans: Sendable {
    /// How to cluster.
    public struct Options: Hashable, Codable, Sendable {
        /// Clusters to find.
        public let clusterCount: Int
        /// Seed of the random starts.
        public let seed: UInt64
        /// Random starts; the one with the lowest inertia is kept, of equal ones the first.
        public let runs: Int
        /// Iterations of a run, at most.
        public let maxIterations: Int
        /// A run has converged when the squared shift of all centres is at most this many times the mean
        /// (weighted) variance of the columns.
        public let tolerance: Double

        /// Options, checked.
        ///
        /// - Throws: a usage problem that names the option, what is allowed and what was found.
        public init(
            clusterCount: Int, seed: UInt64 = 1, runs: Int = 10, maxIterations: Int = 300, tolerance: Double = 1e-4
        ) throws {
            guard clusterCount >= 1 else {
                throw Problem(.usage, "KMeans.clusterCount must be in 1...; got \(clusterCount)")
            }
            guard runs >= 1 else { throw Problem(.usage, "KMeans.runs must be in 1...; got \(runs)") }
            guard maxIterations >= 1 else {
                throw Problem(.usage, "KMeans.maxIterations must be in 1...; got \(maxIterations)")
            }
            guard tolerance >= 0, tolerance.isFinite else {
                throw Problem(.usage, "KMeans.tolerance must be in 0...; got \(tolerance)")
            }
            self.clusterCount = clusterCount
            self.seed = seed
            self.runs = runs
            self.maxIterations = maxIterations
            self.tolerance = tolerance
        }
    }

    /// How to cluster.
    public let options: Options

    /// k-means with these options.
    public init(_ options: Options) { self.options = options }

    /// Clusters the rows of a matrix.
    ///
    /// - Parameters:
    ///   - points: rows × columns; all values finite.
    ///   - weights: one a row, finite and not negative, not all zero; nil when every row weighs 1.
    ///   - initialCentres: `clusterCount` × columns, in the units of the points: there is one run, from these. By
    ///     default starts are random.
    ///   - columnNames: names for messages; columns without one are known by their number.
    ///   - parallel: the threads.
    /// - Throws: a data problem: no rows or columns, a value that is not finite, fewer distinct rows than clusters,
    ///   weights or centres of the wrong shape.
    /// - Complexity: O(runs × iterations × rows × columns × clusters); four bytes a value of working memory.
    @specialized(where Element == Float)
    @specialized(where Element == Double)
    public func fit<Element>(
        _ points: Matrix<Element>, weights: [Double]? = nil, initialCentres: Matrix<Double>? = nil,
        columnNames: [String] = [], parallel: Parallel = Parallel()
    ) throws -> KMeansModel {
        try fitAssigning(
            points, weights: weights, initialCentres: initialCentres, columnNames: columnNames, parallel: parallel
        ).model
    }

    /// As `fit`, with the clusters of the rows: the same as `model.assign(points)` gives, without computing them twice.
    @specialized(where Element == Float)
    @specialized(where Element == Double)
    public func fitAssigning<Element>(
        _ points: Matrix<Element>, weights: [Double]? = nil, initialCentres: Matrix<Double>? = nil,
        columnNames: [String] = [], parallel: Parallel = Parallel()
    ) throws -> (model: KMeansModel, assignment: ClusterAssignment) {
        guard points.columnCount > 0 else { throw Problem(.data, "no columns to cluster on") }
        try check(weights: weights, rowCount: points.rowCount)
        try check(initialCentres: initialCentres, columnCount: points.columnCount)
        let data = try CentredPoints(points, weights: weights, columnNames: columnNames, parallel: parallel)
        let distinct = DistinctRows.count(data, weights: weights, enough: options.clusterCount)
        guard distinct >= options.clusterCount else {
            let rows = "distinct \(distinct == 1 ? "row" : "rows")\(weights == nil ? "" : " of positive weight")"
            let clusters = options.clusterCount == 1 ? "1 cluster" : "\(options.clusterCount) clusters"
            throw Problem(.data, "\(distinct) \(rows), fewer than the \(clusters) asked for")
        }
        let path = KMeansPasses.Path(clusterCount: options.clusterCount, columnCount: points.columnCount)
        return run(
            KMeansPasses(data: data, weights: weights, parallel: parallel), initialCentres: initialCentres, path: path)
    }

    /// Every run, and the best of them.
    func run(
        _ passes: KMeansPasses, initialCentres: Matrix<Double>?, path: KMeansPasses.Path
    ) -> (model: KMeansModel, assignment: ClusterAssignment) {
        var best = run(0, passes, initialCentres: initialCentres, path: path)
        for number in 1..<(initialCentres == nil ? options.runs : 1) {
            let next = run(number, passes, initialCentres: nil, path: path)
            if next.model.inertia < best.model.inertia { best = next }
        }
        return best
    }

    private func run(
        _ number: Int, _ passes: KMeansPasses, initialCentres: Matrix<Double>?, path: KMeansPasses.Path
    ) -> (model: KMeansModel, assignment: ClusterAssignment) {
        let data = passes.data
        var start: KMeansCentres
        if let initialCentres {
            let rows = (0..<initialCentres.rowCount).map { row in
                (0..<data.columnCount).map { initialCentres[row, $0] }
            }
            start = KMeansCentres(inputUnits: rows, origin: data.origin)
        } else {
            var generator = SeededGenerator(seed: options.seed, stream: UInt64(number))
            start = passes.seeds(options.clusterCount, using: &generator)
        }
        let (end, iterations, converged) = passes.iterate(
            from: start, maxIterations: options.maxIterations, tolerance: options.tolerance * data.meanVariance,
            path: path)

        // The centres are rounded to the units of the input first, so that the saved model, which has only those,
        // gives exactly the labels and distances of the training run.
        let centres = end.inputUnits(origin: data.origin)
        let (labels, squares) = passes.nearest(
            KMeansCentres(inputUnits: centres, origin: data.origin), path: path)
        var sizes = [Int](repeating: 0, count: centres.count)
        for label in labels { sizes[Int(label)] += 1 }
        let model = KMeansModel(
            centres: centres, origin: data.origin, sizes: sizes, inertia: passes.weightedSum(squares),
            iterations: iterations, converged: converged,
            start: initialCentres == nil ? .random(seed: options.seed, run: number) : .given)
        return (model, ClusterAssignment(labels: labels, squaredDistances: squares))
    }

    private func check(weights: [Double]?, rowCount: Int) throws {
        guard let weights else { return }
        guard weights.count == rowCount else {
            throw Problem(.data, "\(weights.count) weights for \(rowCount) rows")
        }
        if let row = weights.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
            throw Problem(.data, "row \(row) (the first is 0): expected a weight of 0 or more")
        }
    }

    private func check(initialCentres: Matrix<Double>?, columnCount: Int) throws {
        guard let initialCentres else { return }
        guard initialCentres.rowCount == options.clusterCount else {
            throw Problem(
                .data, "\(initialCentres.rowCount) initial centres for the \(options.clusterCount) clusters asked for")
        }
        guard initialCentres.columnCount == columnCount else {
            throw Problem(
                .data, "initial centres have \(initialCentres.columnCount) columns, and the points \(columnCount)")
        }
        guard initialCentres.elements.allSatisfy(\.isFinite) else {
            throw Problem(.data, "initial centres hold a value that is no finite number")
        }
    }
}
