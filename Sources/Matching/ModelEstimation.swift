import Foundation

/// Estimates a model without labels: u from pairs taken at random, each counted by its probability of not being one, m and
/// the share of matches by expectation and maximisation (Dempster, Laird & Rubin 1977) over the compared pairs.
///
/// Whether a pair is compared depends on its levels alone, so the compared pairs tell about all pairs: the share of
/// matches is one of all pairs, and pairs that were not compared count as not being one.
///
/// Columns that say the same thing do not count twice: u of a column is conditional on the level of the column it depends
/// on most (a tree of greatest mutual information: Chow & Liu 1968), as the city is on the postcode.
struct ModelEstimation {
    struct Column {
        let name: String
        let kind: ComparisonKind
        let missingShare: Double
    }

    let columns: [Column]
    let recordCount: Int
    /// Pairs that there are, where those are not all pairs of records.
    let pairCount: Double?
    /// Patterns of compared pairs; counts may be of a sample, then each stands for `sampling` pairs.
    let compared: [(pattern: UInt64, count: Int)]
    let sampling: Double
    /// Patterns of pairs taken at random.
    let random: [(pattern: UInt64, count: Int)]
    /// Patterns of pairs that a person, or their id, says are one.
    let decided: [UInt64]

    private static let maximumIterations = 100
    /// Rounds in which u and m are estimated in turn.
    private static let rounds = 3
    /// In how many of the pairs with both values records that are one may be apart, at most.
    private static let mostApart = 0.5
    /// How often that is halved for given names and birth dates.
    private static let halvings = 4

    /// The model.
    ///
    /// Given names and days of birth stay with a person. Where the estimate says that they are apart as often as it may
    /// say, it has found other pairs than those of one person, such as namesakes, who may outnumber them: it begins
    /// anew, and they may be apart half as often. Where that never ends, the first estimate stands.
    func model() -> MatchModel {
        let first = model(mostApart: ModelEstimation.mostApart)
        var limit = ModelEstimation.mostApart
        var estimated = first
        for _ in 0..<ModelEstimation.halvings {
            if !isAtLimit(estimated, limit) { return estimated }
            limit /= 2
            estimated = model(mostApart: limit)
        }
        return isAtLimit(estimated, limit) ? first : estimated
    }

    private func isAtLimit(_ model: MatchModel, _ limit: Double) -> Bool {
        model.columns.contains { $0.kind.isPersonal && $0.m[1] > 0.95 * limit * (1 - $0.m[0]) }
    }

    private func model(mostApart: Double) -> MatchModel {
        let allPairs = max(1, pairCount ?? Double(recordCount) * Double(recordCount - 1) / 2)
        func bounded(_ share: Double) -> Double { min(0.5, max(0.1 / allPairs, share)) }
        // First by what is generally so: records that are one mostly agree, one record in ten has a duplicate.
        var m = columns.map { ModelEstimation.start($0.kind) }
        var lambda = bounded(Double(recordCount) / 10 / allPairs)
        let counts = random.map { Double($0.count) }
        var tree = LevelTree(columns.map(\.kind), random, weights: counts, hasParents: false)
        for _ in 0..<5 { lambda = bounded(expected(m, tree, lambda).reduce(0, +) / allPairs) }
        var iterations = 0
        for _ in 0..<ModelEstimation.rounds {
            let weights = tree.weights(m: m)
            let prior = log(lambda / (1 - lambda))
            let apart = random.map { entry in
                Double(entry.count) / (1 + exp(prior + weights.sum(entry.pattern)))
            }
            tree = LevelTree(columns.map(\.kind), random, weights: apart, hasParents: true)
            for _ in 0..<ModelEstimation.maximumIterations {
                iterations += 1
                let expected = expected(m, tree, lambda)
                let before = m
                m = updated(expected, mostApart)
                lambda = bounded(expected.reduce(0, +) / allPairs)
                let change = zip(before, m).flatMap { zip($0, $1).map { abs($0 - $1) } }.max() ?? 0
                if change < 1e-5 { break }
            }
        }
        return finished(m, tree, lambda, iterations)
    }

    /// How many pairs of each compared pattern are one.
    private func expected(_ m: [[Double]], _ tree: LevelTree, _ lambda: Double) -> [Double] {
        let weights = tree.weights(m: m)
        let prior = log(lambda / (1 - lambda))
        return compared.map { entry in
            Double(entry.count) * sampling / (1 + exp(-prior - weights.sum(entry.pattern)))
        }
    }

    /// m from weighted patterns; two pairs stand there before, spread as at the start.
    private func updated(_ expected: [Double], _ mostApart: Double) -> [[Double]] {
        columns.indices.map { number in
            var sums = ModelEstimation.start(columns[number].kind).map { $0 * 2 }
            for (place, entry) in compared.enumerated() {
                sums[MatchModel.level(entry.pattern, number)] += expected[place]
            }
            for pattern in decided { sums[MatchModel.level(pattern, number)] += 1 }
            let total = sums.reduce(0, +)
            let limit = columns[number].kind.isPersonal ? mostApart : ModelEstimation.mostApart
            return ModelEstimation.bounded(sums.map { $0 / total }, limit)
        }
    }

    private func finished(_ m: [[Double]], _ tree: LevelTree, _ lambda: Double, _ iterations: Int) -> MatchModel {
        let tables = tree.tables(m: m)
        func bits(_ table: [[Double]]) -> [[Double]] { table.map { $0.map { $0 / log(2) } } }
        return MatchModel(
            columns: columns.indices.map { number in
                let parent = tree.parents[number]
                return MatchModel.Column(
                    name: columns[number].name, kind: columns[number].kind,
                    levels: ["missing"] + columns[number].kind.levels, m: m[number], u: tree.marginals[number],
                    dependsOn: parent,
                    uByParent: parent == nil ? [] : tree.conditionals[number],
                    weights: bits(tables.main[number]), alsoDependsOn: tree.others[number],
                    uByOther: tree.otherConditionals[number], otherWeights: bits(tables.other[number]),
                    uByBoth: tree.bothConditionals[number], bothWeights: tables.both[number].map { $0 / log(2) },
                    missingShare: columns[number].missingShare, missingMeaning: "no evidence", missing: nil)
            }, matchProbability: lambda, recordCount: recordCount, iterations: iterations)
    }

    /// The table of m with "apart" in at most that share of the pairs that have both values: what is compared stays with a
    /// person, else the estimate could take "of one country" for "one person".
    private static func bounded(_ m: [Double], _ mostApart: Double) -> [Double] {
        let present = 1 - m[0]
        let limit = mostApart * present
        guard m[1] > limit, present > m[1] else { return m }
        let scale = (present - limit) / (present - m[1])
        return m.indices.map { $0 == 0 ? m[0] : $0 == 1 ? limit : m[$0] * scale }
    }

    /// Where the estimate of m begins: records that are one mostly agree.
    private static func start(_ kind: ComparisonKind) -> [Double] {
        let count = kind.levels.count
        var table = (1...count).map { level in level == count ? 0.0 : 0.25 / Double(count - 1) }
        table[count - 1] = 0.7
        return [0.05] + table
    }
}
