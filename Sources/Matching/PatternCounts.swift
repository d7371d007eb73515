/// How many pairs have each pattern of levels: an accumulator.
final class PatternCounts {
    private var keys: [UInt64]
    private var values: [Int]
    private var used = 0

    init() {
        keys = [UInt64](repeating: UInt64.max, count: 1 << 12)
        values = [Int](repeating: 0, count: 1 << 12)
    }

    /// Adds pairs of a pattern.
    func add(_ pattern: UInt64, _ count: Int = 1) {
        var slot = index(of: pattern)
        if keys[slot] == UInt64.max {
            if used * 2 >= keys.count {
                grow()
                slot = index(of: pattern)
            }
            keys[slot] = pattern
            used += 1
        }
        values[slot] += count
    }

    private func index(of pattern: UInt64) -> Int {
        let mask = keys.count - 1
        var slot = Int(truncatingIfNeeded: (pattern &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
        while keys[slot] != UInt64.max, keys[slot] != pattern { slot = (slot + 1) & mask }
        return slot
    }

    private func grow() {
        let (oldKeys, oldValues) = (keys, values)
        keys = [UInt64](repeating: UInt64.max, count: oldKeys.count * 2)
        values = [Int](repeating: 0, count: oldKeys.count * 2)
        for (slot, key) in oldKeys.enumerated() where key != UInt64.max {
            let place = index(of: key)
            keys[place] = key
            values[place] = oldValues[slot]
        }
    }

    /// Adds those of another.
    func merge(_ other: PatternCounts) {
        for (pattern, count) in other.sorted { add(pattern, count) }
    }

    /// The patterns, ascending.
    var sorted: [(pattern: UInt64, count: Int)] {
        keys.indices.filter { keys[$0] != UInt64.max }.map { (keys[$0], values[$0]) }.sorted { $0.0 < $1.0 }
    }
}
