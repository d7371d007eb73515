import CustomerData
import Statistics
import Testing

@Suite("Purchase days") struct PurchaseDaysTests {
    @Test(arguments: 0..<100 as Range<UInt64>)
    func `Distinct days of a positive value that was not taken back by the date`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let history = try Gathering().history(PurchaseHistoryBuilderTests.blocks(&random))
        for date in Int32(-4)...5 {
            let found = history.purchaseDays(asOf: Day(number: date))
            #expect(found.asOf == Day(number: date))
            #expect(found.starts.count == history.customers.count + 1)
            for customer in 0..<history.customers.count {
                var days: Set<Int32> = []
                for order in history.orderStarts[customer]..<history.orderStarts[customer + 1] {
                    let taken = history.reversals.filter { $0.order == order && $0.day <= date }.reduce(0) {
                        $0 + $1.value
                    }
                    if history.orderDays[order] <= date, history.orderValues[order] > taken {
                        days.insert(history.orderDays[order])
                    }
                }
                #expect(Array(found.days[found.starts[customer]..<found.starts[customer + 1]]) == days.sorted())
            }
        }
    }

    @Test(arguments: 0..<100 as Range<UInt64>)
    func `Orders of some customers are those of all, one part after the other`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let history = try Gathering().history(PurchaseHistoryBuilderTests.blocks(&random))
        let asOf = Day(number: Int32(random.index(below: 6)) - 2)
        var whole: [[Int64]] = []
        history.forEachOrder(asOf: asOf) { whole.append([Int64($0), Int64($1), $2]) }
        var parts: [[Int64]] = []
        var start = 0
        while start < history.customers.count {
            let end = min(history.customers.count, start + 1 + random.index(below: 4))
            history.forEachOrder(of: start..<end, asOf: asOf) { parts.append([Int64($0), Int64($1), $2]) }
            start = end
        }
        #expect(parts == whole)
        #expect(
            whole.map { $0[0] }
                == history.orderDays.indices.filter { history.orderDays[$0] <= asOf.number }.map(Int64.init))
    }
}
