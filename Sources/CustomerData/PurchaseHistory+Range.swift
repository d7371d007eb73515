extension PurchaseHistory {
    /// As `forEachOrder(asOf:_:)`, for the orders of some customers: what a block of a parallel loop calls.
    ///
    /// - Complexity: O(orders of these customers + log(reversals)).
    @inlinable
    public func forEachOrder(
        of customers: Range<Int>, asOf: Day, _ body: (_ order: Int, _ customer: Int, _ netValue: Int64) -> Void
    ) {
        var reversal = firstReversal(from: orderStarts[customers.lowerBound])
        for customer in customers {
            for order in orderStarts[customer]..<orderStarts[customer + 1] {
                var value = orderValues[order]
                while reversal < reversals.count, reversals[reversal].order <= order {
                    let entry = reversals[reversal]
                    if entry.day <= asOf.number { value -= entry.value }
                    reversal += 1
                }
                if orderDays[order] <= asOf.number { body(order, customer, value) }
            }
        }
    }

    /// The position of the first reversal of an order at or after a row.
    @usableFromInline
    func firstReversal(from order: Int) -> Int {
        var low = 0
        var high = reversals.count
        while low < high {
            let middle = (low + high) / 2
            if reversals[middle].order < order { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
