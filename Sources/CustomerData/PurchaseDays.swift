/// Every customer's purchase days as of a date: the distinct days, ascending, with a positive value that was not
/// taken back by that date. Nothing after the date is used, neither orders nor returns.
public struct PurchaseDays: Sendable {
    /// The date; days after it are left out.
    public let asOf: Day
    /// Where each customer's days begin; one more than there are customers.
    public let starts: [Int]
    /// Day numbers, ascending within a customer.
    public let days: [Int32]

    /// Purchase days from their columns.
    public init(asOf: Day, starts: [Int], days: [Int32]) {
        self.asOf = asOf
        self.starts = starts
        self.days = days
    }
}

extension PurchaseHistory {
    /// Calls `body` once an order, in row order, with the row, its customer and its value net of what was taken back
    /// up to and including `asOf`; orders after `asOf` are left out.
    ///
    /// - Complexity: O(orders).
    @inlinable
    public func forEachOrder(asOf: Day, _ body: (_ order: Int, _ customer: Int, _ netValue: Int64) -> Void) {
        forEachOrder(of: 0..<customers.count, asOf: asOf, body)
    }

    /// Whether an order counts into frequency: something of it is left, or it was free to begin with.
    @inlinable
    public func isPurchase(_ order: Int, netValue: Int64) -> Bool { netValue > 0 || orderValues[order] == 0 }

    /// The purchase days of every customer as of a date.
    ///
    /// - Complexity: O(orders).
    public func purchaseDays(asOf: Day) -> PurchaseDays {
        var starts = [Int](repeating: 0, count: customers.count + 1)
        var days: [Int32] = []
        days.reserveCapacity(orderDays.count)
        var current = -1
        var begin = 0
        forEachOrder(asOf: asOf) { order, customer, value in
            if customer != current {
                for skipped in (current + 1)...customer { starts[skipped] = days.count }
                current = customer
                begin = days.count
            }
            if value > 0, days.count == begin || days[days.count - 1] != orderDays[order] {
                days.append(orderDays[order])
            }
        }
        for rest in (current + 1)...customers.count { starts[rest] = days.count }
        return PurchaseDays(asOf: asOf, starts: starts, days: days)
    }
}
