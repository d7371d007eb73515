import Foundation

/// Bits for two records being one, by tables: prior, level of each column, term frequencies.
struct PairScorer: Sendable {
    let prior: Float
    /// `weights[(column * 16 + level of its parent) * 16 + level]`, and how much of the term frequency counts there.
    private let weights: [Float]
    private let shares: [Float]
    private let parents: [Int]
    private let equalLevels: [Int]
    private let frequencies: TermFrequencies
    private let codes: [[Int32]]
    private let household: HouseholdRule

    init(_ model: MatchModel, forms: [ValueForms], tableCodes: [[Int32]], codes: [[Int32]]) {
        prior = Float(model.priorWeight)
        var weights = [Float](repeating: 0, count: 256 * model.columns.count)
        var shares = [Float](repeating: 1, count: 256 * model.columns.count)
        for (number, column) in model.columns.enumerated() {
            for (row, table) in column.weights.enumerated() {
                for (level, weight) in table.enumerated() {
                    weights[(number * 16 + row) * 16 + level] = Float(weight)
                    guard !column.uByParent.isEmpty, row > 0, level > 0 else { continue }
                    // The more the other column already tells, the less the value's own rarity does.
                    let own = column.u[level] / max(1e-12, 1 - column.u[0])
                    let share = log(column.uByParent[row][level]) / log(min(own, 0.999999))
                    shares[(number * 16 + row) * 16 + level] = Float(min(1, max(0, share)))
                }
            }
            guard let bits = column.missing?.bits else { continue }
            for row in 0..<16 {
                let start = (number * 16 + row) * 16
                for level in 1..<15 { weights[start + level] += Float(bits.present) }
                weights[start] = Float(bits.one)
                weights[start + Int(MatchModel.bothMissing)] = Float(bits.both)
            }
        }
        self.weights = weights
        self.shares = shares
        parents = model.columns.map { $0.dependsOn ?? -1 }
        equalLevels = model.columns.map(\.kind.equalLevel)
        frequencies = TermFrequencies(forms, codes: tableCodes, model: model)
        self.codes = codes
        household = HouseholdRule(model.columns)
    }

    /// Bits that a column's level gives, with the frequency of its value where both have the same.
    @inline(__always)
    func columnWeight(_ column: Int, _ pattern: UInt64, _ left: Int, _ right: Int) -> Float {
        // With 15 for "missing in both".
        let level = Int(pattern >> UInt64(4 * column)) & 15
        let parent = parents[column]
        let place = (column * 16 + (parent < 0 ? 0 : MatchModel.level(pattern, parent))) * 16 + level
        var weight = weights[place]
        if level >= equalLevels[column], level != Int(MatchModel.bothMissing) {
            let bits = frequencies.bits[column]
            // Of two spellings of one value the more frequent counts.
            weight += shares[place] * min(bits[Int(codes[column][left])], bits[Int(codes[column][right])])
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
