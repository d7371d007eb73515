import CustomerData
import Statistics
import Testing

/// A history under other ids, and one customer of it written down and read back.
@Suite struct PurchaseRecordsTests {
    /// Customers a to e with orders, reversals, returns and responses.
    static let history: PurchaseHistory = {
        var history = PurchaseHistory(
            customers: IdentifierList(["a", "b", "c", "d", "e"]), orderStarts: [0, 2, 2, 5, 6, 6],
            orderDays: [10, 20, 5, 5, 30, 7], orderValues: [10_000, 25_000, 40_000, 0, 12_500, 99_900],
            orderLines: [1, 2, 3, 1, 1, 9], orderHours: [1, 2, 3, 4, 5, 6], orderChannels: [0, 1, 255, 0, 1, 0],
            channels: ["store", "web"],
            reversals: [.init(order: 1, day: 21, value: 5000), .init(order: 2, day: 8, value: 40_000)],
            unmatchedReturns: [.init(customer: 0, day: 15, value: -3000), .init(customer: 4, day: 3, value: 0)],
            hasTransactions: [true, false, true, true, true],
            lastReturns: [21, PurchaseHistory.noDay, 8, PurchaseHistory.noDay, 3], productCounts: [1, 0, 3, 4, 0],
            returns: .match, period: Day(number: 3)...Day(number: 30), decimals: 2)
        history.lastResponses = [PurchaseHistory.noDay, 12, PurchaseHistory.noDay, 6, PurchaseHistory.noDay]
        return history
    }()

    /// All that is known of a customer, as text.
    func story(_ history: PurchaseHistory, _ customer: Int) -> [String] {
        let orders = history.orderStarts[customer]..<history.orderStarts[customer + 1]
        return orders.map { order in
            "order \(history.orderDays[order]) \(history.orderValues[order]) \(history.orderLines[order]) "
                + "\(history.orderHours[order]) \(history.orderChannels[order]) "
                + history.reversals.filter { $0.order == order }.map { "\($0.day) \($0.value)" }.joined(separator: ";")
        } + history.unmatchedReturns.filter { $0.customer == customer }.map { "return \($0.day) \($0.value)" } + [
            "\(history.hasTransactions[customer]) \(history.lastReturns[customer]) \(history.lastResponses[customer]) "
                + "\(history.productCounts[customer])"
        ]
    }

    @Test(arguments: [
        ["1", "2", "3", "4", "5"], ["5", "4", "3", "2", "1"], ["q", "b", "zz", "a", "longer than eight"],
    ])
    func otherIdsMoveCustomersAndNothingElse(_ names: [String]) {
        let history = Self.history
        let (renamed, order) = history.renamed(IdentifierList(names), parallel: Parallel(threads: 2))
        #expect((0..<5).map { renamed.customers[$0] } == names.sorted())
        for (new, old) in order.enumerated() {
            #expect(renamed.customers[new] == names[old])
            #expect(story(renamed, new) == story(history, old))
        }
        #expect(renamed.reversals.map(\.order) == renamed.reversals.map(\.order).sorted())
        #expect(renamed.unmatchedReturns.map(\.customer) == renamed.unmatchedReturns.map(\.customer).sorted())
        #expect(renamed.period == history.period && renamed.decimals == 2 && renamed.channels == history.channels)
    }

    @Test func aCustomerReadBackIsTheSame() throws {
        let history = Self.history
        for parts in [1, 2, 100] {
            let tables = PurchaseRecords.parts(of: history, rowCount: parts).map {
                PurchaseRecords.table(of: history, customers: $0, decimals: PurchaseRecords.decimals(of: history))
            }
            #expect(tables.reduce(0) { $0 + $1.rowCount } == 10)
            #expect(tables.allSatisfy { $0.columns.map(\.name) == PurchaseRecords.columns })
        }
        let records: [Int: [PurchaseRecord]] = [
            0: [
                .init(
                    kind: .order, day: Day(number: 10), lines: 1, value: Money(tenThousandths: 10_000), channel: "store"
                ),
                .init(kind: .return, day: Day(number: 15), value: Money(tenThousandths: -3000)),
                .init(
                    kind: .order, day: Day(number: 20), lines: 2, value: Money(tenThousandths: 25_000),
                    takenBack: Money(tenThousandths: 5000), takenBackOn: Day(number: 21), channel: "web"),
            ],
            1: [.init(kind: .response, day: Day(number: 12))],
        ]
        for (customer, rows) in records {
            let one = PurchaseHistory(customer: "x", records: rows, returns: .match, decimals: 2)
            #expect(one.customers.count == 1 && one.lastReturns[0] == history.lastReturns[customer])
            #expect(one.lastResponses[0] == history.lastResponses[customer])
            #expect(one.hasTransactions[0] == history.hasTransactions[customer])
            for day in [9, 10, 20, 21, 40] as [Int32] {
                let (left, right) = (
                    one.purchaseDays(asOf: Day(number: day)), history.purchaseDays(asOf: Day(number: day))
                )
                #expect(Array(left.days) == Array(right.days[right.starts[customer]..<right.starts[customer + 1]]))
            }
        }
        let cells = ["x", "1970-01-21", "order", "2", "2.50", "0.5", "1970-01-22", "web"]
        #expect(PurchaseRecord(cells: cells) == records[0]?[2])
        #expect(PurchaseRecord(cells: ["x", "1970-01-21", "gift", "", "", "", "", ""]) == nil)
        #expect(PurchaseRecord(cells: ["x", "1970-01-21", "order", "", "1.23456", "", "", ""]) == nil)
    }

    @Test func amountsReadBack() {
        for (text, amount) in [("0", 0), ("12.5", 125_000), ("-0.0001", -1), ("-3.20", -32_000), ("7", 70_000)] {
            #expect(Money(text)?.tenThousandths == Int128(amount))
        }
        for text in ["", "-", ".5", "1.", "1.23456", "1,5", "a", "1.2.3", "+1", " 1"] { #expect(Money(text) == nil) }
    }

    @Test func decimalsAreEnough() {
        #expect(PurchaseRecords.decimals(of: Self.history) == 2)
        let fine = PurchaseHistory(
            customer: "x", records: [.init(kind: .order, day: Day(number: 1), value: Money(tenThousandths: 1))],
            returns: .match, decimals: 2)
        #expect(PurchaseRecords.decimals(of: fine) == 4)
    }
}
