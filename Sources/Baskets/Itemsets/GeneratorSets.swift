/// The generators that are known, to tell which sets of a task are some: a set is none when it is in as many baskets
/// without the task's item, or that set is none.
///
/// A set without the item is of a task before, so sets come in the order of the tasks. Memory: 4 bytes an item of a set
/// and 24 a set.
struct GeneratorSets {
    private var arena: [UInt32] = []
    private var starts: [Int] = [0]
    private var counts: [UInt32] = []
    private var slots: [UInt32] = [UInt32](repeating: UInt32.max, count: 1 << 10)
    private var scratch: [UInt32] = []
    private let basketCount: Int

    init(basketCount: Int) { self.basketCount = basketCount }

    /// Bytes that are held.
    var byteCount: Int { arena.capacity * 4 + starts.capacity * 8 + (counts.capacity + slots.count) * 4 }

    /// The sets of a block that are generators, in the same form.
    mutating func keep(_ words: [UInt32]) -> [UInt32] {
        var kept: [UInt32] = []
        kept.reserveCapacity(words.count)
        var position = 0
        while position < words.count {
            let length = Int(words[position])
            let end = position + 2 + length
            let count = words[position + 1]
            scratch.removeAll(keepingCapacity: true)
            scratch.append(contentsOf: words[position + 2..<end])
            scratch.sort()
            // The task's item is the rarest, which has the highest rank.
            let rarest = scratch.removeLast()
            if let known = find(), known > count {
                scratch.append(rarest)
                insert(count)
                kept.append(contentsOf: words[position..<end])
            }
            position = end
        }
        return kept
    }

    private func hash() -> Int {
        var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
        for item in scratch {
            hash = (hash ^ UInt64(item)) &* 0xFF51_AFD7_ED55_8CCD
            hash ^= hash >> 32
        }
        return Int(truncatingIfNeeded: hash & 0x7FFF_FFFF_FFFF_FFFF)
    }

    /// In how many baskets the set in `scratch` is, if it is a generator.
    private func find() -> UInt32? {
        if scratch.isEmpty { return UInt32(basketCount) }
        let mask = slots.count - 1
        var slot = hash() & mask
        while slots[slot] != UInt32.max {
            let number = Int(slots[slot])
            if arena[starts[number]..<starts[number + 1]].elementsEqual(scratch) { return counts[number] }
            slot = (slot + 1) & mask
        }
        return nil
    }

    private mutating func insert(_ count: UInt32) {
        if counts.count * 2 >= slots.count { grow() }
        place(UInt32(counts.count))
        arena.append(contentsOf: scratch)
        starts.append(arena.count)
        counts.append(count)
    }

    /// Enters the number of the set in `scratch`.
    private mutating func place(_ number: UInt32) {
        let mask = slots.count - 1
        var slot = hash() & mask
        while slots[slot] != UInt32.max { slot = (slot + 1) & mask }
        slots[slot] = number
    }

    private mutating func grow() {
        slots = [UInt32](repeating: UInt32.max, count: slots.count * 2)
        let set = scratch
        for number in counts.indices {
            scratch.removeAll(keepingCapacity: true)
            scratch.append(contentsOf: arena[starts[number]..<starts[number + 1]])
            place(UInt32(number))
        }
        scratch = set
    }
}
