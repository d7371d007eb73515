#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The gap statistic of several numbers of clusters.
public struct GapCurve: Hashable, Codable, Sendable {
    /// The statistic of one number of clusters.
    public struct Step: Hashable, Codable, Sendable {
        /// Clusters.
        public let clusterCount: Int
        /// log W of the data (natural); nil when no spread is left, as with a cluster a distinct row.
        public let logInertia: Double?
        /// The mean of log W of the references.
        public let referenceLogInertia: Double?
        /// Their difference; nil when the data has no spread left.
        public let gap: Double?
        /// s(k).
        public let standardError: Double?
        /// The standard error of this gap less the first candidate's: of log W*(first) − log W*(k) over the references,
        /// × √(1 + 1/B).
        public let riseError: Double?

        init(clusterCount: Int, inertia: Double, references: [Double], first: [Double]) {
            self.clusterCount = clusterCount
            let logs = references.map { log($0) }
            let (mean, error) = Self.meanAndError(logs)
            let rise = Self.meanAndError(zip(first, logs).map { log($0) - $1 }).error
            logInertia = inertia > 0 ? log(inertia) : nil
            referenceLogInertia = mean.isFinite ? mean : nil
            gap = inertia > 0 && mean.isFinite ? mean - log(inertia) : nil
            standardError = mean.isFinite ? error : nil
            riseError = rise.isFinite ? rise : nil
        }

        /// Mean and standard deviation × √(1 + 1/B).
        private static func meanAndError(_ values: [Double]) -> (mean: Double, error: Double) {
            let count = Double(values.count)
            let mean = values.reduce(0, +) / count
            let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
            return (mean, (variance * (1 + 1 / count)).squareRoot())
        }
    }

    /// The candidates, ascending.
    public let steps: [Step]
    /// Rows that the gaps were computed from.
    public let rowCount: Int

    /// The smallest candidate with gap(k) ≥ gap(next) − s(next), the last when there is none. A candidate that leaves no
    /// spread in the data wins over all smaller ones.
    public var clusterCount: Int { (accepted.first ?? steps.last)?.clusterCount ?? 1 }

    /// The candidates with gap(k) ≥ gap(next) − s(next), or without spread; the last is not among them unless it leaves
    /// no spread, since nothing follows it.
    var accepted: [Step] {
        zip(steps, steps.dropFirst().map(Optional.some) + [nil]).compactMap { step, next in
            guard let gap = step.gap else { return step }
            guard let other = next?.gap, let error = next?.standardError else { return nil }
            return gap >= other - error ? step : nil
        }
    }

    /// Whether a candidate leaves less spread than chance would: its gap exceeds the first candidate's by more than three
    /// standard errors of that difference. The rule of the choice alone errs on data without clusters now and then,
    /// most often where there is one column, since it asks for one standard error.
    public func isBeyondChance(_ clusterCount: Int) -> Bool {
        guard let step = steps.first(where: { $0.clusterCount == clusterCount }), step != steps.first else {
            return false
        }
        guard let gap = step.gap, let first = steps.first?.gap, let error = step.riseError else { return true }
        return gap - first > 3 * error
    }

    /// Whether the last candidate is the choice only because no other was.
    public var isOpen: Bool { accepted.isEmpty && steps.count > 1 }
}
