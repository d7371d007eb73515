import CustomerData

/// The customers of one label as of a date, and what is at stake with them.
public struct SegmentSize: Hashable, Sendable {
    /// Customers.
    public var customers = 0
    /// What they spent in the 365 days that end with the date, after returns.
    public var yearSpending = Money.zero
    /// Of that, what those spent who are at risk or dormant as of the date.
    public var revenueAtRisk = Money.zero
    /// Revenue at risk, each customer's times its chance of no return within the horizon.
    public var expectedLoss = Money.zero

    /// The sizes of all labels, by number, "not there yet" among them with nobody.
    static func all(_ standing: SegmentStanding, _ basis: MovementBasis, labelCount: Int) -> [SegmentSize] {
        var sizes = [SegmentSize](repeating: SegmentSize(), count: labelCount)
        for (customer, label) in (standing.codes[basis] ?? []).enumerated() where label > 0 {
            let spent = standing.yearSpending[customer]
            sizes[Int(label)].customers += 1
            sizes[Int(label)].yearSpending.tenThousandths += spent
            guard standing.isAtRisk[customer] else { continue }
            sizes[Int(label)].revenueAtRisk.tenThousandths += max(spent, 0)
            sizes[Int(label)].expectedLoss.tenThousandths += standing.expectedLoss[customer]
        }
        return sizes
    }
}
