import CustomerData
import LinearAlgebra
import Statistics

/// k-means whose clusters have sizes within limits (Bradley, Bennett & Demiriz 2000): all as equal as possible, or at
/// least or at most so many rows each.
///
/// Lloyd's algorithm, in which every iteration gives the rows to the centres at the least sum of weight × squared
/// distance that the sizes allow; that assignment is optimal (`SizedAssignment`), so inertia never rises. Points, seeds,
/// runs and ties are those of `KMeans`.
///
/// - Every cluster has at least one row.
/// - A row of weight 0 moves no centre and counts for no size; it is labelled by the nearest centre.
/// - Labels, sizes, distances and inertia belong to the centres of the model.
/// - The result has the same bytes for any number of threads.
public struct BalancedKMeans: Sendable {
    /// The sizes that clusters may have.
    public enum Sizes: Hashable, Codable, Sendable {
        /// Sizes differ by at most one row.
        case equal
        /// At least and at most so many rows a cluster; nil for no limit.
        case within(minimum: Int?, maximum: Int?)
    }

    /// How to cluster.
    public struct Options: Hashable, Codable, Sendable {
        /// Clusters, runs, iterations, tolerance and seed.
        public let kMeans: KMeans.Options
        /// The sizes that clusters may have.
        public let sizes: Sizes

        /// Options, checked.
        ///
        /// - Throws: a usage problem that names the option, what is allowed and what was found.
        public init(_ kMeans: KMeans.Options, sizes: Sizes = .equal) throws {
            if case .within(let minimum, let maximum) = sizes {
                if let minimum, minimum < 1 {
                    throw Problem(.usage, "BalancedKMeans.minimum must be in 1...; got \(minimum)")
                }
                if let maximum, maximum < minimum ?? 1 {
                    throw Problem(.usage, "BalancedKMeans.maximum must be in \(minimum ?? 1)...; got \(maximum)")
                }
            }
            self.kMeans = kMeans
            self.sizes = sizes
        }

        /// The smallest and the largest size for so many rows.
        ///
        /// - Throws: a usage problem when no sizes fit.
        func limits(rowCount: Int) throws -> ClosedRange<Int> {
            let clusters = kMeans.clusterCount
            guard case .within(let minimum, let maximum) = sizes else {
                return rowCount / clusters...(rowCount + clusters - 1) / clusters
            }
            if let minimum, minimum.multipliedReportingOverflow(by: clusters).overflow || minimum * clusters > rowCount
            {
                throw Problem(
                    .usage,
                    "\(clusters) clusters of at least \(minimum) rows need more than the \(rowCount) rows there are: the "
                        + "smallest size can be at most \(rowCount / clusters)")
            }
            if let maximum, !maximum.multipliedReportingOverflow(by: clusters).overflow, maximum * clusters < rowCount {
                throw Problem(
                    .usage,
                    "\(clusters) clusters of at most \(maximum) rows can't hold the \(rowCount) rows there are: the "
                        + "largest size must be at least \((rowCount + clusters - 1) / clusters)")
            }
            return (minimum ?? 1)...min(maximum ?? rowCount, rowCount)
        }
    }

    /// How to cluster.
    public let options: Options

    /// Balanced k-means with these options.
    public init(_ options: Options) { self.options = options }

    /// Clusters the rows of a matrix.
    ///
    /// - Parameters:
    ///   - points: rows × columns; all values finite.
    ///   - weights: one a row, finite and not negative, not all zero; nil when every row weighs 1.
    ///   - initialCentres: `clusterCount` × columns, in the units of the points: there is one run, from these.
    ///   - columnNames: names for messages; columns without one are known by their number.
    ///   - parallel: the threads.
    /// - Returns: the model, and the training rows' clusters. The sizes hold for these; `model.assign` gives the same but
    ///   for rows that could as well be in another cluster.
    /// - Throws: a usage problem when no sizes fit the rows; a data problem as `KMeans.fit` does.
    /// - Complexity: O(runs × iterations × rows × columns × clusters), and the moves of `SizedAssignment`; 8 × clusters
    ///   bytes a row for the table of distances, and as much at most for the moves.
    public func fitAssigning<Element>(
        _ points: Matrix<Element>, weights: [Double]? = nil, initialCentres: Matrix<Double>? = nil,
        columnNames: [String] = [], parallel: Parallel = Parallel()
    ) throws -> (model: BalancedKMeansModel, assignment: ClusterAssignment) {
        let kMeans = KMeans(options.kMeans)
        let passes = try kMeans.passes(points, weights: weights, columnNames: columnNames, parallel: parallel)
        let limits = try options.limits(rowCount: weights?.count { $0 > 0 } ?? points.rowCount)
        let assignment = SizedAssignment(passes, clusterCount: options.kMeans.clusterCount, limits: limits)
        if let start = try kMeans.start(initialCentres, of: passes) {
            return run(passes, assignment, from: start, start: .given)
        }
        var best: (model: BalancedKMeansModel, assignment: ClusterAssignment)?
        for number in 0..<options.kMeans.runs {
            var generator = SeededGenerator(seed: options.kMeans.seed, stream: UInt64(number))
            let seeds = passes.seeds(
                options.kMeans.clusterCount, by: options.kMeans.seeding, using: &generator)
            let next = run(passes, assignment, from: seeds, start: .random(seed: options.kMeans.seed, run: number))
            if let best, best.model.clusters.inertia <= next.model.clusters.inertia { continue }
            best = next
        }
        guard let best else { throw Problem(.bug, "no run of balanced k-means") }
        return best
    }

    /// The model of one run.
    private func run(
        _ passes: KMeansPasses, _ assignment: SizedAssignment, from start: KMeansCentres,
        start origin: KMeansModel.Start
    ) -> (model: BalancedKMeansModel, assignment: ClusterAssignment) {
        let data = passes.data
        let clusterCount = options.kMeans.clusterCount
        let tolerance = options.kMeans.tolerance * data.meanVariance
        var centres = start
        var iterations = 0
        var converged = false
        assignment.restart()
        while iterations < options.kMeans.maxIterations, !converged {
            assignment.assign(centres)
            let sums = LabelSums(
                data, weights: passes.weights, labels: assignment.labels, clusterCount: clusterCount,
                parallel: passes.parallel)
            let (next, shift) = sums.means(after: centres)
            centres = next
            iterations += 1
            converged = shift <= tolerance
        }
        // As in KMeans: the centres are those that the saved model has.
        let rounded = centres.inputUnits(origin: data.origin)
        assignment.assign(KMeansCentres(inputUnits: rounded, origin: data.origin))
        let (labels, squares) = (assignment.labels, assignment.squares)
        var sizes = [Int](repeating: 0, count: clusterCount)
        var inertia = 0.0
        for (row, label) in labels.enumerated() {
            sizes[Int(label)] += 1
            inertia += passes.weight(row) * squares[row]
        }
        let clusters = KMeansModel(
            centres: rounded, origin: data.origin, sizes: sizes, inertia: inertia, iterations: iterations,
            converged: converged, start: origin)
        return (
            BalancedKMeansModel(
                clusters: clusters, prices: assignment.interiorPrices, smallest: assignment.limits.lowerBound,
                largest: assignment.limits.upperBound),
            ClusterAssignment(labels: labels, squaredDistances: squares)
        )
    }
}
