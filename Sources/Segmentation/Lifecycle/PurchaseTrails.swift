import CustomerData
import Glibc

/// One customer's purchase days, as the rhythm and the chance of return see them.
struct PurchaseTrail {
    /// Distinct purchase days, at least 1.
    let dayCount: Int
    /// Day number of the first purchase.
    let first: Int32
    /// Day number of the last purchase.
    let last: Int32
    /// Days of the last completed gap; 0 when there is one purchase day.
    let lastGap: Int
    /// Σ ln of the gaps between successive purchase days, in days.
    let logGapSum: Double

    /// Completed gaps, which is also the number of repeats.
    var gapCount: Int { dayCount - 1 }
}

/// Purchase days in unsafe buffers with a table of logarithms: a gap is a whole number of days, so that no logarithm
/// is computed twice. Valid within `withTrails` only.
struct PurchaseTrails {
    /// Day number that customers are looked at from.
    let asOf: Int32
    /// `customerCount + 1` positions in `days`.
    let starts: UnsafeBufferPointer<Int>
    /// Day numbers, ascending within a customer.
    let days: UnsafeBufferPointer<Int32>
    /// ln k at position k, for k up to one more than the days between any purchase day and `asOf`.
    let logarithms: UnsafeBufferPointer<Double>

    /// Customers in one block of parallel work; blocks never depend on the number of threads.
    static let blockSize = 8192

    var customerCount: Int { starts.count - 1 }

    /// The purchase days of a customer, ascending.
    @inline(__always)
    func days(_ customer: Int) -> UnsafeBufferPointer<Int32> {
        UnsafeBufferPointer(rebasing: days[starts[customer]..<starts[customer + 1]])
    }

    /// The trail of a customer, or nil without a purchase.
    @inline(__always)
    func trail(_ customer: Int) -> PurchaseTrail? {
        let start = starts[customer]
        let end = starts[customer + 1]
        guard end > start else { return nil }
        var logGapSum = 0.0
        var previous = days[start]
        var gap = 0
        for position in start + 1..<max(end, start + 1) {
            gap = Int(days[position] &- previous)
            logGapSum += logarithms[gap]
            previous = days[position]
        }
        return PurchaseTrail(
            dayCount: end - start, first: days[start], last: previous, lastGap: gap, logGapSum: logGapSum)
    }
}

extension PurchaseDays {
    /// Calls `body` with the purchase days in unsafe buffers.
    ///
    /// - Parameter logarithms: those of a date no earlier than `asOf`.
    func withTrails<Result>(
        _ logarithms: DayLogarithms, _ body: (PurchaseTrails) throws -> Result
    ) rethrows -> Result {
        try starts.withUnsafeBufferPointer { starts in
            try days.withUnsafeBufferPointer { days in
                try logarithms.values.withUnsafeBufferPointer { logarithms in
                    try body(PurchaseTrails(asOf: asOf.number, starts: starts, days: days, logarithms: logarithms))
                }
            }
        }
    }
}

/// Logarithms of all whole numbers of days that can lie between two days of a history up to a date.
struct DayLogarithms {
    /// The day of the history's first order; nil when there is none up to the date.
    let firstDay: Day?
    /// ln k at position k, for k up to one more than the days between the first order and the date.
    let values: [Double]

    /// - Complexity: O(customers + days between the first order and `asOf`).
    init(_ history: PurchaseHistory, asOf: Day) {
        var earliest: Int32?
        for customer in 0..<history.customers.count
        where history.orderStarts[customer] < history.orderStarts[customer + 1] {
            let day = history.orderDays[history.orderStarts[customer]]
            if day <= asOf.number, day < earliest ?? .max { earliest = day }
        }
        firstDay = earliest.map { Day(number: $0) }
        let span = firstDay.map { asOf.days(since: $0) } ?? 0
        values = (0...span + 1).map { log(Double($0)) }
    }
}
