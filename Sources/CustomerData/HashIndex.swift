import Glibc

/// An open-addressing table from hashes to row numbers: the rows' keys stay with their owner, who compares them.
/// Four bytes a slot, at most 3/4 full; linear probing.
struct HashIndex: ~Copyable {
    private var slots: UnsafeMutablePointer<UInt32>
    private var mask: Int
    private var count = 0

    init(capacity: Int = 64) {
        mask = capacity - 1
        slots = HashIndex.empty(capacity)
    }

    deinit { free(slots) }

    /// The row for which `matches` holds among those of that hash, or nil.
    @inline(__always)
    func find(_ hash: UInt64, _ matches: (Int) -> Bool) -> Int? {
        var slot = Int(truncatingIfNeeded: hash) & mask
        while true {
            let row = slots[slot]
            if row == 0 { return nil }
            if matches(Int(row) - 1) { return Int(row) - 1 }
            slot = (slot + 1) & mask
        }
    }

    /// Adds a row that is not there yet; `hashOf` gives the hashes of the rows when the table grows.
    @inline(__always)
    mutating func insert(_ row: Int, hash: UInt64, hashOf: (Int) -> UInt64) {
        if (count + 1) * 4 > (mask + 1) * 3 { grow(hashOf) }
        put(row, hash)
        count += 1
    }

    @inline(__always)
    private func put(_ row: Int, _ hash: UInt64) {
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 { slot = (slot + 1) & mask }
        slots[slot] = UInt32(truncatingIfNeeded: row + 1)
    }

    private mutating func grow(_ hashOf: (Int) -> UInt64) {
        let old = slots
        let oldCapacity = mask + 1
        mask = oldCapacity * 2 - 1
        slots = HashIndex.empty(oldCapacity * 2)
        for slot in 0..<oldCapacity where old[slot] != 0 {
            let row = Int(old[slot]) - 1
            put(row, hashOf(row))
        }
        free(old)
    }

    private static func empty(_ capacity: Int) -> UnsafeMutablePointer<UInt32> {
        guard let memory = calloc(capacity, MemoryLayout<UInt32>.stride) else { preconditionFailure("out of memory") }
        return memory.assumingMemoryBound(to: UInt32.self)
    }
}
