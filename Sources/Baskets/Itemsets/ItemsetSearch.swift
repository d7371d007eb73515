import CKernels
import CustomerData
import Statistics

/// A search for itemsets in given baskets.
public struct ItemsetSearch: Sendable {
    /// What was found.
    public struct Outcome: Hashable, Sendable {
        /// How many sets.
        public let setCount: Int
        /// In how many baskets each of them is at least; above the support's where only the top is wanted.
        public let minimumCount: Int
    }

    /// What is looked for.
    public let options: Itemsets.Options
    /// How many baskets there are.
    public let basketCount: Int
    /// The support as a number of baskets.
    public let minimumCount: Int
    /// What the numbers of a block's items stand for: items of the baskets.
    public let items: [UInt32]
    private let frequent: FrequentBaskets

    /// Bytes of sets that wait for those before them.
    private static let mostWaitingBytes = 1 << 25

    init(_ method: Itemsets, _ baskets: BasketTable) throws {
        guard baskets.count < UInt32.max, baskets.names.count < UInt32.max - 1 else {
            throw Problem(.data, "\(baskets.count) baskets: expected fewer than 4,294,967,295")
        }
        options = method.options
        basketCount = baskets.count
        minimumCount = options.support.minimumCount(of: baskets.count)
        frequent = FrequentBaskets(
            baskets, minimumCount: minimumCount, included: options.included, excluded: options.excluded)
        items = frequent.ranked + options.included.sorted()
    }

    /// Items that are in enough baskets.
    public var frequentItemCount: Int { frequent.ranked.count }

    /// How many sets there are, without listing them.
    ///
    /// - Throws: `Problem(.data)` when there are more than 2⁶³ − 1, or memory runs out.
    public func count(parallel: Parallel = Parallel(), memory: ItemsetMemory? = nil) throws -> Outcome {
        if options.target == .generators {
            // Only a list of those that are known tells which others are some.
            return try list(parallel: parallel, memory: memory) { _ in
            } take: { _ in
            }
        }
        return try run(parallel, memory, listing: nil)
    }

    /// Lists the sets.
    ///
    /// - Parameters:
    ///   - memory: what the search may hold; nil for no limit.
    ///   - make: makes something of a block of sets, on any thread.
    ///   - take: takes what was made, one block after the other, in an order that does not depend on the threads.
    /// - Throws: what `take` throws; `Problem(.usage)` when the budget is too small, before anything is listed;
    ///   `Problem(.data)` when memory runs out.
    public func list<Part>(
        parallel: Parallel = Parallel(), memory: ItemsetMemory? = nil, make: @escaping (ItemsetBlock) -> Part,
        take: @escaping (Part) throws -> Void
    ) throws -> Outcome {
        if options.target == .generators {
            return try generators(parallel, memory) { words in
                try words.withUnsafeBufferPointer { try take(make(ItemsetBlock(words: $0))) }
            }
        }
        return try withoutActuallyEscaping(take) { take in
            let order = OrderedParts<Part>(
                mostWaitingBytes: memory?.mostWaitingBytes ?? ItemsetSearch.mostWaitingBytes, take: take)
            let outcome = try run(
                parallel, memory,
                listing: Listing(
                    give: { words, task in
                        order.give(make(ItemsetBlock(words: words)), byteCount: words.count * 4, of: task)
                    }, finish: { order.finish($0) }))
            try order.check()
            return outcome
        }
    }

    private func generators(
        _ parallel: Parallel, _ memory: ItemsetMemory?, _ take: @escaping ([UInt32]) throws -> Void
    ) throws -> Outcome {
        var known = GeneratorSets(basketCount: frequent.rowCount)
        var found = 0
        let minimum = UInt32(options.minimumLength)
        let order = OrderedParts<[UInt32]>(
            mostWaitingBytes: memory?.mostWaitingBytes ?? ItemsetSearch.mostWaitingBytes
        ) { words in
            let kept = ItemsetSearch.longEnough(known.keep(words), minimum)
            found += kept.setCount
            if let memory, known.byteCount > memory.byteCount / 2 {
                throw Problem(
                    .usage,
                    "--memory: half of the budget is used by generators that are known, and there are more: raise it or "
                        + "the support")
            }
            try take(kept.words)
        }
        let outcome = try run(
            parallel, memory,
            listing: Listing(
                give: { words, task in order.give(Array(words), byteCount: words.count * 4, of: task) },
                finish: { order.finish($0) }))
        try order.check()
        return Outcome(setCount: found, minimumCount: outcome.minimumCount)
    }

    /// The sets of at least so many items: the shorter ones are needed to tell which are generators.
    private static func longEnough(_ words: [UInt32], _ minimum: UInt32) -> (words: [UInt32], setCount: Int) {
        var kept: [UInt32] = []
        var (position, count) = (0, 0)
        while position < words.count {
            let end = position + 2 + Int(words[position])
            if words[position] >= minimum {
                if minimum > 1 { kept.append(contentsOf: words[position..<end]) }
                count += 1
            }
            position = end
        }
        return (minimum > 1 ? kept : words, count)
    }

    /// Where sets go.
    private struct Listing {
        let give: (UnsafeBufferPointer<UInt32>, Int) -> Bool
        let finish: (Int) -> Void
    }

    /// What the kernel hands on: the task's number with its sets.
    private final class Sink {
        let give: (UnsafeBufferPointer<UInt32>, Int) -> Bool
        var task = 0

        init(_ give: @escaping (UnsafeBufferPointer<UInt32>, Int) -> Bool) { self.give = give }
    }

    private var kernelOptions: strata_itemset_options {
        var kernel = strata_itemset_options()
        kernel.target =
            switch options.target {
            case .all: STRATA_ITEMSETS_ALL
            case .closed: STRATA_ITEMSETS_CLOSED
            case .maximal: STRATA_ITEMSETS_MAXIMAL
            case .generators: STRATA_ITEMSETS_GENERATORS
            }
        kernel.minimum_count = UInt32(clamping: minimumCount)
        kernel.minimum_length = options.target == .generators ? 1 : UInt32(clamping: options.minimumLength)
        kernel.maximum_length = UInt32(clamping: options.maximumLength ?? Int.max)
        kernel.included_count = UInt32(options.included.count)
        kernel.memory = Int.max / 4
        return kernel
    }

    private func run(_ parallel: Parallel, _ memory: ItemsetMemory?, listing: Listing?) throws -> Outcome {
        try frequent.withKernel { view in
            var kernel = kernelOptions
            let threads = try memory.map { try workers(parallel, $0, view, &kernel) } ?? parallel
            if let top = options.top {
                kernel.minimum_count = try topMinimum(view, kernel, top)
            }
            let sinks = (0..<threads.threadCount).map { _ in Sink(listing?.give ?? { _, _ in true }) }
            let miners = try sinks.map { sink in
                try miner(
                    view, kernel,
                    sink: listing == nil
                        ? nil
                        : { context, words, count in
                            guard let context else { return 0 }
                            let sink = Unmanaged<Sink>.fromOpaque(context).takeUnretainedValue()
                            return sink.give(UnsafeBufferPointer(start: words, count: count), sink.task) ? 1 : 0
                        }, Unmanaged.passUnretained(sink).toOpaque())
            }
            defer { for miner in miners { strata_miner_free(miner) } }
            // The included items by themselves are a set, found before all others.
            var alone = 0
            if let words = includedAlone(kernel) {
                alone = 1
                if let listing { _ = words.withUnsafeBufferPointer { listing.give($0, 0) } }
            }
            listing?.finish(0)
            threads.forEach(frequent.ranked.count) { item, worker in
                sinks[worker].task = item + 1
                _ = strata_miner_task(miners[worker], UInt32(item))
                listing?.finish(item + 1)
            }
            if miners.contains(where: { strata_miner_failed($0) != 0 && strata_miner_was_stopped($0) == 0 }) {
                throw Problem(.data, "no more memory for the search: raise the support, or give fewer --threads")
            }
            var total: UInt64 = UInt64(alone)
            for miner in miners {
                let (sum, overflow) = total.addingReportingOverflow(strata_miner_set_count(miner))
                guard !overflow, sum <= UInt64(Int.max) else {
                    throw Problem(
                        .data,
                        "more than 9,223,372,036,854,775,807 sets: raise the support, limit their length, or look for "
                            + "closed sets")
                }
                total = sum
            }
            return Outcome(setCount: Int(total), minimumCount: Int(kernel.minimum_count))
        }
    }

    private func miner(
        _ view: UnsafePointer<strata_baskets>, _ kernel: strata_itemset_options, sink: strata_itemset_sink?,
        _ context: UnsafeMutableRawPointer?
    ) throws -> OpaquePointer {
        var kernel = kernel
        guard let miner = strata_miner_new(view, &kernel, sink, context) else {
            throw Problem(.data, "no memory for the search")
        }
        return miner
    }

    /// In how many baskets the last of the top sets is.
    private func topMinimum(
        _ view: UnsafePointer<strata_baskets>, _ kernel: strata_itemset_options, _ top: Int
    ) throws -> UInt32 {
        let miner = try miner(view, kernel, sink: nil, nil)
        defer { strata_miner_free(miner) }
        guard strata_miner_keep_top(miner, UInt64(top)) != 0 else { throw Problem(.data, "no memory for the search") }
        if includedAlone(kernel) != nil { strata_miner_add(miner, 1, UInt32(frequent.rowCount)) }
        for item in frequent.ranked.indices where strata_miner_task(miner, UInt32(item)) == 0 {
            throw Problem(.data, "no more memory for the search: raise the support")
        }
        return strata_miner_minimum_count(miner)
    }

    /// The set of the included items alone, where it is one of those wanted; nil where it is not, or there are none.
    private func includedAlone(_ kernel: strata_itemset_options) -> [UInt32]? {
        let length = options.included.count
        let rows = frequent.rowCount
        guard length > 0, rows >= kernel.minimum_count, length >= options.minimumLength,
            length <= options.maximumLength ?? Int.max
        else { return nil }
        let mostFrequent = frequent.itemStarts.count > 1 ? Int(frequent.itemStarts[1]) : 0
        switch options.target {
        case .all, .generators: break
        case .closed: if mostFrequent == rows { return nil }
        case .maximal: if mostFrequent >= kernel.minimum_count { return nil }
        }
        let first = UInt32(frequent.ranked.count)
        return [UInt32(length), UInt32(rows)] + (0..<UInt32(length)).map { first + $0 }
    }

    /// As many workers as the budget has room for.
    private func workers(
        _ parallel: Parallel, _ memory: ItemsetMemory, _ view: UnsafePointer<strata_baskets>,
        _ kernel: inout strata_itemset_options
    ) throws -> Parallel {
        let options = kernel
        let probes = try (0..<parallel.threadCount).map { _ in try miner(view, options, sink: nil, nil) }
        defer { for probe in probes { strata_miner_free(probe) } }
        var largest = [Int](repeating: 0, count: probes.count)
        largest.withUnsafeMutableBufferPointer { largest in
            let largest = UncheckedSendable(largest)
            let probes = UncheckedSendable(probes)
            parallel.forEach(frequent.ranked.count) { item, worker in
                largest.value[worker] = max(
                    largest.value[worker], strata_miner_task_bound(probes.value[worker], UInt32(item)))
            }
        }
        let worker = (largest.max() ?? 0) + frequent.ranked.count * 20 + (1 << 20)
        let top = self.options.top == nil ? 0 : frequent.rowCount * 8
        let needed = memory.heldBytes + memory.mostWaitingBytes + top + worker
        guard needed <= memory.byteCount else {
            throw Problem(
                .usage,
                "--memory \(ItemsetMemory.text(memory.byteCount)): the search may need "
                    + "\(ItemsetMemory.text(needed)) with one thread, \(ItemsetMemory.text(memory.heldBytes)) of it for "
                    + "the baskets: raise the budget or the support")
        }
        kernel.memory = worker
        let room = (memory.byteCount - needed) / worker
        return Parallel(threads: min(parallel.threadCount, 1 + room))
    }
}
