/// Looks for what holds between columns, in a sample of rows.
struct ColumnRelations {
    private(set) var dependencies: [TableProfile.Dependency] = []
    private(set) var equalColumns: [TableProfile.EqualColumns] = []
    private(set) var missingTogether: [TableProfile.MissingTogether] = []
    private(set) var applicableRows = 0
    private(set) var violatingRows = 0

    /// A dependency is told of when at least so many rows support it,
    static let leastSupport = 30
    /// and at least this part of all: a column whose values hardly come twice determines everything,
    static let leastSupportShare = 0.1
    /// in so many groups,
    static let leastGroups = 5
    /// when at most this share differs,
    static let largestError = 0.05
    /// and this part of what differs from the most frequent value alone.
    static let largestShareOfPlainError = 0.2

    /// - Parameter isEqual: whether two columns are equal in every row of the file.
    init(_ sample: RowSample, names: [String], isEqual: (Int, Int) -> Bool) {
        let rowCount = sample.rows.count
        let columns = (0..<names.count).map { column in CodedColumn(sample.rows.map { $0.cells[column] }) }
        var applies = [Bool](repeating: false, count: rowCount)
        var violates = applies
        var equal: Set<[Int]> = []
        for first in names.indices {
            for second in names.indices where second > first {
                guard columns[first].valueCount > 0, columns[second].valueCount > 0 else { continue }
                if isEqual(first, second) {
                    equal.insert([first, second])
                    equalColumns.append(.init(first: names[first], second: names[second], share: 1))
                } else if let share = CodedColumn.equalShare(sample, first, second) {
                    equal.insert([first, second])
                    equalColumns.append(.init(first: names[first], second: names[second], share: share))
                }
                if let phi = columns[first].missingCorrelation(with: columns[second]), abs(phi) >= 0.5 {
                    missingTogether.append(.init(first: names[first], second: names[second], correlation: phi))
                }
            }
        }
        for from in names.indices where columns[from].repeats >= ColumnRelations.leastSupport {
            let groups = columns[from].groups
            for to in names.indices where to != from && !equal.contains([min(from, to), max(from, to)]) {
                guard let found = columns[to].violations(in: groups) else { continue }
                dependencies.append(
                    .init(
                        from: names[from], to: names[to], support: found.support, violations: found.rows.count,
                        examples: found.rows.map { sample.rows[$0].number + 1 }.sorted().prefix(5).map(\.self)))
                for group in groups { for row in group where columns[to].codes[row] > 0 { applies[row] = true } }
                for row in found.rows { violates[row] = true }
            }
        }
        dependencies.sort { ($0.error, -$0.support, $0.from, $0.to) < ($1.error, -$1.support, $1.from, $1.to) }
        missingTogether.sort { abs($0.correlation) > abs($1.correlation) }
        applicableRows = applies.count(where: \.self)
        violatingRows = violates.count(where: \.self)
    }
}

/// A column of a sample, its values numbered from 1; 0 where nothing stands.
struct CodedColumn {
    let codes: [Int32]
    /// Different values.
    let valueCount: Int

    init(_ hashes: [UInt64]) {
        var numbers: [UInt64: Int32] = [:]
        codes = hashes.map { hash in
            guard hash != 0 else { return 0 }
            if let known = numbers[hash] { return known }
            let number = Int32(numbers.count + 1)
            numbers[hash] = number
            return number
        }
        valueCount = numbers.count
    }

    /// Filled rows beyond the first of each value.
    var repeats: Int { codes.count { $0 > 0 } - valueCount }

    /// The rows of each value that comes twice or more.
    var groups: [[Int]] {
        var groups = [[Int]](repeating: [], count: valueCount)
        for (row, code) in codes.enumerated() where code > 0 { groups[Int(code) - 1].append(row) }
        return groups.filter { $0.count > 1 }
    }

    /// The rows whose value is not the most frequent one of their group, when they are so few that the groups
    /// determine the value; the support are the rows of groups with two filled cells or more.
    func violations(in groups: [[Int]]) -> (support: Int, rows: [Int])? {
        var counts = [Int32](repeating: 0, count: valueCount + 1)
        var total = [Int32](repeating: 0, count: valueCount + 1)
        var support = 0
        var supportingGroups = 0
        var violating = 0
        var majorities = [Int32](repeating: 0, count: groups.count)
        for (position, group) in groups.enumerated() {
            var filled = 0
            for row in group where codes[row] > 0 {
                counts[Int(codes[row])] += 1
                filled += 1
            }
            var best: Int32 = 0
            for row in group where codes[row] > 0 {
                // Of equally frequent ones the first.
                if best == 0 || counts[Int(codes[row])] > counts[Int(best)] { best = codes[row] }
            }
            if filled > 1 {
                support += filled
                supportingGroups += 1
                violating += filled - Int(counts[Int(best)])
                majorities[position] = best
                for row in group where codes[row] > 0 { total[Int(codes[row])] += 1 }
            }
            for row in group { counts[Int(codes[row])] = 0 }
        }
        guard support >= ColumnRelations.leastSupport,
            Double(support) >= ColumnRelations.leastSupportShare * Double(codes.count),
            supportingGroups >= ColumnRelations.leastGroups
        else { return nil }
        let plain = support - Int(total.max() ?? 0)
        guard Double(violating) <= ColumnRelations.largestError * Double(support),
            Double(plain) >= ColumnRelations.largestError * Double(support),
            Double(violating) <= ColumnRelations.largestShareOfPlainError * Double(plain)
        else { return nil }
        let rows = zip(groups, majorities).flatMap { group, majority in
            group.filter { majority > 0 && codes[$0] > 0 && codes[$0] != majority }
        }
        return (support, rows)
    }

    /// The phi coefficient of being missing; nil where one column nearly always or nearly never is.
    func missingCorrelation(with other: CodedColumn) -> Double? {
        var (both, first, second) = (0, 0, 0)
        for (mine, theirs) in zip(codes, other.codes) {
            if mine == 0 { first += 1 }
            if theirs == 0 { second += 1 }
            if mine == 0, theirs == 0 { both += 1 }
        }
        let n = Double(codes.count)
        let least = max(3, n / 200)
        guard Double(min(first, second)) >= least, n - Double(max(first, second)) >= least else { return nil }
        let (p, q) = (Double(first) / n, Double(second) / n)
        return (Double(both) / n - p * q) / (p * (1 - p) * q * (1 - q)).squareRoot()
    }

    /// The share of rows in which two columns have the same text, when it is nearly all of those where one is filled, and
    /// not by chance (Cohen's kappa at least 0.9).
    static func equalShare(_ sample: RowSample, _ first: Int, _ second: Int) -> Double? {
        var (equal, filled) = (0, 0)
        var counts: [UInt64: (Int, Int)] = [:]
        for row in sample.rows where row.cells[first] != 0 || row.cells[second] != 0 {
            filled += 1
            if row.cells[first] == row.cells[second] { equal += 1 }
        }
        guard filled >= 20, Double(equal) >= 0.95 * Double(filled) else { return nil }
        for row in sample.rows where row.cells[first] != 0 || row.cells[second] != 0 {
            counts[row.cells[first], default: (0, 0)].0 += 1
            counts[row.cells[second], default: (0, 0)].1 += 1
        }
        let n = Double(filled)
        let chance = counts.values.reduce(0) { $0 + Double($1.0) * Double($1.1) } / (n * n)
        let share = Double(equal) / n
        return chance < 1 && (share - chance) / (1 - chance) >= 0.9 ? share : nil
    }
}
