import Foundation

/// Bits for two records being one, by tables: prior, level of each column, term frequencies.
struct PairScorer: Sendable {
    let prior: Float
    private let weights: LevelWeights
    /// How much of the term frequency counts at a level.
    private let shares: LevelWeights
    private let equalLevels: [Int]
    private let frequencies: TermFrequencies
    private let codes: [[Int32]]
    private let household: HouseholdRule

    init(_ model: MatchModel, forms: [ValueForms], tableCodes: [[Int32]], codes: [[Int32]]) {
        prior = Float(model.priorWeight)
        var weights = model.levelWeights
        for (number, column) in model.columns.enumerated() {
            guard let bits = column.missing?.bits else { continue }
            weights.setMissing(number, present: bits.present, one: bits.one, both: bits.both)
        }
        self.weights = weights
        shares = LevelWeights(
            parents: model.columns.map(\.dependsOn), others: model.columns.map(\.alsoDependsOn),
            main: model.columns.map { PairScorer.shares($0, $0.dependsOn == nil ? [$0.u] : $0.uByParent) },
            other: model.columns.map { PairScorer.shares($0, $0.uByOther) },
            both: model.columns.map { PairScorer.shares($0, [[]] + [$0.uByBoth])[1] })
        equalLevels = model.columns.map(\.kind.equalLevel)
        frequencies = TermFrequencies(forms, codes: tableCodes, model: model)
        self.codes = codes
        household = HouseholdRule(model)
    }

    /// The more another column already tells, the less the value's own rarity does: by its level and the column's.
    private static func shares(_ column: MatchModel.Column, _ rows: [[Double]]) -> [[Double]] {
        rows.enumerated().map { row, u in
            u.indices.map { level in
                guard column.dependsOn != nil, row > 0, level > 0 else { return 1 }
                let own = column.u[level] / max(1e-12, 1 - column.u[0])
                return min(1, max(0, log(u[level]) / log(min(own, 0.999999))))
            }
        }
    }

    /// Bits that a column's level gives, with the frequency of its value where both have the same.
    @inline(__always)
    func columnWeight(_ column: Int, _ pattern: UInt64, _ left: Int, _ right: Int) -> Float {
        // With 15 for "missing in both".
        let level = Int(truncatingIfNeeded: pattern >> UInt64(4 * column)) & 15
        var weight = Float(weights.weight(column, pattern))
        if level >= equalLevels[column], level != Int(MatchModel.bothMissing) {
            let bits = frequencies.bits[column]
            // Of two spellings of one value the more frequent counts.
            weight +=
                Float(shares.weight(column, pattern))
                * min(bits[Int(codes[column][left])], bits[Int(codes[column][right])])
        }
        return weight
    }

    func weight(_ pattern: UInt64, _ left: Int, _ right: Int) -> Float {
        var sum = prior
        for column in equalLevels.indices { sum += columnWeight(column, pattern, left, right) }
        return sum + correction(pattern, left, right)
    }

    /// What the rule of households takes back.
    func correction(_ pattern: UInt64, _ left: Int, _ right: Int) -> Float {
        household.correction(pattern) { columnWeight($0, pattern, left, right) }
    }
}
