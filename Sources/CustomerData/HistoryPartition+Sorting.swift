extension HistoryPartition {
    /// What a customer's orders are sorted by.
    enum OrderSorting {
        /// By key: long keys by their number.
        case key
        /// By day and key: long keys by their bytes.
        case day
    }

    /// Rows of orders by customer.
    struct OrderRows {
        /// The rows, those of one customer together.
        fileprivate(set) var rows: [UInt32]
        /// Rows of each customer.
        fileprivate(set) var counts: [UInt32]
    }

    /// The rows of the orders by customer, as they were entered.
    ///
    /// - Complexity: O(orders), a counting sort.
    private func rowsByCustomer() -> OrderRows {
        var counts = [UInt32](repeating: 0, count: customers.count)
        for row in 0..<orders.count { counts[Int(orders[row].customer)] += 1 }
        var places = [UInt32](unsafeUninitializedCapacity: counts.count) { places, initialized in
            var total: UInt32 = 0
            for customer in counts.indices {
                places.initializeElement(at: customer, to: total)
                total += counts[customer]
            }
            initialized = counts.count
        }
        let rows = [UInt32](unsafeUninitializedCapacity: orders.count) { rows, initialized in
            for row in 0..<orders.count {
                let customer = Int(orders[row].customer)
                rows.initializeElement(at: Int(places[customer]), to: UInt32(truncatingIfNeeded: row))
                places[customer] += 1
            }
            initialized = orders.count
        }
        return OrderRows(rows: rows, counts: counts)
    }

    /// Sorts the rows of every customer whose orders may be out of order.
    ///
    /// - Complexity: O(orders · log(orders of a customer)).
    func sort(_ orderRows: inout OrderRows, _ sorting: OrderSorting) {
        var begin = 0
        orderRows.rows.withUnsafeMutableBufferPointer { rows in
            for (customer, count) in orderRows.counts.enumerated() {
                if count > 1, customers[customer].isUnsorted {
                    sort(&rows, in: begin..<begin + Int(count), sorting)
                }
                begin += Int(count)
            }
        }
    }

    /// The rows of the orders by customer once the parts of each are added up to its first part.
    ///
    /// - Complexity: O(orders), and a sort of the orders of customers with such parts.
    mutating func settledRows(precedes: (UInt8, UInt8) -> Bool) -> OrderRows {
        var found = rowsByCustomer()
        guard unsettledCount > 0 else { return found }
        sort(&found, .key)
        var kept = 0
        var position = 0
        for customer in found.counts.indices {
            let first = kept
            let isUnsorted = customers[customer].isUnsorted
            for _ in 0..<found.counts[customer] {
                let row = Int(found.rows[position])
                position += 1
                if kept > first, isUnsorted, orders[Int(found.rows[kept - 1])].key == orders[row].key {
                    let profile = profiles.count > 0 ? profiles[row] : nil
                    merge(orders[row], profile, into: Int(found.rows[kept - 1]), precedes: precedes)
                } else {
                    found.rows[kept] = UInt32(truncatingIfNeeded: row)
                    kept += 1
                }
            }
            found.counts[customer] = UInt32(truncatingIfNeeded: kept - first)
        }
        found.rows.removeLast(found.rows.count - kept)
        return found
    }

    /// Sorts the orders of one customer: mostly few and in order already, so by insertion; many, as of a till's "walk-in"
    /// customer in an export that begins with the newest, by comparison.
    private func sort(
        _ rows: inout UnsafeMutableBufferPointer<UInt32>, in range: Range<Int>, _ sorting: OrderSorting
    ) {
        if range.count > 64 {
            rows[range].sort { precedes(orders[Int($0)], orders[Int($1)], sorting) }
            return
        }
        for position in range.dropFirst() {
            let row = rows[position]
            let record = orders[Int(row)]
            var place = position
            while place > range.lowerBound, precedes(record, orders[Int(rows[place - 1])], sorting) {
                rows[place] = rows[place - 1]
                place -= 1
            }
            rows[place] = row
        }
    }

    /// Whether an order precedes another of the same customer.
    @inline(__always)
    private func precedes(_ left: OrderRecord, _ right: OrderRecord, _ sorting: OrderSorting) -> Bool {
        guard sorting == .day else { return left.key < right.key }
        if left.day != right.day { return left.day < right.day }
        if let leftLong = OrderKey.longNumber(left.key), let rightLong = OrderKey.longNumber(right.key) {
            return longKeys.precedes(leftLong, rightLong)
        }
        return left.key < right.key
    }

    /// Adds up the parts of each order, and sorts the orders by customer and key.
    ///
    /// - Complexity: O(orders · log(orders of a customer)).
    mutating func settle(precedes: (UInt8, UInt8) -> Bool) {
        let settled = settledRows(precedes: precedes)
        var sorted = GrowingBuffer<OrderRecord>(capacity: max(settled.rows.count, 1))
        for row in settled.rows {
            let order = orders[Int(row)]
            sorted.append(order)
            customers.base[Int(order.customer)].setLatest(order, row: sorted.count - 1)
        }
        orders = sorted
        unsettledCount = 0
        guard profiles.count > 0 else { return }
        var sortedProfiles = GrowingBuffer<OrderProfile>(capacity: settled.rows.count)
        for row in settled.rows { sortedProfiles.append(profiles[Int(row)]) }
        profiles = sortedProfiles
    }

    /// The row of a settled order, or nil when the customer has none of that key.
    ///
    /// - Complexity: O(log(orders)).
    func findOrder(_ key: UInt64, customer: Int) -> Int? {
        var low = 0
        var high = orders.count
        while low < high {
            let middle = (low + high) / 2
            let order = orders[middle]
            if (Int(order.customer), order.key) < (customer, key) { low = middle + 1 } else { high = middle }
        }
        guard low < orders.count, Int(orders[low].customer) == customer, orders[low].key == key else { return nil }
        return low
    }
}
