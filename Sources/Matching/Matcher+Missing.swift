import Foundation
import Statistics

extension Matcher {
    /// Pairs by which it is decided what missing values mean, at most.
    private static let missingPairCount = 1_000_000

    /// The model with what missing values mean, decided column by column.
    func withMissingValues(_ model: MatchModel) -> MatchModel {
        let candidates = forms.indices.filter { number in
            let missing = codes[number].count { $0 < 0 }
            return missing > 0 && missing < codes[number].count
        }
        guard !candidates.isEmpty else { return model }
        let sums = missingSums(model, candidates)
        let findings = sums.map { MissingEvidence.finding($0, recordCount: table.rowCount) }
        // Columns that miss their values together say one thing: that of the greatest gain counts.
        var counting: [Int] = []
        var places: [Int: Int] = [:]
        let order = candidates.indices.filter { MissingEvidence.isEvidence(gain: findings[$0].gain) }
            .sorted { (findings[$1].gain, $0) < (findings[$0].gain, $1) }
        for place in order {
            if let other = counting.first(where: { missTogether(candidates[$0], candidates[place]) }) {
                places[place] = other
            } else {
                counting.append(place)
            }
        }
        var result = model
        for (place, number) in candidates.enumerated() {
            let (m, u, gain) = findings[place]
            let counts = counting.contains(place)
            let other = places[place].map { model.columns[candidates[$0]].name }
            result.columns[number].missing = MissingMeaning(
                isEvidence: counts, m: .init(m), u: .init(u),
                bits: .init(counts ? zip(m, u).map { log2($0 / $1) } : [0, 0, 0]), gain: gain, countsIn: other)
            result.columns[number].missingMeaning =
                counts ? "evidence" : other.map { "evidence, counted in \($0)" } ?? "no evidence"
        }
        return result
    }

    /// Sums of the compared pairs, of a sample where they are very many, for each candidate column.
    private func missingSums(_ model: MatchModel, _ candidates: [Int]) -> [MissingEvidence.Sums] {
        let evidence = MissingEvidence(model)
        // The rules that bring pairs together without a column.
        let without = candidates.map { number in
            blocking.rules.indices.prefix(64).reduce(UInt64(0)) { mask, rule in
                blocking.rules[rule].columns.contains(compared[number]) ? mask : mask | 1 << UInt64(rule)
            }
        }
        let comparers = (0..<parallel.threadCount).map { _ in comparer() }
        let portions = blocking.portions()
        let mask = sampleMask(Matcher.missingPairCount)
        let scale = Int(mask) + 1
        let none = [MissingEvidence.Sums](repeating: .init(), count: candidates.count)
        let parts = parallel.map(portions.count) { number, worker -> [MissingEvidence.Sums] in
            var sums = none
            blocking.forEachPair(of: portions[number]) { left, right in
                let (a, b) = (min(left, right), max(left, right))
                let hash = Matcher.hash(a, b)
                if hash & mask != 0 || !isCounted(a, b) { return }
                let rules = blocking.rulesHolding(a, b)
                let pattern = comparers[worker].pattern(a, b)
                let total = evidence.total(pattern)
                for (place, column) in candidates.enumerated() where rules & without[place] != 0 {
                    evidence.add(
                        pattern, total: total, column: column, half: Int(hash >> 63), count: 1, to: &sums[place])
                }
            }
            return sums
        }
        var sums = none
        for part in parts { for place in sums.indices { sums[place].add(part[place]) } }
        for group in 0..<distinct.count {
            let size = distinct.members(of: group).count
            if size < 2 { continue }
            let pattern = selfPattern(group)
            let total = evidence.total(pattern)
            for (place, column) in candidates.enumerated() {
                evidence.add(
                    pattern, total: total, column: column, half: Int(Matcher.hash(group, group) >> 63),
                    count: Double(max(1, (size - 1) / scale)), to: &sums[place])
            }
        }
        return sums
    }

    /// Whether two columns miss their values in the same records, more or less often than by chance: mutual information
    /// beyond three times its one degree of freedom, as between the columns of the tree.
    private func missTogether(_ first: Int, _ second: Int) -> Bool {
        var cells = [0.0, 0.0, 0.0, 0.0]
        for record in codes[first].indices {
            cells[(codes[first][record] < 0 ? 2 : 0) + (codes[second][record] < 0 ? 1 : 0)] += 1
        }
        let total = cells.reduce(0, +)
        var information = 0.0
        for place in 0..<4 where cells[place] > 0 {
            let (row, column) = (place & 2, place & 1)
            let expected = (cells[row] + cells[row + 1]) * (cells[column] + cells[column + 2]) / total
            information += cells[place] * log(cells[place] / expected)
        }
        return 2 * information > 3
    }
}
