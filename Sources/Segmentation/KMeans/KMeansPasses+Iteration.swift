import CKernels

extension KMeansPasses {
    /// Lloyd's iterations from a start: at most `maxIterations`, until the squared shift of all centres together is at
    /// most `tolerance`.
    func iterate(
        from start: KMeansCentres, maxIterations: Int, tolerance: Double, path: Path
    ) -> (centres: KMeansCentres, iterations: Int, converged: Bool) {
        var centres = start
        for iteration in 1...maxIterations {
            var (sums, masses) = sums(centres, path: path)
            if masses.contains(0) { (sums, masses) = sumsAfterRelocation(centres, path: path) }
            var next = centres.exact
            var shift = 0.0
            for cluster in 0..<centres.count where masses[cluster] > 0 {
                for index in cluster * centres.stride..<(cluster + 1) * centres.stride {
                    next[index] = sums[index] / masses[cluster]
                    shift += (next[index] - centres.exact[index]) * (next[index] - centres.exact[index])
                }
            }
            centres = KMeansCentres(exact: next, columnCount: centres.columnCount)
            if shift <= tolerance { return (centres, iteration, true) }
        }
        return (centres, maxIterations, false)
    }

    /// The sums once every empty cluster has been given a row: the empty ones, in order, take the row of positive
    /// weight that lies farthest from its centre and from the rows given so far, of equal ones the first, out of a
    /// cluster that keeps another such row.
    ///
    /// With as many distinct rows of positive weight as clusters there always is one: fewer places than clusters are
    /// taken, so some cluster holds rows at two places that are not, and one of them is no centre.
    private func sumsAfterRelocation(_ centres: KMeansCentres, path: Path) -> (sums: [Double], masses: [Double]) {
        var (labels, closest) = nearest(centres, path: path)
        closest.append(contentsOf: repeatElement(0, count: data.paddedRowCount - data.rowCount))
        var counts = [Int](repeating: 0, count: centres.count)
        for row in 0..<data.rowCount where weight(row) > 0 { counts[Int(labels[row])] += 1 }
        for cluster in 0..<centres.count where counts[cluster] == 0 {
            var farthest: Int?
            var distance = 0.0
            for row in 0..<data.rowCount where closest[row] > distance {
                if weight(row) > 0, counts[Int(labels[row])] > 1 { (farthest, distance) = (row, closest[row]) }
            }
            guard let farthest else { break }
            counts[Int(labels[farthest])] -= 1
            counts[cluster] = 1
            labels[farthest] = UInt32(cluster)
            approach(candidate(farthest), &closest)
        }
        return sums(centres, labels: labels)
    }
}
