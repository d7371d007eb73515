import Statistics
import Synchronization

/// What makes an order.
public enum OrderRule: String, CaseIterable, Codable, Sendable {
    /// Lines of one customer with the same order id.
    case column
    /// Lines of one customer on one day.
    case customerDay = "customer-day"
    /// Every line.
    case row
}

/// Gathers transaction batches, in any order and from several threads, into a `PurchaseHistory`.
///
/// Customers are divided by the hash of their id into partitions, each with a lock of its own. A worker first gathers
/// many lines, divides them, and then enters partition by partition: so that a partition stays in the cache while it
/// is worked on, and locks are seldom taken. All sums are of whole numbers, so the history does not depend on the order
/// of the batches.
///
/// Memory: 24 bytes an order and 5 to 11 of its index, 40 bytes and the id a customer; where profiles are kept 8 bytes
/// more an order, and where products are counted 11 to 22 bytes a distinct customer and product; under `match`, 56 bytes
/// a return and a purchase line that a return might take back; 8 MiB a worker.
public final class PurchaseHistoryBuilder {
    static let partitionBits = 6
    /// Fragments that a worker gathers before it enters them.
    private static let gatheredCount = 1 << 16
    /// Bytes of ids, where these are long, after which it enters them.
    private static let gatheredByteCount = 1 << 24
    /// Fragments whose memory is brought near together.
    private static let prefetchedCount = 64

    /// What makes an order.
    public let orderRule: OrderRule
    /// What a return does.
    public let returns: ReturnRule
    let keepsProfiles: Bool
    let countsProducts: Bool
    let partitions: UnsafeMutableBufferPointer<HistoryPartition>
    let channels = SharedNames()
    private let products = SharedNames()
    private let locks: [Lock]
    private let workers: UnsafeMutableBufferPointer<Worker>

    private final class Lock {
        let mutex = Mutex<Void>(())
    }

    /// What a worker has gathered.
    struct Worker: ~Copyable {
        var fragments = GrowingBuffer<Fragment>()
        var sorted = GrowingBuffer<Fragment>()
        var ids = GrowingBuffer<UInt8>()
        var productCodes = GrowingBuffer<UInt32>(capacity: 1)
        var products = SharedNames.Cache()
        var channels = SharedNames.Cache()
        var dayCounts: [Int32: Int] = [:]
    }

    /// An empty accumulator.
    ///
    /// - Parameters:
    ///   - keepsProfiles: whether lines, hour and channel of orders are kept.
    ///   - countsProducts: whether distinct products are counted for each customer.
    ///   - threads: how many workers may add at the same time.
    public init(
        orderRule: OrderRule, returns: ReturnRule, keepsProfiles: Bool = true, countsProducts: Bool, threads: Int
    ) {
        self.orderRule = orderRule
        self.returns = returns
        self.keepsProfiles = keepsProfiles
        self.countsProducts = countsProducts
        partitions = .allocate(capacity: 1 << PurchaseHistoryBuilder.partitionBits)
        for number in partitions.indices { partitions.initializeElement(at: number, to: HistoryPartition()) }
        locks = partitions.indices.map { _ in Lock() }
        workers = .allocate(capacity: threads)
        for number in workers.indices { workers.initializeElement(at: number, to: Worker()) }
    }

    deinit {
        partitions.deinitialize().deallocate()
        workers.deinitialize().deallocate()
    }

    /// The added lines by day, ascending by day.
    public var dayCounts: [(day: Day, lines: Int)] {
        var total: [Int32: Int] = [:]
        for number in workers.indices { total.merge(workers[number].dayCounts, uniquingKeysWith: +) }
        return total.sorted { $0.key < $1.key }.map { (Day(number: $0.key), $0.value) }
    }

    /// Whether there are returns to match with earlier purchases: then the input is to be read once more, each batch
    /// going to `addCandidates`. Not to be asked while batches are added.
    public var needsCandidates: Bool {
        guard returns == .match else { return false }
        enterAll()
        return partitions.indices.contains { partitions[$0].returns.count > 0 }
    }

    /// Adds the lines of a batch; `worker` is used by one thread at a time.
    ///
    /// - Complexity: O(lines).
    public func add(_ batch: TransactionBatch, worker: Int) {
        let mine = workers.baseAddress.unsafelyUnwrapped + worker
        gather(batch, &mine.pointee)
        if mine.pointee.fragments.count >= PurchaseHistoryBuilder.gatheredCount
            || mine.pointee.ids.count >= PurchaseHistoryBuilder.gatheredByteCount
            || mine.pointee.productCodes.count >= 16 * PurchaseHistoryBuilder.gatheredCount
        {
            enter(worker)
        }
    }

    /// Adds, of a batch that was added before, the purchase lines that a return might take back.
    public func addCandidates(_ batch: TransactionBatch, worker: Int) {
        let mine = workers.baseAddress.unsafelyUnwrapped + worker
        for row in 0..<batch.count where !isReturn(batch, row) {
            let span = batch.customers[row]
            let id = batch.text + Int(span.start)
            let hash = ByteHash.hash(id, Int(span.length))
            let number = PurchaseHistoryBuilder.partition(of: hash)
            let partition = partitions.baseAddress.unsafelyUnwrapped + number
            // Customers are no longer entered, and a customer's return is there to see without the lock.
            guard let customer = partition.pointee.findCustomer(id, Int(span.length), hash: hash),
                partition.pointee.customers[customer].lastReturn >= batch.days[row]
            else { continue }
            let product = productCode(batch, row, &mine.pointee)
            guard partition.pointee.returnedPairs.contains(UInt32(customer), product) else { continue }
            locks[number].mutex.withLock { _ in
                let key = orderKey(batch, row) ?? longKey(batch, row, &partition.pointee)
                guard let order = partition.pointee.findOrder(key, customer: customer) else { return }
                partition.pointee.candidates.append(
                    line(batch, row, customer: customer, product: product, order: UInt32(order)))
            }
        }
    }

    /// Enters a customer, who may have no transaction, and the day of an inbound interaction, if there is one.
    public func register(_ id: UnsafeBufferPointer<UInt8>, response day: Int32 = PurchaseHistory.noDay) {
        let padded = Array(id) + [UInt8](repeating: 0, count: 8)
        padded.withUnsafeBufferPointer { buffer in
            let bytes = buffer.baseAddress.unsafelyUnwrapped
            let hash = ByteHash.hash(bytes, id.count)
            let number = PurchaseHistoryBuilder.partition(of: hash)
            locks[number].mutex.withLock { _ in
                let customer = partitions[number].customer(bytes, id.count, hash: hash)
                let known = partitions[number].customers[customer].lastResponse
                partitions[number].customers.base[customer].lastResponse = max(known, day)
            }
        }
    }

    /// Enters what the workers have gathered.
    func enterAll() {
        for worker in workers.indices { enter(worker) }
    }

    @inline(__always)
    private static func partition(of hash: UInt64) -> Int { Int(hash >> UInt64(64 - partitionBits)) }

    /// Gathers purchase lines, those together that follow each other and share customer, order and time. Returns are
    /// few and entered at once.
    private func gather(_ batch: TransactionBatch, _ mine: inout Worker) {
        let text = batch.text
        let (customers, orders, days) = (batch.customers, batch.orders, batch.days)
        let (seconds, values, quantities) = (batch.seconds, batch.values, batch.quantities)
        let hasQuantity = batch.columns.contains(.quantity)
        let hasChannel = batch.columns.contains(.channel)
        let usesOrder = orderRule == .column
        let joins = orderRule != .row
        var countedDay: Int32 = 0
        var countedLines = 0
        var open = -1
        for row in 0..<batch.count {
            let day = days[row]
            if day != countedDay {
                if countedLines > 0 { mine.dayCounts[countedDay, default: 0] += countedLines }
                countedDay = day
                countedLines = 0
            }
            countedLines += 1
            let value = values[row]
            if value < 0 || (hasQuantity && quantities[row] < 0) {
                addReturn(batch, row, &mine)
                open = -1
                continue
            }
            if open >= 0, joins, day == days[row - 1], seconds[row] == seconds[row - 1],
                same(text, customers[row], customers[row - 1]),
                !usesOrder || same(text, orders[row], orders[row - 1]),
                !hasChannel || same(text, batch.channels[row], batch.channels[row - 1])
            {
                let (sum, overflow) = mine.fragments[open].value.addingReportingOverflow(value)
                if !overflow {
                    mine.fragments.base[open].value = sum
                    mine.fragments.base[open].lines += 1
                    if countsProducts { mine.productCodes.append(productCode(batch, row, &mine)) }
                    continue
                }
            }
            open = mine.fragments.count
            let span = customers[row]
            let id = text + Int(span.start)
            var fragment = Fragment(
                hash: ByteHash.hash(id, Int(span.length)), key: 0, value: value, id: UInt32(mine.ids.count),
                idLength: span.length, longLength: 0, day: day, lines: 1,
                products: UInt32(mine.productCodes.count),
                hour: seconds[row] < 0 ? PurchaseHistory.noHour : UInt8(truncatingIfNeeded: seconds[row] / 3600),
                channel: channelCode(batch, row, &mine))
            mine.ids.append(contentsOf: id, count: Int(span.length))
            if let key = orderKey(batch, row) {
                fragment.key = key
            } else {
                fragment.longLength = orders[row].length
                mine.ids.append(contentsOf: text + Int(orders[row].start), count: Int(orders[row].length))
            }
            if countsProducts { mine.productCodes.append(productCode(batch, row, &mine)) }
            mine.fragments.append(fragment)
        }
        if countedLines > 0 { mine.dayCounts[countedDay, default: 0] += countedLines }
    }

    /// Enters what a worker has gathered, partition by partition.
    private func enter(_ worker: Int) {
        let mine = workers.baseAddress.unsafelyUnwrapped + worker
        let count = mine.pointee.fragments.count
        guard count > 0 else { return }
        let partitionCount = partitions.count
        var ends = [Int](repeating: 0, count: partitionCount + 1)
        let fragments = mine.pointee.fragments.base
        for position in 0..<count {
            ends[PurchaseHistoryBuilder.partition(of: fragments[position].hash) + 1] += 1
        }
        for number in 0..<partitionCount { ends[number + 1] += ends[number] }
        mine.pointee.sorted.resize(to: count)
        let sorted = mine.pointee.sorted.base
        // After this loop `ends[p]` is where partition p ends.
        for position in 0..<count {
            let number = PurchaseHistoryBuilder.partition(of: fragments[position].hash)
            sorted[ends[number]] = fragments[position]
            ends[number] += 1
        }
        for step in 0..<partitionCount {
            // Workers begin at different partitions, so that they seldom wait for each other.
            let number = (step + worker * 17) % partitionCount
            let begin = number == 0 ? 0 : ends[number - 1]
            if begin == ends[number] { continue }
            let run = UnsafeBufferPointer(start: sorted + begin, count: ends[number] - begin)
            let partition = partitions.baseAddress.unsafelyUnwrapped + number
            locks[number].mutex.withLock { _ in
                enter(run, ids: mine.pointee.ids.base, products: mine.pointee.productCodes.base, &partition.pointee)
            }
        }
        mine.pointee.fragments.removeAllKeepingMemory()
        mine.pointee.ids.removeAllKeepingMemory()
        mine.pointee.productCodes.removeAllKeepingMemory()
    }

    private func enter(
        _ run: UnsafeBufferPointer<Fragment>, ids: UnsafePointer<UInt8>, products: UnsafePointer<UInt32>,
        _ partition: inout HistoryPartition
    ) {
        guard let fragments = run.baseAddress else { return }
        let window = PurchaseHistoryBuilder.prefetchedCount
        withUnsafeTemporaryAllocation(of: Int.self, capacity: window) { guesses in
            guard let guesses = guesses.baseAddress else { return }
            for start in stride(from: 0, to: run.count, by: window) {
                let count = min(window, run.count - start)
                partition.prefetch(fragments + start, count: count, ids: ids, guesses: guesses)
                for position in start..<(start + count) {
                    enter(fragments[position], ids: ids, products: products, &partition)
                }
            }
        }
    }

    @inline(__always)
    private func enter(
        _ fragment: Fragment, ids: UnsafePointer<UInt8>, products: UnsafePointer<UInt32>,
        _ partition: inout HistoryPartition
    ) {
        let id = ids + Int(fragment.id)
        let customer = partition.customer(id, Int(fragment.idLength), hash: fragment.hash)
        var key = fragment.key
        if fragment.longLength > 0 {
            key = OrderKey.long(
                partition.longKeys.number(id + Int(fragment.idLength), Int(fragment.longLength)))
        }
        partition.add(
            OrderRecord(
                key: key, value: fragment.value, customer: UInt32(truncatingIfNeeded: customer),
                day: fragment.day),
            keepsProfiles
                ? OrderProfile(lines: fragment.lines, hour: fragment.hour, channel: fragment.channel) : nil
        ) { left, right in
            right == PurchaseHistory.noChannel
                || left != PurchaseHistory.noChannel && channels.precedes(UInt32(left), UInt32(right))
        }
        if countsProducts {
            for line in 0..<Int(fragment.lines) {
                partition.pairs.insert(
                    UInt32(truncatingIfNeeded: customer), products[Int(fragment.products) + line])
            }
        }
    }

    private func addReturn(_ batch: TransactionBatch, _ row: Int, _ mine: inout Worker) {
        let span = batch.customers[row]
        let id = batch.text + Int(span.start)
        let hash = ByteHash.hash(id, Int(span.length))
        let number = PurchaseHistoryBuilder.partition(of: hash)
        let product = returns == .match ? productCode(batch, row, &mine) : 0
        locks[number].mutex.withLock { _ in
            let customer = partitions[number].customer(id, Int(span.length), hash: hash)
            let known = partitions[number].customers[customer].lastReturn
            partitions[number].customers.base[customer].lastReturn = max(known, batch.days[row])
            partitions[number].customers.base[customer].hasTransactions = true
            partitions[number].returns.append(line(batch, row, customer: customer, product: product, order: .max))
            if returns == .match { partitions[number].returnedPairs.insert(UInt32(customer), product) }
        }
    }

    private func line(
        _ batch: TransactionBatch, _ row: Int, customer: Int, product: UInt32, order: UInt32
    ) -> MatchedLine {
        let value = Int64(clamping: batch.values[row].magnitude)
        let quantity = batch.columns.contains(.quantity) ? Int64(clamping: batch.quantities[row].magnitude) : value
        // Without a time a purchase stands at the beginning of its day, and a return at its end.
        let second = batch.seconds[row] >= 0 ? Int64(batch.seconds[row]) : order == .max ? 86_399 : 0
        return MatchedLine(
            customer: UInt32(customer), product: product,
            time: Int64(batch.days[row]) * 86_400 + second,
            sequence: UInt64(batch.block) << 32 | UInt64(row), quantity: quantity, value: value, order: order,
            day: batch.days[row])
    }

    @inline(__always)
    private func isReturn(_ batch: TransactionBatch, _ row: Int) -> Bool {
        batch.values[row] < 0 || (batch.columns.contains(.quantity) && batch.quantities[row] < 0)
    }

    /// The key of a row's order, or nil when the order's id is a long one.
    @inline(__always)
    private func orderKey(_ batch: TransactionBatch, _ row: Int) -> UInt64? {
        switch orderRule {
        case .customerDay: OrderKey.day(batch.days[row])
        case .row: OrderKey.row(UInt64(batch.block) << 32 | UInt64(row))
        case .column: OrderKey.short(batch.text + Int(batch.orders[row].start), Int(batch.orders[row].length))
        }
    }

    private func longKey(_ batch: TransactionBatch, _ row: Int, _ partition: inout HistoryPartition) -> UInt64 {
        let span = batch.orders[row]
        return OrderKey.long(partition.longKeys.number(batch.text + Int(span.start), Int(span.length)))
    }

    @inline(__always)
    private func productCode(_ batch: TransactionBatch, _ row: Int, _ mine: inout Worker) -> UInt32 {
        // No product's number: products of other files count from 0.
        guard batch.columns.contains(.product) else { return .max }
        let span = batch.products[row]
        return products.code(batch.text + Int(span.start), Int(span.length), &mine.products)
    }

    @inline(__always)
    private func channelCode(_ batch: TransactionBatch, _ row: Int, _ mine: inout Worker) -> UInt8 {
        guard batch.columns.contains(.channel), batch.channels[row].length > 0 else { return PurchaseHistory.noChannel }
        let span = batch.channels[row]
        let code = channels.code(batch.text + Int(span.start), Int(span.length), &mine.channels)
        return code < PurchaseHistory.noChannel ? UInt8(code) : PurchaseHistory.noChannel
    }

    @inline(__always)
    private func same(_ text: UnsafePointer<UInt8>, _ left: Span, _ right: Span) -> Bool {
        guard left.length == right.length else { return false }
        let length = Int(left.length)
        let leftBytes = UnsafeRawPointer(text + Int(left.start))
        let rightBytes = UnsafeRawPointer(text + Int(right.start))
        var offset = 0
        while length - offset > 8 {
            if leftBytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                != rightBytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            {
                return false
            }
            offset += 8
        }
        return ByteHash.tail(leftBytes + offset, length - offset) == ByteHash.tail(rightBytes + offset, length - offset)
    }
}
