import CustomerData
import LinearAlgebra
import Statistics

/// How many clusters k-means should make, and whether there are any.
///
/// One sweep over a range of k reports every criterion of the field for each: inertia, silhouette, Caliński-Harabasz,
/// Davies-Bouldin, the gap statistic with k = 1 among its candidates, and stability under the bootstrap. The gap
/// statistic decides, since it alone can answer "one": then clusters are slices of a continuum, and the sweep says which
/// k slices it best. The other criteria tell how good the answer is.
///
/// With more rows than `sampleRows`, random parts of the rows stand for all where the work would grow too much: k-means
/// is started on a part and finished on all rows, and the gap statistic and stability have parts of their own. Inertia,
/// Caliński-Harabasz, Davies-Bouldin and the squared silhouette are always of all rows. The result says what was sampled.
public struct ClusterCountChoice: Sendable {
    /// How to choose.
    public struct Options: Hashable, Codable, Sendable {
        /// The numbers of clusters to try; 1 is always tried, too.
        public let clusterCounts: ClosedRange<Int>
        /// The seed of everything random.
        public let seed: UInt64
        /// Runs of k-means for each number of clusters.
        public let runs: Int
        /// Iterations of a run, at most.
        public let maxIterations: Int
        /// When a run has converged; see `KMeans.Options`.
        public let tolerance: Double
        /// Reference sets of the gap statistic.
        public let references: Int
        /// Resamples of the stability.
        public let resamples: Int
        /// With more rows, k-means is started on a random part of so many, and the silhouette is estimated.
        public let sampleRows: Int
        /// With more rows, the gap statistic and the stability are computed from a random part of so many.
        public let trialRows: Int

        /// Options, checked.
        ///
        /// - Throws: a usage problem that names the option, what is allowed and what was found.
        public init(
            clusterCounts: ClosedRange<Int> = 2...12, seed: UInt64 = 1, runs: Int = 10, maxIterations: Int = 300,
            tolerance: Double = 1e-4, references: Int = 20, resamples: Int = 50,
            sampleRows: Int = Silhouette.exactRowLimit, trialRows: Int = 5_000
        ) throws {
            guard clusterCounts.lowerBound >= 1 else {
                throw Problem(
                    .usage,
                    "ClusterCountChoice.clusterCounts must be in 1...; got \(ClusterCountChoice.text(clusterCounts))")
            }
            guard sampleRows >= 100 else {
                throw Problem(.usage, "ClusterCountChoice.sampleRows must be in 100...; got \(sampleRows)")
            }
            // What the parts refuse they refuse in their own name.
            _ = try KMeans.Options(
                clusterCount: clusterCounts.lowerBound, runs: runs, maxIterations: maxIterations, tolerance: tolerance)
            _ = try GapStatistic.Options(references: references, sampleRows: trialRows)
            _ = try ClusterStability.Options(resamples: resamples)
            self.clusterCounts = clusterCounts
            self.seed = seed
            self.runs = runs
            self.maxIterations = maxIterations
            self.tolerance = tolerance
            self.references = references
            self.resamples = resamples
            self.sampleRows = sampleRows
            self.trialRows = trialRows
        }
    }

    /// How to choose.
    public let options: Options

    /// The method with these options.
    public init(_ options: Options) { self.options = options }

    /// A range as the options' texts have it: `2..8`.
    static func text(_ range: ClosedRange<Int>) -> String { "\(range.lowerBound)..\(range.upperBound)" }

    /// Tries every number of clusters.
    ///
    /// No more clusters are tried than there are distinct rows, and fewer than rows.
    ///
    /// - Parameters:
    ///   - points: rows × columns, all values finite.
    ///   - weights: one a row, finite and not negative, not all zero; nil when every row weighs 1.
    ///   - columnNames: names for messages.
    ///   - parallel: the threads.
    /// - Throws: a data problem: no rows or columns, a value that is not finite, weights of the wrong shape, or a range
    ///   that begins above 2 with more clusters than there are distinct rows.
    /// - Complexity: O(rows × columns × clusters) times the iterations for each number of clusters; beyond `sampleRows`
    ///   rows the rest does not grow. Memory: four bytes a value and 12 bytes a row.
    public func choose<Element>(
        _ points: Matrix<Element>, weights: [Double]? = nil, columnNames: [String] = [], parallel: Parallel = Parallel()
    ) throws -> ClusterCountResult {
        let sweep = ClusterSweep(
            points, weights: weights, columnNames: columnNames, options: options, parallel: parallel)
        let whole = try sweep.model(clusterCount: 1, start: nil)
        let counts = try self.counts(sweep)
        var survey = SilhouetteSurvey(
            points, weights: weights,
            judgedCount: points.rowCount <= options.sampleRows ? points.rowCount : SilhouetteSurvey.judgedCount,
            comparedCount: points.rowCount <= options.sampleRows ? points.rowCount : SilhouetteSurvey.comparedCount,
            seed: options.seed)
        var trial = StabilityTrial(
            points, weights: weights,
            options: try ClusterStability.Options(
                resamples: options.resamples, sampleRows: options.trialRows, seed: options.seed))
        var drafts = [ClusterSweepDraft(inertia: whole.model.inertia, sizes: whole.model.sizes)]
        let start = try sweep.startingRows(largest: counts.last ?? 1)
        for count in counts where count > 1 {
            let (model, assignment) = try sweep.model(clusterCount: count, start: start)
            drafts.append(sweep.draft(model, assignment.labels, surveyed: survey.add(assignment.labels)))
            trial.add(assignment.labels)
        }
        let silhouettes = survey.silhouettes(parallel: parallel)
        let stabilities = trial.judgements(parallel: parallel)
        let gaps = try GapStatistic(
            .init(
                clusterCounts: counts, references: options.references, sampleRows: options.trialRows, seed: options.seed
            )
        ).curve(points, weights: weights, columnNames: columnNames, parallel: parallel)
        var surveyed = silhouettes.makeIterator()
        let candidates = drafts.enumerated().map { place, draft in
            ClusterCountCandidate(
                draft, gap: gaps.steps.first { $0.clusterCount == draft.sizes.count },
                silhouette: draft.isSurveyed ? surveyed.next() : nil,
                stability: place == 0 ? nil : stabilities[place - 1])
        }
        return ClusterCountResult(
            candidates: candidates, gaps: gaps, options: options, rowCount: points.rowCount,
            isStarted: start != nil)
    }

    /// The numbers to try: 1, and those of the range that the rows allow.
    private func counts<Element>(_ sweep: ClusterSweep<Element>) throws -> [Int] {
        let range = options.clusterCounts
        let (distinct, held) = try sweep.rowCounts(enough: range.upperBound)
        guard range.lowerBound <= max(2, distinct) else {
            throw Problem(
                .data,
                "\(distinct) distinct \(distinct == 1 ? "row" : "rows"), fewer than the \(range.lowerBound) clusters that "
                    + "the range \(ClusterCountChoice.text(range)) begins with")
        }
        let allowed = range.prefix { $0 <= distinct && $0 < held }
        return allowed.first == 1 ? Array(allowed) : [1] + allowed
    }
}
