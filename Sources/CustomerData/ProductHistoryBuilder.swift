import Statistics
import Synchronization

/// Gathers the purchase lines of transaction batches by customer and item, in any order and from several threads, into a
/// `ProductHistory`, which does not depend on the order. Returns are passed over.
///
/// Memory: 16 to 32 bytes a distinct customer and item, 40 bytes and the id a customer.
public final class ProductHistoryBuilder {
    private static let partitionBits = 5

    private let partitions: UnsafeMutableBufferPointer<ProductPartition>
    private let locks: [Lock]
    private let workers: UnsafeMutableBufferPointer<Worker>
    private let items = SharedNames()

    private final class Lock {
        let mutex = Mutex<Void>(())
    }

    /// What a worker needs for a batch.
    private struct Worker: ~Copyable {
        var names = SharedNames.Cache()
        var name = GrowingBuffer<UInt8>()
        var hashes = GrowingBuffer<UInt64>()
        var codes = GrowingBuffer<UInt32>()
        var rows = GrowingBuffer<UInt32>()
    }

    /// An empty accumulator for so many workers.
    public init(threads: Int) {
        partitions = .allocate(capacity: 1 << ProductHistoryBuilder.partitionBits)
        for number in partitions.indices { partitions.initializeElement(at: number, to: ProductPartition()) }
        locks = partitions.indices.map { _ in Lock() }
        workers = .allocate(capacity: threads)
        for number in workers.indices { workers.initializeElement(at: number, to: Worker()) }
    }

    deinit {
        partitions.deinitialize().deallocate()
        workers.deinitialize().deallocate()
    }

    /// Stands between product and category: no text in UTF-8 has this byte.
    private static let separator: UInt8 = 0xFF
    /// Stands for a line that is not entered.
    private static let noItem = UInt32.max

    /// Adds the lines of a batch that has products; `worker` is used by one thread at a time.
    ///
    /// - Parameter categories: the category of each row, of length 0 where it is not known; nil for none.
    /// - Complexity: O(lines).
    public func add(_ batch: TransactionBatch, categories: UnsafePointer<Span>?, worker: Int) {
        let mine = workers.baseAddress.unsafelyUnwrapped + worker
        let partitionCount = partitions.count
        mine.pointee.hashes.resize(to: batch.count)
        mine.pointee.codes.resize(to: batch.count)
        mine.pointee.rows.resize(to: batch.count)
        var ends = [Int](repeating: 0, count: partitionCount + 1)
        for row in 0..<batch.count {
            let code = item(of: batch, row, categories, &mine.pointee)
            mine.pointee.codes[row] = code
            guard code != ProductHistoryBuilder.noItem else { continue }
            let customer = batch.customers[row]
            let hash = ByteHash.hash(batch.text + Int(customer.start), Int(customer.length))
            mine.pointee.hashes[row] = hash
            ends[ProductHistoryBuilder.partition(of: hash) + 1] += 1
        }
        for number in 0..<partitionCount { ends[number + 1] += ends[number] }
        // After this loop `ends[p]` is where the rows of partition p end.
        for row in 0..<batch.count where mine.pointee.codes[row] != ProductHistoryBuilder.noItem {
            let number = ProductHistoryBuilder.partition(of: mine.pointee.hashes[row])
            mine.pointee.rows[ends[number]] = UInt32(row)
            ends[number] += 1
        }
        for step in 0..<partitionCount {
            // Workers begin at different partitions, so that they seldom wait for each other.
            let number = (step + worker * 11) % partitionCount
            let begin = number == 0 ? 0 : ends[number - 1]
            guard begin < ends[number] else { continue }
            locks[number].mutex.withLock { _ in
                for position in begin..<ends[number] {
                    let row = Int(mine.pointee.rows[position])
                    let customer = batch.customers[row]
                    partitions[number].add(
                        batch.text + Int(customer.start), Int(customer.length), item: mine.pointee.codes[row])
                }
            }
        }
    }

    private static func partition(of hash: UInt64) -> Int { Int(hash >> UInt64(64 - partitionBits)) }

    /// The code of a row's item; `noItem` for a return, and where neither product nor category is known.
    private func item(
        of batch: TransactionBatch, _ row: Int, _ categories: UnsafePointer<Span>?, _ mine: inout Worker
    ) -> UInt32 {
        if batch.values[row] < 0 || (batch.columns.contains(.quantity) && batch.quantities[row] < 0) {
            return ProductHistoryBuilder.noItem
        }
        let product = batch.products[row]
        let category = categories?[row] ?? Span(start: 0, length: 0)
        guard product.length > 0 || category.length > 0 else { return ProductHistoryBuilder.noItem }
        mine.name.removeAllKeepingMemory()
        mine.name.append(contentsOf: batch.text + Int(product.start), count: Int(product.length))
        mine.name.append(ProductHistoryBuilder.separator)
        if category.length > 0 {
            mine.name.append(contentsOf: batch.text + Int(category.start), count: Int(category.length))
        }
        let length = mine.name.count
        // The hash reads eight bytes behind.
        for _ in 0..<8 { mine.name.append(0) }
        return items.code(mine.name.base, length, &mine.names)
    }

    /// The history over an ascending list of customers; lines of others are left out.
    ///
    /// - Complexity: O(entries · log(entries of a customer) + items · log(items)).
    public func finish(customers ids: IdentifierList, parallel: Parallel = Parallel()) -> ProductHistory {
        let catalogue = ItemCatalogue(items)
        let positions = parallel.map(partitions.count) { number in
            partitions[number].positions(in: ids)
        }
        var starts = [Int](repeating: 0, count: ids.count + 1)
        for number in partitions.indices {
            partitions[number].forEach { customer, _, _ in
                if let position = positions[number][Int(customer)] { starts[position + 1] += 1 }
            }
        }
        for position in 0..<ids.count { starts[position + 1] += starts[position] }
        var places = starts
        // The item in the upper half, its lines in the lower.
        var entries = [UInt64](repeating: 0, count: starts[ids.count])
        for number in partitions.indices {
            partitions[number].forEach { customer, item, lines in
                guard let position = positions[number][Int(customer)] else { return }
                entries[places[position]] = UInt64(catalogue.ranks[Int(item)]) << 32 | UInt64(lines)
                places[position] += 1
            }
        }
        let bounds = starts
        entries.withUnsafeMutableBufferPointer { buffer in
            let target = UncheckedSendable(buffer)
            parallel.forEachRange(ids.count, size: 8192) { rows, _, _ in
                for row in rows where bounds[row + 1] - bounds[row] > 1 {
                    target.value[bounds[row]..<bounds[row + 1]].sort()
                }
            }
        }
        return ProductHistory(
            starts: starts, items: entries.map { UInt32($0 >> 32) }, lines: entries.map { UInt32($0 & 0xFFFF_FFFF) },
            itemProducts: catalogue.itemProducts, itemCategories: catalogue.itemCategories,
            products: catalogue.products, categories: catalogue.categories)
    }

    /// The items in an order of their own, whatever the order in which they were met.
    private struct ItemCatalogue {
        /// Row of each item's code.
        var ranks: [UInt32]
        var itemProducts: [UInt32] = []
        var itemCategories: [UInt32] = []
        var products = IdentifierList()
        var categories = IdentifierList()

        init(_ names: SharedNames) {
            let parts = names.allBytes.map { name -> (product: [UInt8], category: [UInt8]) in
                let end = name.lastIndex(of: separator) ?? name.endIndex
                return (Array(name[..<end]), Array(name[min(end + 1, name.count)...]))
            }
            categories = ItemCatalogue.list(parts.map(\.category))
            products = ItemCatalogue.list(parts.map(\.product))
            var codes: [(product: UInt32, category: UInt32, item: Int)] = []
            for (item, part) in parts.enumerated() {
                codes.append(
                    (
                        ItemCatalogue.code(of: part.product, in: products),
                        ItemCatalogue.code(of: part.category, in: categories), item
                    ))
            }
            codes.sort { ($0.product, $0.category) < ($1.product, $1.category) }
            ranks = [UInt32](repeating: 0, count: codes.count)
            for (rank, entry) in codes.enumerated() {
                ranks[entry.item] = UInt32(rank)
                itemProducts.append(entry.product)
                itemCategories.append(entry.category)
            }
        }

        private static func list(_ names: [[UInt8]]) -> IdentifierList {
            var list = IdentifierList()
            for name in Set(names).sorted(by: { $0.lexicographicallyPrecedes($1) }) where !name.isEmpty {
                list.append(name)
            }
            return list
        }

        private static func code(of name: [UInt8], in list: IdentifierList) -> UInt32 {
            name.withUnsafeBufferPointer { list.position(of: $0) }.map { UInt32($0) } ?? ProductHistory.none
        }
    }
}

/// The customers of one partition and their lines by item: an open hash table of pairs.
struct ProductPartition: ~Copyable {
    private var customers = ByteTable()
    private var slots = GrowingBuffer<UInt64>(capacity: 1)
    private var counts = GrowingBuffer<UInt32>(capacity: 1)
    private var mask = -1
    private var pairCount = 0

    /// Counts a line.
    mutating func add(_ id: UnsafePointer<UInt8>, _ length: Int, item: UInt32) {
        let customer = UInt64(customers.number(id, length))
        if (pairCount + 1) * 4 > (mask + 1) * 3 { grow() }
        // No item has the last number, so no pair is 0.
        add((customer << 32 | UInt64(item)) &+ 1, 1)
    }

    private mutating func add(_ word: UInt64, _ lines: UInt32) {
        var slot = Int(truncatingIfNeeded: ByteHash.hash(word, 0)) & mask
        while slots[slot] != 0 {
            if slots[slot] == word {
                counts[slot] = counts[slot] &+ lines
                return
            }
            slot = (slot + 1) & mask
        }
        slots[slot] = word
        counts[slot] = lines
        pairCount += 1
    }

    private mutating func grow() {
        var old: [(UInt64, UInt32)] = []
        old.reserveCapacity(pairCount)
        if mask >= 0 {
            for slot in 0...mask where slots[slot] != 0 { old.append((slots[slot], counts[slot])) }
        }
        let capacity = max(16, (mask + 1) * 2)
        mask = capacity - 1
        pairCount = 0
        slots = GrowingBuffer(capacity: capacity)
        counts = GrowingBuffer(capacity: capacity)
        for _ in 0..<capacity {
            slots.append(0)
            counts.append(0)
        }
        for (word, lines) in old { add(word, lines) }
    }

    /// Calls `body` with every customer's number, item and lines.
    func forEach(_ body: (_ customer: UInt32, _ item: UInt32, _ lines: UInt32) -> Void) {
        guard mask >= 0 else { return }
        for slot in 0...mask where slots[slot] != 0 {
            let word = slots[slot] &- 1
            body(UInt32(word >> 32), UInt32(word & 0xFFFF_FFFF), counts[slot])
        }
    }

    /// Where the partition's customers stand in an ascending list.
    func positions(in ids: IdentifierList) -> [Int?] { (0..<customers.count).map { ids.position(of: customers[$0]) } }
}
