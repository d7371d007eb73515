import CustomerData

/// A threshold of one column that parts the centres of a node, and what it costs.
struct MistakeCut {
    /// The column.
    let column: Int
    /// Centres of at most this value go to the low side.
    let centreLimit: Double
    /// Greatest value of a row on the low side; of a centre where there is no row.
    let low: Double
    /// Least value of a row on the high side; of a centre where there is no row.
    let high: Double
    /// Weight of the rows that would part from their centres.
    let mistakes: Double
    /// high − low, in units of the distance between the node's outermost centres. Any threshold from `low` to less than
    /// `high` parts the rows alike.
    let gap: Double

    /// Whether this one is to be preferred: fewer mistakes, then the wider gap, then the column further left.
    func isBetter(than other: MistakeCut) -> Bool {
        if mistakes != other.mistakes { return mistakes < other.mistakes }
        if gap != other.gap { return gap > other.gap }
        return column < other.column
    }
}

/// One pass over a column's rows in ascending order, with the centres among them.
struct MistakeSweep {
    /// The rows' values, row-major.
    let values: FeatureValues.View
    let columnCount: Int
    let labels: UnsafeBufferPointer<UInt32>
    /// One a row; nil for 1.
    let weights: UnsafeBufferPointer<Double>?

    /// The cut of a column with the fewest mistakes; nil when the centres agree in it.
    ///
    /// While the threshold rises past a row, the row goes to the low side: a mistake if its centre is not there yet, and
    /// one less if it is. As it rises past a centre, the rows of its cluster that are there already become right, and
    /// those that are not become mistakes.
    ///
    /// - Parameters:
    ///   - order: the node's rows, ascending in the column.
    ///   - centres: the node's centres, ascending in the column.
    ///   - totals: weight of the node's rows by cluster.
    func best(
        column: Int, order: [UInt32], centres: [(value: Double, cluster: Int)], totals: [Double]
    ) -> MistakeCut? {
        guard let first = centres.first?.value, let last = centres.last?.value, first < last else { return nil }
        var passed = [Double](repeating: 0, count: totals.count)
        var isLow = [Bool](repeating: false, count: totals.count)
        var mistakes = 0.0
        var best: MistakeCut?
        var (row, centre) = (0, 0)
        // Rows are far apart in memory: each value is fetched once.
        func value(_ row: Int) -> Double {
            row < order.count ? values[Int(order[row]) * columnCount + column] : .infinity
        }
        var upcoming = value(0)
        var previous: Double?
        while true {
            // The next distinct value of a row or centre, and everything that has it.
            let next = min(upcoming, centres[centre].value)
            guard next < last else { break }
            while upcoming == next {
                let number = Int(order[row])
                let label = Int(labels[number])
                let weight = weights.map { $0[number] } ?? 1
                passed[label] += weight
                mistakes += isLow[label] ? -weight : weight
                row += 1
                previous = next
                upcoming = value(row)
            }
            while centres[centre].value == next {
                let cluster = centres[centre].cluster
                isLow[cluster] = true
                mistakes += totals[cluster] - 2 * passed[cluster]
                centre += 1
            }
            guard next >= first else { continue }
            let low = previous ?? next
            let high = row < order.count ? upcoming : centres[centre].value
            let cut = MistakeCut(
                column: column, centreLimit: next, low: low, high: high, mistakes: mistakes,
                gap: (high - low) / (last - first))
            if best.map(cut.isBetter(than:)) ?? true { best = cut }
        }
        return best
    }
}
