/// A set of (customer, product) pairs: eight bytes a slot, at most 3/4 full.
struct PairSet: ~Copyable {
    private var slots = GrowingBuffer<UInt64>(capacity: 1)
    private var mask = -1
    private(set) var count = 0

    private static func word(_ customer: UInt32, _ product: UInt32) -> UInt64 {
        (UInt64(customer) << 32 | UInt64(product)) &+ 1
    }

    /// Enters a pair.
    @inline(__always)
    mutating func insert(_ customer: UInt32, _ product: UInt32) {
        if (count + 1) * 4 > (mask + 1) * 3 { grow() }
        if put(PairSet.word(customer, product)) { count += 1 }
    }

    /// Whether the pair is there.
    @inline(__always)
    func contains(_ customer: UInt32, _ product: UInt32) -> Bool {
        guard mask >= 0 else { return false }
        let word = PairSet.word(customer, product)
        var slot = Int(truncatingIfNeeded: ByteHash.hash(word, 0)) & mask
        while slots[slot] != 0 {
            if slots[slot] == word { return true }
            slot = (slot + 1) & mask
        }
        return false
    }

    /// Counts every customer's pairs.
    func countProducts(_ counts: inout [UInt32]) {
        guard mask >= 0 else { return }
        for slot in 0...mask where slots[slot] != 0 { counts[Int((slots[slot] &- 1) >> 32)] += 1 }
    }

    private func put(_ word: UInt64) -> Bool {
        var slot = Int(truncatingIfNeeded: ByteHash.hash(word, 0)) & mask
        while slots[slot] != 0 {
            if slots[slot] == word { return false }
            slot = (slot + 1) & mask
        }
        slots[slot] = word
        return true
    }

    private mutating func grow() {
        var old: [UInt64] = []
        old.reserveCapacity(count)
        if mask >= 0 {
            for slot in 0...mask where slots[slot] != 0 { old.append(slots[slot]) }
        }
        let capacity = max(16, (mask + 1) * 2)
        mask = capacity - 1
        slots = GrowingBuffer(capacity: capacity)
        for _ in 0..<capacity { slots.append(0) }
        for word in old { _ = put(word) }
    }
}
