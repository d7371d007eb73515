import CustomerData
import LinearAlgebra
import Statistics

/// Mini-batch k-means (Sculley 2010): centres moved by small random batches of rows instead of passes over all of them.
///
/// A batch's rows go to their nearest centres, and each centre moves to the mean of all rows that it was given so far,
/// in this batch and before: a row moves it by 1 / (mass so far), a learning rate of its own. At the end all rows are
/// assigned once. What is gained is time; inertia is a few per cent above that of `KMeans`.
///
/// As in scikit-learn's MiniBatchKMeans:
/// - Batches are drawn with replacement, each row alike likely; weights act in the means.
/// - The start is the best of `runs` on a sample of max(3 batches, 3 clusters) rows, judged there.
/// - A moving average of the batches' inertia, in which a batch counts min(1, 2 · batch / (rows + 1)), ends the run
///   when it hasn't fallen for `patience` batches; so does the number of batches that make up `maxIterations` passes.
/// - Centres with less than `reassignment` of the greatest mass take random rows of the batch, at most half as many as
///   it has, and the least mass of the others.
///
/// Unlike there, the tolerance on the centres' shift plays no part (there it is 0 unless told), and the start is found
/// by greedy k-means++ with 2 + ⌊ln k⌋ trials.
public struct MiniBatchKMeans: Sendable {
    /// How to cluster.
    public struct Options: Hashable, Codable, Sendable {
        /// Clusters, seed, runs (starts tried) and iterations (passes over as many rows as there are, at most).
        public let kMeans: KMeans.Options
        /// Rows a batch.
        public let batchSize: Int
        /// Batches without improvement after which the run ends.
        public let patience: Int
        /// Centres with less than this share of the greatest mass are placed anew.
        public let reassignment: Double

        /// Options, checked.
        ///
        /// - Throws: a usage problem that names the option, what is allowed and what was found.
        public init(
            _ kMeans: KMeans.Options, batchSize: Int = 1024, patience: Int = 10, reassignment: Double = 0.01
        ) throws {
            guard batchSize >= 1 else {
                throw Problem(.usage, "MiniBatchKMeans.batchSize must be in 1...; got \(batchSize)")
            }
            guard patience >= 1 else {
                throw Problem(.usage, "MiniBatchKMeans.patience must be in 1...; got \(patience)")
            }
            guard reassignment >= 0, reassignment < 1 else {
                throw Problem(.usage, "MiniBatchKMeans.reassignment must be in 0..<1; got \(reassignment)")
            }
            self.kMeans = kMeans
            self.batchSize = batchSize
            self.patience = patience
            self.reassignment = reassignment
        }
    }

    /// How to cluster.
    public let options: Options

    /// Mini-batch k-means with these options.
    public init(_ options: Options) { self.options = options }

    /// Clusters the rows of a matrix; parameters and errors are those of `KMeans.fit`.
    ///
    /// - Returns: the model, whose iterations are batches, and the clusters of the rows.
    /// - Complexity: O(batches × batch size × columns × clusters), and two passes over the rows.
    public func fitAssigning<Element>(
        _ points: Matrix<Element>, weights: [Double]? = nil, initialCentres: Matrix<Double>? = nil,
        columnNames: [String] = [], parallel: Parallel = Parallel()
    ) throws -> (model: KMeansModel, assignment: ClusterAssignment) {
        let kMeans = KMeans(options.kMeans)
        let passes = try kMeans.passes(points, weights: weights, columnNames: columnNames, parallel: parallel)
        var generator = SeededGenerator(seed: options.kMeans.seed)
        let given = try kMeans.start(initialCentres, of: passes)
        let (start, number) = given.map { ($0, 0) } ?? seeds(passes, using: &generator)
        let end = iterate(passes, from: start, using: &generator)
        let model = kMeans.model(
            passes, at: end.centres, iterations: end.batches, converged: end.converged,
            start: given == nil ? .random(seed: options.kMeans.seed, run: number) : .given)
        return (model, model.assign(passes))
    }

    /// The best start on a sample, and its number.
    private func seeds(_ passes: KMeansPasses, using generator: inout SeededGenerator) -> (KMeansCentres, Int) {
        let count = options.kMeans.clusterCount
        let wanted = 3 * max(options.batchSize, count)
        var sample = passes
        if wanted < passes.data.rowCount {
            let rows = (0..<wanted).map { _ in generator.index(below: passes.data.rowCount) }
            let chosen = passes.choosing(rows, weights: passes.weights.map { weights in rows.map { weights[$0] } })
            if let chosen, DistinctRows.count(chosen.data, weights: chosen.weights, enough: count) >= count {
                sample = chosen
            }
        }
        var best: (centres: KMeansCentres, number: Int, inertia: Double)?
        for number in 0..<options.kMeans.runs {
            let centres = sample.seeds(count, using: &generator)
            let inertia = sample.labelled(centres).inertia
            if let best, best.inertia <= inertia { continue }
            best = (centres, number, inertia)
        }
        guard let best else { return (passes.seeds(count, using: &generator), 0) }
        return (best.centres, best.number)
    }

    /// The batches.
    private func iterate(
        _ passes: KMeansPasses, from start: KMeansCentres, using generator: inout SeededGenerator
    ) -> (centres: KMeansCentres, batches: Int, converged: Bool) {
        let rowCount = passes.data.rowCount
        let size = min(options.batchSize, rowCount)
        let (most, overflow) = options.kMeans.maxIterations.multipliedReportingOverflow(by: rowCount)
        let batchCount = overflow ? Int.max : max(1, most / size)
        let share = min(1, 2 * Double(size) / Double(rowCount + 1))
        var moving = MovingCentres(start, masses: [Double](repeating: 0, count: start.count))
        var average: Double?
        var least = Double.infinity
        var idle = 0
        for batch in 0..<batchCount {
            let rows = (0..<size).map { _ in UInt32(generator.index(below: rowCount)) }
            let (inertia, weight) = moving.take(rows, of: passes)
            moving.replaceLight(below: options.reassignment, by: rows, of: passes, using: &generator)
            // The first batch still tells of the start.
            guard batch > 0, weight > 0 else { continue }
            let mean = inertia / weight
            let smoothed = average.map { $0 * (1 - share) + mean * share } ?? mean
            average = smoothed
            idle = smoothed < least ? 0 : idle + 1
            least = min(least, smoothed)
            if idle >= options.patience { return (moving.centres, batch + 1, true) }
        }
        return (moving.centres, batchCount, false)
    }
}
