import Statistics

extension PurchaseHistory {
    /// The same history with other ids, in the order of the new ones: what pseudonyms need, since the old order would
    /// tell of the old ids.
    ///
    /// - Parameters:
    ///   - names: the new id of each customer, no two the same.
    ///   - parallel: threads; the result does not depend on their number.
    /// - Returns: the history, and where in this one each of its customers stood.
    /// - Complexity: O(orders + customers · log(customers)).
    public func renamed(
        _ names: IdentifierList, parallel: Parallel = Parallel()
    ) -> (history: PurchaseHistory, order: [Int]) {
        precondition(names.count == customers.count, "a new id for every customer")
        let order = names.ascendingOrder()
        var starts: [Int] = [0]
        starts.reserveCapacity(order.count + 1)
        for old in order { starts.append(starts[starts.count - 1] + orderStarts[old + 1] - orderStarts[old]) }
        let newStarts = starts

        func known<Element>(_ values: [Element]) -> [Element] { values.isEmpty ? [] : order.map { values[$0] } }
        func column<Element>(_ values: [Element]) -> [Element] {
            guard !values.isEmpty else { return [] }
            return [Element](unsafeUninitializedCapacity: values.count) { buffer, initialized in
                let target = UncheckedSendable(buffer)
                values.withUnsafeBufferPointer { values in
                    let source = UncheckedSendable(values)
                    parallel.forEachRange(order.count, size: 8192) { customers, _, _ in
                        for customer in customers {
                            var place = newStarts[customer]
                            for row in orderStarts[order[customer]]..<orderStarts[order[customer] + 1] {
                                target.value.initializeElement(at: place, to: source.value[row])
                                place += 1
                            }
                        }
                    }
                }
                initialized = values.count
            }
        }

        var rank = [Int](repeating: 0, count: order.count)
        for (new, old) in order.enumerated() { rank[old] = new }
        let reversals = movedReversals(rank, newStarts)
        let unmatched = unmatchedReturns.map {
            UnmatchedReturn(customer: rank[$0.customer], day: $0.day, value: $0.value)
        }.sorted { ($0.customer, $0.day, $0.value) < ($1.customer, $1.day, $1.value) }
        var history = PurchaseHistory(
            customers: names.selecting(order), orderStarts: newStarts, orderDays: column(orderDays),
            orderValues: column(orderValues), orderLines: column(orderLines), orderHours: column(orderHours),
            orderChannels: column(orderChannels), channels: channels, reversals: reversals,
            unmatchedReturns: unmatched, hasTransactions: known(hasTransactions), lastReturns: known(lastReturns),
            productCounts: known(productCounts), returns: returns, period: period, decimals: decimals)
        history.lastResponses = known(lastResponses)
        history.returnAccounts = returnAccounts
        return (history, order)
    }

    /// The reversals under the rows that their orders have when customers move to their ranks.
    private func movedReversals(_ rank: [Int], _ starts: [Int]) -> [Reversal] {
        var customer = 0
        return reversals.map { entry in
            while orderStarts[customer + 1] <= entry.order { customer += 1 }
            return Reversal(
                order: starts[rank[customer]] + entry.order - orderStarts[customer], day: entry.day, value: entry.value)
        }.sorted { ($0.order, $0.day, $0.value) < ($1.order, $1.day, $1.value) }
    }
}

extension IdentifierList {
    /// The positions of the identifiers in ascending order of their bytes; equal ones keep their order.
    ///
    /// - Complexity: O(n log n).
    public func ascendingOrder() -> [Int] {
        withStorage { bytes, ends in
            func identifier(_ position: Int) -> Slice<UnsafeBufferPointer<UInt8>> {
                bytes[(position == 0 ? 0 : ends[position - 1])..<ends[position]]
            }
            // Eight bytes as a number decide nearly always.
            var entries = ends.indices.map { position -> (prefix: UInt64, position: UInt32) in
                var prefix: UInt64 = 0
                var rest = identifier(position)
                for _ in 0..<8 { prefix = prefix << 8 | UInt64(rest.popFirst() ?? 0) }
                return (prefix, UInt32(position))
            }
            entries.sort { left, right in
                if left.prefix != right.prefix { return left.prefix < right.prefix }
                let (first, second) = (identifier(Int(left.position)), identifier(Int(right.position)))
                if first.lexicographicallyPrecedes(second) { return true }
                return first.elementsEqual(second) && left.position < right.position
            }
            return entries.map { Int($0.position) }
        }
    }

    /// The identifiers at those positions, in that order.
    public func selecting(_ positions: [Int]) -> IdentifierList {
        var chosen = IdentifierList()
        chosen.reserve(count: positions.count, byteCount: positions.count == count ? bytes.count : 0)
        for position in positions { withBytes(at: position) { chosen.append($0) } }
        return chosen
    }
}
