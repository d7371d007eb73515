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

/// Sets that are joined (Tarjan 1975), the smallest number leading.
struct DisjointSets {
    private var parents: [UInt32]

    init(count: Int) { parents = (0..<UInt32(count)).map { $0 } }

    mutating func root(_ element: UInt32) -> UInt32 {
        var element = element
        while parents[Int(element)] != element {
            parents[Int(element)] = parents[Int(parents[Int(element)])]
            element = parents[Int(element)]
        }
        return element
    }

    mutating func join(_ left: UInt32, _ right: UInt32) {
        let (a, b) = (root(left), root(right))
        if a < b { parents[Int(b)] = a } else if b < a { parents[Int(a)] = b }
    }
}
