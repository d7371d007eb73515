import CKernels
import Statistics

/// The customers of all partitions, ascending by the bytes of their ids.
struct CustomerRanking {
    /// The ids.
    let ids: IdentifierList
    private let ranks: [UInt32]
    private let firsts: [Int]

    /// A customer under the eight bytes of its id that follow the prefix all ids share.
    private struct Entry: BitwiseCopyable {
        var prefix: UInt64
        var partition: UInt32
        var customer: UInt32
    }

    /// Entries that a thread takes at a time.
    private static let blockSize = 1 << 14
    /// Customers whose memory is on its way.
    private static let prefetchDistance = 16

    /// Ranks the customers by a radix sort of eight bytes and, where these are equal, by the rest.
    ///
    /// - Complexity: O(customers) unless many ids share more than the common prefix and eight bytes.
    init(_ partitions: UnsafeMutableBufferPointer<HistoryPartition>, _ parallel: Parallel) {
        var firsts = [0]
        for number in partitions.indices { firsts.append(firsts[number] + partitions[number].customers.count) }
        let count = firsts[partitions.count]
        let skipped = CustomerRanking.commonPrefix(partitions, parallel)
        let bounds = firsts
        var entries = [Entry](unsafeUninitializedCapacity: count) { buffer, initialized in
            let target = UncheckedSendable(buffer)
            parallel.forEach(partitions.count) { number, _ in
                for customer in 0..<partitions[number].customers.count {
                    target.value.initializeElement(
                        at: bounds[number] + customer,
                        to: Entry(
                            prefix: partitions[number].prefix(of: customer, from: skipped),
                            partition: UInt32(number), customer: UInt32(customer)))
                }
            }
            initialized = count
        }
        CustomerRanking.radixSort(&entries)
        func id(_ entry: Entry) -> UnsafeBufferPointer<UInt8> {
            partitions[Int(entry.partition)].id(of: Int(entry.customer))
        }
        var start = 0
        while start < count {
            var end = start + 1
            while end < count, entries[end].prefix == entries[start].prefix { end += 1 }
            if end - start > 1 {
                entries[start..<end].sort { id($0).lexicographicallyPrecedes(id($1)) }
            }
            start = end
        }
        let sorted = entries
        ids = IdentifierList(count: count, parallel: parallel, blockSize: CustomerRanking.blockSize) { position in
            // Customers lie in no order of their ids: the memory of those to come is brought near.
            let ahead = sorted[min(position + CustomerRanking.prefetchDistance, count - 1)]
            strata_prefetch(partitions[Int(ahead.partition)].customers.base + Int(ahead.customer))
            return id(sorted[position])
        }
        ranks = [UInt32](unsafeUninitializedCapacity: count) { buffer, initialized in
            let target = UncheckedSendable(buffer)
            parallel.forEachRange(count, size: CustomerRanking.blockSize) { rows, _, _ in
                for rank in rows {
                    let place = bounds[Int(sorted[rank].partition)] + Int(sorted[rank].customer)
                    target.value.initializeElement(at: place, to: UInt32(rank))
                }
            }
            initialized = count
        }
        self.firsts = firsts
    }

    /// The position in `ids` of a partition's customer.
    @inline(__always)
    func rank(_ partition: Int, _ customer: Int) -> Int { Int(ranks[firsts[partition] + customer]) }

    /// How many leading bytes all ids share.
    private static func commonPrefix(
        _ partitions: UnsafeMutableBufferPointer<HistoryPartition>, _ parallel: Parallel
    ) -> Int {
        guard let first = partitions.indices.first(where: { partitions[$0].customers.count > 0 }) else { return 0 }
        let sample = Array(partitions[first].id(of: 0))
        let lengths = parallel.map(partitions.count) { number in
            var length = sample.count
            for customer in 0..<partitions[number].customers.count where length > 0 {
                let id = partitions[number].id(of: customer)
                length = min(length, id.count)
                var same = 0
                while same < length, id[same] == sample[same] { same += 1 }
                length = same
            }
            return length
        }
        return lengths.min() ?? 0
    }

    /// Sorts by prefix, least significant byte first, and passes over bytes that do not differ. Stable.
    private static func radixSort(_ entries: inout [Entry]) {
        var differing: UInt64 = 0
        for entry in entries { differing |= entry.prefix ^ entries[0].prefix }
        var source = entries
        var target = entries
        for shift in stride(from: UInt64(0), to: 64, by: 8) where (differing >> shift) & 255 != 0 {
            var offsets = [Int](repeating: 0, count: 257)
            for entry in source { offsets[Int((entry.prefix >> shift) & 255) + 1] += 1 }
            for byte in 0..<256 { offsets[byte + 1] += offsets[byte] }
            source.withUnsafeBufferPointer { source in
                target.withUnsafeMutableBufferPointer { target in
                    for entry in source {
                        let byte = Int((entry.prefix >> shift) & 255)
                        target[offsets[byte]] = entry
                        offsets[byte] += 1
                    }
                }
            }
            swap(&source, &target)
        }
        entries = source
    }
}

extension HistoryPartition {
    /// Eight bytes of a customer's id from an offset as a big-endian number, zero where the id ends.
    func prefix(of customer: Int, from offset: Int) -> UInt64 {
        let bytes = id(of: customer)
        var word: UInt64 = 0
        for position in offset..<(offset + 8) {
            word = word << 8 | (position < bytes.count ? UInt64(bytes[position]) : 0)
        }
        return word
    }
}
