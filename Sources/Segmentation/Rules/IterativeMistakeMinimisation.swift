import CustomerData
import Statistics

/// Clusters as a tree of thresholds with one leaf each: Iterative Mistake Minimisation (Dasgupta, Frost, Moshkovitz &
/// Rashtchian 2020, algorithm 1).
///
/// A node holds several centres, and the rows that have not parted from theirs. It is split by the threshold of one
/// feature that parts at least two of its centres with the fewest mistakes: rows whose centre goes to the other side. These
/// rows count no more below. The cost of the partition is at most O(k²) times that of the clusters (their theorem 3).
///
/// - Of equally few mistakes the wider gap between the rows on either side decides, as a share of the distance between
///   the node's outermost centres in that feature; then the feature further left.
/// - Any threshold between the neighbouring rows makes the same mistakes: the roundest number there is taken. (A centre
///   that lies between the same rows is on the side of its leaf, whatever the number.)
/// - Clusters whose centres are equal can't be parted: they share a leaf, that of the one with most rows there.
/// - A row of weight 0 counts as no mistake.
/// - Of a table of more than 400,000 values a random part of the rows of so many is taken, the same every time, since the
///   columns are sorted in memory: thresholds are then those of the part. `RuleQuality` is of all rows.
public struct IterativeMistakeMinimisation: Sendable {
    /// Values that are sorted, at most.
    static let valueLimit = 400_000

    /// The method; there is nothing to choose.
    public init() {}

    /// The tree of clusters that were found before.
    ///
    /// - Parameters:
    ///   - table: the rows, in the units that the rules are to speak of; all values finite.
    ///   - labels: each row's cluster, an index of the centres.
    ///   - centres: a value a column, in the same units.
    ///   - weights: one a row, not negative; nil when every row weighs 1.
    ///   - parallel: the threads; the result does not depend on their number.
    /// - Throws: a data problem: no rows or columns, a value that is not finite, parts that don't fit together.
    /// - Complexity: O(rows × columns × depth) after one radix sort a column, for at most `valueLimit` values, of which each
    ///   takes 8 bytes.
    public func fit(
        _ table: FeatureTable, labels: [UInt32], centres: [[Double]], weights: [Double]? = nil,
        parallel: Parallel = Parallel()
    ) throws -> ThresholdTree {
        let columnCount = table.columns.count
        guard columnCount > 0 else { throw Problem(.data, "no columns to make rules of") }
        guard table.rowCount > 0 else { throw Problem(.data, "no rows to make rules of") }
        guard labels.count == table.rowCount else {
            throw Problem(.data, "\(labels.count) labels for \(table.rowCount) rows")
        }
        guard weights.map({ $0.count == table.rowCount }) ?? true else {
            throw Problem(.data, "\(weights?.count ?? 0) weights for \(table.rowCount) rows")
        }
        guard centres.allSatisfy({ $0.count == columnCount && $0.allSatisfy(\.isFinite) }),
            let largest = labels.max(), Int(largest) < centres.count
        else { throw Problem(.data, "labels, centres and rows don't fit together") }
        if let place = table.values.firstIndex(where: { !$0.isFinite }) {
            let (row, column) = place.quotientAndRemainder(dividingBy: columnCount)
            throw Problem(
                .data,
                "row \(row) (the first is 0), column \"\(table.columns[column].name)\": expected a finite number")
        }
        let limit = max(1, IterativeMistakeMinimisation.valueLimit / columnCount)
        guard table.rowCount <= limit else {
            var generator = SeededGenerator(seed: 1, stream: 0)
            let rows = RowSample.draw(limit, of: table.rowCount, using: &generator)
            return try fit(
                table.rows(rows), labels: rows.map { labels[$0] }, centres: centres,
                weights: weights.map { weights in rows.map { weights[$0] } }, parallel: parallel)
        }
        let nodes = table.values.withView { values in
            labels.withUnsafeBufferPointer { labels in
                func grown(_ weights: UnsafeBufferPointer<Double>?) -> [ThresholdTree.Node] {
                    let sweep = MistakeSweep(
                        values: values, columnCount: columnCount, labels: labels, weights: weights)
                    return TreeGrowth(sweep: sweep, centres: centres, parallel: parallel).nodes()
                }
                return weights.map { $0.withUnsafeBufferPointer { grown($0) } } ?? grown(nil)
            }
        }
        return ThresholdTree(features: table.columns.map(\.name), nodes: nodes)
    }
}

/// Grows a tree from its root.
private struct TreeGrowth {
    let sweep: MistakeSweep
    let centres: [[Double]]
    let parallel: Parallel

    /// A node that is still to be split or closed.
    private struct Open {
        let place: Int
        /// The node's rows, ascending in each column.
        let orders: [[UInt32]]
        let clusters: [Int]
    }

    func nodes() -> [ThresholdTree.Node] {
        var nodes: [ThresholdTree.Node] = [.leaf(cluster: 0)]
        var open = [Open(place: 0, orders: sorted(), clusters: Array(centres.indices))]
        while let node = open.popLast() {
            let totals = totals(of: node)
            guard node.clusters.count > 1, let cut = best(node, totals) else {
                nodes[node.place] = .leaf(cluster: node.clusters.max { totals[$0] < totals[$1] } ?? 0)
                continue
            }
            let threshold = RoundNumber.within(cut.low, cut.high)
            let (low, high) = parts(of: node, cut, threshold: threshold)
            nodes[node.place] = .split(
                feature: cut.column, threshold: threshold, low: nodes.count, high: nodes.count + 1)
            let isLow = { centres[$0][cut.column] <= cut.centreLimit }
            open.append(Open(place: nodes.count, orders: low, clusters: node.clusters.filter(isLow)))
            open.append(
                Open(place: nodes.count + 1, orders: high, clusters: node.clusters.filter { !isLow($0) }))
            nodes += [.leaf(cluster: 0), .leaf(cluster: 0)]
        }
        return nodes
    }

    /// All rows, ascending in each column.
    private func sorted() -> [[UInt32]] {
        let shared = UncheckedSendable(sweep)
        return parallel.map(sweep.columnCount) { column in
            let sweep = shared.value
            return RadixSort.order(
                of: sweep.labels.indices.map { RadixSort.key(sweep.values[$0 * sweep.columnCount + column]) })
        }
    }

    /// Weight of the node's rows by cluster.
    private func totals(of node: Open) -> [Double] {
        var totals = [Double](repeating: 0, count: centres.count)
        for row in node.orders[0] { totals[Int(sweep.labels[Int(row)])] += sweep.weights.map { $0[Int(row)] } ?? 1 }
        return totals
    }

    private func best(_ node: Open, _ totals: [Double]) -> MistakeCut? {
        let shared = UncheckedSendable(sweep)
        let cuts = parallel.map(sweep.columnCount) { column in
            let found = node.clusters.map { (value: centres[$0][column], cluster: $0) }.sorted {
                ($0.value, $0.cluster) < ($1.value, $1.cluster)
            }
            return shared.value.best(column: column, order: node.orders[column], centres: found, totals: totals)
        }
        return cuts.compactMap(\.self).reduce(nil) { best, cut in
            best.map { cut.isBetter(than: $0) ? cut : $0 } ?? cut
        }
    }

    /// The rows of either side that have not parted from their centres, ascending in each column.
    private func parts(
        of node: Open, _ cut: MistakeCut, threshold: Double
    ) -> (low: [[UInt32]], high: [[UInt32]]) {
        let isLow = centres.map { $0[cut.column] <= cut.centreLimit }
        // 0 for the low side, 1 for the high side, 2 for a row that parts from its centre.
        var sides = [UInt8](repeating: 2, count: sweep.labels.count)
        var counts = [0, 0]
        for row in node.orders[0] {
            let isBelow = sweep.values[Int(row) * sweep.columnCount + cut.column] <= threshold
            guard isLow[Int(sweep.labels[Int(row)])] == isBelow else { continue }
            sides[Int(row)] = isBelow ? 0 : 1
            counts[isBelow ? 0 : 1] += 1
        }
        let (lowCount, highCount) = (counts[0], counts[1])
        let parts = parallel.map(sweep.columnCount) { position -> [[UInt32]] in
            [(UInt8(0), lowCount), (1, highCount)].map { side, count in
                TreeGrowth.rows(of: node.orders[position], on: side, sides, count: count)
            }
        }
        return (parts.map { $0[0] }, parts.map { $0[1] })
    }

    /// The rows on a side, in their order.
    private static func rows(of order: [UInt32], on side: UInt8, _ sides: [UInt8], count: Int) -> [UInt32] {
        [UInt32](unsafeUninitializedCapacity: count) { buffer, initialized in
            sides.withUnsafeBufferPointer { sides in
                for row in order where sides[Int(row)] == side {
                    buffer.initializeElement(at: initialized, to: row)
                    initialized += 1
                }
            }
        }
    }
}
