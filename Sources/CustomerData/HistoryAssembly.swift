import Statistics

extension PurchaseHistoryBuilder {
    /// The history of all that was added. The accumulator is empty afterwards: its memory is given back partition by
    /// partition as the history grows.
    ///
    /// - Parameter decimals: decimals (0–4) in which the input states money.
    /// - Throws: `Problem` when the value of an order leaves the range of money.
    /// - Complexity: O(customers + orders · log(orders of a customer)).
    public func finish(decimals: Int, parallel: Parallel) throws -> PurchaseHistory {
        enterAll(parallel)
        let parts = parallel.map(partitions.count) { HistoryPart(&partitions[$0], self) }
        if partitions.indices.contains(where: { partitions[$0].overflowed }) {
            throw Problem(
                .data,
                "the value of an order is beyond \(Int64.max / Money.scale): check the decimals of the amount column")
        }
        let days = dayCounts
        let ranking = CustomerRanking(partitions, parallel)
        let (channelNames, channelOrder) = sortedChannels()

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
        var starts = known { Int(parts[$0].orders.counts[$1]) }
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

        var reversals: [PurchaseHistory.Reversal] = []
        var unmatched: [PurchaseHistory.UnmatchedReturn] = []
        var accounts = ReturnAccounts()
        let columns = OrderColumns(count: total, withProfiles: keepsProfiles) { columns in
            let returns = parallel.map(parts.count) { number in
                parts[number].write(
                    &partitions[number], self, channelOrder, to: columns, start: { starts[ranking.rank(number, $0)] })
            }
            for (number, taken) in returns.enumerated() {
                reversals += taken.reversals
                for entry in taken.unmatched {
                    let rank = ranking.rank(number, entry.customer)
                    unmatched.append(.init(customer: rank, day: entry.day, value: entry.value))
                }
                accounts.add(taken.accounts)
            }
        }
        reversals.sort { ($0.order, $0.day, $0.value) < ($1.order, $1.day, $1.value) }
        unmatched.sort { ($0.customer, $0.day, $0.value) < ($1.customer, $1.day, $1.value) }

        var history = PurchaseHistory(
            customers: ranking.ids, orderStarts: starts, orderDays: columns.days, orderValues: columns.values,
            orderLines: columns.lines, orderHours: columns.hours, orderChannels: columns.channels,
            channels: channelNames,
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

/// What there is to know of a partition before its orders are put into their places.
private struct HistoryPart {
    /// The rows of its orders by customer.
    let orders: HistoryPartition.OrderRows
    /// Distinct products of each customer, where they are counted.
    private(set) var productCounts: [UInt32] = []

    /// What becomes of a partition's returns.
    struct Returns {
        var reversals: [PurchaseHistory.Reversal] = []
        var unmatched: [(customer: Int, day: Int32, value: Int64)] = []
        var accounts = ReturnAccounts()
    }

    /// Makes one order of the parts of each, and gives back the memory that is no longer needed.
    init(_ partition: inout HistoryPartition, _ builder: PurchaseHistoryBuilder) {
        partition.closeIndex()
        orders = partition.settledRows(precedes: builder.channelPrecedes)
        if builder.countsProducts {
            productCounts = [UInt32](repeating: 0, count: partition.customers.count)
            partition.pairs.countProducts(&productCounts)
            partition.pairs = PairSet()
        }
    }

    /// Writes the partition's orders, ascending by day and key, from where each customer's begin; matches its returns;
    /// and gives back its memory.
    func write(
        _ partition: inout HistoryPartition, _ builder: PurchaseHistoryBuilder, _ channelOrder: [UInt8],
        to columns: OrderColumns.Targets, start: (_ customer: Int) -> Int
    ) -> Returns {
        var sorted = orders
        partition.sort(&sorted, .day)
        let rows = sorted.rows
        var returns = Returns()
        if partition.returns.count > 0 {
            if builder.returns == .match {
                let matched = partition.matchReturns(&returns.accounts)
                var places = [Int](repeating: 0, count: rows.count)
                forEachPlace(start) { place, position in places[Int(rows[position])] = place }
                returns.reversals = matched.reversals.map {
                    PurchaseHistory.Reversal(order: places[$0.order], day: $0.day, value: $0.value)
                }
                returns.unmatched = matched.unmatched
            } else {
                returns.unmatched = partition.unmatchedReturns(&returns.accounts)
            }
        }
        let records = partition.orders.base
        forEachPlace(start) { place, position in
            let order = records[Int(rows[position])]
            columns.days.initializeElement(at: place, to: order.day)
            columns.values.initializeElement(at: place, to: order.value)
        }
        if builder.keepsProfiles {
            let profiles = partition.profiles.base
            forEachPlace(start) { place, position in
                let profile = profiles[Int(rows[position])]
                columns.lines.initializeElement(at: place, to: profile.lines)
                columns.hours.initializeElement(at: place, to: profile.hour)
                columns.channels.initializeElement(
                    at: place,
                    to: profile.channel == PurchaseHistory.noChannel
                        ? profile.channel : channelOrder[Int(profile.channel)])
            }
        }
        partition = HistoryPartition()
        return returns
    }

    /// Goes through the orders by customer: where each goes, and its position among the partition's.
    @inline(__always)
    private func forEachPlace(_ start: (_ customer: Int) -> Int, _ body: (_ place: Int, _ position: Int) -> Void) {
        var position = 0
        for (customer, count) in orders.counts.enumerated() {
            let first = start(customer)
            for offset in 0..<Int(count) { body(first + offset, position + offset) }
            position += Int(count)
        }
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
