/// The cluster of each row.
public struct ClusterAssignment: Hashable, Sendable {
    /// Number of the nearest centre, from 0, a row.
    public let labels: [UInt32]
    /// Euclidean distance to that centre, a row, in the units of the (scaled) points.
    public let distances: [Double]
}
