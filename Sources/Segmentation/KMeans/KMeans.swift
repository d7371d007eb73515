import CustomerData
import LinearAlgebra
import Statistics

/// k-means: clusters whose rows lie nearer to the mean of their own cluster than to that of any other.
///
/// Lloyd's algorithm (Lloyd 1982) from centres found by greedy k-means++ (Arthur & Vassilvitskii 2007, with
/// 2 + ⌊ln k⌋ trials a centre as in scikit-learn), or from given ones. Points are centred and seen as 32-bit floats;
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
        /// How the centres that a run begins with are found.
        public let seeding: Seeding

        /// Options, checked.
        ///
        /// - Throws: a usage problem that names the option, what is allowed and what was found.
        public init(
            clusterCount: Int, seed: UInt64 = 1, runs: Int = 10, maxIterations: Int = 300, tolerance: Double = 1e-4,
            seeding: Seeding = .automatic
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
            self.seeding = seeding
        }

        /// The same for another number of clusters.
        ///
        /// - Throws: a usage problem when it is below 1.
        public func with(clusterCount: Int) throws -> Options {
            try Options(
                clusterCount: clusterCount, seed: seed, runs: runs, maxIterations: maxIterations, tolerance: tolerance,
                seeding: seeding)
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
    /// - Complexity: O(runs × iterations × rows × columns × clusters) at most: rows that can't have changed their
    ///   cluster are passed over. Eight bytes a row of working memory, twelve with several runs.
    public func fit<Element>(
        _ points: Matrix<Element>, weights: [Double]? = nil, initialCentres: Matrix<Double>? = nil,
        columnNames: [String] = [], parallel: Parallel = Parallel()
    ) throws -> KMeansModel {
        let passes = try passes(points, weights: weights, columnNames: columnNames, parallel: parallel)
        return try best(of: passes, initialCentres: initialCentres, withDistances: false).model
    }

    /// As `fit`, with the clusters of the rows: what `model.assign(points)` gives, with less work.
    public func fitAssigning<Element>(
        _ points: Matrix<Element>, weights: [Double]? = nil, initialCentres: Matrix<Double>? = nil,
        columnNames: [String] = [], parallel: Parallel = Parallel()
    ) throws -> (model: KMeansModel, assignment: ClusterAssignment) {
        let passes = try passes(points, weights: weights, columnNames: columnNames, parallel: parallel)
        let best = try best(of: passes, initialCentres: initialCentres, withDistances: true)
        return (best.model, ClusterAssignment(labels: best.labels, distances: best.distances))
    }

    /// The points, checked and centred.
    func passes<Element>(
        _ points: Matrix<Element>, weights: [Double]?, columnNames: [String], parallel: Parallel
    ) throws -> KMeansPasses {
        guard points.columnCount > 0 else { throw Problem(.data, "no columns to cluster on") }
        try Self.check(weights: weights, rowCount: points.rowCount)
        let data = try CentredPoints(points, weights: weights, columnNames: columnNames, parallel: parallel)
        let distinct = DistinctRows.count(data, weights: weights, enough: options.clusterCount)
        guard distinct >= options.clusterCount else {
            let rows = "distinct \(distinct == 1 ? "row" : "rows")\(weights == nil ? "" : " of positive weight")"
            let clusters = options.clusterCount == 1 ? "1 cluster" : "\(options.clusterCount) clusters"
            throw Problem(.data, "\(distinct) \(rows), fewer than the \(clusters) asked for")
        }
        return KMeansPasses(data: data, weights: weights, parallel: parallel)
    }

    /// A run's model, the clusters of the rows, and their distances where they are wanted.
    private typealias Run = (model: KMeansModel, labels: [UInt32], distances: [Double])

    /// The best of all runs.
    private func best(of passes: KMeansPasses, initialCentres: Matrix<Double>?, withDistances: Bool) throws -> Run {
        let data = passes.data
        if let start = try start(initialCentres, of: passes) {
            return run(passes, from: start, start: .given, withDistances: withDistances)
        }
        // Of several runs only the best one's distances are computed, at the end: they take more memory than labels.
        let isOnly = options.runs == 1
        func randomRun(_ number: Int) -> Run {
            var generator = SeededGenerator(seed: options.seed, stream: UInt64(number))
            let seeds = passes.seeds(options.clusterCount, by: options.seeding, using: &generator)
            return run(
                passes, from: seeds, start: .random(seed: options.seed, run: number),
                withDistances: withDistances && isOnly)
        }
        var best = randomRun(0)
        for number in 1..<options.runs {
            let next = randomRun(number)
            if next.model.inertia < best.model.inertia { best = next }
        }
        if withDistances, !isOnly {
            let centres = KMeansCentres(inputUnits: best.model.centres, origin: data.origin)
            best.distances = passes.summary(centres, labels: best.labels, withDistances: true).distances
        }
        return best
    }

    /// The centres given to start from, checked.
    func start(_ initialCentres: Matrix<Double>?, of passes: KMeansPasses) throws -> KMeansCentres? {
        guard let initialCentres else { return nil }
        let data = passes.data
        try check(initialCentres: initialCentres, columnCount: data.columnCount)
        let rows = (0..<initialCentres.rowCount).map { row in
            (0..<data.columnCount).map { initialCentres[row, $0] }
        }
        return KMeansCentres(inputUnits: rows, origin: data.origin)
    }

    /// One run.
    private func run(
        _ passes: KMeansPasses, from start: KMeansCentres, start origin: KMeansModel.Start, withDistances: Bool
    ) -> Run {
        let data = passes.data
        let end = passes.iterate(
            from: start, maxIterations: options.maxIterations, tolerance: options.tolerance * data.meanVariance,
            path: KMeansPasses.Path(columnCount: data.columnCount))
        let summary = passes.summary(
            KMeansCentres(inputUnits: end.centres, origin: data.origin), labels: end.labels,
            withDistances: withDistances)
        let model = KMeansModel(
            centres: end.centres, origin: data.origin, sizes: summary.sizes, inertia: summary.inertia,
            iterations: end.iterations, converged: end.converged, start: origin)
        return (model, end.labels, summary.distances)
    }

    /// The model of final centres.
    ///
    /// They are rounded to the units of the input first, so that the saved model, which has only those, gives exactly the
    /// labels and distances of the training run.
    func model(
        _ passes: KMeansPasses, at end: KMeansCentres, iterations: Int, converged: Bool, start: KMeansModel.Start
    ) -> KMeansModel {
        let data = passes.data
        let centres = end.inputUnits(origin: data.origin)
        let summary = passes.labelled(KMeansCentres(inputUnits: centres, origin: data.origin))
        return KMeansModel(
            centres: centres, origin: data.origin, sizes: summary.sizes, inertia: summary.inertia,
            iterations: iterations, converged: converged, start: start)
    }

    static func check(weights: [Double]?, rowCount: Int) throws {
        guard let weights else { return }
        guard weights.count == rowCount else {
            throw Problem(.data, "\(weights.count) weights for \(rowCount) rows")
        }
        if let row = weights.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
            throw Problem(.data, "row \(row) (the first is 0): expected a weight of 0 or more")
        }
    }

    private func check(initialCentres: Matrix<Double>, columnCount: Int) throws {
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
