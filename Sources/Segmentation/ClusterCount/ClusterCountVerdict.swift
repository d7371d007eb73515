/// How many clusters to make, and what they are.
public struct ClusterCountVerdict: Hashable, Codable, Sendable {
    /// Whether there is structure.
    public enum Structure: String, Hashable, Codable, Sendable, CaseIterable {
        /// The gap statistic chooses more than one cluster.
        case groups
        /// The gap statistic chooses one: clusters are slices, whose borders run through where rows lie as dense as
        /// elsewhere.
        case continuum
        /// There are too few distinct rows to choose.
        case tooFewRows
    }

    /// Whether there is structure.
    public let structure: Structure
    /// The clusters to make.
    public let clusterCount: Int
    /// What the gap statistic chooses among 1 and the range.
    public let gapClusterCount: Int
    /// How stable the least stable of those clusters is; nil for one cluster.
    public let grade: ClusterStability.Grade?
    /// The verdict as a sentence.
    public let sentence: String

    /// The fewest rows for which a gap is taken for an answer.
    static let leastRows = 30

    init(_ candidates: [ClusterCountCandidate], gaps: GapCurve) {
        gapClusterCount = gaps.clusterCount
        let isFew = candidates.count < 2 || gaps.rowCount < Self.leastRows
        structure = isFew ? .tooFewRows : gapClusterCount == 1 ? .continuum : .groups
        let slices = Self.slices(candidates)
        clusterCount = structure == .groups ? gapClusterCount : slices?.clusterCount ?? 1
        let chosen = candidates.first { [clusterCount] in $0.clusterCount == clusterCount }
        grade = chosen?.stability?.grade
        sentence = Self.sentence(structure, chosen, slices, gaps)
    }

    /// The candidate that slices best: the highest silhouette among those that are stable, or among all where none is.
    private static func slices(_ candidates: [ClusterCountCandidate]) -> ClusterCountCandidate? {
        let judged = candidates.filter { $0.silhouette != nil }
        let stable = judged.filter { ($0.stability?.worst ?? 0) >= 0.75 }
        return (stable.isEmpty ? judged : stable).max {
            let (one, other) = ($0.silhouette?.mean ?? -1, $1.silhouette?.mean ?? -1)
            // Of equal ones the fewest clusters.
            return one != other ? one < other : $0.clusterCount > $1.clusterCount
        }
    }

    private static func sentence(
        _ structure: Structure, _ chosen: ClusterCountCandidate?, _ slices: ClusterCountCandidate?, _ gaps: GapCurve
    ) -> String {
        let count = chosen?.clusterCount ?? 1
        guard count > 1 else { return "one cluster: there are too few distinct rows to choose from" }
        let stability = chosen?.stability.flatMap { stability in
            stability.worst.map { worst in
                "\(Grade(jaccard: worst).rawValue) in resamples (mean Jaccard of the least stable \(short(worst)))"
            }
        }
        switch structure {
        case .groups:
            let open = gaps.isOpen ? "; it is the most that was tried, so there may be more" : ""
            return "\(count) groups, by the gap statistic" + (stability.map { ": \($0)" } ?? "") + open
        case .continuum:
            let isStable = (slices?.stability?.worst ?? 0) >= 0.75
            return
                "slices of a continuum, not groups: the gap statistic finds one cluster; \(count) slices have the highest "
                + "silhouette (\(short(chosen?.silhouette?.mean ?? 0)))"
                + (isStable ? " among those that are stable" : ", and no number of slices is stable")
                + (stability.map { "; they are \($0)" } ?? "")
        case .tooFewRows:
            return "\(gaps.rowCount) rows are too few to tell groups from chance: \(count) clusters have the highest "
                + "silhouette (\(short(chosen?.silhouette?.mean ?? 0)))"
        }
    }

    private typealias Grade = ClusterStability.Grade

    /// Two decimals.
    private static func short(_ value: Double) -> String {
        let hundredths = Int((abs(value) * 100).rounded())
        let decimals = hundredths % 100
        return (value < 0 && hundredths > 0 ? "-" : "") + "\(hundredths / 100)." + (decimals < 10 ? "0" : "")
            + "\(decimals)"
    }
}
