import CustomerData
import Statistics

/// Cohorts by age.
public struct CohortTriangle: Hashable, Sendable {
    /// Customers who first bought in one period.
    public struct Cohort: Hashable, Sendable {
        /// First day of the period.
        public let start: Day
        /// Customers, at least 1.
        public let customers: Int
        /// What they did at each age, from 0, up to the period in which the data ends.
        public let cells: [Cell]
    }

    /// What a cohort did in one period.
    public struct Cell: Hashable, Sendable {
        /// Periods since that of the first purchase.
        public let age: Int
        /// First day of the period.
        public let period: Day
        /// Customers of the cohort with a purchase in the period; at age 0 all of them.
        public let active: Int
        /// What they spent in it, after returns, ten-thousandths exact.
        public let revenue: Money
        /// What they have spent up to its end.
        public let cumulativeRevenue: Money
        /// Whether the period was over when the data ended: if not, the cell will grow.
        public let isMature: Bool
    }

    /// The periods.
    public let every: Cadence
    /// The date that the cohorts were looked at from.
    public let asOf: Day
    /// The last day that the data covers.
    public let end: Day
    /// Decimals in which the input states money.
    public let decimals: Int
    /// The cohorts, ascending by period; periods in which nobody bought first are left out.
    public let cohorts: [Cohort]
    /// Customers without a purchase, who are in no cohort.
    public let withoutPurchaseCount: Int

    init(_ every: Cadence, asOf: Day, end: Day, decimals: Int, _ tally: CohortTally) {
        self.every = every
        self.asOf = asOf
        self.end = end
        self.decimals = decimals
        withoutPurchaseCount = tally.withoutPurchase
        let count = tally.periods.count
        let starts = tally.periods.starts
        cohorts = (0..<count).filter { tally.customers[$0] > 0 }.map { cohort in
            var sum = Money.zero
            let cells = (cohort..<count).map { period in
                let revenue = Money(tenThousandths: tally.revenue[cohort * count + period])
                sum += revenue
                return Cell(
                    age: period - cohort, period: starts[period], active: tally.active[cohort * count + period],
                    revenue: revenue, cumulativeRevenue: sum,
                    isMature: starts[period + 1] <= end.advanced(byDays: 1))
            }
            return Cohort(start: starts[cohort], customers: tally.customers[cohort], cells: cells)
        }
    }

    /// Customers in all cohorts.
    public var customerCount: Int { cohorts.reduce(0) { $0 + $1.customers } }
}

extension CohortTriangle.Cohort {
    /// The share of the cohort that was active, with its 95 % interval (Wilson 1927).
    public func retention(_ cell: CohortTriangle.Cell) -> (share: Double, interval: WilsonInterval?) {
        (Double(cell.active) / Double(customers), WilsonInterval(cell.active, of: customers))
    }
}

extension CohortTriangle {
    /// Of all cohorts that have a mature cell of an age: the customers, and those of them active at it, with their
    /// revenue. Nil when there is none.
    public func mature(age: Int) -> (customers: Int, active: Int, revenue: Money)? {
        var sum = (customers: 0, active: 0, revenue: Money.zero)
        for cohort in cohorts where age < cohort.cells.count && cohort.cells[age].isMature {
            sum.customers += cohort.customers
            sum.active += cohort.cells[age].active
            sum.revenue += cohort.cells[age].revenue
        }
        return sum.customers > 0 ? sum : nil
    }

    /// The table of `cohorts.csv`, a row a cohort and age: `cohort, age, period, customers, active, retention,
    /// retention_low, retention_high, revenue, revenue_per_customer, cumulative_revenue, cumulative_per_customer, mature`.
    public var table: ResultTable {
        let rows = cohorts.flatMap { cohort in cohort.cells.map { (cohort: cohort, cell: $0) } }
        let retention = rows.map { $0.cohort.retention($0.cell) }
        let averageDecimals = max(2, decimals)
        func money(_ name: String, _ amount: (Cell) -> Money) -> ResultTable.Column {
            .init(name, unit: "money", .money(rows.map { amount($0.cell).tenThousandths }, decimals: decimals))
        }
        func average(_ name: String, _ amount: (Cell) -> Money) -> ResultTable.Column {
            .init(
                name, unit: "money",
                .money(
                    rows.map { row in
                        amount(row.cell).divided(by: row.cohort.customers, decimals: averageDecimals).tenThousandths
                    }, decimals: averageDecimals))
        }
        return ResultTable(
            name: "cohorts",
            columns: [
                .init("cohort", .days(rows.map(\.cohort.start.number))),
                .init("age", .integers(rows.map { Int64($0.cell.age) })),
                .init("period", .days(rows.map(\.cell.period.number))),
                .init("customers", unit: "customers", .integers(rows.map { Int64($0.cohort.customers) })),
                .init("active", unit: "customers", .integers(rows.map { Int64($0.cell.active) })),
                .init("retention", unit: "share", .fixed(retention.map(\.share), decimals: 4)),
                .init(
                    "retention_low", unit: "share", .fixed(retention.map { $0.interval?.low ?? .nan }, decimals: 4)),
                .init(
                    "retention_high", unit: "share", .fixed(retention.map { $0.interval?.high ?? .nan }, decimals: 4)),
                money("revenue", \.revenue), average("revenue_per_customer", \.revenue),
                money("cumulative_revenue", \.cumulativeRevenue),
                average("cumulative_per_customer", \.cumulativeRevenue),
                .init("mature", .flags(rows.map(\.cell.isMature))),
            ])
    }
}
