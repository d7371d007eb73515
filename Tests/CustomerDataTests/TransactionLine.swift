import CustomerData
import Statistics

/// A transaction line as a test states it.
struct TransactionLine: Hashable {
    var customer: [UInt8]
    var order: [UInt8] = []
    var product: [UInt8] = []
    var channel: [UInt8] = []
    var day: Int32
    var second: Int32 = -1
    var quantity: Int64 = 10_000
    var value: Int64
}

extension TransactionLine {
    /// A line with names in plain text and whole units of money.
    init(
        _ customer: String, order: String = "", product: String = "", channel: String = "", day: Int32,
        second: Int32 = -1,
        quantity: Int64 = 1, value: Int64
    ) {
        self.init(
            customer: Array(customer.utf8), order: Array(order.utf8), product: Array(product.utf8),
            channel: Array(channel.utf8), day: day, second: second, quantity: quantity * 10_000, value: value * 10_000)
    }
}

/// A batch with the memory that its spans refer to.
final class OwnedBatch {
    let batch: TransactionBatch
    private let memory: UnsafeMutablePointer<UInt8>

    init(_ lines: [TransactionLine], columns: TransactionColumns, block: Int) {
        var text: [UInt8] = []
        func span(_ bytes: [UInt8]) -> Span {
            defer { text += bytes }
            return Span(start: text.count, length: bytes.count)
        }
        batch = TransactionBatch(columns: columns)
        batch.removeAll(reserving: lines.count)
        batch.block = block
        for (row, line) in lines.enumerated() {
            batch.customers[row] = span(line.customer)
            if columns.contains(.order) { batch.orders[row] = span(line.order) }
            if columns.contains(.product) { batch.products[row] = span(line.product) }
            if columns.contains(.channel) { batch.channels[row] = span(line.channel) }
            if columns.contains(.quantity) { batch.quantities[row] = line.quantity }
            batch.days[row] = line.day
            batch.seconds[row] = line.second
            batch.values[row] = line.value
        }
        batch.count = lines.count
        // What lies behind a span is another cell or this.
        text += [UInt8](repeating: 0xAB, count: 8)
        memory = .allocate(capacity: text.count)
        memory.initialize(from: text, count: text.count)
        batch.text = UnsafePointer(memory)
    }

    deinit { memory.deallocate() }
}

/// How lines are to be gathered.
struct Gathering: Sendable {
    var orderRule = OrderRule.column
    var returns = ReturnRule.match
    var columns: TransactionColumns = [.order, .product, .channel, .quantity]
    var countsProducts = true

    /// The history of blocks of lines, which several workers take in an order of chance.
    func history(_ blocks: [[TransactionLine]], threads: Int = 1, seed: UInt64 = 0) throws -> PurchaseHistory {
        let builder = PurchaseHistoryBuilder(
            orderRule: orderRule, returns: returns, countsProducts: countsProducts, threads: threads)
        var random = SeededGenerator(seed: seed)
        let parallel = Parallel(threads: threads)
        let batches = blocks.enumerated().map { OwnedBatch($1, columns: columns, block: $0) }
        let first = UncheckedSendable(batches.shuffled(using: &random))
        parallel.forEach(batches.count) { builder.add(first.value[$0].batch, worker: $1) }
        if builder.needsCandidates(parallel: parallel) {
            let second = UncheckedSendable(batches.shuffled(using: &random))
            parallel.forEach(batches.count) { builder.addCandidates(second.value[$0].batch, worker: $1) }
        }
        return try builder.finish(decimals: 2, parallel: parallel)
    }
}
