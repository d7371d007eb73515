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

        init(clusterCount: Int, inertia: Double, references: [Double]) {
            self.clusterCount = clusterCount
            let logs = references.map { log($0) }
            let mean = logs.reduce(0, +) / Double(logs.count)
            let variance = logs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(logs.count)
            logInertia = inertia > 0 ? log(inertia) : nil
            referenceLogInertia = mean.isFinite ? mean : nil
            gap = inertia > 0 && mean.isFinite ? mean - log(inertia) : nil
            standardError = mean.isFinite ? (variance * (1 + 1 / Double(logs.count))).squareRoot() : nil
        }
    }

    /// The candidates, ascending.
    public let steps: [Step]
    /// Rows that the gaps were computed from.
    public let rowCount: Int

    /// The smallest candidate with gap(k) ≥ gap(next) − s(next), the last when there is none. A candidate that leaves no
    /// spread in the data wins over all smaller ones.
    public var clusterCount: Int {
        for (step, next) in zip(steps, steps.dropFirst()) {
            guard let gap = step.gap else { return step.clusterCount }
            if let other = next.gap, let error = next.standardError, gap >= other - error { return step.clusterCount }
        }
        return steps.last?.clusterCount ?? 1
    }

    /// Whether the smallest candidate that the rule accepts is the last one only because none before it was.
    public var isOpen: Bool { steps.count > 1 && clusterCount == steps.last?.clusterCount && steps.last?.gap != nil }
}
