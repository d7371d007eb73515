import CKernels
import CustomerData
import Statistics
import Testing

@testable import Baskets

/// The miner beside plain looking at every subset, on small baskets of chance.
@Suite struct ItemsetLawsTests {
    private func options(
        _ target: Itemsets.Target, _ minimum: Int, _ change: (inout Itemsets.Options) -> Void = { _ in }
    ) -> Itemsets.Options {
        var options = Itemsets.Options(support: .count(minimum))
        options.target = target
        change(&options)
        return options
    }

    private func bits(_ items: [UInt32]) -> Int { items.reduce(0) { $0 | 1 << Int($1) } }

    /// Lists the sets, and requires that none is there twice.
    private func found(_ options: Itemsets.Options, _ table: BasketTable) throws -> [Int: Int] {
        let search = try Itemsets(options).search(table)
        let listed = try search.listed()
        let sets = Dictionary(listed.map { (bits($0.items), $0.count) }) { _, _ in -1 }
        #expect(sets.count == listed.count, "a set is listed twice")
        #expect(try search.count(parallel: Parallel(threads: 1)).setCount == listed.count)
        return sets
    }

    @Test(arguments: Itemsets.Target.allCases)
    func setsAreThoseOfEverySubset(_ target: Itemsets.Target) throws {
        var generator = SeededGenerator(seed: 7)
        for round in 0..<300 {
            let itemCount = Int.random(in: 1...9, using: &generator)
            let rows = BasketTable.random(
                &generator, basketCount: Int.random(in: 1...(round % 10 == 0 ? 300 : 40), using: &generator),
                itemCount: itemCount)
            let minimum = Int.random(in: 1...max(1, rows.count / 2), using: &generator)
            let table = BasketTable(rows, itemCount: itemCount)
            let expected = PlainItemsets(rows, itemCount: itemCount).sets(target, minimumCount: minimum)
            #expect(try found(options(target, minimum), table) == expected, "\(rows) at \(minimum)")
        }
    }

    @Test(arguments: Itemsets.Target.allCases)
    func lengthsAndItemsAreLimited(_ target: Itemsets.Target) throws {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<150 {
            let rows = BasketTable.random(&generator, basketCount: 30, itemCount: 7)
            let table = BasketTable(rows, itemCount: 7)
            let minimum = Int.random(in: 1...8, using: &generator)
            let least = Int.random(in: 1...3, using: &generator)
            let most = least + Int.random(in: 0...3, using: &generator)
            let all = PlainItemsets(rows, itemCount: 7).sets(target, minimumCount: minimum)
            #expect(
                try found(
                    options(target, minimum) {
                        $0.minimumLength = least
                        $0.maximumLength = most
                    }, table) == all.filter { (least...most).contains($0.key.nonzeroBitCount) })
            let left = UInt32.random(in: 0..<7, using: &generator)
            let without = rows.map { $0.filter { $0 != left } }
            #expect(
                try found(options(target, minimum) { $0.excluded = [left] }, table)
                    == PlainItemsets(without, itemCount: 7).sets(target, minimumCount: minimum))
            if target == .generators { continue }
            let held = [left, (left + 2) % 7]
            #expect(
                try found(options(target, minimum) { $0.included = held }, table)
                    == all.filter { $0.key & bits(held) == bits(held) }, "\(rows) at \(minimum) with \(held)")
        }
    }

    @Test(arguments: [Itemsets.Target.all, .closed])
    func theTopAreTheMostFrequent(_ target: Itemsets.Target) throws {
        var generator = SeededGenerator(seed: 13)
        for _ in 0..<100 {
            let rows = BasketTable.random(&generator, basketCount: 40, itemCount: 7)
            let all = PlainItemsets(rows, itemCount: 7).sets(target, minimumCount: 2)
            let top = Int.random(in: 1...max(1, all.count), using: &generator)
            let last = all.values.sorted(by: >).dropFirst(top - 1).first ?? 2
            #expect(
                try found(options(target, 2) { $0.top = top }, BasketTable(rows, itemCount: 7))
                    == all.filter { $0.value >= last })
        }
    }

    /// More baskets than a block of sets, and wide columns: several words of bits a column.
    @Test(arguments: Itemsets.Target.allCases)
    func theOrderDoesNotDependOnThreads(_ target: Itemsets.Target) throws {
        var generator = SeededGenerator(seed: 17)
        let rows = BasketTable.random(&generator, basketCount: 1500, itemCount: 16)
        let search = try Itemsets(options(target, 20)).search(BasketTable(rows, itemCount: 16))
        let one = try search.listed(threads: 1)
        let four = try search.listed(threads: 4)
        #expect(one.count > 100 && one.map(\.items) == four.map(\.items) && one.map(\.count) == four.map(\.count))
        #expect(try search.count(parallel: Parallel(threads: 4)).setCount == one.count)
    }

    /// What the kernel of a processor level hands on, word by word.
    private func words(_ frequent: FrequentBaskets, _ target: strata_itemset_target, level: Int32) -> [UInt32] {
        final class Words { var all: [UInt32] = [] }
        let words = Words()
        frequent.withKernel { view in
            var options = strata_itemset_options()
            options.target = target
            options.minimum_count = 15
            options.minimum_length = 1
            options.maximum_length = UInt32.max
            options.memory = 1 << 30
            let miner = strata_miner_new(
                view, &options,
                { context, words, count in
                    guard let context else { return 0 }
                    Unmanaged<Words>.fromOpaque(context).takeUnretainedValue().all +=
                        Array(UnsafeBufferPointer(start: words, count: count))
                    return 1
                }, Unmanaged.passUnretained(words).toOpaque())
            guard let miner else { return }
            strata_miner_set_level(miner, level)
            for item in frequent.ranked.indices { _ = strata_miner_task(miner, UInt32(item)) }
            strata_miner_free(miner)
        }
        return words.all
    }

    @Test func levelsOfProcessorsAgreeToTheWord() {
        var generator = SeededGenerator(seed: 19)
        for size in [40, 100, 600, 2000] {
            let rows = BasketTable.random(&generator, basketCount: size, itemCount: 14)
            let frequent = FrequentBaskets(
                BasketTable(rows, itemCount: 14), minimumCount: 15, included: [], excluded: [])
            for target in [
                STRATA_ITEMSETS_ALL, STRATA_ITEMSETS_CLOSED, STRATA_ITEMSETS_MAXIMAL, STRATA_ITEMSETS_GENERATORS,
            ] {
                let plain = words(frequent, target, level: 0)
                #expect(!plain.isEmpty)
                for level in 1..<strata_itemset_level_count() {
                    #expect(words(frequent, target, level: level) == plain)
                }
            }
        }
    }

    /// 70 items that are always together: 2⁷⁰ − 1 sets are said to be too many, not counted wrongly.
    @Test func tooManySetsAreSaid() throws {
        let rows = [[UInt32]](repeating: (0..<70).map { UInt32($0) }, count: 3)
        let table = BasketTable(rows, itemCount: 70)
        #expect(throws: Problem.self) { try Itemsets(options(.all, 2)).search(table).count() }
        #expect(try Itemsets(options(.closed, 2)).search(table).count().setCount == 1)
        // Pairs of 70 are 70 · 69 / 2, triples 70 · 69 · 68 / 6.
        let pairs = try Itemsets(options(.all, 2) { ($0.minimumLength, $0.maximumLength) = (2, 3) }).search(table)
        #expect(try pairs.count().setCount == 2415 + 54740)
    }

    @Test func aBudgetIsHeldOrRefusedBefore() throws {
        var generator = SeededGenerator(seed: 23)
        let rows = BasketTable.random(&generator, basketCount: 3000, itemCount: 14)
        let search = try Itemsets(options(.closed, 10)).search(BasketTable(rows, itemCount: 14))
        let plenty = ItemsetMemory(byteCount: 1 << 28, heldBytes: 1 << 20)
        #expect(try search.listed(threads: 2, memory: plenty).map(\.items) == search.listed(threads: 1).map(\.items))
        #expect(throws: Problem.self) {
            try search.listed(memory: ItemsetMemory(byteCount: 1 << 20, heldBytes: 1 << 20))
        }
    }

    @Test func optionsAreChecked() {
        #expect(throws: Problem.self) { try Itemsets(options(.all, 1) { $0.minimumLength = 0 }) }
        #expect(throws: Problem.self) {
            try Itemsets(
                options(.all, 1) {
                    $0.minimumLength = 3; $0.maximumLength = 2
                })
        }
        #expect(throws: Problem.self) { try Itemsets(options(.maximal, 1) { $0.top = 5 }) }
        #expect(throws: Problem.self) {
            try Itemsets(
                options(.all, 1) {
                    $0.included = [1]; $0.excluded = [1]
                })
        }
    }
}
