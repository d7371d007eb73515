import Foundation
import Statistics

/// Which records are one: connected components of the pairs above the threshold, with bridges taken out.
public struct Entities: Sendable {
    /// The entity of each record: numbered from 0 by their first records.
    public let entities: [UInt32]
    /// How many entities there are.
    public let count: Int
    /// Links that alone held two groups together and were cut.
    public let bridges: [ScoredPair]
}

/// Joins records by their links, the strongest first, and looks at every join of groups once more: the pairs between two
/// groups together must speak for it, not one link alone.
struct EntityGrouping {
    private let matcher: Matcher
    private let scorer: PairScorer
    private let links: [ScoredPair]

    /// Bits that one pair counts at most, for or against: no pair outvotes all others.
    private static let bound: Float = 12
    /// Pairs between two groups that are looked at.
    private static let pairLimit = 400
    private static let rounds = 3

    init(_ matcher: Matcher, model: MatchModel, links: [ScoredPair]) {
        self.matcher = matcher
        scorer = matcher.scorer(model)
        self.links = links.sorted { ($1.weight, $0.left, $0.right) < ($0.weight, $1.left, $1.right) }
    }

    /// The entities.
    func entities() -> Entities {
        let count = matcher.table.rowCount
        let comparer = matcher.comparer()
        var (roots, members) = start()
        func group(_ root: UInt32) -> [UInt32] { members[root] ?? [root] }
        var apart: [UInt32: [UInt32]] = [:]
        for decision in matcher.constraints.decisions where !decision.isSame {
            apart[decision.left, default: []].append(decision.right)
            apart[decision.right, default: []].append(decision.left)
        }
        // In a linking one to one, a group has at most one record of each file.
        let sides = matcher.constraints.isOneToOne ? matcher.constraints.sides : []
        func mayJoin(_ left: [UInt32], _ right: [UInt32], _ other: UInt32) -> Bool {
            if !sides.isEmpty {
                let both = left + right
                let first = both.count(where: { sides[Int($0)] == 0 })
                if first > 1 || both.count - first > 1 { return false }
            }
            guard !apart.isEmpty else { return true }
            return !left.contains { apart[$0, default: []].contains { roots[Int($0)] == other } }
        }
        var open = links
        for _ in 0..<EntityGrouping.rounds where !open.isEmpty {
            var refused: [ScoredPair] = []
            var isChanged = false
            for link in open {
                let (a, b) = (roots[Int(link.left)], roots[Int(link.right)])
                if a == b { continue }
                let (left, right) = (group(min(a, b)), group(max(a, b)))
                if !mayJoin(left, right, max(a, b)) { continue }
                if left.count + right.count > 2, mean(left, right, comparer) <= 0 {
                    refused.append(link)
                    continue
                }
                for record in right { roots[Int(record)] = min(a, b) }
                members[max(a, b)] = nil
                members[min(a, b)] = left + right
                isChanged = true
            }
            open = refused
            if !isChanged { break }
        }
        var numbers = [UInt32](repeating: UInt32.max, count: count)
        var next: UInt32 = 0
        var result = [UInt32](repeating: 0, count: count)
        for row in 0..<count {
            let root = Int(roots[row])
            if numbers[root] == UInt32.max {
                numbers[root] = next
                next += 1
            }
            result[row] = numbers[root]
        }
        return Entities(
            entities: result, count: Int(next),
            bridges: open.sorted { ($0.left, $0.right) < ($1.left, $1.right) })
    }

    /// The groups before any link: known entities, and what a person or an id says is one.
    private func start() -> (roots: [UInt32], members: [UInt32: [UInt32]]) {
        var sets = DisjointSets(count: matcher.table.rowCount)
        var firsts: [Int32: UInt32] = [:]
        for (row, entity) in matcher.constraints.entities.enumerated() where entity >= 0 {
            if let first = firsts[entity] { sets.join(first, UInt32(row)) } else { firsts[entity] = UInt32(row) }
        }
        for decision in matcher.constraints.decisions where decision.isSame {
            sets.join(decision.left, decision.right)
        }
        var members: [UInt32: [UInt32]] = [:]
        let roots = (0..<UInt32(matcher.table.rowCount)).map { sets.root($0) }
        for (row, root) in roots.enumerated() where root != UInt32(row) {
            members[root, default: [root]].append(UInt32(row))
        }
        return (roots, members)
    }

    /// Mean bits of the pairs between two groups.
    private func mean(_ left: [UInt32], _ right: [UInt32], _ comparer: PairComparer) -> Float {
        var sum: Float = 0
        var pairs = 0
        let groups = matcher.distinct.groups
        // Every so many of the larger groups' records, so that no group takes longer than others.
        let step = max(1, left.count * right.count / EntityGrouping.pairLimit)
        var place = 0
        while place < left.count * right.count {
            let a = Int(groups[Int(left[place / right.count])])
            let b = Int(groups[Int(right[place % right.count])])
            let weight = matcher.score(a, b, scorer, comparer).weight
            sum += min(EntityGrouping.bound, max(-EntityGrouping.bound, weight))
            pairs += 1
            place += step
        }
        return sum / Float(max(1, pairs))
    }
}
