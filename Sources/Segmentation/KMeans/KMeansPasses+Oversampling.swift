import LinearAlgebra
import Statistics

extension KMeansPasses {
    /// Rounds in which candidates are drawn. After two, a small group near a large one was missed in one of sixteen starts;
    /// after three in none of forty.
    private static let rounds = 3
    /// Candidates drawn in a round, in expectation, for each centre.
    private static let oversampling = 2.0
    /// Choices among the candidates, of which the best is taken: they are few.
    private static let trials = 5

    /// Centres by k-means‖ (Bahmani, Moseley, Vattani, Kumar & Vassilvitskii 2012): after a random first row, every round
    /// draws each row by itself with the probability 2k · weight × squared distance to the nearest candidate so far / the
    /// sum of those. Every candidate then weighs what the rows nearest to it weigh, and the best of five greedy
    /// k-means++ chooses among them.
    ///
    /// - Complexity: O(rows × columns × clusters), in four passes over the rows.
    func oversampledSeeds(_ count: Int, using generator: inout SeededGenerator) -> KMeansCentres {
        var candidates = Candidates(rowCount: data.rowCount)
        candidates.rows = [firstSeed(using: &generator)]
        take(candidates.rows, first: 0, into: &candidates)
        for _ in 0..<Self.rounds {
            let drawn = draw(candidates.closest, expecting: Self.oversampling * Double(count), using: &generator)
            let first = candidates.rows.count
            candidates.rows += drawn
            take(drawn, first: first, into: &candidates)
        }
        let weights = masses(candidates)
        let chosen = weights.indices.filter { weights[$0] > 0 }
        guard
            let among = choosing(chosen.map { candidates.rows[$0] }, weights: chosen.map { weights[$0] }),
            DistinctRows.count(among.data, weights: nil, enough: count) >= count
        else { return seeds(count, using: &generator) }
        var best = among.seeds(count, using: &generator)
        var least = among.labelled(best).inertia
        for _ in 1..<Self.trials {
            let next = among.seeds(count, using: &generator)
            let inertia = among.labelled(next).inertia
            if inertia < least { (best, least) = (next, inertia) }
        }
        return best
    }

    /// Some of the rows by themselves, less the same origin; nil should their floats overflow.
    func choosing(_ rows: [Int], weights: [Double]?) -> KMeansPasses? {
        let points = Matrix<Float>(
            rowCount: rows.count, columnCount: data.columnCount,
            elements: rows.flatMap { data.row($0)[..<data.columnCount].map { Float($0) } })
        // They are centred already.
        let origin = [Double](repeating: 0, count: data.columnCount)
        let chosen = try? CentredPoints(points, weights: weights, origin: origin, columnNames: [], parallel: parallel)
        return chosen.map { KMeansPasses(data: $0, weights: weights, parallel: parallel) }
    }

    private struct Candidates {
        /// Their rows.
        var rows: [Int] = []
        /// The squared distance of each row of the data to the nearest candidate.
        var closest: [Double]
        /// The number of that candidate.
        var nearest: [UInt32]

        init(rowCount: Int) {
            closest = Array(repeating: .infinity, count: rowCount)
            nearest = Array(repeating: 0, count: rowCount)
        }
    }

    /// A random row, in proportion to its weight.
    private func firstSeed(using generator: inout SeededGenerator) -> Int {
        guard let weights else { return generator.index(below: data.rowCount) }
        var rest = generator.unit() * weights.reduce(0, +)
        for (row, weight) in weights.enumerated() where weight > 0 {
            if rest < weight { return row }
            rest -= weight
        }
        return weights.lastIndex { $0 > 0 } ?? 0
    }

    /// Takes new candidates into the distances to the nearest.
    private func take(_ rows: [Int], first: Int, into candidates: inout Candidates) {
        guard !rows.isEmpty else { return }
        let centres = KMeansCentres(exact: rows.flatMap { data.row($0) }, columnCount: data.columnCount)
        let found = nearest(centres, path: Path(columnCount: data.columnCount))
        candidates.closest.withUnsafeMutableBufferPointer { closest in
            candidates.nearest.withUnsafeMutableBufferPointer { nearest in
                let targets = UncheckedSendable((closest: closest, nearest: nearest))
                parallel.forEach(blocks.count) { block, _ in
                    for row in blocks.rows(block) {
                        let square = found.distances[row] * found.distances[row]
                        guard square < targets.value.closest[row] else { continue }
                        targets.value.closest[row] = square
                        targets.value.nearest[row] = UInt32(first) + found.labels[row]
                    }
                }
            }
        }
    }

    /// Rows drawn each by itself, so many in expectation, in proportion to weight × closest.
    private func draw(_ closest: [Double], expecting count: Double, using generator: inout SeededGenerator) -> [Int] {
        let sum = parallel.map(blocks.count) { block in
            blocks.rows(block).reduce(0.0) { $0 + weight($1) * closest[$1] }
        }.reduce(0, +)
        let seed = generator.next()
        guard sum > 0 else { return [] }
        return parallel.map(blocks.count) { block -> [Int] in
            var generator = SeededGenerator(seed: seed, stream: UInt64(block))
            return blocks.rows(block).filter { row in
                generator.unit() * sum < count * weight(row) * closest[row]
            }
        }.flatMap(\.self)
    }

    /// What the rows nearest to each candidate weigh.
    private func masses(_ candidates: Candidates) -> [Double] {
        var masses = [Double](repeating: 0, count: candidates.rows.count)
        for row in 0..<data.rowCount { masses[Int(candidates.nearest[row])] += weight(row) }
        return masses
    }
}
