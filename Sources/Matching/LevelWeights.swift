/// The weight of each level of each column, where it may depend on the levels of up to two other columns, as flat tables.
///
/// Of two columns that a level depends on the one that explains it better counts: the lesser weight of a level that speaks
/// for being one, the greater of "apart". Where two names agree both together count: an email made of them tells nothing
/// that they have not told.
struct LevelWeights: Sendable {
    /// The columns that each column depends on, -1 for none.
    let parents: [Int]
    let others: [Int]
    /// `main[(column * 16 + level of the parent) * 16 + level]`, with 15 for "missing in both"; and by the other parent.
    private var main: [Double]
    /// Row 15 is that of two names that agree.
    private var other: [Double]
    /// Whether the two columns are names whose agreement has a row of its own.
    private let areNames: [Bool]
    private static let bothRow = 15

    /// - Parameters:
    ///   - main: by column, level of the parent (one row where there is none) and level.
    ///   - other: by column and level of the other parent; no rows where there is none.
    ///   - both: by column and level, where both parents are names that agree; empty for all others.
    init(parents: [Int?], others: [Int?], main: [[[Double]]], other: [[[Double]]], both: [[Double]]) {
        self.parents = parents.map { $0 ?? -1 }
        self.others = others.map { $0 ?? -1 }
        func flat(_ tables: [[[Double]]]) -> [Double] {
            var flat = [Double](repeating: 0, count: 256 * tables.count)
            for (number, rows) in tables.enumerated() {
                for (row, table) in rows.enumerated() {
                    for (level, weight) in table.enumerated() { flat[(number * 16 + row) * 16 + level] = weight }
                }
            }
            return flat
        }
        self.main = flat(main)
        self.other = flat(other)
        areNames = both.map { !$0.isEmpty }
        for (column, table) in both.enumerated() {
            for (level, weight) in table.enumerated() {
                self.other[(column * 16 + LevelWeights.bothRow) * 16 + level] = weight
            }
        }
    }

    /// Sets what a missing value weighs and adds to every other level of a column.
    mutating func setMissing(_ column: Int, present: Double, one: Double, both: Double) {
        for row in 0..<16 {
            let start = (column * 16 + row) * 16
            for level in 1..<15 {
                main[start + level] += present
                other[start + level] += present
            }
            main[start] = one
            other[start] = one
            main[start + Int(MatchModel.bothMissing)] = both
            other[start + Int(MatchModel.bothMissing)] = both
        }
    }

    /// The weight of a column; as if a column that it may depend on were missing, where one is named.
    @inline(__always)
    func weight(_ column: Int, _ pattern: UInt64, without missing: Int = -2) -> Double {
        let level = Int(truncatingIfNeeded: pattern >> UInt64(4 * column)) & 15
        let parent = parents[column]
        let row = parent < 0 || parent == missing ? 0 : MatchModel.level(pattern, parent)
        let weight = main[(column * 16 + row) * 16 + level]
        let second = others[column]
        if second < 0 || second == missing { return weight }
        if areNames[column], row >= ComparisonKind.agreedName,
            MatchModel.level(pattern, second) >= ComparisonKind.agreedName
        {
            return other[(column * 16 + LevelWeights.bothRow) * 16 + level]
        }
        let alternative = other[(column * 16 + MatchModel.level(pattern, second)) * 16 + level]
        return level == 1 ? max(weight, alternative) : min(weight, alternative)
    }

    /// The sum of a pattern's weights.
    @inline(__always)
    func sum(_ pattern: UInt64) -> Double {
        var sum = 0.0
        for column in parents.indices { sum += weight(column, pattern) }
        return sum
    }
}
