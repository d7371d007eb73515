import CustomerData
import Testing

@Suite("Returns") struct ReturnMatchingTests {
    private func history(_ lines: [TransactionLine], _ rule: ReturnRule = .match) throws -> PurchaseHistory {
        try Gathering(returns: rule, columns: [.order, .product, .quantity]).history([lines])
    }

    @Test func `A return takes back the newest earlier purchase of the product`() throws {
        let found = try history([
            TransactionLine("a", order: "1", product: "p", day: 1, quantity: 2, value: 20),
            TransactionLine("a", order: "2", product: "p", day: 5, quantity: 1, value: 11),
            TransactionLine("a", order: "3", product: "q", day: 6, quantity: 1, value: 5),
            TransactionLine("b", order: "4", product: "p", day: 6, quantity: 1, value: 5),
            TransactionLine("a", order: "r", product: "p", day: 7, quantity: -2, value: -21),
            TransactionLine("a", order: "5", product: "p", day: 9, quantity: 1, value: 12),
        ])
        // Order 2 wholly, and of order 1 one unit of two; nothing that came after.
        #expect(
            found.reversals == [.init(order: 0, day: 7, value: 100_000), .init(order: 1, day: 7, value: 110_000)])
        #expect(found.unmatchedReturns.isEmpty)
        #expect(found.returnAccounts.matchedLines == 1 && found.returnAccounts.reversedOrders == 1)
        #expect(found.returnAccounts.takenBack.formatted(decimals: 2) == "21.00")
        #expect(found.lastReturns == [7, PurchaseHistory.noDay])
    }

    @Test func `What is returned beyond what was bought stays a return`() throws {
        let found = try history([
            TransactionLine("a", order: "1", product: "p", day: 1, quantity: 1, value: 10),
            TransactionLine("a", order: "r", product: "p", day: 2, quantity: -3, value: -30),
            TransactionLine("a", order: "s", product: "q", day: 2, quantity: -1, value: -7),
        ])
        #expect(found.reversals == [.init(order: 0, day: 2, value: 100_000)])
        #expect(found.unmatchedReturns.map(\.value) == [-200_000, -70_000])
        #expect(found.returnAccounts.lines == 2 && found.returnAccounts.matchedLines == 0)
        #expect(found.returnAccounts.reversedCustomers == 1)
    }

    @Test func `At one moment purchases go before returns, and without a time a day's returns are its last`() throws {
        let purchase = TransactionLine("a", order: "1", product: "p", day: 1, value: 10)
        let taken = TransactionLine("a", order: "r", product: "p", day: 1, quantity: -1, value: -10)
        #expect(try history([purchase, taken]).reversals.count == 1)
        #expect(try history([taken, purchase]).reversals.count == 1)
        // With times the earlier of two moments is the earlier, whatever the order of the rows.
        let (early, late) = (Int32(100), Int32(200))
        for (bought, returned, count) in [
            (early, late, 1), (late, late, 1), (late, early, 0), (-1, early, 1), (late, -1, 1),
        ] {
            let lines = [
                TransactionLine("a", order: "r", product: "p", day: 1, second: returned, quantity: -1, value: -10),
                TransactionLine("a", order: "1", product: "p", day: 1, second: bought, value: 10),
            ]
            #expect(try history(lines).reversals.count == count)
            #expect(try history(lines.reversed()).reversals.count == count)
        }
    }

    @Test func `Lines without units take nothing back and give nothing back`() throws {
        let found = try history([
            TransactionLine("a", order: "1", product: "p", day: 1, quantity: 1, value: 10),
            TransactionLine("a", order: "2", product: "p", day: 2, quantity: 0, value: 99),
            TransactionLine("a", order: "r", product: "p", day: 3, quantity: 0, value: -4),
            TransactionLine("a", order: "r", product: "p", day: 4, quantity: -1, value: -10),
        ])
        #expect(found.reversals == [.init(order: 0, day: 4, value: 100_000)])
        #expect(found.unmatchedReturns == [.init(customer: 0, day: 3, value: -40_000)])
        #expect(found.returnAccounts.matchedLines == 1)
    }

    @Test func `Parts of a line add up to the line, to the last ten-thousandth`() throws {
        var lines = [TransactionLine(customer: [1], order: [1], product: [1], day: 1, quantity: 70_000, value: 100_001)]
        for day in 2...8 {
            lines.append(
                TransactionLine(
                    customer: [1], order: [2], product: [1], day: Int32(day), quantity: -10_000, value: -14_286))
        }
        let found = try history(lines)
        #expect(found.reversals.count == 7)
        #expect(found.reversals.reduce(0) { $0 + $1.value } == 100_001)
        #expect(found.returnAccounts.reversedOrders == 1)
    }

    @Test func `Net takes back no order`() throws {
        let lines = [
            TransactionLine("a", order: "1", product: "p", day: 1, value: 10),
            TransactionLine("a", order: "r", product: "p", day: 2, quantity: -1, value: -10),
            TransactionLine("b", order: "r", product: "p", day: 2, quantity: -1, value: 4),
        ]
        let found = try history(lines, .net)
        #expect(found.reversals.isEmpty)
        #expect(found.unmatchedReturns.map(\.value) == [-100_000, -40_000])
        #expect(found.returnAccounts.matchedLines == 0 && found.returnAccounts.reversedOrders == 0)
        // A customer with returns only has no order, and is known.
        #expect(found.orderStarts == [0, 1, 1] && found.hasTransactions == [true, true])
    }

    @Test func `A customer with a free order left is not left without any`() throws {
        let found = try history([
            TransactionLine("a", order: "1", product: "p", day: 1, value: 10),
            TransactionLine("a", order: "2", product: "q", day: 1, value: 0),
            TransactionLine("a", order: "r", product: "p", day: 2, quantity: -1, value: -10),
        ])
        #expect(found.returnAccounts.reversedOrders == 1 && found.returnAccounts.reversedCustomers == 0)
    }
}
