import CustomerData
import Statistics

/// Cohorts: customers by the period of their first purchase, and what they did in that period and each after it.
///
/// A purchase is a day with a positive value that was not taken back, as in the lifecycle. Periods are those of the
/// calendar, so age 1 is the month after the one of the first purchase, whatever its day.
public struct Cohorts: Sendable {
    /// What may be chosen.
    public struct Options: Hashable, Sendable {
        /// The periods.
        public let every: Cadence

        /// Options; the periods are months unless told otherwise.
        public init(every: Cadence = .month) { self.every = every }

        /// Periods at most: as many as 10,000 years have of 3,650 days.
        public static let mostPeriods = 1001
    }

    /// The options.
    public let options: Options

    /// Cohorts with those options.
    public init(_ options: Options = Options()) { self.options = options }

    /// Tallies at most: each has as many cells as periods squared. Whole numbers are summed, so that any division of the
    /// customers gives the same.
    private static let mostTallies = 8

    /// The cohorts of a history as of a date; nothing after it is used.
    ///
    /// - Throws: `Problem(.usage)` for too many periods.
    /// - Complexity: O(orders + days + periods²).
    public func triangle(of history: PurchaseHistory, asOf: Day, parallel: Parallel = Parallel()) throws
        -> CohortTriangle
    {
        let purchases = history.purchaseDays(asOf: asOf)
        // What is known of the date itself counts; where nothing is, the data ends with the day before.
        let last = history.period?.upperBound ?? asOf
        let end = last < asOf ? asOf.advanced(byDays: -1) : asOf
        let first = purchases.days.min().map { Day(number: $0) } ?? end
        let periods = try CohortPeriods(options.every, from: min(first, end), to: end)
        let count = history.customers.count
        let tallyCount = min(parallel.threadCount, Cohorts.mostTallies)
        let tallies = parallel.map(tallyCount) { part in
            var tally = CohortTally(periods)
            let customers = count * part / tallyCount..<count * (part + 1) / tallyCount
            for customer in customers {
                tally.add(purchases.days[purchases.starts[customer]..<purchases.starts[customer + 1]])
            }
            history.forEachOrder(of: customers, asOf: asOf) { order, customer, value in
                guard purchases.starts[customer] < purchases.starts[customer + 1] else { return }
                tally.add(value, on: history.orderDays[order], first: purchases.days[purchases.starts[customer]])
            }
            return tally
        }
        var tally = tallies.reduce(into: CohortTally(periods)) { $0.merge($1) }
        if history.returns == .net {
            for entry in history.unmatchedReturns where entry.day <= asOf.number {
                let start = purchases.starts[entry.customer]
                guard start < purchases.starts[entry.customer + 1] else { continue }
                tally.add(entry.value, on: entry.day, first: purchases.days[start])
            }
        }
        return CohortTriangle(options.every, asOf: asOf, end: end, decimals: history.decimals, tally)
    }
}

/// The periods of a history.
struct CohortPeriods: Sendable {
    /// First days, ascending, and that of the period after the last.
    let starts: [Day]
    /// Day number of the first day of the first period.
    private let origin: Int32
    /// Position of the period of each day from `origin` on.
    private let ofDay: [UInt16]

    /// Periods.
    var count: Int { starts.count - 1 }

    init(_ every: Cadence, from first: Day, to end: Day) throws {
        let begin = every.period(of: first, origin: first)
        var starts = [begin]
        while let last = starts.last, last <= end {
            guard starts.count <= Cohorts.Options.mostPeriods else {
                throw Problem(
                    .usage,
                    "\(first) to \(end) every \(every) is more than \(Cohorts.Options.mostPeriods) periods: choose longer "
                        + "ones")
            }
            starts.append(every.day(starts.count, after: begin))
        }
        self.starts = starts
        origin = begin.number
        var ofDay: [UInt16] = []
        for position in 0..<starts.count - 1 {
            let length = starts[position + 1].days(since: starts[position])
            ofDay.append(contentsOf: repeatElement(UInt16(position), count: length))
        }
        self.ofDay = ofDay
    }

    /// The period of a day; what lies before the first counts into it.
    @inline(__always)
    func position(of day: Int32) -> Int { Int(ofDay[max(0, Int(day) - Int(origin))]) }
}

/// Customers by cohort, and who of them was active in and brought how much in each period; adds a customer and merges
/// with another of its kind.
struct CohortTally: Sendable {
    let periods: CohortPeriods
    private(set) var customers: [Int]
    /// By cohort and period.
    private(set) var active: [Int]
    private(set) var revenue: [Int128]
    private(set) var withoutPurchase = 0

    init(_ periods: CohortPeriods) {
        self.periods = periods
        customers = Array(repeating: 0, count: periods.count)
        active = Array(repeating: 0, count: periods.count * periods.count)
        revenue = Array(repeating: 0, count: periods.count * periods.count)
    }

    /// Counts a customer with those purchase days, ascending.
    mutating func add(_ days: ArraySlice<Int32>) {
        guard let first = days.first else {
            withoutPurchase += 1
            return
        }
        let cohort = periods.position(of: first)
        customers[cohort] += 1
        var latest = -1
        for day in days {
            let period = periods.position(of: day)
            if period != latest { active[cohort * periods.count + period] += 1 }
            latest = period
        }
    }

    /// Adds the value of an order or a return of a customer; what lies before the first purchase counts into its period.
    mutating func add(_ value: Int64, on day: Int32, first: Int32) {
        let cohort = periods.position(of: first)
        revenue[cohort * periods.count + max(cohort, periods.position(of: day))] += Int128(value)
    }

    mutating func merge(_ other: CohortTally) {
        for index in customers.indices { customers[index] += other.customers[index] }
        for index in active.indices { active[index] += other.active[index] }
        for index in revenue.indices { revenue[index] += other.revenue[index] }
        withoutPurchase += other.withoutPurchase
    }
}
