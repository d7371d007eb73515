import CKernels
import Glibc

/// An open-addressing table from hashes to row numbers: the rows' keys stay with their owner, who compares them.
///
/// Four bytes a slot, at most 3/4 full; linear probing. A table of 2^b slots numbers fewer than 2^b rows, so the other
/// 32 − b bits of a slot hold as many bits of the hash: a row whose hash differs there is passed over without being
/// looked at.
struct HashIndex: ~Copyable {
    private var slots: UnsafeMutablePointer<UInt32>
    private var bits: Int
    private var count = 0

    /// A table of `capacity` slots, a power of two.
    init(capacity: Int = 64) {
        bits = capacity.trailingZeroBitCount
        slots = HashIndex.empty(capacity)
    }

    deinit { free(slots) }

    /// The row for which `matches` holds among those of that hash, or nil.
    @inline(__always)
    func find(_ hash: UInt64, _ matches: (Int) -> Bool) -> Int? {
        let mask = 1 << bits - 1
        let tag = HashIndex.tag(hash, bits)
        var slot = Int(truncatingIfNeeded: hash) & mask
        while true {
            let entry = slots[slot]
            if entry == 0 { return nil }
            if (entry ^ tag) >> UInt32(truncatingIfNeeded: bits) == 0 {
                let row = Int(entry) & mask - 1
                if matches(row) { return row }
            }
            slot = (slot + 1) & mask
        }
    }

    /// Brings the place of a hash near.
    @inline(__always)
    func prefetch(_ hash: UInt64) { strata_prefetch(slots + (Int(truncatingIfNeeded: hash) & (1 << bits - 1))) }

    /// The first row that may be of that hash, or nil: a guess for bringing it near.
    @inline(__always)
    func guess(_ hash: UInt64) -> Int? {
        var found: Int?
        _ = find(hash) { row in
            found = row
            return true
        }
        return found
    }

    /// Adds a row that is not there yet; `hashOf` gives the hashes of the rows when the table grows.
    @inline(__always)
    mutating func insert(_ row: Int, hash: UInt64, hashOf: (Int) -> UInt64) {
        if (count + 1) * 4 > 3 << bits { grow(hashOf) }
        put(row, hash)
        count += 1
    }

    /// The bits of a hash above those that choose the slot, where the row number leaves room.
    @inline(__always)
    private static func tag(_ hash: UInt64, _ bits: Int) -> UInt32 {
        UInt32(truncatingIfNeeded: hash >> 32) & ~(1 << UInt32(truncatingIfNeeded: bits) - 1)
    }

    @inline(__always)
    private func put(_ row: Int, _ hash: UInt64) {
        let mask = 1 << bits - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 { slot = (slot + 1) & mask }
        slots[slot] = HashIndex.tag(hash, bits) | UInt32(truncatingIfNeeded: row + 1)
    }

    private mutating func grow(_ hashOf: (Int) -> UInt64) {
        precondition(bits < 31, "a partition holds at most 1.6 thousand million rows")
        let old = slots
        let oldMask = 1 << bits - 1
        bits += 1
        slots = HashIndex.empty(1 << bits)
        for slot in 0...oldMask where old[slot] != 0 {
            let row = Int(old[slot]) & oldMask - 1
            put(row, hashOf(row))
        }
        free(old)
    }

    private static func empty(_ capacity: Int) -> UnsafeMutablePointer<UInt32> {
        guard let memory = calloc(capacity, MemoryLayout<UInt32>.stride) else { preconditionFailure("out of memory") }
        return memory.assumingMemoryBound(to: UInt32.self)
    }
}
