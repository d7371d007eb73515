import Baskets
import CustomerData
import Statistics

/// Itemsets by looking at every subset: what the miner is judged by on small data.
struct PlainItemsets {
    /// In how many baskets each set is, by the bits of its items; the empty one included.
    let counts: [Int]
    let itemCount: Int

    init(_ baskets: [[UInt32]], itemCount: Int) {
        let rows = baskets.map { $0.reduce(0) { $0 | 1 << Int($1) } }
        counts = (0..<1 << itemCount).map { set in rows.count { $0 & set == set } }
        self.itemCount = itemCount
    }

    /// The sets of a target with their counts.
    func sets(_ target: Itemsets.Target, minimumCount: Int) -> [Int: Int] {
        var found: [Int: Int] = [:]
        for set in 1..<counts.count where counts[set] >= minimumCount {
            let others = (0..<itemCount).filter { set & 1 << $0 == 0 }.map { set | 1 << $0 }
            let smaller = (0..<itemCount).filter { set & 1 << $0 != 0 }.map { set ^ 1 << $0 }
            let isWanted =
                switch target {
                case .all: true
                case .closed: others.allSatisfy { counts[$0] < counts[set] }
                case .maximal: others.allSatisfy { counts[$0] < minimumCount }
                case .generators: smaller.allSatisfy { counts[$0] > counts[set] }
                }
            if isWanted { found[set] = counts[set] }
        }
        return found
    }
}

extension BasketTable {
    /// Baskets of small numbers.
    init(_ baskets: [[UInt32]], itemCount: Int) {
        var (starts, items): ([Int], [UInt32]) = ([0], [])
        for basket in baskets {
            items += Set(basket).sorted()
            starts.append(items.count)
        }
        self.init(
            starts: starts, items: items, names: IdentifierList((0..<itemCount).map { String($0) }), areNumbers: true)
    }

    /// Baskets by chance: of so many items, each there with a chance of its own, some of them copies of others.
    static func random(_ generator: inout SeededGenerator, basketCount: Int, itemCount: Int) -> [[UInt32]] {
        let chances = (0..<itemCount).map { _ in Double.random(in: 0.05...1, using: &generator) }
        return (0..<basketCount).map { _ in
            var basket = (0..<itemCount).filter { Double.random(in: 0..<1, using: &generator) < chances[$0] }
            // An item that is nearly always beside another.
            if basket.contains(0), itemCount > 1, Double.random(in: 0..<1, using: &generator) < 0.9 { basket.append(1) }
            return Set(basket).sorted().map { UInt32($0) }
        }
    }
}

extension ItemsetSearch {
    /// The sets in the order in which they come: items ascending, and the count.
    func listed(threads: Int = 1, memory: ItemsetMemory? = nil) throws -> [(items: [UInt32], count: Int)] {
        var found: [(items: [UInt32], count: Int)] = []
        let numbers = items
        _ = try list(parallel: Parallel(threads: threads), memory: memory) { block in
            var sets: [(items: [UInt32], count: Int)] = []
            block.forEach { set, count in sets.append((set.map { numbers[Int($0)] }.sorted(), count)) }
            return sets
        } take: {
            found += $0
        }
        return found
    }
}
