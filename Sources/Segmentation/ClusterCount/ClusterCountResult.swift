/// One number of clusters in a sweep.
public struct ClusterCountCandidate: Hashable, Codable, Sendable {
    /// Clusters (k).
    public let clusterCount: Int
    /// Weighted sum of the squared distances of all rows to their centres.
    public let inertia: Double
    /// Rows of each cluster.
    public let sizes: [Int]
    /// The silhouette; nil for one cluster.
    public let silhouette: Silhouette?
    /// The mean silhouette by squared distances, of all rows; nil for one cluster.
    public let squaredSilhouette: Double?
    /// The score of Caliński and Harabasz, of all rows; nil for one cluster.
    public let calinskiHarabasz: Double?
    /// The score of Davies and Bouldin, of all rows; nil for one cluster.
    public let daviesBouldin: Double?
    /// The gap statistic; nil when the rows it was computed from have fewer distinct ones than clusters.
    public let gap: GapCurve.Step?
    /// The stability; nil for one cluster, or when no resample had enough distinct rows.
    public let stability: ClusterStability.Judgement?

    init(
        _ draft: ClusterSweepDraft, gap: GapCurve.Step?, silhouette: Silhouette?,
        stability: ClusterStability.Judgement?
    ) {
        clusterCount = draft.sizes.count
        inertia = draft.inertia
        sizes = draft.sizes
        self.silhouette = silhouette
        squaredSilhouette = draft.squaredSilhouette
        calinskiHarabasz = draft.calinskiHarabasz
        daviesBouldin = draft.daviesBouldin
        self.gap = gap
        self.stability = stability
    }
}

/// What a sweep found, and what it chose.
public struct ClusterCountResult: Hashable, Codable, Sendable {
    /// Every number of clusters that was tried, ascending from 1.
    public let candidates: [ClusterCountCandidate]
    /// What was chosen.
    public let verdict: ClusterCountVerdict
    /// Rows.
    public let rowCount: Int
    /// Rows that k-means was started on, before it was finished on all; nil when it was started on all.
    public let startRowCount: Int?
    /// Rows that the gap statistic and the stability were computed from.
    public let trialRowCount: Int
    /// Reference sets of the gap statistic.
    public let references: Int
    /// Resamples of the stability.
    public let resamples: Int
    /// The seed.
    public let seed: UInt64

    init(
        candidates: [ClusterCountCandidate], gaps: GapCurve, options: ClusterCountChoice.Options, rowCount: Int,
        isStarted: Bool
    ) {
        self.candidates = candidates
        verdict = ClusterCountVerdict(candidates, gaps: gaps)
        self.rowCount = rowCount
        startRowCount = isStarted ? min(options.sampleRows, rowCount) : nil
        trialRowCount = gaps.rowCount
        references = options.references
        resamples = options.resamples
        seed = options.seed
    }

    /// The candidate of that many clusters.
    public subscript(clusterCount: Int) -> ClusterCountCandidate? {
        candidates.first { $0.clusterCount == clusterCount }
    }
}
