import CustomerData
import LinearAlgebra
import Statistics

/// Whether clusters come out again when some of the rows had not been there (Hennig 2007, as `clusterboot` of the R
/// package fpc).
///
/// Each resample draws as many rows as there are, with replacement, and clusters the different ones drawn anew. Each
/// cluster, less the rows that were not drawn, is compared with the new cluster most like it by Jaccard's similarity
/// (rows in both / rows in either). Rows count once, whatever they weigh.
public struct ClusterStability: Sendable {
    /// How to judge.
    public struct Options: Hashable, Codable, Sendable {
        /// Resamples; fpc's default is 100.
        public let resamples: Int
        /// Runs of k-means in each.
        public let runs: Int
        /// With more rows than this, a random part of so many stands for all.
        public let sampleRows: Int
        /// The seed.
        public let seed: UInt64

        /// Options, checked.
        ///
        /// - Throws: a usage problem that names the option, what is allowed and what was found.
        public init(resamples: Int = 50, runs: Int = 3, sampleRows: Int = 5_000, seed: UInt64 = 1) throws {
            guard resamples >= 1 else {
                throw Problem(.usage, "ClusterStability.resamples must be in 1...; got \(resamples)")
            }
            guard runs >= 1 else { throw Problem(.usage, "ClusterStability.runs must be in 1...; got \(runs)") }
            guard sampleRows >= 100 else {
                throw Problem(.usage, "ClusterStability.sampleRows must be in 100...; got \(sampleRows)")
            }
            self.resamples = resamples
            self.runs = runs
            self.sampleRows = sampleRows
            self.seed = seed
        }
    }

    /// What a mean Jaccard similarity says (Hennig's thresholds, as in fpc's documentation).
    public enum Grade: String, Hashable, Codable, Sendable, CaseIterable {
        /// At least .85.
        case highlyStable = "highly stable"
        /// At least .75.
        case stable
        /// At least .6: there is a pattern, but which rows belong to it is doubtful.
        case doubtful
        /// Less.
        case untrustworthy = "not to be trusted"

        /// The grade of a similarity.
        public init(jaccard: Double) {
            self =
                jaccard >= 0.85
                ? .highlyStable : jaccard >= 0.75 ? .stable : jaccard >= 0.6 ? .doubtful : .untrustworthy
        }
    }

    /// How stable the clusters of one clustering are.
    public struct Judgement: Hashable, Codable, Sendable {
        /// The mean similarity of each cluster; nil for a cluster of which no row was ever drawn.
        public let jaccards: [Double?]
        /// The mean adjusted Rand index of the clustering and the new ones.
        public let adjustedRandIndex: Double
        /// Resamples that could be clustered: those with enough distinct rows.
        public let resamples: Int
        /// Rows that were drawn from.
        public let rowCount: Int

        /// The similarity of the least stable cluster.
        public var worst: Double? { jaccards.compactMap(\.self).min() }
        /// What that says.
        public var grade: Grade? { worst.map(Grade.init) }
    }

    /// How to judge.
    public let options: Options

    /// The method with these options.
    public init(_ options: Options) { self.options = options }

    /// Judges a clustering by k-means.
    ///
    /// - Parameters:
    ///   - points: rows × columns, all values finite.
    ///   - labels: the cluster of each row, by k-means.
    ///   - weights: one a row; nil when every row weighs 1.
    ///   - parallel: the threads.
    /// - Returns: nil when no resample had enough distinct rows.
    /// - Complexity: O(resamples × runs × iterations × sample rows × columns × clusters).
    public func judge<Element>(
        _ points: Matrix<Element>, labels: [UInt32], weights: [Double]? = nil, parallel: Parallel = Parallel()
    ) -> Judgement? {
        var trial = StabilityTrial(points, weights: weights, options: options)
        trial.add(labels)
        return trial.judgements(parallel: parallel).first ?? nil
    }
}

/// Resamples of one set of rows that several clusterings are judged by.
struct StabilityTrial: Sendable {
    private struct Clustering {
        let labels: [UInt32]
        let clusterCount: Int
    }

    private let options: ClusterStability.Options
    private let rows: [Int]
    private let points: Matrix<Double>
    private let weights: [Double]?
    private var clusterings: [Clustering] = []

    init<Element>(_ points: Matrix<Element>, weights: [Double]?, options: ClusterStability.Options) {
        self.options = options
        var generator = SeededGenerator(seed: options.seed, stream: 0x57AB)
        rows = RowSample.draw(options.sampleRows, of: points.rowCount, using: &generator)
        self.points = points.doubles(rows)
        self.weights = weights.map { [rows] weights in rows.map { weights[$0] } }
    }

    /// Takes a clustering of all rows into the trial.
    mutating func add(_ labels: [UInt32]) {
        clusterings.append(
            Clustering(
                labels: rows.map { labels[$0] }, clusterCount: labels.reduce(0) { max($0, Int($1) + 1) }))
    }

    /// How stable each clustering is.
    func judgements(parallel: Parallel) -> [ClusterStability.Judgement?] {
        let draws = parallel.map(options.resamples) { draw($0) }
        let tables = parallel.map(clusterings.count * draws.count) { task -> ContingencyTable? in
            // The costly clusterings, mostly the later ones, first.
            let (place, draw) = task.quotientAndRemainder(dividingBy: draws.count)
            return table(clusterings[clusterings.count - 1 - place], draws[draw], draw)
        }
        return clusterings.indices.map { index in
            let first = (clusterings.count - 1 - index) * draws.count
            return judgement(
                clusterings[index].clusterCount, tables[first..<first + draws.count].compactMap(\.self))
        }
    }

    /// The different rows of a draw with replacement.
    private func draw(_ number: Int) -> [Int] {
        var generator = SeededGenerator(seed: options.seed, stream: 0xB007 + UInt64(number))
        var isDrawn = [Bool](repeating: false, count: rows.count)
        for _ in rows.indices { isDrawn[generator.index(below: rows.count)] = true }
        return rows.indices.filter { isDrawn[$0] }
    }

    /// The drawn rows by old and new cluster; nil when they can't be clustered.
    private func table(_ clustering: Clustering, _ drawn: [Int], _ number: Int) -> ContingencyTable? {
        guard
            let options = try? KMeans.Options(
                clusterCount: clustering.clusterCount, seed: options.seed &+ UInt64(number), runs: options.runs,
                maxIterations: 100),
            let (model, assignment) = try? KMeans(options).fitAssigning(
                points.doubles(drawn), weights: weights.map { weights in drawn.map { weights[$0] } },
                parallel: Parallel(threads: 1))
        else { return nil }
        var table = ContingencyTable(rowCount: clustering.clusterCount, columnCount: model.clusterCount)
        for (row, label) in zip(drawn, assignment.labels) { table.add(Int(clustering.labels[row]), Int(label)) }
        return table
    }

    private func judgement(_ clusterCount: Int, _ tables: [ContingencyTable]) -> ClusterStability.Judgement? {
        guard !tables.isEmpty else { return nil }
        let similarities = tables.map(\.bestJaccards)
        let means = (0..<clusterCount).map { cluster -> Double? in
            let found = similarities.compactMap { $0[cluster] }
            return found.isEmpty ? nil : found.reduce(0, +) / Double(found.count)
        }
        return ClusterStability.Judgement(
            jaccards: means,
            adjustedRandIndex: tables.reduce(0) { $0 + $1.adjustedRandIndex } / Double(tables.count),
            resamples: tables.count, rowCount: rows.count)
    }
}
