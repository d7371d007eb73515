/// Finds positions by 64-bit hashes whose bits are all equally good: a table without hashing anew.
struct HashPositions: Sendable {
    /// Hash and position by slot; a position is kept with one added, and 0 is a free slot.
    private var slots = [(hash: UInt64, entry: UInt32)](repeating: (0, 0), count: 64)
    private var count = 0

    /// Forgets all and keeps the memory.
    mutating func removeAll() {
        for slot in slots.indices { slots[slot].entry = 0 }
        count = 0
    }

    /// The position of a hash; −1 where there is none.
    @inline(__always)
    func find(_ hash: UInt64) -> Int {
        slots.withUnsafeBufferPointer { slots in
            let mask = slots.count &- 1
            var slot = Int(truncatingIfNeeded: hash) & mask
            while slots[slot].entry != 0 {
                if slots[slot].hash == hash { return Int(slots[slot].entry) &- 1 }
                slot = (slot &+ 1) & mask
            }
            return -1
        }
    }

    /// Enters a hash that is not there.
    mutating func insert(_ hash: UInt64, position: Int) {
        if count * 2 >= slots.count {
            let old = slots
            slots = Array(repeating: (0, 0), count: old.count * 2)
            for slot in old where slot.entry != 0 { place(slot.hash, slot.entry) }
        }
        place(hash, UInt32(position + 1))
        count += 1
    }

    private mutating func place(_ hash: UInt64, _ entry: UInt32) {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot].entry != 0 { slot = (slot + 1) & mask }
        slots[slot] = (hash, entry)
    }
}
