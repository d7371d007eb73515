import CustomerData
import Statistics
import Testing

/// Lines become baskets by net quantity.
@Suite struct BasketBuilderTests {
    /// The baskets as sets of names.
    private func baskets(
        _ lines: [TransactionLine], _ unit: BasketUnit, returns: ReturnRule = .match,
        columns: TransactionColumns = [.order, .product, .quantity], threads: Int = 1
    ) -> (baskets: [[String]], accounts: BasketAccounts) {
        let builder = BasketBuilder(
            unit: unit, orderRule: columns.contains(.order) ? .column : .customerDay, returns: returns,
            threads: threads)
        // Blocks of two lines.
        let batches = stride(from: 0, to: lines.count, by: 2).map {
            OwnedBatch(Array(lines[$0..<min(lines.count, $0 + 2)]), columns: columns, block: $0)
        }
        let shared = UncheckedSendable(batches)
        Parallel(threads: threads).forEach(batches.count) { builder.add(shared.value[$0].batch, worker: $1) }
        let (table, accounts) = builder.finish(parallel: Parallel(threads: threads))
        let sets = (0..<table.count).map { basket in
            table.items[table.starts[basket]..<table.starts[basket + 1]].map { table.names[Int($0)] }
        }
        return (sets.sorted { $0.lexicographicallyPrecedes($1) }, accounts)
    }

    private let lines = [
        TransactionLine("ann", order: "1", product: "tea", day: 1, value: 4),
        TransactionLine("ann", order: "1", product: "milk", day: 1, quantity: 2, value: 2),
        TransactionLine("ann", order: "2", product: "tea", day: 4, value: 4),
        TransactionLine("bob", order: "1", product: "tea", day: 1, value: 4),
        TransactionLine("bob", order: "1", product: "tea", day: 1, value: 4),
        TransactionLine("ann", order: "3", product: "jam", day: 9, value: 3),
    ]

    @Test(arguments: [1, 3])
    func unitsOfBaskets(_ threads: Int) {
        #expect(
            baskets(lines, .order, threads: threads).baskets == [["jam"], ["milk", "tea"], ["tea"], ["tea"]])
        #expect(baskets(lines, .day, threads: threads).baskets == [["jam"], ["milk", "tea"], ["tea"], ["tea"]])
        #expect(baskets(lines, .customer, threads: threads).baskets == [["jam", "milk", "tea"], ["tea"]])
        #expect(baskets(lines, .window(days: 4), threads: threads).baskets == [["jam"], ["milk", "tea"], ["tea"]])
        #expect(baskets(lines, .window(days: 3)).baskets == [["jam"], ["milk", "tea"], ["tea"], ["tea"]])
    }

    /// The window begins with a purchase, and does not move on with the next: days 1, 4 and 9 with eight days a window.
    @Test func windowsAreCountedFromTheirFirstDay() {
        #expect(baskets(lines, .window(days: 8)).baskets == [["jam"], ["milk", "tea"], ["tea"]])
        #expect(baskets(lines, .window(days: 9)).baskets == [["jam", "milk", "tea"], ["tea"]])
    }

    @Test func returnsCancel() {
        let back =
            lines + [
                TransactionLine("ann", order: "C4", product: "tea", day: 10, quantity: -1, value: -4),
                TransactionLine("ann", order: "C4", product: "milk", day: 10, quantity: -1, value: -1),
                TransactionLine("cem", order: "C5", product: "tea", day: 10, quantity: -1, value: -4),
            ]
        // The newest tea of ann's is gone, and order 2 with it; of two milks one is left.
        let (matched, accounts) = baskets(back, .order)
        #expect(matched == [["jam"], ["milk", "tea"], ["tea"]])
        #expect(accounts.lines == 9 && accounts.returns == 3 && accounts.unmatchedReturns == 1)
        #expect(accounts.cancelledItems == 1 && accounts.cancelledBaskets == 1)
        // Against their own basket they take nothing from others.
        #expect(baskets(back, .order, returns: .net).baskets == baskets(lines, .order).baskets)
        #expect(baskets(back, .order, returns: .ignore).baskets == baskets(lines, .order).baskets)
        // Over all of a customer's purchases one tea of two is left.
        #expect(baskets(back, .customer, returns: .net).baskets == [["jam", "milk", "tea"], ["tea"]])
    }

    @Test func aReturnBeforeThePurchaseTakesNothing() {
        let early = [
            TransactionLine("ann", order: "C0", product: "tea", day: 0, quantity: -1, value: -4),
            TransactionLine("ann", order: "1", product: "tea", day: 1, value: 4),
        ]
        let (found, accounts) = baskets(early, .order)
        #expect(found == [["tea"]] && accounts.unmatchedReturns == 1)
    }

    @Test func withoutQuantitiesTheValueTells() {
        let plain = [
            TransactionLine("ann", product: "tea", day: 1, value: 4),
            TransactionLine("ann", product: "jam", day: 1, value: 2),
            TransactionLine("ann", product: "tea", day: 2, value: -4), TransactionLine("ann", day: 2, value: 1),
        ]
        let (found, accounts) = baskets(plain, .order, columns: [.product])
        #expect(found == [["jam"]] && accounts.linesWithoutProduct == 1)
    }

    /// Quantities of chance: each basket holds what plain sums of its lines leave.
    @Test func netQuantitiesAreSums() {
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<50 {
            var sums: [String: Int64] = [:]
            let random = (0..<60).map { _ in
                let (customer, item) = (
                    Int.random(in: 0..<3, using: &generator), Int.random(in: 0..<4, using: &generator)
                )
                let (day, quantity) = (
                    Int.random(in: 0..<3, using: &generator), Int64.random(in: -2...3, using: &generator)
                )
                sums["\(customer) \(day) \(item)", default: 0] += quantity
                return TransactionLine(
                    "c\(customer)", product: "p\(item)", day: Int32(day), quantity: quantity, value: quantity)
            }
            var expected: [String: [String]] = [:]
            for (key, sum) in sums.sorted(by: { $0.key < $1.key }) where sum > 0 {
                expected[String(key.dropLast(2)), default: []].append("p\(key.suffix(1))")
            }
            #expect(
                baskets(random, .day, returns: .net, columns: [.product, .quantity]).baskets
                    == expected.values.sorted { $0.lexicographicallyPrecedes($1) })
        }
    }
}
