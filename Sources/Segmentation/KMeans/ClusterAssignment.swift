/// The cluster of each row.
public struct ClusterAssignment: Hashable, Sendable {
    /// Number of the nearest centre, from 0, a row.
    public let labels: [UInt32]
    /// Euclidean distance to that centre, a row, in the units of the (scaled) points.
    public let distances: [Double]
}

extension ClusterAssignment {
    /// An assignment of those squared distances.
    init(labels: [UInt32], squaredDistances: [Double]) {
        self.init(labels: labels, distances: squaredDistances.map { $0.squareRoot() })
    }
}
