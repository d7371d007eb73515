import Statistics

extension PurchaseHistoryBuilder {
    /// The history of all that was added. The accumulator is empty afterwards: its memory is given back partition by
    /// partition as the history grows.
    ///
    /// - Parameter decimals: decimals (0–4) in which the input states money.
    /// - Throws: `Problem` when the value of an order leaves the range of money.
    /// - Complexity: O(customers + orders · log(orders of a customer)).
    public func finish(decimals: Int, parallel: Parallel) throws -> PurchaseHistory {
        enterAll()
        if partitions.indices.contains(where: { partitions[$0].overflowed }) {
            throw Problem(
                .data,
                "the value of an order is beyond \(Int64.max / Money.scale): check the decimals of the amount column")
        }
        let days = dayCounts
        let ranking = CustomerRanking(partitions, parallel)
        let (channelNames, channelOrder) = sortedChannels()
        let parts = parallel.map(partitions.count) { HistoryPart(&partitions[$0], self) }

        /// What is known a customer, in the order of the ids.
        func known<Element>(_ value: (_ partition: Int, _ customer: Int) -> Element) -> [Element] {
            [Element](unsafeUninitializedCapacity: ranking.ids.count) { buffer, initialized in
                let target = UncheckedSendable(buffer)
                parallel.forEach(parts.count) { number, _ in
                    for customer in 0..<partitions[number].customers.count {
                        target.value.initializeElement(
                            at: ranking.rank(number, customer), to: value(number, customer))
                    }
                }
                initialized = buffer.count
            }
        }
        let customerCount = ranking.ids.count
        var starts = known { parts[$0].orders(of: $1).count }
        var total = 0
        for rank in 0..<customerCount {
            let count = starts[rank]
            starts[rank] = total
            total += count
        }
        starts.append(total)
        let hasTransactions = known { partitions[$0].customers[$1].hasTransactions }
        let lastReturns = known { partitions[$0].customers[$1].lastReturn }
        let lastResponses = known { partitions[$0].customers[$1].lastResponse }
        let productCounts = countsProducts ? known { parts[$0].productCounts[$1] } : []

        /// One order column, customers in the order of their ids.
        func column<Element>(_ value: (_ partition: Int, _ order: Int) -> Element) -> [Element] {
            [Element](unsafeUninitializedCapacity: starts[customerCount]) { buffer, initialized in
                let target = UncheckedSendable(buffer)
                parallel.forEach(parts.count) { number, _ in
                    for customer in 0..<partitions[number].customers.count {
                        var row = starts[ranking.rank(number, customer)]
                        for order in parts[number].orders(of: customer) {
                            target.value.initializeElement(at: row, to: value(number, order))
                            row += 1
                        }
                    }
                }
                initialized = buffer.count
            }
        }
        let orderDays = column { partitions[$0].orders[$1].day }
        let orderValues = column { partitions[$0].orders[$1].value }
        let orderLines = keepsProfiles ? column { partitions[$0].profiles[$1].lines } : []
        let orderHours = keepsProfiles ? column { partitions[$0].profiles[$1].hour } : []
        let orderChannels: [UInt8] =
            keepsProfiles
            ? column { number, order -> UInt8 in
                let code = partitions[number].profiles[order].channel
                return code == PurchaseHistory.noChannel ? code : channelOrder[Int(code)]
            } : []
        for number in partitions.indices { partitions[number] = HistoryPartition() }

        var reversals: [PurchaseHistory.Reversal] = []
        var unmatched: [PurchaseHistory.UnmatchedReturn] = []
        var accounts = ReturnAccounts()
        for (number, part) in parts.enumerated() {
            for entry in part.reversals {
                let place = entry.order - part.orders(of: entry.customer).lowerBound
                let row = starts[ranking.rank(number, entry.customer)] + place
                reversals.append(.init(order: row, day: entry.day, value: entry.value))
            }
            for entry in part.unmatched {
                let rank = ranking.rank(number, entry.customer)
                unmatched.append(.init(customer: rank, day: entry.day, value: entry.value))
            }
            accounts.add(part.accounts)
        }
        reversals.sort { ($0.order, $0.day, $0.value) < ($1.order, $1.day, $1.value) }
        unmatched.sort { ($0.customer, $0.day, $0.value) < ($1.customer, $1.day, $1.value) }

        var history = PurchaseHistory(
            customers: ranking.ids, orderStarts: starts, orderDays: orderDays, orderValues: orderValues,
            orderLines: orderLines, orderHours: orderHours, orderChannels: orderChannels, channels: channelNames,
            reversals: reversals, unmatchedReturns: unmatched, hasTransactions: hasTransactions,
            lastReturns: lastReturns, productCounts: productCounts, returns: returns,
            period: days.isEmpty ? nil : days[0].day...days[days.count - 1].day, decimals: decimals)
        history.lastResponses = lastResponses
        history.returnAccounts = accounts
        history.countReversed()
        return history
    }

    /// The channels' names, ascending, and where in them each code's name went. A column of more names than there are
    /// codes tells no channels, so that none has a code: which would have got one depends on which thread came first.
    private func sortedChannels() -> (names: [String], order: [UInt8]) {
        let names = channels.names
        if names.count > Int(PurchaseHistory.noChannel) {
            return ([], [UInt8](repeating: PurchaseHistory.noChannel, count: Int(PurchaseHistory.noChannel)))
        }
        let sorted = names.indices.sorted { names[$0].utf8.lexicographicallyPrecedes(names[$1].utf8) }
        var order = [UInt8](repeating: 0, count: names.count)
        for (position, code) in sorted.enumerated() { order[code] = UInt8(position) }
        return (sorted.map { names[$0] }, order)
    }
}

/// What there is to know of a partition once its orders are sorted by customer, day and key.
private struct HistoryPart {
    /// Where each customer's orders end.
    private var ends: [UInt32] = []
    private(set) var productCounts: [UInt32] = []
    private(set) var reversals: [(customer: Int, order: Int, day: Int32, value: Int64)] = []
    private(set) var unmatched: [(customer: Int, day: Int32, value: Int64)] = []
    private(set) var accounts = ReturnAccounts()

    /// Sorts a partition's orders, matches its returns, and gives back the memory that is no longer needed.
    init(_ partition: inout HistoryPartition, _ builder: PurchaseHistoryBuilder) {
        let customerCount = partition.customers.count
        let orderCount = partition.orders.count
        partition.orderIndex = HashIndex(capacity: 4)
        partition.customerIndex = HashIndex(capacity: 4)
        partition.ids.removeAll()
        // A counting sort by customer; afterwards `ends[c]` is where customer c ends.
        ends = [UInt32](repeating: 0, count: customerCount + 1)
        for row in 0..<orderCount { ends[Int(partition.orders[row].customer) + 1] += 1 }
        for customer in 0..<customerCount { ends[customer + 1] += ends[customer] }
        var rows = [UInt32](repeating: 0, count: orderCount)
        for row in 0..<orderCount {
            let customer = Int(partition.orders[row].customer)
            rows[Int(ends[customer])] = UInt32(row)
            ends[customer] += 1
        }
        ends.removeLast()
        for customer in 0..<customerCount { partition.sortOrders(&rows, in: orders(of: customer)) }
        if builder.countsProducts {
            productCounts = [UInt32](repeating: 0, count: customerCount)
            partition.pairs.countProducts(&productCounts)
            partition.pairs = PairSet()
        }
        if partition.returns.count > 0 { takeReturns(partition, builder.returns, rows) }
        partition.reorder(rows)
    }

    /// A customer's orders.
    @inline(__always)
    func orders(of customer: Int) -> Range<Int> { (customer == 0 ? 0 : Int(ends[customer - 1]))..<Int(ends[customer]) }

    private mutating func takeReturns(
        _ partition: borrowing HistoryPartition, _ rule: ReturnRule, _ rows: [UInt32]
    ) {
        guard rule == .match else {
            unmatched = partition.unmatchedReturns(&accounts)
            return
        }
        let matched = partition.matchReturns(&accounts)
        var places = [Int](repeating: 0, count: rows.count)
        for (place, row) in rows.enumerated() { places[Int(row)] = place }
        for entry in matched.reversals {
            let customer = Int(partition.orders[entry.order].customer)
            reversals.append((customer, places[entry.order], entry.day, entry.value))
        }
        unmatched = matched.unmatched
    }
}

extension HistoryPartition {
    /// Sorts a range of rows, the orders of one customer: mostly few and in order already, so by insertion; many, as of
    /// a till's "walk-in" customer in an export that begins with the newest, by comparison.
    fileprivate func sortOrders(_ rows: inout [UInt32], in range: Range<Int>) {
        if range.count > 64 {
            rows[range].sort { orderPrecedes(Int($0), Int($1)) }
            return
        }
        for position in range.dropFirst() {
            let row = rows[position]
            var place = position
            while place > range.lowerBound, orderPrecedes(Int(row), Int(rows[place - 1])) {
                rows[place] = rows[place - 1]
                place -= 1
            }
            rows[place] = row
        }
    }

    /// Whether an order precedes another of the same customer: by day, then by key.
    private func orderPrecedes(_ left: Int, _ right: Int) -> Bool {
        let leftOrder = orders[left]
        let rightOrder = orders[right]
        if leftOrder.day != rightOrder.day { return leftOrder.day < rightOrder.day }
        if let leftLong = OrderKey.longNumber(leftOrder.key), let rightLong = OrderKey.longNumber(rightOrder.key) {
            return longKeys.precedes(leftLong, rightLong)
        }
        return leftOrder.key < rightOrder.key
    }

    /// Puts the orders in the order of `rows`.
    fileprivate mutating func reorder(_ rows: [UInt32]) {
        var sorted = GrowingBuffer<OrderRecord>(capacity: max(rows.count, 1))
        for row in rows { sorted.append(orders[Int(row)]) }
        orders = sorted
        guard profiles.count > 0 else { return }
        var sortedProfiles = GrowingBuffer<OrderProfile>(capacity: rows.count)
        for row in rows { sortedProfiles.append(profiles[Int(row)]) }
        profiles = sortedProfiles
    }
}

extension ReturnAccounts {
    fileprivate mutating func add(_ other: ReturnAccounts) {
        lines += other.lines
        matchedLines += other.matchedLines
        value += other.value
        takenBack += other.takenBack
    }
}

extension PurchaseHistory {
    /// Counts the orders, and the customers, of which nothing is left.
    fileprivate mutating func countReversed() {
        guard !reversals.isEmpty else { return }
        var accounts = returnAccounts
        var current = -1
        var reversed = 0
        var kept = 0
        func close() {
            accounts.reversedOrders += reversed
            if reversed > 0, kept == 0 { accounts.reversedCustomers += 1 }
        }
        forEachOrder(asOf: Day(number: .max)) { order, customer, value in
            if customer != current {
                close()
                (current, reversed, kept) = (customer, 0, 0)
            }
            if isPurchase(order, netValue: value) { kept += 1 } else { reversed += 1 }
        }
        close()
        returnAccounts = accounts
    }
}
