import CKernels

/// One order as the accumulator keeps it: 24 bytes, and 5 to 11 of the index.
struct OrderRecord: BitwiseCopyable {
    /// See `OrderKey`.
    var key: UInt64
    /// Value of its purchase lines in ten-thousandths.
    var value: Int64
    /// The customer's number in the partition.
    var customer: UInt32
    /// Day number of its earliest line.
    var day: Int32
}

/// What else is known of an order, where that is wanted: eight bytes.
struct OrderProfile: BitwiseCopyable {
    /// Purchase lines.
    var lines: UInt32
    /// Hour of its earliest line.
    var hour: UInt8
    /// Channel code of its earliest line.
    var channel: UInt8
}

/// A customer as the accumulator keeps it.
struct CustomerRecord: BitwiseCopyable {
    var hash: UInt64
    /// Where the id begins in the partition's arena.
    var idStart: UInt32
    var idLength: UInt32
    /// The order touched last, plus one: a file's lines of one order mostly stand together.
    var latestOrder: UInt32
    var lastReturn: Int32
    var lastResponse: Int32
    var hasTransactions: Bool
}

/// A purchase or return line kept for matching returns.
struct MatchedLine: BitwiseCopyable {
    var customer: UInt32
    var product: UInt32
    /// Second since 1970 of the line; the order of equal times is that of the input.
    var time: Int64
    var sequence: UInt64
    /// Units in ten-thousandths, positive.
    var quantity: Int64
    /// Value in ten-thousandths, positive.
    var value: Int64
    /// The order's row in the partition; `UInt32.max` for a return.
    var order: UInt32
    var day: Int32

    /// Whether it is a return rather than a purchase.
    var isReturn: Bool { order == .max }
}

/// Lines of one customer, order and time that follow each other in a batch, taken together, until they are entered.
struct Fragment: BitwiseCopyable {
    /// Hash of the customer's id.
    var hash: UInt64
    /// The order's key, unless the order's id is a long one.
    var key: UInt64
    /// Sum of the lines' values.
    var value: Int64
    /// Where in the worker's arena the customer's id lies, with a long order id behind it.
    var id: UInt32
    var idLength: UInt32
    /// Bytes of the long order id; 0 when `key` holds.
    var longLength: UInt32
    var day: Int32
    var lines: UInt32
    /// Where in the worker's list the lines' product codes begin.
    var products: UInt32
    var hour: UInt8
    var channel: UInt8
}

/// The customers whose ids hash alike in the leading bits, with their orders: small enough to stay in cache while
/// many fragments are entered, and the unit of locking and of parallel work.
struct HistoryPartition: ~Copyable {
    var customers = GrowingBuffer<CustomerRecord>()
    var customerIndex = HashIndex()
    var ids = GrowingBuffer<UInt8>()
    var orders = GrowingBuffer<OrderRecord>()
    /// One an order where profiles are kept, otherwise empty.
    var profiles = GrowingBuffer<OrderProfile>(capacity: 1)
    var orderIndex = HashIndex()
    var longKeys = ByteTable()
    /// (customer, product) pairs that were bought.
    var pairs = PairSet()
    var returns = GrowingBuffer<MatchedLine>(capacity: 1)
    var candidates = GrowingBuffer<MatchedLine>(capacity: 1)
    var returnedPairs = PairSet()
    /// Set when an order's value left the range of `Int64`.
    var overflowed = false

    /// The number of a customer, who is entered when new.
    @inline(__always)
    mutating func customer(_ id: UnsafePointer<UInt8>, _ length: Int, hash: UInt64) -> Int {
        if let known = findCustomer(id, length, hash: hash) { return known }
        let number = customers.count
        customers.append(
            CustomerRecord(
                hash: hash, idStart: UInt32(ids.count), idLength: UInt32(length), latestOrder: 0,
                lastReturn: PurchaseHistory.noDay, lastResponse: PurchaseHistory.noDay, hasTransactions: false))
        ids.append(contentsOf: id, count: length)
        let records = customers.base
        customerIndex.insert(number, hash: hash) { records[$0].hash }
        return number
    }

    /// The number of a customer, or nil when there is none of that id.
    @inline(__always)
    func findCustomer(_ id: UnsafePointer<UInt8>, _ length: Int, hash: UInt64) -> Int? {
        let records = customers.base
        let arena = ids.base
        return customerIndex.find(hash) { number in
            let record = records[number]
            return record.hash == hash && Int(record.idLength) == length
                && ByteHash.same(arena + Int(record.idStart), id, length)
        }
    }

    /// Brings near what entering fragments will touch, step by step for all of them: where one waits for memory, the
    /// others do not. Nothing depends on it but time.
    ///
    /// - Parameters:
    ///   - gathered: the ids that the fragments refer to.
    ///   - guesses: room for a number a fragment.
    @inline(__always)
    func prefetch(
        _ run: UnsafePointer<Fragment>, count: Int, ids gathered: UnsafePointer<UInt8>,
        guesses: UnsafeMutablePointer<Int>
    ) {
        for position in 0..<count {
            customerIndex.prefetch(run[position].hash)
            strata_prefetch(gathered + Int(run[position].id))
        }
        let records = customers.base
        for position in 0..<count {
            let guess = customerIndex.guess(run[position].hash) ?? -1
            guesses[position] = guess
            if guess >= 0 { strata_prefetch(records + guess) }
        }
        let arena = ids.base
        let rows = orders.base
        for position in 0..<count where guesses[position] >= 0 {
            let record = records[guesses[position]]
            strata_prefetch(arena + Int(record.idStart))
            if record.latestOrder > 0 { strata_prefetch(rows + Int(record.latestOrder) - 1) }
            orderIndex.prefetch(ByteHash.hash(run[position].key, UInt64(guesses[position])))
        }
    }

    /// The row of an order, or nil when the customer has none of that key.
    @inline(__always)
    func findOrder(_ key: UInt64, customer: Int) -> Int? {
        let latest = Int(customers[customer].latestOrder) - 1
        if latest >= 0, orders[latest].key == key { return latest }
        let records = orders.base
        return orderIndex.find(ByteHash.hash(key, UInt64(customer))) { row in
            records[row].key == key && records[row].customer == UInt32(truncatingIfNeeded: customer)
        }
    }

    /// Adds purchase lines to their order, which is entered when new. Of two channels at one time, `precedes` decides.
    @inline(__always)
    mutating func add(_ record: OrderRecord, _ profile: OrderProfile?, precedes: (UInt8, UInt8) -> Bool) {
        let customer = Int(record.customer)
        let row: Int
        if let known = findOrder(record.key, customer: customer) {
            row = known
            merge(record, profile, into: row, precedes: precedes)
        } else {
            row = orders.count
            orders.append(record)
            if let profile { profiles.append(profile) }
            let records = orders.base
            orderIndex.insert(row, hash: ByteHash.hash(record.key, UInt64(customer))) {
                ByteHash.hash(records[$0].key, UInt64(records[$0].customer))
            }
        }
        customers.base[customer].latestOrder = UInt32(truncatingIfNeeded: row + 1)
        customers.base[customer].hasTransactions = true
    }

    private mutating func merge(
        _ record: OrderRecord, _ profile: OrderProfile?, into row: Int, precedes: (UInt8, UInt8) -> Bool
    ) {
        let (sum, overflow) = orders[row].value.addingReportingOverflow(record.value)
        if overflow { overflowed = true }
        orders.base[row].value = sum
        if let profile {
            var merged = profiles[row]
            merged.lines &+= profile.lines
            let day = orders[row].day
            // `noHour` is the largest number, so a line with a time goes before one without.
            if (record.day, profile.hour) < (day, merged.hour)
                || (record.day == day && profile.hour == merged.hour && profile.channel != merged.channel
                    && precedes(profile.channel, merged.channel))
            {
                merged.hour = profile.hour
                merged.channel = profile.channel
            }
            profiles[row] = merged
        }
        orders.base[row].day = min(orders[row].day, record.day)
    }
}
