import CKernels

/// One order as the accumulator keeps it, or a part of one: 24 bytes.
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

/// A customer as the accumulator keeps it: 48 bytes.
struct CustomerRecord: BitwiseCopyable {
    var id: PackedIdentifier
    /// The row, plus one, of the order with the greatest key: a file's orders mostly come with ascending ids, and the lines
    /// of one stand together. The highest bit is set once an order was entered that is not in its place behind it.
    private var latest: UInt32 = 0
    /// Key and day of that order, so that entering the next does not look it up.
    private(set) var latestKey: UInt64 = 0
    private(set) var latestDay: Int32 = 0
    var lastReturn = PurchaseHistory.noDay
    var lastResponse = PurchaseHistory.noDay

    init(id: PackedIdentifier) { self.id = id }

    /// The row of the order with the greatest key, −1 for none.
    @inline(__always)
    var latestOrder: Int { Int(latest & ~(1 << 31)) - 1 }

    /// Sets the order with the greatest key.
    @inline(__always)
    mutating func setLatest(_ order: OrderRecord, row: Int) {
        latest = latest & 1 << 31 | UInt32(truncatingIfNeeded: row + 1)
        latestKey = order.key
        latestDay = order.day
    }

    /// Whether orders, as they were entered, may be out of the order of days and keys, or parts of one another.
    @inline(__always)
    var isUnsorted: Bool {
        get { latest >> 31 != 0 }
        set { latest = latest & ~(1 << 31) | (newValue ? 1 << 31 : 0) }
    }

    /// Whether the customer bought or returned something.
    var hasTransactions: Bool { latestOrder >= 0 || lastReturn != PurchaseHistory.noDay }
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
    /// The customer's id: a long one lies in the worker's arena.
    var id: PackedIdentifier
    /// Bytes of a long order id; 0 when `key` holds.
    var longLength: UInt32
    /// The order's key, or where in the worker's arena the order's long id lies.
    var key: UInt64
    /// Sum of the lines' values.
    var value: Int64
    var day: Int32
    var lines: UInt32
    /// Where in the worker's list the lines' product codes begin.
    var products: UInt32
    var hour: UInt8
    var channel: UInt8
}

/// The customers whose ids hash alike in the leading bits, with their orders: small enough to stay in cache while
/// many fragments are entered, and the unit of locking and of parallel work.
///
/// Orders are appended as they come. A customer's order with a greater key than all before it is a new one; only the
/// others may be parts of orders that are there already. Once these are a third of all, the partition is settled: sorted
/// by customer and key, parts of one order added up. So no index of orders is needed.
struct HistoryPartition: ~Copyable {
    var customers = GrowingBuffer<CustomerRecord>()
    private var customerIndex = HashIndex()
    /// The bytes of long ids.
    private var ids = GrowingBuffer<UInt8>()
    var orders = GrowingBuffer<OrderRecord>()
    /// One an order where profiles are kept, otherwise empty.
    var profiles = GrowingBuffer<OrderProfile>(capacity: 1)
    /// Orders that may be parts of others.
    var unsettledCount = 0
    var longKeys = ByteTable()
    /// (customer, product) pairs that were bought.
    var pairs = PairSet()
    var returns = GrowingBuffer<MatchedLine>(capacity: 1)
    var candidates = GrowingBuffer<MatchedLine>(capacity: 1)
    var returnedPairs = PairSet()
    /// Set when an order's value left the range of `Int64`.
    var overflowed = false

    /// Orders below which a partition is not settled before the end.
    private static let leastSettled = 1 << 12

    /// The number of a customer, who is entered when new.
    ///
    /// - Parameter arena: what the id's place refers to, when it is a long one.
    @inline(__always)
    mutating func customer(_ id: PackedIdentifier, hash: UInt64, _ arena: UnsafePointer<UInt8>) -> Int {
        if let known = findCustomer(id, hash: hash, arena) { return known }
        let number = customers.count
        var record = CustomerRecord(id: id)
        if id.isLong {
            record.id.first = UInt64(ids.count)
            ids.append(contentsOf: arena + Int(id.first), count: Int(id.length))
        }
        customers.append(record)
        let records = customers.base
        customerIndex.insert(number, hash: hash) { records[$0].id.hash }
        return number
    }

    /// The number of a customer, or nil when there is none of that id.
    @inline(__always)
    func findCustomer(_ id: PackedIdentifier, hash: UInt64, _ arena: UnsafePointer<UInt8>) -> Int? {
        let records = customers.base
        let own = UnsafePointer(ids.base)
        return customerIndex.find(hash) { records[$0].id.isSame(as: id, own, arena) }
    }

    /// The bytes of a customer's id, good until the next customer is entered.
    @inline(__always)
    func id(of customer: Int) -> UnsafeBufferPointer<UInt8> {
        let record = customers.base + customer
        let id = record.pointee.id
        // The words of a short id stand in memory as its bytes.
        let bytes =
            id.isLong
            ? UnsafePointer(ids.base + Int(id.first)) : UnsafeRawPointer(record).assumingMemoryBound(to: UInt8.self)
        return UnsafeBufferPointer(start: bytes, count: Int(id.length))
    }

    /// Gives back the memory that only finding needed.
    mutating func closeIndex() { customerIndex = HashIndex(capacity: 4) }

    /// Brings near what entering fragments will touch, step by step for all of them: where one waits for memory, the
    /// others do not. Nothing depends on it but time.
    @inline(__always)
    func prefetch(_ run: UnsafePointer<Fragment>, count: Int, guesses: UnsafeMutablePointer<Int>) {
        for position in 0..<count { customerIndex.prefetch(run[position].id.hash) }
        let records = customers.base
        for position in 0..<count {
            let guess = customerIndex.guess(run[position].id.hash) ?? -1
            guesses[position] = guess
            if guess >= 0 { strata_prefetch(records + guess) }
        }
    }

    /// Adds purchase lines to their order, or appends them as one. Of two channels at one time, `precedes` decides.
    @inline(__always)
    mutating func add(_ record: OrderRecord, _ profile: OrderProfile?, precedes: (UInt8, UInt8) -> Bool) {
        let customer = customers.base + Int(record.customer)
        let isFirst = customer.pointee.latestOrder < 0
        if isFirst || customer.pointee.latestKey < record.key {
            // Long keys count up as they are met: of one day they are sorted by their bytes.
            let latestDay = customer.pointee.latestDay
            if !isFirst, latestDay > record.day || latestDay == record.day && OrderKey.longNumber(record.key) != nil {
                customer.pointee.isUnsorted = true
            }
            customer.pointee.setLatest(record, row: orders.count)
        } else if customer.pointee.latestKey == record.key {
            if record.day < customer.pointee.latestDay { customer.pointee.isUnsorted = true }
            merge(record, profile, into: customer.pointee.latestOrder, precedes: precedes)
            return
        } else {
            customer.pointee.isUnsorted = true
            unsettledCount += 1
        }
        orders.append(record)
        if let profile { profiles.append(profile) }
    }

    /// Settles the orders when many may be parts of others.
    ///
    /// - Complexity: O(1) an order entered, all calls taken together.
    mutating func settleIfNeeded(precedes: (UInt8, UInt8) -> Bool) {
        if unsettledCount * 3 > orders.count, orders.count >= HistoryPartition.leastSettled {
            settle(precedes: precedes)
        }
    }

    /// Adds a record to an order of the same key.
    mutating func merge(
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
