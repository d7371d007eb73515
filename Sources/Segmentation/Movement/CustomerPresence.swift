import CustomerData

/// From when on each customer is known: what makes it a customer of `strata lifecycle --as-of` that day.
///
/// That is the first day of an order, a return, an interaction of any kind, or of the registration. A customer whom the
/// customers file names without a date of registration is known from the beginning: nothing says otherwise.
public struct CustomerPresence: Sendable {
    /// Day number by customer; `PurchaseHistory.noDay`, which lies before all days, for those known from the beginning.
    public let since: [Int32]
    /// Customers that are known from the beginning, for want of a date of registration.
    public var undatedCount: Int { since.count { $0 == PurchaseHistory.noDay } }

    /// The presence of every customer of a history.
    ///
    /// - Parameters:
    ///   - history: orders and returns.
    ///   - interactions: of the same customers; nil when there are none.
    ///   - listed: whether the customers file names each; nil when there is none.
    ///   - registeredDays: day numbers of registration, `PurchaseHistory.noDay` where they are not known.
    /// - Complexity: O(customers + returns).
    public init(
        of history: PurchaseHistory, interactions: InteractionHistory? = nil, listed: [Bool]? = nil,
        registeredDays: [Int32]? = nil
    ) {
        let count = history.customers.count
        precondition(interactions.map { $0.customerCount == count } ?? true)
        precondition((listed?.count ?? count) == count && (registeredDays?.count ?? count) == count)
        var since = [Int32](repeating: .max, count: count)
        for customer in 0..<count {
            let order = history.orderStarts[customer]
            if order < history.orderStarts[customer + 1] { since[customer] = history.orderDays[order] }
            if let interactions, interactions.starts[customer] < interactions.starts[customer + 1] {
                since[customer] = min(since[customer], interactions.events[interactions.starts[customer]].day)
            }
            if let listed, listed[customer] {
                since[customer] = min(since[customer], registeredDays?[customer] ?? PurchaseHistory.noDay)
            }
        }
        for entry in history.unmatchedReturns { since[entry.customer] = min(since[entry.customer], entry.day) }
        // Nothing with a date is known of whoever is left.
        for customer in 0..<count where since[customer] == .max { since[customer] = PurchaseHistory.noDay }
        self.since = since
    }

    /// Whether a customer is known as of a date.
    @inline(__always)
    func isThere(_ customer: Int, asOf: Int32) -> Bool { since[customer] <= asOf }
}

extension InteractionHistory {
    /// Day number of each customer's last inbound interaction up to a date; `PurchaseHistory.noDay` for none.
    ///
    /// - Complexity: O(interactions).
    func lastResponses(asOf: Day) -> [Int32] {
        (0..<customerCount).map { customer in
            events[starts[customer]..<starts[customer + 1]].last { $0.day <= asOf.number && $0.kind.isInbound }?.day
                ?? PurchaseHistory.noDay
        }
    }
}
