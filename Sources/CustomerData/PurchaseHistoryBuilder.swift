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
/// Customers are divided by the hash of their id into partitions, each with a lock of its own; a batch is divided
/// first, so that a lock is taken once a batch and partition. All sums are of whole numbers, so the history does not
/// depend on the order of the batches.
///
/// Memory: 32 bytes an order and at most 8 of its index, 32 bytes and the id a customer, 12 to 24 bytes a distinct
/// customer and product where products are counted; under `match`, 56 bytes a return and a purchase line that a return
/// might take back.
public final class PurchaseHistoryBuilder {
    static let partitionBits = 6

    /// What makes an order.
    public let orderRule: OrderRule
    /// What a return does.
    public let returns: ReturnRule
    let countsProducts: Bool
    let partitions: [HistoryPartition]
    let products = SharedNames()
    let channels = SharedNames()
    private let scratch: [Scratch]

    /// What a worker needs between batches.
    private final class Scratch {
        var fragments = GrowingBuffer<Fragment>(capacity: 4096)
        /// Fragments by partition.
        var sorted = GrowingBuffer<UInt32>(capacity: 4096)
        var products = SharedNames.Cache()
        var channels = SharedNames.Cache()
        var dayCounts: [Int32: Int] = [:]
    }

    /// An empty accumulator.
    ///
    /// - Parameters:
    ///   - countsProducts: whether distinct products are counted for each customer.
    ///   - threads: how many workers may add at the same time.
    public init(orderRule: OrderRule, returns: ReturnRule, countsProducts: Bool, threads: Int) {
        self.orderRule = orderRule
        self.returns = returns
        self.countsProducts = countsProducts
        partitions = (0..<(1 << PurchaseHistoryBuilder.partitionBits)).map { _ in HistoryPartition() }
        scratch = (0..<threads).map { _ in Scratch() }
    }

    /// The added lines by day, ascending by day.
    public var dayCounts: [(day: Day, lines: Int)] {
        var total: [Int32: Int] = [:]
        for worker in scratch { total.merge(worker.dayCounts, uniquingKeysWith: +) }
        return total.sorted { $0.key < $1.key }.map { (Day(number: $0.key), $0.value) }
    }

    /// Whether there are returns to match with earlier purchases: then the input is to be read once more, each batch
    /// going to `addCandidates`.
    public var needsCandidates: Bool { returns == .match && partitions.contains { $0.returns.count > 0 } }

    /// Adds the lines of a batch; `worker` names scratch memory and is used by one thread at a time.
    ///
    /// - Complexity: O(lines).
    public func add(_ batch: TransactionBatch, worker: Int) {
        let mine = scratch[worker]
        collectFragments(batch, mine)
        forEachPartition(mine, worker) { partition, fragment in
            let row = Int(fragment.row)
            let span = batch.customers[row]
            let customer = partition.customer(
                batch.text + Int(span.start), Int(span.length), hash: fragment.hash)
            partition.customers.base[customer].hasTransactions = true
            if fragment.isPurchase {
                addPurchase(fragment, customer, batch, mine, partition)
            } else {
                addReturn(fragment, customer, batch, mine, partition)
            }
        }
    }

    /// Adds, of a batch that was added before, the purchase lines that a return might take back.
    public func addCandidates(_ batch: TransactionBatch, worker: Int) {
        let mine = scratch[worker]
        collectFragments(batch, mine, countsDays: false)
        forEachPartition(mine, worker) { partition, fragment in
            let first = Int(fragment.row)
            let span = batch.customers[first]
            guard fragment.isPurchase,
                let customer = partition.findCustomer(
                    batch.text + Int(span.start), Int(span.length), hash: fragment.hash),
                partition.customers[customer].lastReturn != PurchaseHistory.noDay
            else { return }
            for row in first..<(first + Int(fragment.lines)) {
                let product = productCode(batch, row, mine)
                guard partition.returnedPairs.contains(UInt32(customer), product) else { continue }
                let order = partition.findOrder(orderKey(batch, row, partition), customer: customer) ?? 0
                partition.candidates.append(
                    line(batch, row, customer: customer, product: product, order: UInt32(order)))
            }
        }
    }

    /// Enters a customer, who may have no transaction, and the day of an inbound interaction, if there is one.
    public func register(_ id: UnsafeBufferPointer<UInt8>, response day: Int32 = PurchaseHistory.noDay) {
        let padded = Array(id) + [UInt8](repeating: 0, count: 8)
        padded.withUnsafeBufferPointer { buffer in
            guard let bytes = buffer.baseAddress else { return }
            let hash = ByteHash.hash(bytes, id.count)
            let partition = partitions[PurchaseHistoryBuilder.partition(of: hash)]
            partition.lock.withLock { _ in
                let customer = partition.customer(bytes, id.count, hash: hash)
                let known = partition.customers[customer].lastResponse
                partition.customers.base[customer].lastResponse = max(known, day)
            }
        }
    }

    @inline(__always)
    private static func partition(of hash: UInt64) -> Int { Int(hash >> UInt64(64 - partitionBits)) }

    /// Takes together the lines that follow each other and share customer, order, time and kind. A return that is to
    /// be matched stands alone.
    private func collectFragments(_ batch: TransactionBatch, _ mine: Scratch, countsDays: Bool = true) {
        let text = batch.text
        let usesOrder = orderRule == .column
        let joins = orderRule != .row
        mine.fragments.removeAllKeepingMemory()
        var countedDay: Int32 = 0
        var countedLines = 0
        var last = -1
        for row in 0..<batch.count {
            let day = batch.days[row]
            if day != countedDay {
                if countedLines > 0, countsDays { mine.dayCounts[countedDay, default: 0] += countedLines }
                countedDay = day
                countedLines = 0
            }
            countedLines += 1
            let value = batch.values[row]
            let isPurchase = !isReturn(batch, row)
            if last >= 0, joins, day == batch.days[row - 1], batch.seconds[row] == batch.seconds[row - 1],
                isPurchase == mine.fragments[last].isPurchase, isPurchase || returns != .match,
                same(text, batch.customers[row], batch.customers[row - 1]),
                !usesOrder || same(text, batch.orders[row], batch.orders[row - 1])
            {
                let (sum, overflow) = mine.fragments[last].value.addingReportingOverflow(value)
                if !overflow {
                    mine.fragments.base[last].value = sum
                    mine.fragments.base[last].lines += 1
                    continue
                }
            }
            let span = batch.customers[row]
            mine.fragments.append(
                Fragment(
                    hash: ByteHash.hash(text + Int(span.start), Int(span.length)), value: value, row: UInt32(row),
                    lines: 1, isPurchase: isPurchase))
            last += 1
        }
        if countedLines > 0, countsDays { mine.dayCounts[countedDay, default: 0] += countedLines }
    }

    /// Calls `body` for every fragment, partition by partition, each under its lock.
    @inline(__always)
    private func forEachPartition(
        _ mine: Scratch, _ worker: Int, _ body: (HistoryPartition, Fragment) -> Void
    ) {
        let count = mine.fragments.count
        let partitionCount = partitions.count
        withUnsafeTemporaryAllocation(of: Int.self, capacity: partitionCount + 1) { ends in
            ends.initialize(repeating: 0)
            for fragment in 0..<count {
                ends[PurchaseHistoryBuilder.partition(of: mine.fragments[fragment].hash) + 1] += 1
            }
            for partition in 0..<partitionCount { ends[partition + 1] += ends[partition] }
            mine.sorted.resize(to: count)
            // After this loop `ends[p]` is where partition p ends.
            for fragment in 0..<count {
                let partition = PurchaseHistoryBuilder.partition(of: mine.fragments[fragment].hash)
                mine.sorted[ends[partition]] = UInt32(fragment)
                ends[partition] += 1
            }
            for step in 0..<partitionCount {
                // Workers begin at different partitions, so that they seldom wait for each other.
                let number = (step + worker * 17) % partitionCount
                let begin = number == 0 ? 0 : ends[number - 1]
                if begin == ends[number] { continue }
                let partition = partitions[number]
                partition.lock.withLock { _ in
                    for position in begin..<ends[number] {
                        body(partition, mine.fragments[Int(mine.sorted[position])])
                    }
                }
            }
        }
    }

    @inline(__always)
    private func addPurchase(
        _ fragment: Fragment, _ customer: Int, _ batch: TransactionBatch, _ mine: Scratch,
        _ partition: HistoryPartition
    ) {
        let row = Int(fragment.row)
        let second = batch.seconds[row]
        let record = OrderRecord(
            key: orderKey(batch, row, partition), value: fragment.value, customer: UInt32(truncatingIfNeeded: customer),
            day: batch.days[row], lines: fragment.lines,
            hour: second < 0 ? PurchaseHistory.noHour : UInt8(truncatingIfNeeded: second / 3600),
            channel: channelCode(batch, row, mine))
        _ = partition.add(record) { left, right in
            right == PurchaseHistory.noChannel
                || left != PurchaseHistory.noChannel && channels.precedes(UInt32(left), UInt32(right))
        }
        if countsProducts {
            for line in row..<(row + Int(fragment.lines)) {
                _ = partition.pairs.insert(UInt32(truncatingIfNeeded: customer), productCode(batch, line, mine))
            }
        }
    }

    private func addReturn(
        _ fragment: Fragment, _ customer: Int, _ batch: TransactionBatch, _ mine: Scratch,
        _ partition: HistoryPartition
    ) {
        let first = Int(fragment.row)
        let day = batch.days[first]
        partition.customers.base[customer].lastReturn = max(partition.customers[customer].lastReturn, day)
        for row in first..<(first + Int(fragment.lines)) {
            let product = returns == .match ? productCode(batch, row, mine) : 0
            partition.returns.append(line(batch, row, customer: customer, product: product, order: .max))
            if returns == .match { _ = partition.returnedPairs.insert(UInt32(customer), product) }
        }
    }

    private func line(
        _ batch: TransactionBatch, _ row: Int, customer: Int, product: UInt32, order: UInt32
    ) -> MatchedLine {
        let value = Int64(clamping: batch.values[row].magnitude)
        let quantity = batch.columns.contains(.quantity) ? Int64(clamping: batch.quantities[row].magnitude) : value
        return MatchedLine(
            customer: UInt32(customer), product: product,
            time: Int64(batch.days[row]) * 86_400 + Int64(max(batch.seconds[row], 0)),
            sequence: UInt64(batch.block) << 32 | UInt64(row), quantity: quantity, value: value, order: order,
            day: batch.days[row])
    }

    @inline(__always)
    private func isReturn(_ batch: TransactionBatch, _ row: Int) -> Bool {
        batch.values[row] < 0 || (batch.columns.contains(.quantity) && batch.quantities[row] < 0)
    }

    @inline(__always)
    private func orderKey(_ batch: TransactionBatch, _ row: Int, _ partition: HistoryPartition) -> UInt64 {
        switch orderRule {
        case .customerDay: return OrderKey.day(batch.days[row])
        case .row: return OrderKey.row(UInt64(batch.block) << 32 | UInt64(row))
        case .column:
            let span = batch.orders[row]
            let id = batch.text + Int(span.start)
            return OrderKey.short(id, Int(span.length))
                ?? OrderKey.long(partition.longKeys.number(id, Int(span.length)))
        }
    }

    @inline(__always)
    private func productCode(_ batch: TransactionBatch, _ row: Int, _ mine: Scratch) -> UInt32 {
        guard batch.columns.contains(.product) else { return 0 }
        let span = batch.products[row]
        return products.code(batch.text + Int(span.start), Int(span.length), &mine.products)
    }

    @inline(__always)
    private func channelCode(_ batch: TransactionBatch, _ row: Int, _ mine: Scratch) -> UInt8 {
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
