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
/// Customers are divided by the hash of their id into partitions, each with a lock of its own. A worker gathers the lines
/// of each partition and enters many at a time: so that the partition stays in the cache while it is worked on, and locks
/// are seldom taken. All sums are of whole numbers, so the history does not depend on the order of the batches.
///
/// Memory: 24 to 36 bytes an order (more than 24 where orders come in no order of their ids), 53 to 59 a customer, and
/// its id when that has more than 16 bytes; where profiles are kept 8 to 12 bytes more an order, and where products are
/// counted 11 to 22 bytes a distinct customer and product; under `match`, 56 bytes a return and a purchase line that a
/// return might take back; 4 MiB a worker.
public final class PurchaseHistoryBuilder {
    static let partitionBits = 6
    /// Fragments of a partition that a worker gathers before it enters them.
    private static let gatheredCount = 1 << 10
    /// Bytes of long ids after which it enters what it has.
    private static let gatheredByteCount = 1 << 24
    /// Product codes after which it enters what it has.
    private static let gatheredCodeCount = 1 << 20
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
        /// `gatheredCount` places a partition.
        let fragments = UnsafeMutablePointer<Fragment>.allocate(
            capacity: PurchaseHistoryBuilder.gatheredCount << PurchaseHistoryBuilder.partitionBits)
        /// Fragments by partition.
        let counts = UnsafeMutablePointer<Int>.allocate(capacity: 1 << PurchaseHistoryBuilder.partitionBits)
        /// Ids that are long.
        var ids = GrowingBuffer<UInt8>(capacity: 1)
        var productCodes = GrowingBuffer<UInt32>(capacity: 1)
        var products = SharedNames.Cache()
        var channels = SharedNames.Cache()
        var dayCounts: [Int32: Int] = [:]

        /// Where the worker's arena has a copy of a long id, eight bytes behind which are readable.
        mutating func keep(_ id: UnsafePointer<UInt8>, _ length: UInt32) -> UInt64 {
            let start = UInt64(ids.count)
            ids.append(contentsOf: id, count: Int(length))
            ids.reserve(8)
            return start
        }

        /// Empties the lists that fragments refer to, once these are entered.
        mutating func forgetGathered() {
            ids.removeAllKeepingMemory()
            productCodes.removeAllKeepingMemory()
        }

        init() { counts.initialize(repeating: 0, count: 1 << PurchaseHistoryBuilder.partitionBits) }

        deinit {
            fragments.deallocate()
            counts.deallocate()
        }
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
    public func needsCandidates(parallel: Parallel) -> Bool {
        guard returns == .match else { return false }
        enterAll(parallel)
        var found = false
        for number in partitions.indices where partitions[number].returns.count > 0 {
            // Candidates find their orders in settled ones.
            partitions[number].settle(precedes: channelPrecedes)
            found = true
        }
        return found
    }

    /// Of two channels at one time, whether an order takes the left one.
    func channelPrecedes(_ left: UInt8, _ right: UInt8) -> Bool {
        right == PurchaseHistory.noChannel
            || left != PurchaseHistory.noChannel && channels.precedes(UInt32(left), UInt32(right))
    }

    /// Adds the lines of a batch; `worker` is used by one thread at a time.
    ///
    /// - Complexity: O(lines).
    public func add(_ batch: TransactionBatch, worker: Int) {
        gather(batch, worker)
        let mine = workers.baseAddress.unsafelyUnwrapped + worker
        if mine.pointee.ids.count >= PurchaseHistoryBuilder.gatheredByteCount
            || mine.pointee.productCodes.count >= PurchaseHistoryBuilder.gatheredCodeCount
        {
            enter(worker)
        }
    }

    /// Adds, of a batch that was added before, the purchase lines that a return might take back.
    public func addCandidates(_ batch: TransactionBatch, worker: Int) {
        let mine = workers.baseAddress.unsafelyUnwrapped + worker
        let rows = BatchRows(batch, orderRule)
        for row in 0..<batch.count where !rows.isReturn(row) {
            let span = batch.customers[row]
            let id = PackedIdentifier(batch.text + Int(span.start), Int(span.length), at: span.start)
            let hash = id.hash
            let number = PurchaseHistoryBuilder.partition(of: hash)
            let partition = partitions.baseAddress.unsafelyUnwrapped + number
            // Customers are no longer entered, and a customer's return is there to see without the lock.
            guard let customer = partition.pointee.findCustomer(id, hash: hash, batch.text),
                partition.pointee.customers[customer].lastReturn >= batch.days[row]
            else { continue }
            let product = productCode(batch, row, &mine.pointee)
            guard partition.pointee.returnedPairs.contains(UInt32(customer), product) else { continue }
            locks[number].mutex.withLock { _ in
                let key = rows.orderKey(row) ?? longKey(batch, row, &partition.pointee)
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
            let packed = PackedIdentifier(bytes, id.count, at: 0)
            let hash = packed.hash
            let number = PurchaseHistoryBuilder.partition(of: hash)
            locks[number].mutex.withLock { _ in
                let customer = partitions[number].customer(packed, hash: hash, bytes)
                let known = partitions[number].customers[customer].lastResponse
                partitions[number].customers.base[customer].lastResponse = max(known, day)
            }
        }
    }

    /// Enters what the workers have gathered.
    func enterAll(_ parallel: Parallel) {
        parallel.forEach(partitions.count) { number, _ in
            for worker in workers.indices { enter(worker, number) }
        }
        for worker in workers.indices { workers[worker].forgetGathered() }
    }

    @inline(__always)
    private static func partition(of hash: UInt64) -> Int { Int(hash >> UInt64(64 - partitionBits)) }

    /// Gathers purchase lines, those together that follow each other and share customer, order and time. Returns are
    /// few and entered at once.
    private func gather(_ batch: TransactionBatch, _ worker: Int) {
        let mine = workers.baseAddress.unsafelyUnwrapped + worker
        // Members of a class are checked at every access; constants of the loop are not.
        let rows = BatchRows(batch, orderRule)
        let count = batch.count
        let joins = orderRule != .row
        var countedDay: Int32 = 0
        var countedLines = 0
        var row = 0
        while row < count {
            let isReturn = rows.isReturn(row)
            var end = row + 1
            var value = rows.values[row]
            if joins, !isReturn {
                while end < count, rows.continuesOrder(end) {
                    let (sum, overflow) = value.addingReportingOverflow(rows.values[end])
                    if overflow { break }
                    value = sum
                    end += 1
                }
            }
            let day = rows.days[row]
            if day != countedDay {
                if countedLines > 0 { mine.pointee.dayCounts[countedDay, default: 0] += countedLines }
                countedDay = day
                countedLines = 0
            }
            countedLines += end - row
            if isReturn {
                addReturn(batch, row, &mine.pointee)
            } else {
                gather(batch, rows, row..<end, value: value, worker)
            }
            row = end
        }
        if countedLines > 0 { mine.pointee.dayCounts[countedDay, default: 0] += countedLines }
    }

    /// Gathers the lines of one order and time.
    @inline(__always)
    private func gather(
        _ batch: TransactionBatch, _ rows: BatchRows, _ lines: Range<Int>, value: Int64, _ worker: Int
    ) {
        let mine = workers.baseAddress.unsafelyUnwrapped + worker
        let row = lines.lowerBound
        let span = rows.customers[row]
        let bytes = rows.text + Int(span.start)
        var id = PackedIdentifier(bytes, Int(span.length), at: span.start)
        let number = PurchaseHistoryBuilder.partition(of: id.hash)
        if id.isLong { id.first = mine.pointee.keep(bytes, span.length) }
        var longLength: UInt32 = 0
        let key: UInt64
        if let short = rows.orderKey(row) {
            key = short
        } else {
            longLength = rows.orders[row].length
            key = mine.pointee.keep(rows.text + Int(rows.orders[row].start), longLength)
        }
        let second = rows.seconds[row]
        if mine.pointee.counts[number] == PurchaseHistoryBuilder.gatheredCount { enter(worker, number) }
        let place = number * PurchaseHistoryBuilder.gatheredCount + mine.pointee.counts[number]
        (mine.pointee.fragments + place).initialize(
            to: Fragment(
                id: id, longLength: longLength, key: key, value: value, day: rows.days[row],
                lines: UInt32(truncatingIfNeeded: lines.count),
                products: UInt32(truncatingIfNeeded: mine.pointee.productCodes.count),
                hour: second < 0 ? PurchaseHistory.noHour : UInt8(truncatingIfNeeded: second / 3600),
                channel: rows.hasChannel ? channelCode(batch, row, &mine.pointee) : PurchaseHistory.noChannel))
        mine.pointee.counts[number] += 1
        if countsProducts {
            for line in lines { mine.pointee.productCodes.append(productCode(batch, line, &mine.pointee)) }
        }
    }

    /// Enters what a worker has gathered, partition by partition.
    private func enter(_ worker: Int) {
        for step in partitions.indices {
            // Workers begin at different partitions, so that they seldom wait for each other.
            enter(worker, (step + worker * 17) % partitions.count)
        }
        workers[worker].forgetGathered()
    }

    /// Enters what a worker has gathered of a partition.
    private func enter(_ worker: Int, _ number: Int) {
        let mine = workers.baseAddress.unsafelyUnwrapped + worker
        let count = mine.pointee.counts[number]
        let fragments = mine.pointee.fragments + number * PurchaseHistoryBuilder.gatheredCount
        let ids = UnsafePointer(mine.pointee.ids.base)
        let products = UnsafePointer(mine.pointee.productCodes.base)
        let partition = partitions.baseAddress.unsafelyUnwrapped + number
        let window = PurchaseHistoryBuilder.prefetchedCount
        locks[number].mutex.withLock { _ in
            withUnsafeTemporaryAllocation(of: Int.self, capacity: window) { guesses in
                guard let guesses = guesses.baseAddress else { return }
                for start in stride(from: 0, to: count, by: window) {
                    let end = min(start + window, count)
                    partition.pointee.prefetch(fragments + start, count: end - start, guesses: guesses)
                    for position in start..<end {
                        enter(fragments[position], ids: ids, products: products, &partition.pointee)
                    }
                }
            }
            // Rows are orders: there are no parts of them.
            if orderRule != .row { partition.pointee.settleIfNeeded(precedes: channelPrecedes) }
        }
        mine.pointee.counts[number] = 0
    }

    @inline(__always)
    private func enter(
        _ fragment: Fragment, ids: UnsafePointer<UInt8>, products: UnsafePointer<UInt32>,
        _ partition: inout HistoryPartition
    ) {
        let customer = partition.customer(fragment.id, hash: fragment.id.hash, ids)
        var key = fragment.key
        if fragment.longLength > 0 {
            key = OrderKey.long(partition.longKeys.number(ids + Int(key), Int(fragment.longLength)))
        }
        partition.add(
            OrderRecord(
                key: key, value: fragment.value, customer: UInt32(truncatingIfNeeded: customer),
                day: fragment.day),
            keepsProfiles
                ? OrderProfile(lines: fragment.lines, hour: fragment.hour, channel: fragment.channel) : nil,
            precedes: channelPrecedes)
        if countsProducts {
            for line in 0..<Int(fragment.lines) {
                partition.pairs.insert(
                    UInt32(truncatingIfNeeded: customer), products[Int(fragment.products) + line])
            }
        }
    }

    private func addReturn(_ batch: TransactionBatch, _ row: Int, _ mine: inout Worker) {
        let span = batch.customers[row]
        let id = PackedIdentifier(batch.text + Int(span.start), Int(span.length), at: span.start)
        let hash = id.hash
        let number = PurchaseHistoryBuilder.partition(of: hash)
        let product = returns == .match ? productCode(batch, row, &mine) : 0
        locks[number].mutex.withLock { _ in
            let customer = partitions[number].customer(id, hash: hash, batch.text)
            let known = partitions[number].customers[customer].lastReturn
            partitions[number].customers.base[customer].lastReturn = max(known, batch.days[row])
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
        let span = batch.channels[row]
        guard span.length > 0 else { return PurchaseHistory.noChannel }
        let code = channels.code(batch.text + Int(span.start), Int(span.length), &mine.channels)
        return code < PurchaseHistory.noChannel ? UInt8(code) : PurchaseHistory.noChannel
    }
}
