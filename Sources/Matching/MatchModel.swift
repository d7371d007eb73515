import Foundation

/// What two records being one, or not, makes of their columns (Fellegi & Sunter 1969): a readable model.
public struct MatchModel: Codable, Sendable {
    /// A compared column.
    public struct Column: Codable, Sendable {
        /// Its header.
        public let name: String
        /// How it is compared.
        public let kind: ComparisonKind
        /// The levels, from "missing" up.
        public let levels: [String]
        /// Probability of each level where two records are one.
        public var m: [Double]
        /// Probability of each level where they are not.
        public var u: [Double]
        /// Bits for or against, by level: log2(m / u).
        public var weights: [Double]
        /// Share of the records without a value.
        public let missingShare: Double
        /// What a missing value says: nothing, or its weight.
        public var missingMeaning: String
    }

    /// The columns, in the order of the patterns.
    public var columns: [Column]
    /// Probability that two records taken at random are one.
    public var matchProbability: Double
    /// Records that it was estimated from.
    public var recordCount: Int
    /// Rounds of estimation until nothing changed.
    public var iterations: Int
    /// Pairs of columns that agree together more often than chance would have it, among records that are not one.
    public var dependences: [Dependence]

    /// What one column's agreement already says about another's.
    public struct Dependence: Codable, Sendable {
        /// The column that is taken first, and the one whose weight is corrected.
        public let first: Int
        public let second: Int
        /// Bits that are added when both agree.
        public let bits: Double
    }

    /// Bits of a pattern before term frequencies, the prior among them.
    func weight(of pattern: UInt64) -> Double {
        var sum = priorWeight
        for (number, column) in columns.enumerated() { sum += column.weights[MatchModel.level(pattern, number)] }
        for dependence in dependences where agrees(pattern, dependence.first) && agrees(pattern, dependence.second) {
            sum += dependence.bits
        }
        return sum
    }

    /// Whether a column's level in a pattern is one of equality.
    func agrees(_ pattern: UInt64, _ column: Int) -> Bool {
        MatchModel.level(pattern, column) >= columns[column].kind.equalLevel
    }

    /// Bits of the odds before anything is known.
    public var priorWeight: Double { log2(matchProbability / (1 - matchProbability)) }

    static func level(_ pattern: UInt64, _ column: Int) -> Int { Int(pattern >> UInt64(4 * column)) & 15 }

    /// The probability that odds of so many bits are.
    public static func probability(_ weight: Double) -> Double { 1 / (1 + exp2(-weight)) }
}
