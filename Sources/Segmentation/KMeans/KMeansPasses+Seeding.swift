import CKernels
import Statistics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension KMeansPasses {
    /// Centres by greedy k-means++: the first is a random row; each further one is the best of 2 + ⌊ln k⌋ random rows,
    /// drawn in proportion to weight × squared distance to the nearest centre so far, best being the one that leaves
    /// the least sum of those; of equal ones the first drawn.
    ///
    /// - Complexity: O(rows × columns × clusters × ln clusters).
    func seeds(_ count: Int, using generator: inout SeededGenerator) -> KMeansCentres {
        let trialCount = 2 + Int(log(Double(count)))
        var closest = [Double](repeating: .infinity, count: data.rowCount)
        closest.append(contentsOf: repeatElement(0, count: CentredPoints.padded(data.rowCount) - data.rowCount))
        var first = generator.index(below: data.rowCount)
        if weights != nil {
            let ones = [Double](repeating: 1, count: data.rowCount)
            first = draw(closest: ones, using: &generator)
        }
        var exact = data.row(first)
        approach(exact, &closest)
        for _ in 1..<count {
            let trials = (0..<trialCount).flatMap { _ in data.row(draw(closest: closest, using: &generator)) }
            let potentials = potentials(trials, closest: closest)
            let best = potentials.indices.min { potentials[$0] < potentials[$1] } ?? 0
            let chosen = Array(trials[best * data.stride..<(best + 1) * data.stride])
            exact += chosen
            approach(chosen, &closest)
        }
        return KMeansCentres(exact: exact, columnCount: data.columnCount)
    }

    /// A random row, in proportion to weight × closest.
    private func draw(closest: [Double], using generator: inout SeededGenerator) -> Int {
        let shares = parallel.map(blocks.count) { block in
            var sum = 0.0
            for row in blocks.rows(block) { sum += weight(row) * closest[row] }
            return sum
        }
        var rest = generator.unit() * shares.reduce(0, +)
        var last = 0
        for block in 0..<blocks.count {
            if rest >= shares[block] {
                rest -= shares[block]
                continue
            }
            for row in blocks.rows(block) {
                let share = weight(row) * closest[row]
                if share > 0 { last = row }
                if rest < share { return row }
                rest -= share
            }
        }
        // Rounding may leave a rest past the end: the last row that could be drawn.
        if last == 0 { last = (0..<data.rowCount).last { weight($0) * closest[$0] > 0 } ?? 0 }
        return last
    }

    /// For each candidate the sum over the rows of weight × squared distance to the nearer of it and the centres so far.
    private func potentials(_ candidates: [Double], closest: [Double]) -> [Double] {
        let count = candidates.count / data.stride
        let parts = parallel.map(blocks.count) { block in
            var potentials = [Double](repeating: 0, count: count)
            closest.withUnsafeBufferPointer { closest in
                data.forEachChunk(blocks.rows(block)) { points, rows in
                    weights.withBase(rows.lowerBound) { weights in
                        strata_kmeans_potentials(
                            points, weights, rows.count, data.stride, candidates, count,
                            closest.baseAddress.map { $0 + rows.lowerBound }, &potentials)
                    }
                }
            }
            return potentials
        }
        var total = [Double](repeating: 0, count: count)
        for part in parts { for index in 0..<count { total[index] += part[index] } }
        return total
    }

    /// Takes a new centre into the squared distances to the nearest.
    func approach(_ candidate: [Double], _ closest: inout [Double]) {
        closest.withUnsafeMutableBufferPointer { closest in
            guard let base = closest.baseAddress else { return }
            let target = UncheckedSendable(base)
            parallel.forEach(blocks.count) { block, _ in
                data.forEachChunk(blocks.rows(block)) { points, rows in
                    strata_kmeans_approach(
                        points, rows.count, data.stride, candidate, target.value + rows.lowerBound)
                }
            }
        }
    }
}
