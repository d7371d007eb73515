import Foundation
import Statistics

/// What a value that is missing says about two records being one, as a column's data show it.
public struct MissingMeaning: Codable, Hashable, Sendable {
    /// Shares of the pairs in which both values are there, one is missing, both are.
    public struct Shares: Codable, Hashable, Sendable {
        /// Both have a value.
        public let present: Double
        /// One has none.
        public let one: Double
        /// Neither has.
        public let both: Double

        var all: [Double] { [present, one, both] }

        init(_ shares: [Double]) { (present, one, both) = (shares[0], shares[1], shares[2]) }
    }

    /// Whether it counts; else a missing value is no evidence.
    public let isEvidence: Bool
    /// Among pairs that are one by what the other columns say.
    public let m: Shares
    /// Among those that are not.
    public let u: Shares
    /// Bits for or against, log2(m / u); zeros where it does not count.
    public let bits: Shares
    /// Twice the logarithm by which what one half of the pairs shows explains the other half better than chance does, the
    /// lesser of both ways.
    public let gain: Double
    /// The column that says the same and counts in its place; nil for none.
    public let countsIn: String?
}

/// Decides by the data what missing values mean, column by column.
///
/// Which pairs are one is taken from the other columns alone, and only pairs count that a blocking rule without the column
/// brings together, else a missing value would keep pairs away that have it. "Present", "missing in one", "missing in both"
/// are then three levels with m and u. They are evidence where what one half of the pairs shows foretells the other half,
/// and the other way around, beyond chance; else a value is taken to be missing at random.
struct MissingEvidence: Sendable {
    /// Sums of the pairs of a column: by half, by "one" (0) or "not one" (1), by state.
    struct Sums: Sendable {
        var cells = [Double](repeating: 0, count: 12)

        subscript(half: Int, kind: Int, state: Int) -> Double {
            get { cells[half * 6 + kind * 3 + state] }
            set { cells[half * 6 + kind * 3 + state] = newValue }
        }

        mutating func add(_ other: Sums) { for place in cells.indices { cells[place] += other.cells[place] } }
    }

    /// The 99 % quantile of χ² with two degrees of freedom: 2 ln 100.
    private static let chance = 2 * log(100.0)
    /// Pairs that stand in each half before any, spread as chance spreads them.
    private static let before = 2.0

    private let prior: Double
    private let weights: LevelWeights
    /// The columns whose levels depend on each.
    private let children: [[Int]]

    init(_ model: MatchModel) {
        prior = model.priorWeight
        weights = model.levelWeights
        var children = [[Int]](repeating: [], count: model.columns.count)
        for (number, column) in model.columns.enumerated() {
            for parent in [column.dependsOn, column.alsoDependsOn] { if let parent { children[parent].append(number) } }
        }
        self.children = children
    }

    /// Bits of all columns together.
    func total(_ pattern: UInt64) -> Double { prior + weights.sum(pattern) }

    /// Adds a pair, with what the other columns than this one say.
    func add(_ pattern: UInt64, total: Double, column: Int, half: Int, count: Double, to sums: inout Sums) {
        var bits = total - weights.weight(column, pattern)
        for child in children[column] {
            bits += weights.weight(child, pattern, without: column) - weights.weight(child, pattern)
        }
        let probability = 1 / (1 + exp2(-bits))
        let state = MatchModel.missingState(pattern, column)
        sums[half, 0, state] += count * probability
        sums[half, 1, state] += count * (1 - probability)
    }

    /// What the sums of a column show; `scale` is by how much there are fewer pairs that are one than sums say, because no
    /// more than half the records can be pairs of their own.
    static func finding(_ sums: Sums, recordCount: Int) -> (m: [Double], u: [Double], gain: Double) {
        var counts = [[Double]](repeating: [0, 0, 0], count: 2)
        var u = [Double](repeating: 0, count: 3)
        for state in 0..<3 {
            for half in 0..<2 {
                counts[half][state] = sums[half, 0, state]
                u[state] += sums[half, 1, state]
            }
        }
        let apart = u.reduce(0, +)
        let all = counts.joined().reduce(0, +)
        guard apart > 0, all > 0 else { return ([1, 0, 0], [1, 0, 0], 0) }
        u = u.map { ($0 + 0.5) / (apart + 1.5) }
        let scale = min(1, Double(recordCount) / 2 / all)
        func shares(_ counts: [Double]) -> [Double] {
            let total = counts.reduce(0, +) * scale + before
            return counts.indices.map { (counts[$0] * scale + before * u[$0]) / total }
        }
        let halves = counts.map(shares)
        let gains = (0..<2).map { half in
            2 * (0..<3).reduce(0.0) { $0 + counts[half][$1] * scale * log(halves[1 - half][$1] / u[$1]) }
        }
        return (shares((0..<3).map { counts[0][$0] + counts[1][$0] }), u, min(gains[0], gains[1]))
    }

    /// Whether the gain is more than chance gives.
    static func isEvidence(gain: Double) -> Bool { gain > chance }
}
