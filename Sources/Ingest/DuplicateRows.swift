import CustomerData
import Statistics
import Synchronization

/// Counts rows that stand in an input more than once, by 64-bit digests of their bytes.
///
/// Workers keep what they met apart, by the digests' leading bits, and nothing is compared before all is read: so that
/// they never wait for each other or for far memory. Eight to sixteen bytes a row, up to a limit of rows; beyond it the
/// count is given up rather than the memory. Two different rows among 16 million share a digest with a probability of
/// 7 in a million.
final class DuplicateRows {
    /// Rows beyond which duplicates are not counted.
    static let limit = 1 << 24
    private static let partBits = 6

    /// Digests by worker and part.
    private let workers: UnsafeMutableBufferPointer<[[UInt64]]>
    private let added = Atomic<Int>(0)

    /// - Parameter threads: how many workers may add at the same time.
    init(threads: Int) {
        workers = .allocate(capacity: threads)
        workers.initialize(repeating: [[UInt64]](repeating: [], count: 1 << DuplicateRows.partBits))
    }

    deinit { workers.deinitialize().deallocate() }

    /// Adds the digests of a block's rows; `worker` is used by one thread at a time.
    func add(_ digests: [UInt64], worker: Int) {
        let total = added.wrappingAdd(digests.count, ordering: .relaxed).newValue
        guard total <= DuplicateRows.limit else {
            workers[worker] = []
            return
        }
        for digest in digests { workers[worker][Int(digest >> UInt64(64 - DuplicateRows.partBits))].append(digest) }
    }

    /// Rows beyond the first of their kind; nil when there were too many rows to tell. Not to be asked while rows are
    /// added.
    func count(parallel: Parallel) -> Int? {
        guard added.load(ordering: .relaxed) <= DuplicateRows.limit else { return nil }
        return parallel.map(1 << DuplicateRows.partBits) { part in
            var digests = DigestSet(capacity: workers.reduce(0) { $0 + $1[part].count })
            return workers.reduce(0) { repeated, worker in
                worker[part].reduce(repeated) { $0 + (digests.insert($1) ? 0 : 1) }
            }
        }.reduce(0, +)
    }
}

/// A set of digests: open addressing, at most half full.
private struct DigestSet {
    private var slots: [UInt64]

    /// A set with room for so many.
    init(capacity: Int) {
        var size = 64
        while size < 2 * capacity { size *= 2 }
        slots = [UInt64](repeating: 0, count: size)
    }

    /// Enters a digest; whether it was new.
    mutating func insert(_ digest: UInt64) -> Bool {
        // No entry is 0.
        let word = digest | 1
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: word >> 8) & mask
        while slots[slot] != 0 {
            if slots[slot] == word { return false }
            slot = (slot + 1) & mask
        }
        slots[slot] = word
        return true
    }
}
