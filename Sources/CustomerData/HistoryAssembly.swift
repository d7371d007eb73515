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
        let parts = parallel.map(partitions.count) { HistoryPart(&partitions[$0], self, channelOrder) }

        // What is known a customer, and where a customer's orders begin.
        var orderCounts = [Int](repeating: 0, count: ranking.ids.count + 1)
        var hasTransactions = [Bool](repeating: false, count: ranking.ids.count)
        var lastReturns = [Int32](repeating: PurchaseHistory.noDay, count: ranking.ids.count)
        var lastResponses = lastReturns
        var productCounts = [UInt32](repeating: 0, count: countsProducts ? ranking.ids.count : 0)
        for (number, part) in parts.enumerated() {
            for (customer, record) in part.customers.enumerated() {
                let rank = ranking.rank(number, customer)
                orderCounts[rank + 1] = part.orderEnds[customer] - (customer == 0 ? 0 : part.orderEnds[customer - 1])
                hasTransactions[rank] = record.hasTransactions
                lastReturns[rank] = record.lastReturn
                lastResponses[rank] = record.lastResponse
                if countsProducts { productCounts[rank] = part.productCounts[customer] }
            }
        }
        for rank in 0..<ranking.ids.count { orderCounts[rank + 1] += orderCounts[rank] }
        let starts = orderCounts

        /// One order column, customers in the order of their ids.
        func column<Element>(_ values: KeyPath<HistoryPart, [Element]>) -> [Element] {
            [Element](unsafeUninitializedCapacity: starts[ranking.ids.count]) { buffer, initialized in
                let target = UncheckedSendable(buffer)
                parallel.forEach(parts.count) { number, _ in
                    let part = parts[number]
                    part[keyPath: values].withUnsafeBufferPointer { source in
                        var begin = 0
                        for customer in part.customers.indices {
                            let end = part.orderEnds[customer]
                            let start = starts[ranking.rank(number, customer)]
                            for order in begin..<end {
                                target.value.initializeElement(at: start + order - begin, to: source[order])
                            }
                            begin = end
                        }
                    }
                }
                initialized = buffer.count
            }
        }

        var reversals: [PurchaseHistory.Reversal] = []
        var unmatched: [PurchaseHistory.UnmatchedReturn] = []
        var accounts = ReturnAccounts()
        for (number, part) in parts.enumerated() {
            for entry in part.reversals {
                let start = entry.customer == 0 ? 0 : part.orderEnds[entry.customer - 1]
                let row = starts[ranking.rank(number, entry.customer)] + entry.order - start
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
            customers: ranking.ids, orderStarts: starts, orderDays: column(\.days), orderValues: column(\.values),
            orderLines: column(\.lines), orderHours: column(\.hours), orderChannels: column(\.channels),
            channels: channelNames, reversals: reversals, unmatchedReturns: unmatched,
            hasTransactions: hasTransactions, lastReturns: lastReturns, productCounts: productCounts,
            returns: returns, period: days.isEmpty ? nil : days[0].day...days[days.count - 1].day, decimals: decimals)
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

/// A partition's contribution to a history: its orders by customer, day and key. Empties the partition.
private struct HistoryPart {
    private(set) var customers: [CustomerRecord] = []
    /// Where each customer's orders end.
    private(set) var orderEnds: [Int] = []
    private(set) var days: [Int32] = []
    private(set) var values: [Int64] = []
    private(set) var lines: [UInt32] = []
    private(set) var hours: [UInt8] = []
    private(set) var channels: [UInt8] = []
    private(set) var productCounts: [UInt32] = []
    /// Orders by their place in this part.
    private(set) var reversals: [(customer: Int, order: Int, day: Int32, value: Int64)] = []
    private(set) var unmatched: [(customer: Int, day: Int32, value: Int64)] = []
    private(set) var accounts = ReturnAccounts()

    init(_ partition: inout HistoryPartition, _ builder: PurchaseHistoryBuilder, _ channelOrder: [UInt8]) {
        let orderCount = partition.orders.count
        customers.reserveCapacity(partition.customers.count)
        for customer in 0..<partition.customers.count { customers.append(partition.customers[customer]) }
        // A counting sort by customer; afterwards `orderEnds[c]` is where customer c ends.
        orderEnds = [Int](repeating: 0, count: customers.count + 1)
        for row in 0..<orderCount { orderEnds[Int(partition.orders[row].customer) + 1] += 1 }
        for customer in customers.indices { orderEnds[customer + 1] += orderEnds[customer] }
        var rows = [UInt32](repeating: 0, count: orderCount)
        for row in 0..<orderCount {
            let customer = Int(partition.orders[row].customer)
            rows[orderEnds[customer]] = UInt32(row)
            orderEnds[customer] += 1
        }
        for customer in customers.indices {
            let begin = customer == 0 ? 0 : orderEnds[customer - 1]
            if orderEnds[customer] - begin > 1 {
                partition.sortOrders(&rows[begin..<orderEnds[customer]])
            }
        }
        orderEnds.removeLast()
        days.reserveCapacity(orderCount)
        values.reserveCapacity(orderCount)
        lines.reserveCapacity(orderCount)
        hours.reserveCapacity(orderCount)
        channels.reserveCapacity(orderCount)
        for row in rows {
            let record = partition.orders[Int(row)]
            days.append(record.day)
            values.append(record.value)
            lines.append(record.lines)
            hours.append(record.hour)
            channels.append(
                record.channel == PurchaseHistory.noChannel ? record.channel : channelOrder[Int(record.channel)])
        }
        if builder.countsProducts {
            productCounts = [UInt32](repeating: 0, count: customers.count)
            partition.pairs.countProducts(&productCounts)
        }
        if partition.returns.count > 0 { takeReturns(&partition, builder.returns, rows) }
        partition.removeAll()
    }

    private mutating func takeReturns(_ partition: inout HistoryPartition, _ rule: ReturnRule, _ rows: [UInt32]) {
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
    /// Sorts rows of orders of one customer: mostly few and in order already, so by insertion; many, as of a till's
    /// "walk-in" customer in an export that begins with the newest, by comparison.
    fileprivate func sortOrders(_ rows: inout ArraySlice<UInt32>) {
        if rows.count > 64 {
            rows.sort { orderPrecedes(Int($0), Int($1)) }
            return
        }
        for position in rows.indices.dropFirst() {
            let row = rows[position]
            var place = position
            while place > rows.startIndex, orderPrecedes(Int(row), Int(rows[place - 1])) {
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

    /// Gives the memory back.
    fileprivate mutating func removeAll() {
        customers.removeAll()
        ids.removeAll()
        orders.removeAll()
        customerIndex = HashIndex(capacity: 4)
        orderIndex = HashIndex(capacity: 4)
        longKeys = ByteTable()
        pairs = PairSet()
        returns.removeAll()
        candidates.removeAll()
        returnedPairs = PairSet()
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
