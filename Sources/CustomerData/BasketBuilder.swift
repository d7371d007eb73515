import Statistics
import Synchronization

/// What makes a basket of a customer's purchases.
public enum BasketUnit: Hashable, Sendable {
    /// An order; a day where there is no order column.
    case order
    /// A day.
    case day
    /// All that the customer bought.
    case customer
    /// The days from a purchase on, so many; the next purchase begins the next basket.
    case window(days: Int)
}

/// What became of the lines on their way into baskets.
public struct BasketAccounts: Hashable, Sendable {
    /// Lines that were entered.
    public var lines = 0
    /// Of these, lines without a product.
    public var linesWithoutProduct = 0
    /// Returns.
    public var returns = 0
    /// Of these, returns that took back more than was found before them (or in their basket, where returns are net).
    public var unmatchedReturns = 0
    /// Items of a basket whose net quantity is not above 0.
    public var cancelledItems = 0
    /// Baskets of which nothing is left.
    public var cancelledBaskets = 0

    /// Nothing.
    public init() {}
}

/// Gathers transaction batches with products, in any order and from several threads, into baskets: an item is in a basket
/// when its net quantity is above 0. A return takes back the newest earlier purchases of the same customer and product
/// (`match`), counts against its own basket (`net`), or is passed over (`ignore`).
///
/// Memory: 40 bytes a line, and the ids of customers, orders and products.
public final class BasketBuilder {
    private static let partitionBits = 5

    private let unit: BasketUnit
    private let orderRule: OrderRule
    private let returns: ReturnRule
    private let partitions: UnsafeMutableBufferPointer<BasketPartition>
    private let locks: [Lock]
    private let workers: UnsafeMutableBufferPointer<Worker>
    private let products = SharedNames()

    private final class Lock {
        let mutex = Mutex<Void>(())
    }

    private struct Worker: ~Copyable {
        var names = SharedNames.Cache()
        var accounts = BasketAccounts()
    }

    /// An empty accumulator for so many workers; `orderRule` says what an order is.
    public init(unit: BasketUnit, orderRule: OrderRule, returns: ReturnRule, threads: Int) {
        self.unit = unit
        self.orderRule = orderRule
        self.returns = returns
        partitions = .allocate(capacity: 1 << BasketBuilder.partitionBits)
        for number in partitions.indices { partitions.initializeElement(at: number, to: BasketPartition()) }
        locks = partitions.indices.map { _ in Lock() }
        workers = .allocate(capacity: threads)
        for number in workers.indices { workers.initializeElement(at: number, to: Worker()) }
    }

    deinit {
        partitions.deinitialize().deallocate()
        workers.deinitialize().deallocate()
    }

    /// Adds the lines of a batch that has products; `worker` is used by one thread at a time.
    ///
    /// - Complexity: O(lines).
    public func add(_ batch: TransactionBatch, worker: Int) {
        let mine = workers.baseAddress.unsafelyUnwrapped + worker
        let hasQuantity = batch.columns.contains(.quantity)
        for row in 0..<batch.count {
            mine.pointee.accounts.lines += 1
            let product = batch.products[row]
            guard product.length > 0 else {
                mine.pointee.accounts.linesWithoutProduct += 1
                continue
            }
            var quantity = hasQuantity ? batch.quantities[row] : 1
            let isReturn = quantity < 0 || batch.values[row] < 0
            if isReturn {
                mine.pointee.accounts.returns += 1
                if returns == .ignore { continue }
                quantity = -Swift.abs(quantity)
            }
            let item = products.code(batch.text + Int(product.start), Int(product.length), &mine.pointee.names)
            let customer = batch.customers[row]
            let id = batch.text + Int(customer.start)
            let number = Int(
                ByteHash.hash(id, Int(customer.length)) >> UInt64(64 - BasketBuilder.partitionBits))
            locks[number].mutex.withLock { _ in
                var order: UInt32 = 0
                if unit == .order, orderRule == .column {
                    let span = batch.orders[row]
                    order = partitions[number].order(batch.text + Int(span.start), Int(span.length))
                }
                partitions[number].lines.append(
                    BasketLine(
                        customer: partitions[number].customer(id, Int(customer.length)), order: order, item: item,
                        day: batch.days[row], second: batch.seconds[row], quantity: quantity,
                        isReturn: isReturn))
            }
        }
    }

    /// The baskets.
    ///
    /// - Complexity: O(lines · log(lines)).
    public func finish(parallel: Parallel = Parallel()) -> (table: BasketTable, accounts: BasketAccounts) {
        let names = products.allBytes
        let order = names.indices.sorted { names[$0].lexicographicallyPrecedes(names[$1]) }
        var ranks = [UInt32](repeating: 0, count: names.count)
        var list = IdentifierList()
        for (rank, number) in order.enumerated() {
            ranks[number] = UInt32(rank)
            list.append(names[number])
        }
        var accounts = BasketAccounts()
        for worker in workers.indices {
            accounts.lines += workers[worker].accounts.lines
            accounts.linesWithoutProduct += workers[worker].accounts.linesWithoutProduct
            accounts.returns += workers[worker].accounts.returns
        }
        let keepsOrders = unit == .order && orderRule == .column
        let found = parallel.map(partitions.count) { number in
            partitions[number].baskets(
                unit: keepsOrders || unit != .order ? unit : .day, returns: returns, ranks: ranks)
        }
        var (starts, items): ([Int], [UInt32]) = ([0], [])
        items.reserveCapacity(found.reduce(0) { $0 + $1.items.count })
        for part in found {
            for start in part.starts.dropFirst() { starts.append(items.count + start) }
            items += part.items
            accounts.unmatchedReturns += part.accounts.unmatchedReturns
            accounts.cancelledItems += part.accounts.cancelledItems
            accounts.cancelledBaskets += part.accounts.cancelledBaskets
        }
        return (BasketTable(starts: starts, items: items, names: list, areNumbers: false), accounts)
    }
}

/// A purchase or a return of one product.
struct BasketLine: BitwiseCopyable {
    var customer: UInt32
    var order: UInt32
    var item: UInt32
    var day: Int32
    var second: Int32
    /// Negative in a return.
    var quantity: Int64
    var isReturn: Bool
}

/// The lines of the customers of one partition.
struct BasketPartition: ~Copyable {
    private var customers = ByteTable()
    private var orders = ByteTable()
    var lines = GrowingBuffer<BasketLine>(capacity: 1)

    mutating func customer(_ id: UnsafePointer<UInt8>, _ length: Int) -> UInt32 {
        UInt32(customers.number(id, length))
    }

    mutating func order(_ id: UnsafePointer<UInt8>, _ length: Int) -> UInt32 { UInt32(orders.number(id, length)) }

    /// The partition's baskets; the lines are used up.
    mutating func baskets(
        unit: BasketUnit, returns: ReturnRule, ranks: [UInt32]
    ) -> (starts: [Int], items: [UInt32], accounts: BasketAccounts) {
        var accounts = BasketAccounts()
        var rows = UnsafeMutableBufferPointer(start: lines.base, count: lines.count)
        for position in rows.indices { rows[position].item = ranks[Int(rows[position].item)] }
        // At one moment purchases go before returns.
        rows.sort {
            ($0.customer, $0.item, $0.day, $0.second, $0.isReturn ? 1 : 0, $0.quantity)
                < ($1.customer, $1.item, $1.day, $1.second, $1.isReturn ? 1 : 0, $1.quantity)
        }
        if returns == .match { accounts.unmatchedReturns = BasketPartition.match(rows) }
        BasketPartition.name(rows, unit)
        rows.sort { ($0.customer, $0.order, $0.item) < ($1.customer, $1.order, $1.item) }
        var (starts, items): ([Int], [UInt32]) = ([0], [])
        var position = 0
        while position < rows.count {
            let (customer, order) = (rows[position].customer, rows[position].order)
            var hasPurchase = false
            while position < rows.count, rows[position].customer == customer, rows[position].order == order {
                let item = rows[position].item
                var net: Int64 = 0
                var isBought = false
                while position < rows.count, rows[position].customer == customer, rows[position].order == order,
                    rows[position].item == item
                {
                    let (sum, overflow) = net.addingReportingOverflow(rows[position].quantity)
                    net = overflow ? (net < 0 ? Int64.min : Int64.max) : sum
                    isBought = isBought || !rows[position].isReturn
                    position += 1
                }
                if net > 0 {
                    items.append(item)
                } else if isBought {
                    accounts.cancelledItems += 1
                }
                if net < 0 { accounts.unmatchedReturns += 1 }
                hasPurchase = hasPurchase || isBought
            }
            if items.count > starts[starts.count - 1] {
                starts.append(items.count)
            } else if hasPurchase {
                accounts.cancelledBaskets += 1
            }
        }
        lines.removeAll()
        return (starts, items, accounts)
    }

    /// Lets every return take back the newest earlier purchases of its customer and item; what returns are left with is
    /// dropped. Gives how many were left with something.
    private static func match(_ rows: UnsafeMutableBufferPointer<BasketLine>) -> Int {
        var open: [Int] = []
        var unmatched = 0
        for position in rows.indices {
            let line = rows[position]
            if position == 0 || rows[position - 1].customer != line.customer || rows[position - 1].item != line.item {
                open.removeAll(keepingCapacity: true)
            }
            if line.quantity >= 0 {
                if line.quantity > 0 { open.append(position) }
                continue
            }
            var wanted = -line.quantity
            while wanted > 0, let last = open.last {
                let taken = min(wanted, rows[last].quantity)
                rows[last].quantity -= taken
                wanted -= taken
                if rows[last].quantity == 0 { open.removeLast() }
            }
            if wanted > 0 { unmatched += 1 }
            rows[position].quantity = 0
        }
        return unmatched
    }

    /// Gives every line the number of its basket among its customer's.
    private static func name(_ rows: UnsafeMutableBufferPointer<BasketLine>, _ unit: BasketUnit) {
        switch unit {
        case .order: return
        case .customer: for position in rows.indices { rows[position].order = 0 }
        case .day: for position in rows.indices { rows[position].order = UInt32(bitPattern: rows[position].day) }
        case .window(let days):
            var rows = rows
            rows.sort { ($0.customer, $0.day, $1.quantity) < ($1.customer, $1.day, $0.quantity) }
            var begin: (customer: UInt32, day: Int32)?
            for position in rows.indices {
                let line = rows[position]
                if let open = begin, open.customer == line.customer, Int(line.day) - Int(open.day) < days {
                    rows[position].order = UInt32(bitPattern: open.day)
                    continue
                }
                rows[position].order = UInt32(bitPattern: line.day)
                // Only what is bought, and not given back, begins a basket.
                begin = line.quantity > 0 ? (line.customer, line.day) : nil
            }
        }
    }
}
