import Statistics

/// Chooses blocking rules from the data.
///
/// Every way of every compared column to bring records together is a rule; its blocks are used up to a size such that all
/// rules together have at most the pairs asked for. What stands in larger blocks is brought together by the key and one
/// of another column, among those that tell records apart best.
struct BlockingChoice {
    let keys: [BlockingKey]
    /// Pairs asked for.
    let pairBudget: Int
    let parallel: Parallel

    /// Pairs compared by default: a hundred a record, and at least five million.
    static func defaultBudget(records: Int) -> Int { max(5_000_000, 100 * records) }

    /// Keys with which large blocks are divided.
    private static let refiningCount = 4

    func blocking(recordCount: Int) -> Blocking {
        if recordCount * (recordCount - 1) / 2 <= pairBudget {
            return Blocking(
                rules: [BlockingKey(allOf: recordCount).rule(limit: recordCount).rule], recordCount: recordCount)
        }
        let sizes = parallel.map(keys.count) { keys[$0].blockSizes().sorted() }
        let limit = sizeLimit(sizes, budget: pairBudget / 2, cap: max(50, recordCount))
        let coarse = parallel.map(keys.count) { keys[$0].rule(limit: limit) }
        var rules = coarse.map(\.rule)
        // What divides best: many values, few missing.
        let ranked = keys.indices.filter { keys[$0].columns.count == 1 }.sorted {
            (strength(sizes[$1], keys[$1]), $0) < (strength(sizes[$0], keys[$0]), $1)
        }
        var chosen: [Int] = []
        for key in ranked where !chosen.contains(where: { keys[$0].columns == keys[key].columns }) {
            if chosen.count < BlockingChoice.refiningCount { chosen.append(key) }
        }
        var combinations: [(first: Int, second: Int)] = []
        for first in keys.indices where !coarse[first].oversized.isEmpty {
            for second in chosen where !keys[second].columns.contains(where: keys[first].columns.contains) {
                combinations.append((first, second))
            }
        }
        let perRule = combinations.isEmpty ? 0 : pairBudget / 2 / combinations.count
        let fine = parallel.map(combinations.count) { number -> Blocking.Rule in
            let (first, second) = combinations[number]
            let key = BlockingKey(all: [keys[first], keys[second]], among: coarse[first].oversized)
            let limit = min(limit, sizeLimit([key.blockSizes().sorted()], budget: perRule, cap: limit))
            return key.rule(limit: limit, among: coarse[first].oversized).rule
        }
        rules += fine
        return Blocking(rules: rules.filter { $0.pairCount > 0 }, recordCount: recordCount)
    }

    /// The blocks of given rules, which are the keys: whole up to the rule's own largest block, or such that all rules
    /// together have at most the pairs asked for.
    func blocking(recordCount: Int, given: [BlockingRule]) -> Blocking {
        let sizes = parallel.map(keys.count) { keys[$0].blockSizes() }
        var budget = pairBudget
        for (number, rule) in given.enumerated() {
            guard let largest = rule.largestBlock else { continue }
            budget -= sizes[number].reduce(0) { $0 + ($1 > largest ? 0 : $1 * ($1 - 1) / 2) }
        }
        let open = given.indices.filter { given[$0].largestBlock == nil }.map { sizes[$0] }
        let limit = sizeLimit(open, budget: max(0, budget), cap: recordCount)
        let rules = parallel.map(keys.count) { keys[$0].rule(limit: given[$0].largestBlock ?? limit).rule }
        return Blocking(rules: rules, recordCount: recordCount)
    }

    /// The largest block size such that the blocks up to it have at most so many pairs.
    private func sizeLimit(_ sizes: [[Int]], budget: Int, cap: Int) -> Int {
        var counts: [Int: Int] = [:]
        for list in sizes { for size in list { counts[size, default: 0] += 1 } }
        var pairs = 0
        var limit = 2
        for (size, count) in counts.sorted(by: { $0.key < $1.key }) {
            pairs += count * (size * (size - 1) / 2)
            if pairs > budget || size > cap { break }
            limit = size
        }
        return limit
    }

    /// Bits by which a key tells two records apart, for the records that have it.
    private func strength(_ sizes: [Int], _ key: BlockingKey) -> Double {
        let count = Double(key.values.count)
        let pairs = sizes.reduce(0.0) { $0 + Double($1) * Double($1 - 1) / 2 }
        let filled = Double(key.filledCount) / max(1, count)
        return filled * filled - min(1, 100 * pairs / max(1, count * (count - 1) / 2))
    }
}
