import CKernels
import LinearAlgebra
import Statistics

/// Silhouettes of one set of rows under several clusterings, with each distance computed once.
///
/// Rows are judged by their distances to compared rows; both are either all rows or a random part of them. The judged
/// are among the compared. A clustering that has a small cluster adds rows of it, for itself alone.
struct SilhouetteSurvey: Sendable {
    /// Rows judged where not all are.
    static let judgedCount = 4_000
    /// Rows compared with where not all are.
    static let comparedCount = 100_000
    /// A cluster has at least so many judged rows, or all of its rows.
    static let leastJudged = 50
    /// A cluster has at least so many compared rows, or all of its rows.
    static let leastCompared = 500

    /// A clustering of the rows.
    private struct Level {
        /// Number of the level's first cluster among those of all levels.
        let base: Int
        /// Rows and weight of each cluster, of all rows.
        let counts: [Int]
        let masses: [Double]
    }

    /// A row under the levels: slots has a value a level; -1 where the row does not count.
    private struct Members {
        var rows: [Int]
        /// A level after the other, each with a slot for every row drawn so far.
        var slots: [[Int32]] = []

        mutating func add(_ rows: [Int], slot: Int32, level: Int) {
            guard !rows.isEmpty else { return }
            self.rows += rows
            for other in slots.indices {
                slots[other] += repeatElement(other == level ? slot : -1, count: rows.count)
            }
        }
    }

    private let rowCount: Int
    private let coordinates: @Sendable ([Int]) -> Matrix<Double>
    private let weights: [Double]?
    private var judged: Members
    private var compared: Members
    /// Rows of the random parts, before any cluster was filled up.
    private let baseCounts: (judged: Int, compared: Int)
    private var levels: [Level] = []
    private var clusterCount = 0
    private var generator: SeededGenerator

    init<Element>(
        _ points: Matrix<Element>, weights: [Double]?, judgedCount: Int, comparedCount: Int, seed: UInt64
    ) {
        precondition(weights.map { $0.count == points.rowCount } ?? true)
        var generator = SeededGenerator(seed: seed, stream: 0x5111)
        let compared = RowSample.draw(max(judgedCount, comparedCount), of: points.rowCount, using: &generator)
        let places = RowSample.draw(judgedCount, of: compared.count, using: &generator)
        rowCount = points.rowCount
        coordinates = { points.doubles($0) }
        self.weights = weights
        self.compared = Members(rows: compared)
        judged = Members(rows: places.map { compared[$0] })
        baseCounts = (places.count, compared.count)
        self.generator = generator
    }

    private func weight(_ row: Int) -> Double { weights.map { $0[row] } ?? 1 }

    /// Takes a clustering into the survey; false when silhouettes are not defined for it: one cluster, or as many as
    /// rows.
    mutating func add(_ labels: [UInt32]) -> Bool {
        precondition(labels.count == rowCount)
        let labelCount = labels.reduce(0) { max($0, Int($1) + 1) }
        var counts = [Int](repeating: 0, count: labelCount)
        var masses = [Double](repeating: 0, count: labelCount)
        for row in 0..<rowCount where weight(row) > 0 {
            counts[Int(labels[row])] += 1
            masses[Int(labels[row])] += weight(row)
        }
        let held = counts.count { $0 > 0 }
        guard held > 1, counts.reduce(0, +) > held else { return false }
        let level = levels.count
        levels.append(Level(base: clusterCount, counts: counts, masses: masses))
        judge(labels, level)
        clusterCount += labelCount
        return true
    }

    /// The drawn rows' slots of a new level, and what fills its small clusters up.
    private mutating func judge(_ labels: [UInt32], _ level: Int) {
        let base = Int32(levels[level].base)
        func slots(_ members: Members, _ count: Int) -> [Int32] {
            members.rows.enumerated().map { place, row in
                place < count && weight(row) > 0 ? base + Int32(labels[row]) : -1
            }
        }
        compared.slots.append(slots(compared, baseCounts.compared))
        judged.slots.append(slots(judged, baseCounts.judged))
        for (cluster, missing) in missing(compared, least: Self.leastCompared, level) {
            draw(
                missing, cluster, level, from: labels.indices.filter { labels[$0] == cluster && weight($0) > 0 },
                \.compared)
        }
        for (cluster, missing) in missing(judged, least: Self.leastJudged, level) {
            draw(missing, cluster, level, from: rows(compared, base + Int32(cluster), level), \.judged)
        }
    }

    /// The clusters that have fewer than `least` members, and more to give, with how many they lack.
    private func missing(_ members: Members, least: Int, _ level: Int) -> [(cluster: UInt32, count: Int)] {
        let (base, sizes) = (levels[level].base, levels[level].counts)
        var held = [Int](repeating: 0, count: sizes.count)
        for slot in members.slots[level] where slot >= 0 { held[Int(slot) - base] += 1 }
        return sizes.indices.compactMap { cluster in
            let wanted = min(least, sizes[cluster])
            return held[cluster] < wanted ? (UInt32(cluster), wanted - held[cluster]) : nil
        }
    }

    private func rows(_ members: Members, _ slot: Int32, _ level: Int) -> [Int] {
        members.rows.indices.filter { members.slots[level][$0] == slot }.map { members.rows[$0] }
    }

    /// Adds random rows of a cluster that are not there yet.
    private mutating func draw(
        _ count: Int, _ cluster: UInt32, _ level: Int, from candidates: [Int],
        _ members: WritableKeyPath<SilhouetteSurvey, Members>
    ) {
        let slot = Int32(levels[level].base) + Int32(cluster)
        let there = Set(rows(self[keyPath: members], slot, level))
        let others = candidates.filter { !there.contains($0) }
        let drawn = RowSample.draw(count, of: others.count, using: &generator).map { others[$0] }
        self[keyPath: members].add(drawn, slot: slot, level: level)
    }

    /// The silhouette of every judged row, a level after the other; NaN where the row does not count in the level.
    func values(parallel: Parallel) -> [[Double]] {
        guard !levels.isEmpty else { return [] }
        let lanes = Int(STRATA_SILHOUETTE_LANES)
        let others = coordinates(compared.rows)
        let rows = coordinates(judged.rows)
        let trash = UInt32(clusterCount)
        var slots = [UInt32](repeating: trash, count: compared.rows.count * levels.count)
        var sampled = [Double](repeating: 0, count: clusterCount)
        for level in levels.indices {
            for (place, slot) in compared.slots[level].enumerated() where slot >= 0 {
                slots[place * levels.count + level] = UInt32(slot)
                sampled[Int(slot)] += weight(compared.rows[place])
            }
        }
        let weights = weights.map { weights in compared.rows.map { weights[$0] } }
        let blockCount = (judged.rows.count + lanes - 1) / lanes
        let blocks = parallel.map(blockCount) { block -> [Double] in
            let range = block * lanes..<min(judged.rows.count, (block + 1) * lanes)
            var sums = [Double](repeating: 0, count: (clusterCount + 1) * lanes)
            var transposed = [Double](repeating: 0, count: rows.columnCount * lanes)
            for (lane, row) in range.enumerated() {
                for column in 0..<rows.columnCount { transposed[column * lanes + lane] = rows[row, column] }
            }
            weights.withBase(0) {
                strata_silhouette_sums(
                    transposed, others.elements, $0, compared.rows.count, rows.columnCount, slots, levels.count, &sums)
            }
            return levels.indices.flatMap { level in
                range.enumerated().map { lane, row in
                    value(row, level) { sums[$0 * lanes + lane] / (sampled[$0] - $1) }
                }
            }
        }
        return levels.indices.map { level in
            blocks.flatMap { block in
                let count = block.count / levels.count
                return block[level * count..<(level + 1) * count]
            }
        }
    }

    /// The silhouette of a judged row from its mean distances: to a cluster whose sampled weight is less by so much.
    private func value(_ row: Int, _ level: Int, mean: (_ cluster: Int, _ less: Double) -> Double) -> Double {
        let own = Int(judged.slots[level][row])
        guard own >= 0 else { return .nan }
        let (base, counts) = (levels[level].base, levels[level].counts)
        guard counts[own - base] > 1 else { return 0 }
        var outer = Double.infinity
        for cluster in counts.indices where counts[cluster] > 0 && base + cluster != own {
            outer = min(outer, mean(base + cluster, 0))
        }
        return Silhouette.value(inner: mean(own, weight(judged.rows[row])), outer: outer)
    }

    /// The means of every level.
    func silhouettes(parallel: Parallel) -> [Silhouette] {
        zip(levels.indices, values(parallel: parallel)).map(silhouette)
    }

    private func silhouette(_ level: Int, _ values: [Double]) -> Silhouette {
        let (base, counts, masses) = (levels[level].base, levels[level].counts, levels[level].masses)
        var sums = [(weight: Double, value: Double, count: Int)](repeating: (0, 0, 0), count: counts.count)
        let members = values.indices.filter { judged.slots[level][$0] >= 0 }
        for place in members {
            let (cluster, weight) = (Int(judged.slots[level][place]) - base, weight(judged.rows[place]))
            sums[cluster].weight += weight
            sums[cluster].value += weight * values[place]
            sums[cluster].count += 1
        }
        let means = sums.map { $0.count > 0 ? $0.value / $0.weight : nil }
        var residuals = [Double](repeating: 0, count: counts.count)
        for place in members {
            let (cluster, weight) = (Int(judged.slots[level][place]) - base, weight(judged.rows[place]))
            let residual = weight * (values[place] - (means[cluster] ?? 0))
            residuals[cluster] += residual * residual
        }
        let total = masses.reduce(0, +)
        var (mean, variance) = (0.0, 0.0)
        for cluster in counts.indices {
            guard let own = means[cluster] else { continue }
            let share = masses[cluster] / total
            mean += share * own
            let count = Double(sums[cluster].count)
            guard count > 1 else { continue }
            // The variance of a ratio of means (Cochran 1977, 6.4), which without weights is that of a mean.
            let average = sums[cluster].weight / count
            variance +=
                share * share * (1 - count / Double(counts[cluster]))
                * residuals[cluster] / (average * average * count * (count - 1))
        }
        let isWhole = baseCounts.judged == rowCount && baseCounts.compared == rowCount
        return Silhouette(
            mean: mean, clusterMeans: means, standardError: isWhole ? nil : variance.squareRoot(),
            judgedRowCount: members.count, comparedRowCount: compared.slots[level].count { $0 >= 0 })
    }
}
