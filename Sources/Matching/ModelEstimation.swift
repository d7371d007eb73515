import Foundation

/// Estimates a model without labels: u from pairs taken at random, each counted by its probability of not being one, m and
/// the share of matches by expectation and maximisation (Dempster, Laird & Rubin 1977) over the compared pairs.
///
/// Whether a pair is compared depends on its levels alone, so the compared pairs tell about all pairs: the share of
/// matches is one of all pairs, and pairs that were not compared count as not being one.
struct ModelEstimation {
    struct Column {
        let name: String
        let kind: ComparisonKind
        let missingShare: Double
    }

    let columns: [Column]
    let recordCount: Int
    /// Patterns of compared pairs; counts may be of a sample, then each stands for `sampling` pairs.
    let compared: [(pattern: UInt64, count: Int)]
    let sampling: Double
    /// Patterns of pairs taken at random.
    let random: [(pattern: UInt64, count: Int)]

    private static let maximumIterations = 200

    /// The model.
    func model() -> MatchModel {
        let levelCounts = columns.map { $0.kind.levels.count + 1 }
        let allPairs = max(1, Double(recordCount) * Double(recordCount - 1) / 2)
        var u = levelCounts.map { [Double](repeating: 1 / Double($0), count: $0) }
        update(&u, random, weights: random.map { Double($0.count) }, prior: 0.5)
        var m = columns.map { ModelEstimation.start($0.kind) }
        // A record in ten has a duplicate: where the estimate begins, not where it ends.
        var lambda = min(0.5, max(1 / allPairs, Double(recordCount) / 10 / allPairs))
        var iterations = 0
        for iteration in 1...ModelEstimation.maximumIterations {
            iterations = iteration
            let weights = self.weights(m, u)
            let prior = log(lambda / (1 - lambda))
            var expected = [Double](repeating: 0, count: compared.count)
            var total = 0.0
            for (place, entry) in compared.enumerated() {
                let odds = prior + logOdds(entry.pattern, weights)
                let probability = 1 / (1 + exp(-odds))
                expected[place] = probability * Double(entry.count) * sampling
                total += expected[place]
            }
            let before = m
            m = columns.map { ModelEstimation.start($0.kind) }
            update(&m, compared, weights: expected, prior: 2)
            m = m.map(ModelEstimation.bounded)
            let apart = random.map { entry -> Double in
                Double(entry.count) / (1 + exp(prior + logOdds(entry.pattern, weights)))
            }
            u = levelCounts.map { [Double](repeating: 1 / Double($0), count: $0) }
            update(&u, random, weights: apart, prior: 0.5)
            lambda = min(0.5, max(0.1 / allPairs, total / allPairs))
            let change = zip(before, m).flatMap { zip($0, $1).map { abs($0 - $1) } }.max() ?? 0
            if change < 1e-5 { break }
        }
        return finished(m, u, lambda, iterations)
    }

    private func finished(_ m: [[Double]], _ u: [[Double]], _ lambda: Double, _ iterations: Int) -> MatchModel {
        let weights = self.weights(m, u)
        return MatchModel(
            columns: columns.indices.map { number in
                let missing = weights[number][0] / log(2)
                return MatchModel.Column(
                    name: columns[number].name, kind: columns[number].kind,
                    levels: ["missing"] + columns[number].kind.levels, m: m[number], u: u[number],
                    weights: weights[number].map { $0 / log(2) }, missingShare: columns[number].missingShare,
                    missingMeaning: missing == 0 ? "no evidence" : missing < 0 ? "against" : "for")
            }, matchProbability: lambda, recordCount: recordCount, iterations: iterations, dependences: [])
    }

    /// Adds weighted patterns to the levels of each column and makes them probabilities; `prior` pairs stand there
    /// before, spread as the table is.
    private func update(
        _ tables: inout [[Double]], _ patterns: [(pattern: UInt64, count: Int)], weights: [Double], prior: Double
    ) {
        for number in tables.indices {
            var sums = tables[number].map { $0 * prior }
            for (place, entry) in patterns.enumerated() {
                sums[MatchModel.level(entry.pattern, number)] += weights[place]
            }
            let total = sums.reduce(0, +)
            tables[number] = sums.map { $0 / total }
        }
    }

    /// Natural logarithms of m / u by column and level: the more alike, the more for being one (levels out of order share
    /// their weight); what is missing says nothing.
    private func weights(_ m: [[Double]], _ u: [[Double]]) -> [[Double]] {
        columns.indices.map { number in
            // Among the pairs with both values.
            let (presentM, presentU) = (1 - m[number][0], 1 - u[number][0])
            var pools: [(m: Double, u: Double, count: Int)] = []
            for level in 1..<m[number].count {
                pools.append((m[number][level] / presentM, u[number][level] / presentU, 1))
                while pools.count > 1, let last = pools.last, last.m * pools[pools.count - 2].u < pools[pools.count - 2].m * last.u {
                    pools.removeLast()
                    let before = pools.removeLast()
                    pools.append((before.m + last.m, before.u + last.u, before.count + last.count))
                }
            }
            return [0] + pools.flatMap { Array(repeating: log($0.m / $0.u), count: $0.count) }
        }
    }

    private func logOdds(_ pattern: UInt64, _ weights: [[Double]]) -> Double {
        var sum = 0.0
        for number in weights.indices { sum += weights[number][MatchModel.level(pattern, number)] }
        return sum
    }

    /// The table of m with "apart" in at most half of the pairs that have both values: what is compared stays with a
    /// person, else the estimate could take "of one country" for "one person".
    private static func bounded(_ m: [Double]) -> [Double] {
        let present = 1 - m[0]
        let limit = mostApart * present
        guard m[1] > limit, present > m[1] else { return m }
        let scale = (present - limit) / (present - m[1])
        return m.indices.map { $0 == 0 ? m[0] : $0 == 1 ? limit : m[$0] * scale }
    }

    private static let mostApart = 0.5

    /// Where the estimate of m begins: records that are one mostly agree, and the less alike the rarer.
    private static func start(_ kind: ComparisonKind) -> [Double] {
        let count = kind.levels.count
        var table = (1...count).map { level in level == count ? 0.0 : 0.25 / Double(count - 1) }
        table[count - 1] = 0.7
        return [0.05] + table
    }
}
