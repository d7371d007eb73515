/// What became of the returns.
public struct ReturnAccounts: Hashable, Sendable {
    /// Return lines.
    public var lines = 0
    /// Of these, lines whose every unit took back an earlier purchase.
    public var matchedLines = 0
    /// Value of all returns, positive.
    public var value = Money.zero
    /// Value of the purchases that were taken back.
    public var takenBack = Money.zero
    /// Orders of which nothing is left.
    public var reversedOrders = 0
    /// Customers of whose orders nothing is left.
    public var reversedCustomers = 0

    /// No returns.
    public init() {}
}

extension HistoryPartition {
    /// Something taken back of an order of the partition.
    struct Reversal {
        var order: Int
        var day: Int32
        var value: Int64
    }

    /// A purchase line of which something is left.
    private struct OpenLine {
        var order: Int
        var quantity: Int64
        var value: Int64
    }

    /// Lets every return take back the newest earlier purchases of its customer and product, line by line, until its
    /// units are used up; at one moment purchases go before returns, and otherwise the order of the input decides. What
    /// a return takes of a line is the line's value in proportion to the units, rounded half to even; the last unit
    /// takes what is left, so that a line is taken back whole to the last ten-thousandth.
    ///
    /// - Complexity: O(m log m) for m kept lines.
    func matchReturns(
        _ accounts: inout ReturnAccounts
    ) -> (reversals: [Reversal], unmatched: [(customer: Int, day: Int32, value: Int64)]) {
        var lines: [MatchedLine] = []
        lines.reserveCapacity(returns.count + candidates.count)
        for row in 0..<returns.count { lines.append(returns[row]) }
        for row in 0..<candidates.count { lines.append(candidates[row]) }
        // At one moment purchases go before returns, whatever the order of the rows.
        lines.sort {
            ($0.customer, $0.product, $0.time, $0.isReturn ? 1 : 0, $0.sequence)
                < ($1.customer, $1.product, $1.time, $1.isReturn ? 1 : 0, $1.sequence)
        }
        var reversals: [Reversal] = []
        var unmatched: [(customer: Int, day: Int32, value: Int64)] = []
        var open: [OpenLine] = []
        for (position, line) in lines.enumerated() {
            if position == 0 || lines[position - 1].customer != line.customer
                || lines[position - 1].product != line.product
            {
                open.removeAll(keepingCapacity: true)
            }
            if !line.isReturn {
                // What has no units has none to take back.
                guard line.quantity > 0 else { continue }
                open.append(OpenLine(order: Int(line.order), quantity: line.quantity, value: line.value))
                continue
            }
            accounts.lines += 1
            accounts.value += Money(tenThousandths: Int128(line.value))
            var wanted = line.quantity
            while wanted > 0, var last = open.popLast() {
                let taken = min(wanted, last.quantity)
                let value =
                    taken == last.quantity
                    ? last.value
                    : Int64(Money.halfEven(Int128(last.value) * Int128(taken), Int128(last.quantity)))
                wanted -= taken
                last.quantity -= taken
                last.value -= value
                if last.quantity > 0 { open.append(last) }
                if value > 0 { reversals.append(Reversal(order: last.order, day: line.day, value: value)) }
                accounts.takenBack += Money(tenThousandths: Int128(value))
            }
            if wanted == 0, line.quantity > 0 {
                accounts.matchedLines += 1
            } else {
                let rest =
                    wanted == line.quantity
                    ? line.value : Int64(Money.halfEven(Int128(line.value) * Int128(wanted), Int128(line.quantity)))
                unmatched.append((Int(line.customer), line.day, -rest))
            }
        }
        return (reversals, unmatched)
    }

    /// The returns as they are, where none is matched.
    func unmatchedReturns(
        _ accounts: inout ReturnAccounts
    ) -> [(customer: Int, day: Int32, value: Int64)] {
        (0..<returns.count).map { row in
            let line = returns[row]
            accounts.lines += 1
            accounts.value += Money(tenThousandths: Int128(line.value))
            return (Int(line.customer), line.day, -line.value)
        }
    }
}
