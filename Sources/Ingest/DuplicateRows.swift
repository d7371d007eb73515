import CustomerData
import Synchronization

/// Counts rows that stand in an input more than once, by 64-bit digests of their bytes.
///
/// Eleven to twenty-two bytes a row, up to a limit of rows; beyond it the count is given up rather than the memory. Two
/// different rows among 16 million share a digest with a probability of 7 in a million.
final class DuplicateRows {
    /// Rows beyond which duplicates are not counted.
    static let limit = 1 << 24

    private let lock = Mutex<Void>(())
    private var parts: [DigestSet] = []
    private var added = 0
    private var duplicates = 0

    init() {
        for _ in 0..<64 { parts.append(DigestSet()) }
    }

    /// Adds the digests of a block's rows.
    func add(_ digests: [UInt64]) {
        lock.withLock { _ in
            added += digests.count
            guard added <= DuplicateRows.limit else {
                parts = []
                return
            }
            for digest in digests where !parts[Int(digest >> 58)].insert(digest) { duplicates += 1 }
        }
    }

    /// Rows beyond the first of their kind; nil when there were too many rows to tell.
    var count: Int? { lock.withLock { _ in added <= DuplicateRows.limit ? duplicates : nil } }
}

/// A set of digests: open addressing, at most 3/4 full.
private struct DigestSet {
    private var slots = [UInt64](repeating: 0, count: 64)
    private var count = 0

    /// Enters a digest; whether it was new.
    mutating func insert(_ digest: UInt64) -> Bool {
        if (count + 1) * 4 > slots.count * 3 { grow() }
        guard put(digest | 1) else { return false }
        count += 1
        return true
    }

    private mutating func put(_ word: UInt64) -> Bool {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: word >> 8) & mask
        while slots[slot] != 0 {
            if slots[slot] == word { return false }
            slot = (slot + 1) & mask
        }
        slots[slot] = word
        return true
    }

    private mutating func grow() {
        let old = slots
        slots = [UInt64](repeating: 0, count: old.count * 2)
        for word in old where word != 0 { _ = put(word) }
    }
}
