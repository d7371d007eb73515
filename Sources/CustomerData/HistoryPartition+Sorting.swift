extension HistoryPartition {
    /// What a customer's orders are sorted by.
    enum OrderSorting {
        /// By key: long keys by their number.
        case key
        /// By day and key: long keys by their bytes.
        case day
    }

    /// Orders of each customer.
    var orderCounts: [UInt32] {
        var counts = [UInt32](repeating: 0, count: customers.count)
        for row in 0..<orders.count { counts[Int(orders[row].customer)] += 1 }
        return counts
    }

    /// The rows of the orders by customer.
    ///
    /// - Parameter counts: orders of each customer.
    /// - Complexity: O(orders · log(orders of a customer)).
    func rowsByCustomer(_ sorting: OrderSorting, counts: [UInt32]) -> [UInt32] {
        [UInt32](unsafeUninitializedCapacity: orders.count) { rows, initialized in
            var ends = [UInt32](unsafeUninitializedCapacity: counts.count) { ends, initialized in
                var total: UInt32 = 0
                for customer in counts.indices {
                    ends.initializeElement(at: customer, to: total)
                    total += counts[customer]
                }
                initialized = counts.count
            }
            for row in 0..<orders.count {
                let customer = Int(orders[row].customer)
                rows.initializeElement(at: Int(ends[customer]), to: UInt32(truncatingIfNeeded: row))
                ends[customer] += 1
            }
            for customer in counts.indices where counts[customer] > 1 {
                sort(&rows, in: Int(ends[customer] - counts[customer])..<Int(ends[customer]), sorting)
            }
            initialized = orders.count
        }
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

    /// Sorts the orders by customer and key, and adds up the parts of one order.
    ///
    /// - Complexity: O(orders · log(orders of a customer)).
    mutating func settle(precedes: (UInt8, UInt8) -> Bool) {
        let rows = rowsByCustomer(.key, counts: orderCounts)
        var parts = GrowingBuffer<OrderRecord>(capacity: max(rows.count, 1))
        var partProfiles = GrowingBuffer<OrderProfile>(capacity: max(profiles.count, 1))
        swap(&parts, &orders)
        swap(&partProfiles, &profiles)
        for row in rows {
            let part = parts[Int(row)]
            let profile = partProfiles.count > 0 ? partProfiles[Int(row)] : nil
            let latest = orders.count - 1
            if latest >= 0, orders[latest].customer == part.customer, orders[latest].key == part.key {
                merge(part, profile, into: latest, precedes: precedes)
                continue
            }
            orders.append(part)
            if let profile { profiles.append(profile) }
            customers.base[Int(part.customer)].latestOrder = UInt32(truncatingIfNeeded: orders.count)
        }
        unsettledCount = 0
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
