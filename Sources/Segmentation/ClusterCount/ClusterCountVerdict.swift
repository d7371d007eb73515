/// How many clusters to make, and what they are.
public struct ClusterCountVerdict: Hashable, Codable, Sendable {
    /// Whether there is structure.
    public enum Structure: String, Hashable, Codable, Sendable, CaseIterable {
        /// The gap statistic chooses more than one cluster, and these leave less spread than chance would
        /// (`GapCurve.isBeyondChance`).
        case groups
        /// It does not: clusters are slices, whose borders run through where rows lie as dense as elsewhere.
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
        let finer = Self.finer(candidates, gaps)
        let found = finer ?? gaps.clusterCount
        let isFew = candidates.count < 2 || gaps.rowCount < Self.leastRows
        structure = isFew ? .tooFewRows : gaps.isBeyondChance(found) ? .groups : .continuum
        let slices = Self.slices(candidates)
        clusterCount = structure == .groups ? found : slices?.clusterCount ?? 1
        let chosen = candidates.first { [clusterCount] in $0.clusterCount == clusterCount }
        grade = chosen?.stability?.grade
        sentence = Self.sentence(structure, chosen, isFiner: finer != nil, gaps)
    }

    /// What the gap must rise by for a larger number than the rule's: then at most two thirds of the spread are left
    /// that data without clusters would have from there.
    static let leastRise = 0.4

    /// A larger number than the rule's, where groups lie in heaps or in a row: there the gap can fall before it rises. It
    /// must satisfy the rule itself with another candidate after it, rise above the rule's choice by `leastRise` and by
    /// more than three standard errors, and be stable. Of several it is the smallest whose gap is within three standard
    /// errors of the greatest.
    private static func finer(_ candidates: [ClusterCountCandidate], _ gaps: GapCurve) -> Int? {
        func rise(_ step: GapCurve.Step, over other: GapCurve.Step) -> (rise: Double, error: Double) {
            guard let gap = step.gap, let low = other.gap, let error = step.standardError,
                let lowError = other.standardError
            else { return (0, 0) }
            return (gap - low, (error * error + lowError * lowError).squareRoot())
        }
        guard let first = gaps.steps.first(where: { $0.clusterCount == gaps.clusterCount }) else { return nil }
        let later = gaps.accepted.filter { step in
            let stability = candidates.first { $0.clusterCount == step.clusterCount }?.stability?.worst
            let (rise, error) = rise(step, over: first)
            return step.clusterCount > first.clusterCount && rise >= leastRise && rise > 3 * error
                && (stability ?? 0) >= 0.75
        }
        guard let greatest = later.max(by: { ($0.gap ?? 0) < ($1.gap ?? 0) }) else { return nil }
        return later.first { step in
            let (rise, error) = rise(greatest, over: step)
            return rise <= 3 * error
        }?.clusterCount
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
        _ structure: Structure, _ chosen: ClusterCountCandidate?, isFiner: Bool, _ gaps: GapCurve
    ) -> String {
        let count = chosen?.clusterCount ?? 1
        guard let chosen, count > 1 else { return "one cluster: there are too few distinct rows to choose from" }
        let silhouette = short(chosen.silhouette?.mean ?? 0)
        let worst = chosen.stability?.worst
        let stability =
            worst.map { "\(Grade(jaccard: $0).rawValue) in resamples (least mean Jaccard of a cluster \(short($0)))" }
            ?? "their stability could not be judged"
        switch structure {
        case .groups:
            let reason =
                isFiner ? "by the gap statistic, which rises again after \(gaps.clusterCount)" : "by the gap statistic"
            let open = gaps.isOpen && !isFiner ? "; no more were tried, so there may be more" : ""
            return "\(count) groups, \(reason): \(stability)\(open)"
        case .continuum:
            let reason =
                gaps.clusterCount == 1
                ? "the gap statistic chooses one cluster"
                : "chance alone reaches the gap of \(gaps.clusterCount) clusters"
            let rank = (worst ?? 0) >= 0.75 ? " among the stable" : ", none being stable"
            return "slices of a continuum, not groups: \(reason); \(count) slices have the highest silhouette "
                + "(\(silhouette))\(rank): \(stability)"
        case .tooFewRows:
            return "\(gaps.rowCount) rows are too few to tell groups from chance: \(count) clusters have the highest "
                + "silhouette (\(silhouette))"
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
