import Foundation

/// How likely each level of each column is among records that are not one, where a column's levels may depend on those of
/// one other column.
struct LevelTree {
    private let kinds: [ComparisonKind]
    /// The column that each depends on, nil for none.
    let parents: [Int?]
    /// The second name that an email is made of, beside the one that it hangs on in the tree; nil for other columns.
    let others: [Int?]
    /// By column: the probability of each level, "missing" (0) among them.
    let marginals: [[Double]]
    /// By column and level of its parent: the probability of each level where both values are there (level 0 has none).
    /// The row of the parent's "missing" is that of all pairs.
    let conditionals: [[[Double]]]
    /// The same by the second column; no rows where there is none.
    let otherConditionals: [[[Double]]]
    /// By column that is made of two names: the probability of each level where both agree; empty for all others.
    let bothConditionals: [[Double]]
    /// Whether dependences are looked for; before they are, what emails say of names counts nothing.
    private let hasParents: Bool

    /// Pairs' worth that the column's own table counts in each row of a conditional one.
    private static let shrinkage = 20.0

    /// - Parameters:
    ///   - patterns: pairs taken at random, with the weight of each.
    ///   - hasParents: whether dependences are looked for.
    init(_ kinds: [ComparisonKind], _ patterns: [(pattern: UInt64, count: Int)], weights: [Double], hasParents: Bool) {
        self.kinds = kinds
        self.hasParents = hasParents
        let levelCounts = kinds.map { $0.levels.count + 1 }
        var marginals = levelCounts.map { [Double](repeating: 0.5 / Double($0), count: $0) }
        for (place, entry) in patterns.enumerated() {
            for number in kinds.indices { marginals[number][MatchModel.level(entry.pattern, number)] += weights[place] }
        }
        marginals = marginals.map { table in
            let total = table.reduce(0, +)
            return table.map { $0 / total }
        }
        self.marginals = marginals
        let own = marginals.map { table -> [Double] in
            let present = table.dropFirst().reduce(0, +)
            return [0] + table.dropFirst().map { $0 / present }
        }
        var tables: [Int: [[Double]]] = [:]
        func joint(_ first: Int, _ second: Int) -> [[Double]] {
            if let known = tables[first * 16 + second] { return known }
            var table = [[Double]](
                repeating: [Double](repeating: 0, count: levelCounts[second]), count: levelCounts[first])
            for (place, entry) in patterns.enumerated() {
                table[MatchModel.level(entry.pattern, first)][MatchModel.level(entry.pattern, second)] += weights[place]
            }
            tables[first * 16 + second] = table
            return table
        }
        var parents = [Int?](repeating: nil, count: kinds.count)
        var others = parents
        if hasParents {
            var edges: [(bits: Double, first: Int, second: Int)] = []
            for first in kinds.indices {
                for second in (first + 1)..<max(kinds.count, first + 1) {
                    let (bits, isLarge) = LevelTree.information(joint(first, second))
                    if isLarge { edges.append((bits, first, second)) }
                }
            }
            let order: [Int]
            (parents, order) = LevelTree.tree(edges, count: kinds.count)
            // No column hangs on one that hangs on it: else what both say would count in neither.
            let places = order.indices.sorted { order[$0] < order[$1] }
            others = kinds.indices.map { number in
                guard kinds[number] == .email else { return nil }
                return edges.compactMap { edge -> (bits: Double, column: Int)? in
                    guard edge.first == number || edge.second == number else { return nil }
                    let column = edge.first == number ? edge.second : edge.first
                    let isNew = places[column] < places[number] && column != parents[number]
                    return isNew && kinds[column].isPersonName ? (edge.bits, column) : nil
                }.max { ($0.bits, $1.column) < ($1.bits, $0.column) }?.column
            }
        }
        self.parents = parents
        self.others = others
        func conditional(_ number: Int, on parent: Int) -> [[Double]] {
            joint(parent, number).enumerated().map { level, row in
                let total = row.dropFirst().reduce(0, +)
                if level == 0 { return own[number] }
                return [0]
                    + row.indices.dropFirst().map { place in
                        let share =
                            (row[place] + LevelTree.shrinkage * own[number][place]) / (total + LevelTree.shrinkage)
                        // What was never seen among so many is no rarer than once in twice as many.
                        return max(share, min(own[number][place], 0.5 / max(1, total)))
                    }
            }
        }
        conditionals = kinds.indices.map { number in
            parents[number].map { conditional(number, on: $0) } ?? [own[number]]
        }
        otherConditionals = kinds.indices.map { number in others[number].map { conditional(number, on: $0) } ?? [] }
        let main = conditionals
        bothConditionals = kinds.indices.map { number in
            guard let parent = parents[number], let other = others[number],
                kinds[parent] != kinds[other],
                [parent, other].allSatisfy({ [.givenName, .familyName].contains(kinds[$0]) }),
                let base = main[number].last
            else { return [] }
            var sums = base.map { $0 * LevelTree.shrinkage }
            for (place, entry) in patterns.enumerated()
            where MatchModel.level(entry.pattern, parent) >= ComparisonKind.agreedName
                && MatchModel.level(entry.pattern, other) >= ComparisonKind.agreedName
            {
                let level = MatchModel.level(entry.pattern, number)
                if level > 0 { sums[level] += weights[place] }
            }
            let total = sums.reduce(0, +)
            return sums.map { $0 / total }
        }
    }

    /// Mutual information of two columns where both have a level, in pairs' worth of nats; and whether it is more than
    /// chance: three times the degrees of freedom.
    private static func information(_ joint: [[Double]]) -> (bits: Double, isLarge: Bool) {
        let rows = joint.map { $0.dropFirst().reduce(0, +) }
        let columns = joint[0].indices.map { column in joint.dropFirst().reduce(0) { $0 + $1[column] } }
        let total = rows.dropFirst().reduce(0, +)
        guard total > 0 else { return (0, false) }
        var sum = 0.0
        for row in joint.indices.dropFirst() {
            for column in joint[row].indices.dropFirst() where joint[row][column] > 0 {
                sum += joint[row][column] * log(joint[row][column] * total / (rows[row] * columns[column]))
            }
        }
        let freedom = Double((joint.count - 2) * (joint[0].count - 2))
        return (sum, 2 * sum > 3 * max(1, freedom))
    }

    /// The tree of greatest information (Kruskal), each column's parent nearer to the first column; and the columns in the
    /// order in which they are reached.
    private static func tree(_ edges: [(bits: Double, first: Int, second: Int)], count: Int) -> (
        parents: [Int?], order: [Int]
    ) {
        var sets = DisjointSets(count: count)
        var neighbours = [[Int]](repeating: [], count: count)
        for edge in edges.sorted(by: { ($1.bits, $0.first, $0.second) < ($0.bits, $1.first, $1.second) }) {
            if sets.root(UInt32(edge.first)) == sets.root(UInt32(edge.second)) { continue }
            sets.join(UInt32(edge.first), UInt32(edge.second))
            neighbours[edge.first].append(edge.second)
            neighbours[edge.second].append(edge.first)
        }
        var parents = [Int?](repeating: nil, count: count)
        var isSeen = [Bool](repeating: false, count: count)
        var order: [Int] = []
        for start in 0..<count where !isSeen[start] {
            var open = [start]
            isSeen[start] = true
            while let column = open.popLast() {
                order.append(column)
                for next in neighbours[column].sorted() where !isSeen[next] {
                    isSeen[next] = true
                    parents[next] = column
                    open.append(next)
                }
            }
        }
        return (parents, order)
    }

    /// Natural logarithms of m / u by column, level of the parent and level: the more alike, the more for being one (levels
    /// out of order share their weight); what is missing says nothing.
    func tables(m: [[Double]]) -> (main: [[[Double]]], other: [[[Double]]], both: [[Double]]) {
        func row(_ number: Int, _ u: [Double]) -> [Double] {
            guard !u.isEmpty else { return [] }
            let present = max(1e-300, 1 - m[number][0])
            var pools: [(m: Double, u: Double, count: Int)] = []
            for level in 1..<u.count {
                pools.append((m[number][level] / present, u[level], 1))
                while pools.count > 1, let last = pools.last,
                    last.m * pools[pools.count - 2].u < pools[pools.count - 2].m * last.u
                {
                    pools.removeLast()
                    let before = pools.removeLast()
                    pools.append((before.m + last.m, before.u + last.u, before.count + last.count))
                }
            }
            var weights: [Double] = [0] + pools.flatMap { Array(repeating: log($0.m / $0.u), count: $0.count) }
            // Names before the @ that are alike may be the names themselves.
            if !hasParents, kinds[number] == .email { weights[2] = min(0, weights[2]) }
            return weights
        }
        return (
            kinds.indices.map { number in conditionals[number].map { row(number, $0) } },
            kinds.indices.map { number in otherConditionals[number].map { row(number, $0) } },
            kinds.indices.map { row($0, bothConditionals[$0]) }
        )
    }

    /// The same for many patterns.
    func weights(m: [[Double]]) -> LevelWeights {
        let (main, other, both) = tables(m: m)
        return LevelWeights(parents: parents, others: others, main: main, other: other, both: both)
    }
}
