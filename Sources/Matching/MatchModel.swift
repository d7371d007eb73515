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
        public let m: [Double]
        /// Probability of each level where they are not.
        public let u: [Double]
        /// The column whose level u depends on, as a place in the model's columns; nil for none.
        public let dependsOn: Int?
        /// Where u depends on a column: u by that column's level, among pairs that have both values.
        public let uByParent: [[Double]]
        /// Bits for or against, log2(m / u), by the level of the column that u depends on (one row where there is none) and
        /// by level.
        public let weights: [[Double]]
        /// A second column on which u depends, nil for none. Of both the one that explains a level better counts: the
        /// lesser bits of a level that speaks for being one, the greater of "apart".
        public let alsoDependsOn: Int?
        /// u by that column's level, and the bits.
        public let uByOther: [[Double]]
        /// Bits for or against by the second column's level; no rows where there is none.
        public let otherWeights: [[Double]]
        /// u and the bits by level where both those columns are names that agree, of which an email may be made; empty for all
        /// others.
        public let uByBoth: [Double]
        /// The bits of `uByBoth`.
        public let bothWeights: [Double]
        /// Share of the records without a value.
        public let missingShare: Double
        /// What a missing value says: "no evidence", "evidence" or "evidence, counted in" another column.
        public internal(set) var missingMeaning: String
        /// How that was decided; nil for a column of which no value is missing.
        public internal(set) var missing: MissingMeaning?
    }

    /// The columns, in the order of the patterns.
    public internal(set) var columns: [Column]
    /// Probability that two records taken at random are one.
    public let matchProbability: Double
    /// Records that it was estimated from.
    public let recordCount: Int
    /// Rounds of estimation until nothing changed.
    public let iterations: Int

    /// From where on records were one: a model that is used again keeps it.
    public var thresholds: MatchThresholds?

    /// The bits as flat tables.
    var levelWeights: LevelWeights {
        LevelWeights(
            parents: columns.map(\.dependsOn), others: columns.map(\.alsoDependsOn), main: columns.map(\.weights),
            other: columns.map(\.otherWeights), both: columns.map(\.bothWeights))
    }

    /// Bits of the odds before anything is known.
    public var priorWeight: Double { log2(matchProbability / (1 - matchProbability)) }

    /// What a pattern has for a column of which neither record has a value; 0 where one has none.
    static let bothMissing: UInt64 = 15

    /// The level of a column; 0 where a value is missing.
    @inline(__always)
    static func level(_ pattern: UInt64, _ column: Int) -> Int {
        let level = Int(truncatingIfNeeded: pattern >> UInt64(4 * column)) & 15
        return level == Int(bothMissing) ? 0 : level
    }

    /// Whether both records have a value (0), one has none (1) or neither has (2).
    @inline(__always)
    static func missingState(_ pattern: UInt64, _ column: Int) -> Int {
        switch pattern >> UInt64(4 * column) & 15 {
        case 0: 1
        case bothMissing: 2
        default: 0
        }
    }

    /// The pattern with "missing in both" as "missing".
    @inline(__always)
    static func merged(_ pattern: UInt64) -> UInt64 {
        let marks = pattern & pattern >> 1 & pattern >> 2 & pattern >> 3 & 0x1111_1111_1111_1111
        return pattern & ~(marks * 15)
    }

    /// The probability that odds of so many bits are.
    public static func probability(_ weight: Double) -> Double { 1 / (1 + exp2(-weight)) }
}
