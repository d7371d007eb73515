import CustomerData
import Statistics

/// Where every customer of a history stands as of one date, and what it has spent in the year to it.
struct SegmentStanding: Sendable {
    /// The date.
    let asOf: Day
    /// Number of each customer's label, by basis; 0 for "not there yet".
    let codes: [MovementBasis: [UInt16]]
    /// Ten-thousandths spent in the 365 days that end with the date, by customer.
    let yearSpending: [Int128]
    /// Whether each customer is at risk or dormant.
    let isAtRisk: [Bool]
    /// Ten-thousandths: the year's spending times the chance of no return, of those at risk or dormant; 0 for others.
    let expectedLoss: [Int128]

    /// Days of the year whose spending counts.
    static let yearDays: Int32 = 365
    /// Customers a block.
    private static let blockSize = 8192

    /// The standing of every customer.
    ///
    /// - Parameters:
    ///   - lifecycle: the states as of the date.
    ///   - rfm: the segments as of the date; nil when they are not wanted.
    ///   - bases: what customers are sorted by.
    init(
        of history: PurchaseHistory, _ lifecycle: LifecycleResult, _ rfm: RFMResult?, _ presence: CustomerPresence,
        bases: [MovementBasis], parallel: Parallel
    ) {
        asOf = lifecycle.asOf
        let day = asOf.number
        let count = history.customers.count
        func codes(_ label: (Int) -> UInt16) -> [UInt16] {
            (0..<count).map { presence.isThere($0, asOf: day) ? label($0) : 0 }
        }
        var found: [MovementBasis: [UInt16]] = [:]
        for basis in bases {
            switch basis {
            case .stage: found[basis] = codes { UInt16(lifecycle.states[$0].stage.rawValue) + 1 }
            case .state: found[basis] = codes { UInt16(lifecycle.states[$0].rawValue) + 1 }
            case .segment:
                guard let rfm else { preconditionFailure("segments are sorted by RFM") }
                // "No segment" wraps round to the label before the map's.
                found[basis] = codes { rfm.segments[$0] &+ 2 }
            }
        }
        self.codes = found
        let spending = SegmentStanding.yearSpending(of: history, asOf: asOf, parallel: parallel)
        isAtRisk = lifecycle.states.map { $0 == .atRisk || $0 == .dormant }
        expectedLoss = spending.indices.map { customer in
            let state = lifecycle.states[customer]
            guard state == .atRisk || state == .dormant, spending[customer] > 0 else { return 0 }
            let loss = Double(spending[customer]) * (1 - lifecycle.returnChance[customer])
            return Int128(loss.rounded(.toNearestOrEven))
        }
        yearSpending = spending
    }

    /// What each customer spent in the 365 days that end with a date, less what was taken back by it and, under
    /// `ReturnRule.net`, less other returns in those days.
    ///
    /// - Complexity: O(orders + returns).
    private static func yearSpending(of history: PurchaseHistory, asOf: Day, parallel: Parallel) -> [Int128] {
        var sums = [Int128](repeating: 0, count: history.customers.count)
        let before = asOf.number - yearDays
        sums.withUnsafeMutableBufferPointer { sums in
            let out = UncheckedSendable(sums)
            parallel.forEachRange(history.customers.count, size: blockSize) { customers, _, _ in
                history.forEachOrder(of: customers, asOf: asOf) { order, customer, value in
                    if history.orderDays[order] > before { out.value[customer] += Int128(value) }
                }
            }
        }
        if history.returns == .net {
            for entry in history.unmatchedReturns where entry.day > before && entry.day <= asOf.number {
                sums[entry.customer] += Int128(entry.value)
            }
        }
        return sums
    }
}
