/// Where a row lies between its cluster and the next nearest.
public struct ClusterNeighbours: Hashable, Sendable {
    /// How one column keeps the row where it is.
    public struct Pull: Hashable, Sendable {
        /// The row's value, scaled as the points.
        public let value: Double
        /// The own centre's.
        public let own: Double
        /// The next centre's.
        public let next: Double
        /// What the column adds to the difference of the squared distances; the columns' add up to it. The largest is
        /// the column in which the row would have to change most.
        public let contribution: Double
        /// The value at which both centres are equally near when all other columns stay; nil where the centres agree
        /// in the column.
        public let boundary: Double?
    }

    /// The cluster.
    public let cluster: Int
    /// Euclidean distance to its centre.
    public let distance: Double
    /// The next nearest cluster.
    public let next: Int
    /// Euclidean distance to its centre.
    public let nextDistance: Double
    /// The columns, left to right.
    public let pulls: [Pull]
}

extension KMeansModel {
    /// Where a row of a cluster lies towards the next nearest one; nil when there is no other cluster.
    ///
    /// - Parameters:
    ///   - point: a value a column, scaled as in training.
    ///   - cluster: the row's cluster.
    /// - Complexity: O(clusters × columns).
    public func neighbours(of point: [Double], in cluster: Int) -> ClusterNeighbours? {
        precondition(point.count == columnCount && centres.indices.contains(cluster))
        let squares = centres.map { centre in
            zip(point, centre).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        }
        guard let next = centres.indices.filter({ $0 != cluster }).min(by: { squares[$0] < squares[$1] }) else {
            return nil
        }
        let difference = squares[next] - squares[cluster]
        let pulls = point.indices.map { column -> ClusterNeighbours.Pull in
            let (value, own, other) = (point[column], centres[cluster][column], centres[next][column])
            let contribution = (value - other) * (value - other) - (value - own) * (value - own)
            // Along one column the difference of the squares is a straight line of slope 2 (own − next).
            return ClusterNeighbours.Pull(
                value: value, own: own, next: other, contribution: contribution,
                boundary: own == other ? nil : value + difference / (2 * (other - own)))
        }
        return ClusterNeighbours(
            cluster: cluster, distance: squares[cluster].squareRoot(), next: next,
            nextDistance: squares[next].squareRoot(), pulls: pulls)
    }
}
