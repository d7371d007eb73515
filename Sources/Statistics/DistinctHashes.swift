/// How many different values there are: exactly up to a limit, beyond it by `HyperLogLog`.
///
/// Values are known by 64-bit hashes: two different ones among that many share theirs with a probability of 10^-10.
public struct DistinctHashes: Sendable {
    /// Different values that are counted exactly.
    public static let exactLimit = 1 << 16

    private var slots = [UInt64](repeating: 0, count: 64)
    private var exactCount = 0
    private var sketch: HyperLogLog?

    /// Nothing counted.
    public init() {}

    /// Whether the count is exact.
    public var isExact: Bool { sketch == nil }

    /// How many different values there are.
    public var count: Int { sketch.map { Int($0.estimate.rounded()) } ?? exactCount }

    /// Counts a value, by its hash.
    @inline(__always)
    public mutating func add(_ hash: UInt64) {
        if sketch != nil { sketch?.add(hash) } else { insert(hash) }
    }

    /// Counts values, by their hashes.
    public mutating func add(contentsOf hashes: UnsafeBufferPointer<UInt64>) {
        var entered = 0
        while sketch == nil, entered < hashes.count {
            insert(hashes[entered])
            entered += 1
        }
        sketch?.add(contentsOf: UnsafeBufferPointer(rebasing: hashes[entered...]))
    }

    /// Counts what another has counted.
    public mutating func merge(_ other: DistinctHashes) {
        if let theirs = other.sketch {
            if sketch == nil { giveUpExactness() }
            sketch?.merge(theirs)
        } else {
            for slot in other.slots where slot != 0 { add(slot) }
        }
    }

    private mutating func insert(_ hash: UInt64) {
        // No entry is 0.
        let word = hash == 0 ? 1 : hash
        let mask = slots.count - 1
        let isNew = slots.withUnsafeMutableBufferPointer { slots in
            var slot = Int(truncatingIfNeeded: word) & mask
            while slots[slot] != 0 {
                if slots[slot] == word { return false }
                slot = (slot + 1) & mask
            }
            slots[slot] = word
            return true
        }
        guard isNew else { return }
        exactCount += 1
        if exactCount > DistinctHashes.exactLimit {
            giveUpExactness()
        } else if exactCount * 2 > slots.count {
            let old = slots
            slots = [UInt64](repeating: 0, count: old.count * 2)
            exactCount = 0
            for word in old where word != 0 { insert(word) }
        }
    }

    private mutating func giveUpExactness() {
        var filled = HyperLogLog()
        for slot in slots where slot != 0 { filled.add(slot) }
        sketch = filled
        slots = []
    }
}
