import CustomerData

/// The customers of one state, summed up.
public struct LifecycleStateSummary: Hashable, Sendable {
    /// The state.
    public let state: LifecycleState
    /// Customers in it.
    public let customerCount: Int
    /// Their share of all customers; 0 when there are none.
    public let share: Double
    /// What they have bought up to the date, net of what was taken back by it.
    public let revenue: Money
    /// Mean chance of return; nil for states without purchases, and for states without customers.
    public let returnChance: Double?
}

extension LifecycleResult {
    /// Each state with its customers, in the order of `LifecycleState.allCases`; states without customers are there
    /// too.
    ///
    /// - Parameter history: the history that was assigned. Returns that match no order count under `ReturnRule.net`,
    ///   as they do into monetary.
    /// - Complexity: O(orders).
    public func summary(of history: PurchaseHistory) -> [LifecycleStateSummary] {
        precondition(history.customers.count == states.count)
        let stateCount = LifecycleState.allCases.count
        var counts = [Int](repeating: 0, count: stateCount)
        var chances = [Double](repeating: 0, count: stateCount)
        var revenues = [Int128](repeating: 0, count: stateCount)
        for (row, state) in states.enumerated() {
            counts[Int(state.rawValue)] += 1
            if !returnChance[row].isNaN { chances[Int(state.rawValue)] += returnChance[row] }
        }
        history.forEachOrder(asOf: asOf) { _, customer, value in
            revenues[Int(states[customer].rawValue)] += Int128(value)
        }
        if history.returns == .net {
            for entry in history.unmatchedReturns where entry.day <= asOf.number {
                revenues[Int(states[entry.customer].rawValue)] += Int128(entry.value)
            }
        }
        return LifecycleState.allCases.map { state in
            let index = Int(state.rawValue)
            let hasPurchases = state.stage == .active || state.stage == .former
            return LifecycleStateSummary(
                state: state, customerCount: counts[index],
                share: states.isEmpty ? 0 : Double(counts[index]) / Double(states.count),
                revenue: Money(tenThousandths: revenues[index]),
                returnChance: hasPurchases && counts[index] > 0 ? chances[index] / Double(counts[index]) : nil)
        }
    }
}
