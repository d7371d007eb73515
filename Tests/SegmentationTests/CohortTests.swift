import CustomerData
import Statistics
import Testing

@testable import Segmentation

@Suite struct CohortTests {
    private func triangle(_ history: PurchaseHistory, asOf: Day, every: Cadence = .month) throws -> CohortTriangle {
        try Cohorts(.init(every: every)).triangle(of: history, asOf: asOf)
    }

    /// What all cohorts have spent.
    private func total(_ triangle: CohortTriangle) -> Money {
        var sum = Money.zero
        for cohort in triangle.cohorts { for cell in cohort.cells { sum += cell.revenue } }
        return sum
    }

    /// Customers active, cell by cell of all cohorts, in sum.
    private func activity(_ triangle: CohortTriangle) -> Int {
        var sum = 0
        for cohort in triangle.cohorts { for cell in cohort.cells { sum += cell.active } }
        return sum
    }

    /// Revenue of a cohort's cells in ten-thousandths.
    private func revenues(_ cohort: CohortTriangle.Cohort) -> [Int] {
        cohort.cells.map { Int($0.revenue.tenThousandths) }
    }

    /// pandas 2.3.3 on `notebooks-data/cdnow`, purchases of a positive amount: customers active by months since the month
    /// of the first, of those of January 1997; then all cohorts together.
    @Test func cdnowIsThatOfPandas() throws {
        let history = RealHistories.cdnow
        let triangle = try triangle(history, asOf: try #require(Day("1998-07-01")))
        let january = triangle.cohorts[0]
        #expect(january.start.description == "1997-01-01" && january.customers == 7814)
        let active = [
            7814, 1155, 964, 810, 679, 736, 720, 582, 559, 594, 673, 634, 528, 511, 664, 471, 497, 498,
        ]
        #expect(january.cells.map(\.active) == active)
        let spent = ["299060.17", "60849.54", "50683.75", "40655.50", "34973.56"]
        #expect(january.cells.prefix(5).map { $0.revenue.formatted(decimals: 2) } == spent)
        #expect(triangle.cohorts.map(\.customers) == [7814, 8455, 7231, 2])
        #expect(activity(triangle) == 55_303)
        #expect(total(triangle).formatted(decimals: 2) == "2500315.63")
        #expect(triangle.withoutPurchaseCount == 68 && triangle.customerCount == 23_502)
        // The data ends with 30 June: every month is whole.
        #expect(triangle.cohorts.allSatisfy { $0.cells.allSatisfy(\.isMature) })
    }

    /// pandas 2.3.3 on UCI Online Retail, lines with a customer, a positive quantity and price.
    @Test(.enabled(if: RealHistories.hasOnlineRetail, "shared/data is not there"))
    func onlineRetailIsThatOfPandas() throws {
        let triangle = try triangle(RealHistories.onlineRetail, asOf: try #require(Day("2011-12-10")))
        let december = triangle.cohorts[0]
        let active = [885, 324, 286, 340, 321, 352, 321, 309, 313, 350, 331, 445, 235]
        #expect(december.customers == 885 && december.cells.map(\.active) == active)
        #expect(december.cells[0].revenue.formatted(decimals: 2) == "572713.89")
        #expect(december.cells[11].revenue.formatted(decimals: 2) == "513803.59")
        let october = try #require(triangle.cohorts.first { $0.start.description == "2011-10-01" })
        #expect(october.cells.map(\.active) == [358, 86, 41])
        #expect(activity(triangle) == 13_054)
        // The data ends on 9 December: no cell of that month is whole, and all before it are.
        for cohort in triangle.cohorts {
            for cell in cohort.cells { #expect(cell.isMature == (cell.period.description != "2011-12-01")) }
        }
        #expect(triangle.mature(age: 12) == nil)
        // The one cohort that is eleven whole months old.
        #expect(triangle.mature(age: 11)?.active == 445)
    }

    /// a buys on days 5, 10 and 40, of which 10 is taken back on 45; b gets something free, then buys on 70; c takes all
    /// back. Periods of 30 days from day 5.
    private func small(_ rule: ReturnRule = .match) -> PurchaseHistory {
        PurchaseHistory(
            orders: [
                ("a", 5, 100_000), ("a", 10, 50_000), ("a", 40, 70_000), ("b", 6, 0), ("b", 70, 30_000),
                ("c", 8, 20_000),
            ], reversals: [(1, 45, 50_000), (5, 9, 20_000)], returns: [("b", 7, -4_000), ("a", 50, -9_000)], rule: rule)
    }

    @Test func cellsAreWhatTheOrdersSay() throws {
        let triangle = try triangle(small(), asOf: Day(number: 71), every: .days(30))
        #expect(triangle.cohorts.map(\.start.number) == [5, 65] && triangle.cohorts.map(\.customers) == [1, 1])
        #expect(triangle.cohorts[0].cells.map(\.active) == [1, 1, 0])
        #expect(revenues(triangle.cohorts[0]) == [100_000, 70_000, 0])
        let sums: [Int] = triangle.cohorts[0].cells.map { Int($0.cumulativeRevenue.tenThousandths) }
        #expect(sums == [100_000, 170_000, 170_000])
        #expect(triangle.cohorts[0].cells.map(\.isMature) == [true, true, false])
        #expect(triangle.withoutPurchaseCount == 1)
        // Before the return, the order of day 10 counts; nothing after the date is used.
        let earlier = try self.triangle(small(), asOf: Day(number: 44), every: .days(30))
        #expect(earlier.cohorts.map(\.customers) == [1])
        #expect(revenues(earlier.cohorts[0]) == [150_000, 70_000])
        #expect(earlier.cohorts[0].cells.map(\.isMature) == [true, false])
    }

    /// Under `net` a return counts on its day, one before the first purchase into the first period.
    @Test func netReturnsAreInTheSum() throws {
        let triangle = try triangle(small(.net), asOf: Day(number: 71), every: .days(30))
        #expect(revenues(triangle.cohorts[0]) == [100_000, 61_000, 0])
        #expect(revenues(triangle.cohorts[1]) == [26_000])
    }

    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
    func revenueAndCustomersAddUpForAnyThreads(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let history = PurchaseHistory(orders: PurchaseHistory.random(&generator, customerCount: 60))
        let asOf = Day(number: 20)
        for every in [Cadence.week, .month, .days(3)] {
            let cohorts = Cohorts(.init(every: every))
            let one = try cohorts.triangle(of: history, asOf: asOf, parallel: Parallel(threads: 1))
            #expect(try cohorts.triangle(of: history, asOf: asOf, parallel: Parallel(threads: 3)) == one)
            let days = history.purchaseDays(asOf: asOf)
            let buyers = (0..<history.customers.count).filter { days.starts[$0] < days.starts[$0 + 1] }
            let values = RFMValues(of: history, asOf: asOf)
            #expect(one.customerCount == buyers.count)
            #expect(one.customerCount + one.withoutPurchaseCount == history.customers.count)
            let spent = buyers.reduce(Int128(0)) { $0 + values.monetary[$1] }
            #expect(total(one).tenThousandths == spent)
            for cohort in one.cohorts {
                #expect(cohort.cells[0].active == cohort.customers)
                #expect(cohort.cells.allSatisfy { $0.active <= cohort.customers })
                #expect(cohort.cells.map(\.age) == Array(cohort.cells.indices))
            }
        }
    }

    @Test func noPurchaseIsNoCohortAndTooManyPeriodsAreRefused() throws {
        let free = PurchaseHistory(orders: [("a", 5, 0)])
        #expect(try triangle(free, asOf: Day(number: 9)).cohorts.isEmpty)
        let long = PurchaseHistory(orders: [("a", 5, 10), ("a", 5000, 10)])
        let problem = #expect(throws: Problem.self) { try triangle(long, asOf: Day(number: 5001), every: .days(1)) }
        #expect(problem?.kind == .usage)
    }
}
