/// How far one column of a row may change before another cluster takes the row.
public struct ClusterReach: Hashable, Sendable {
    /// A value from which on another cluster is nearer.
    public struct Edge: Hashable, Sendable {
        /// The value, scaled as the points: there both centres are equally near.
        public let value: Double
        /// The cluster beyond.
        public let cluster: Int
    }

    /// The nearest edge below the row's value; nil when no smaller value leads elsewhere.
    public let below: Edge?
    /// The nearest edge above the row's value; nil when no greater value leads elsewhere.
    public let above: Edge?
}

extension KMeansModel {
    /// For each column, how far a row of a cluster may change in it alone before another cluster takes the row.
    ///
    /// Along a column the difference of the squared distances to two centres is a straight line, so each other centre has
    /// one edge, above or below: value + (d'² − d²) / (2 (c' − c)), for d and d' the distances to the own and the other
    /// centre and c and c' their values in the column. The nearest edge counts; of equal ones that of the lower number.
    ///
    /// - Parameters:
    ///   - point: a value a column, scaled as in training.
    ///   - cluster: the row's cluster.
    /// - Complexity: O(clusters × columns).
    public func reach(of point: [Double], in cluster: Int) -> [ClusterReach] {
        precondition(point.count == columnCount && centres.indices.contains(cluster))
        let squares = centres.map { centre in
            zip(point, centre).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        }
        return point.indices.map { column in
            var (below, above): (ClusterReach.Edge?, ClusterReach.Edge?)
            for other in centres.indices where other != cluster {
                let step = centres[other][column] - centres[cluster][column]
                guard step != 0 else { continue }
                let edge = ClusterReach.Edge(
                    value: point[column] + (squares[other] - squares[cluster]) / (2 * step), cluster: other)
                if step < 0, below.map({ edge.value > $0.value }) ?? true { below = edge }
                if step > 0, above.map({ edge.value < $0.value }) ?? true { above = edge }
            }
            return ClusterReach(below: below, above: above)
        }
    }
}
