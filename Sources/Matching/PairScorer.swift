import Foundation

/// Bits for two records being one, by tables: prior, level of each column, dependences, term frequencies.
struct PairScorer: Sendable {
    private let prior: Float
    /// `weights[column * 16 + level]`.
    private let weights: [Float]
    private let equalLevels: [Int]
    private let frequencies: TermFrequencies
    private let codes: [[Int32]]
    private let dependences: [MatchModel.Dependence]

    init(_ model: MatchModel, forms: [ValueForms], tableCodes: [[Int32]], codes: [[Int32]]) {
        prior = Float(model.priorWeight)
        var weights = [Float](repeating: 0, count: 16 * model.columns.count)
        for (number, column) in model.columns.enumerated() {
            for (level, weight) in column.weights.enumerated() { weights[number * 16 + level] = Float(weight) }
        }
        self.weights = weights
        equalLevels = model.columns.map(\.kind.equalLevel)
        frequencies = TermFrequencies(forms, codes: tableCodes, model: model)
        self.codes = codes
        dependences = model.dependences
    }

    /// Bits that a column's level gives, with the frequency of its value where both have the same.
    @inline(__always)
    func columnWeight(_ column: Int, _ pattern: UInt64, _ left: Int, _ right: Int) -> Float {
        let level = MatchModel.level(pattern, column)
        var weight = weights[column * 16 + level]
        if level >= equalLevels[column] {
            let bits = frequencies.bits[column]
            // Of two spellings of one value the more frequent counts.
            weight += min(bits[Int(codes[column][left])], bits[Int(codes[column][right])])
        }
        return weight
    }

    func weight(_ pattern: UInt64, _ left: Int, _ right: Int) -> Float {
        var sum = prior
        for column in equalLevels.indices { sum += columnWeight(column, pattern, left, right) }
        return sum + dependenceWeight(pattern)
    }

    /// Bits that are added because columns say the same thing.
    func dependenceWeight(_ pattern: UInt64) -> Float {
        var sum: Float = 0
        for dependence in dependences
        where MatchModel.level(pattern, dependence.first) >= equalLevels[dependence.first]
            && MatchModel.level(pattern, dependence.second) >= equalLevels[dependence.second]
        {
            sum += Float(dependence.bits)
        }
        return sum
    }
}
