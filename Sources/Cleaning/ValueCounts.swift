import CustomerData

/// Distinct values of a column and how often they occur: an accumulator.
///
/// Values are kept as bytes in one arena: 32 bytes a value beside its own.
final class ValueCounts {
    struct Entry {
        var hash: UInt64
        var start: Int
        var length: Int32
        var count: Int32
    }

    /// Distinct values beyond which not all are kept.
    static let limit = 1 << 20

    /// Whether, beyond the limit, the values of small hashes are kept, with all their counts: the same ones however the parts
    /// were merged. Otherwise none are.
    private let samples: Bool
    /// Leading zeros that the hash of a value has that is kept.
    private var level = 0
    /// Whether there were more values than are kept.
    var isSample: Bool { level > 0 }

    init(samples: Bool = false) { self.samples = samples }

    private(set) var entries: [Entry] = []
    private var bytes: [UInt8] = [UInt8](repeating: 0, count: 8)
    private var slots: [Int32] = [Int32](repeating: -1, count: 64)
    /// Whether there were more values than are kept; then there is none.
    private(set) var isOverfull = false
    /// Values counted.
    private(set) var total = 0

    /// Distinct values.
    var count: Int { entries.count }

    /// Counts a value; eight bytes behind it are readable.
    func add(_ value: UnsafeBufferPointer<UInt8>, count: Int = 1) {
        guard !isOverfull else { return }
        total += count
        guard let start = value.baseAddress else { return add(empty: count) }
        let hash = ByteHash.hash(start, value.count)
        add(value, hash, count)
    }

    private func add(empty count: Int) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 8) { room in
            room.initialize(repeating: 0)
            guard let start = room.baseAddress else { return }
            add(UnsafeBufferPointer(start: start, count: 0), ByteHash.hash(start, 0), count)
        }
    }

    private func add(_ value: UnsafeBufferPointer<UInt8>, _ hash: UInt64, _ count: Int) {
        if let known = index(of: value, hash) {
            entries[known].count += Int32(clamping: count)
            return
        }
        guard isKept(hash) else { return }
        if entries.count >= ValueCounts.limit {
            guard samples else {
                isOverfull = true
                (entries, bytes, slots) = ([], [], [])
                return
            }
            raise(to: level + 1)
            guard isKept(hash) else { return }
        }
        let start = bytes.count - 8
        bytes.removeLast(8)
        bytes.append(contentsOf: value)
        bytes.append(contentsOf: repeatElement(0, count: 8))
        entries.append(Entry(hash: hash, start: start, length: Int32(value.count), count: Int32(clamping: count)))
        if entries.count * 2 > slots.count {
            slots = [Int32](repeating: -1, count: slots.count * 4)
            for number in entries.indices { insert(number) }
        } else {
            insert(entries.count - 1)
        }
    }

    private func isKept(_ hash: UInt64) -> Bool { hash.leadingZeroBitCount >= level }

    /// Keeps the values of hashes with more leading zeros alone.
    private func raise(to level: Int) {
        guard level > self.level else { return }
        self.level = level
        let (old, oldBytes) = (entries.filter { isKept($0.hash) }, bytes)
        entries = []
        bytes = []
        for var entry in old {
            let start = bytes.count
            bytes.append(contentsOf: oldBytes[entry.start..<(entry.start + Int(entry.length))])
            entry.start = start
            entries.append(entry)
        }
        bytes.append(contentsOf: repeatElement(0, count: 8))
        var capacity = 64
        while capacity < entries.count * 2 { capacity *= 4 }
        slots = [Int32](repeating: -1, count: capacity)
        for number in entries.indices { insert(number) }
    }

    private func insert(_ number: Int) {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: entries[number].hash >> 8) & mask
        while slots[slot] >= 0 { slot = (slot + 1) & mask }
        slots[slot] = Int32(number)
    }

    /// Counts a text.
    func add(_ text: String, count: Int = 1) {
        withPadded(text) { add($0, count: count) }
    }

    /// The number of a value, or nil; eight bytes behind it are readable.
    func index(of value: UnsafeBufferPointer<UInt8>) -> Int? {
        guard let start = value.baseAddress, !isOverfull else { return nil }
        return index(of: value, ByteHash.hash(start, value.count))
    }

    @inline(__always)
    private func index(of value: UnsafeBufferPointer<UInt8>, _ hash: UInt64) -> Int? {
        let mask = slots.count - 1
        guard let base = value.baseAddress else { return nil }
        return bytes.withUnsafeBufferPointer { bytes in
            slots.withUnsafeBufferPointer { slots in
                entries.withUnsafeBufferPointer { entries in
                    var slot = Int(truncatingIfNeeded: hash >> 8) & mask
                    while slots[slot] >= 0 {
                        let entry = entries[Int(slots[slot])]
                        if entry.hash == hash, Int(entry.length) == value.count, let own = bytes.baseAddress,
                            ByteHash.same(own + entry.start, base, value.count)
                        {
                            return Int(slots[slot])
                        }
                        slot = (slot + 1) & mask
                    }
                    return nil
                }
            }
        }
    }

    /// How often a value occurs.
    func count(of value: UnsafeBufferPointer<UInt8>) -> Int { index(of: value).map { Int(entries[$0].count) } ?? 0 }

    /// How often a text occurs.
    func count(of text: String) -> Int { withPadded(text) { count(of: $0) } }

    /// The bytes of a value by its number, without a copy; good while nothing is added.
    func withBytes<Result>(_ number: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        let entry = entries[number]
        return bytes.withUnsafeBufferPointer {
            body(UnsafeBufferPointer(rebasing: $0[entry.start..<(entry.start + Int(entry.length))]))
        }
    }

    /// A value as text.
    func text(_ number: Int) -> String { withBytes(number) { String(decoding: $0, as: UTF8.self) } }

    /// Adds the values of another part.
    func merge(_ other: ValueCounts) {
        if other.isOverfull {
            isOverfull = true
            (entries, bytes, slots) = ([], [], [])
        }
        guard !isOverfull else { return }
        raise(to: other.level)
        for number in other.entries.indices {
            other.withBytes(number) { add($0, count: Int(other.entries[number].count)) }
        }
    }

    /// The numbers of all values, the most frequent first, equal ones by their bytes: the same however the parts were
    /// merged.
    var ranked: [Int] {
        entries.indices.sorted { left, right in
            if entries[left].count != entries[right].count { return entries[left].count > entries[right].count }
            return withBytes(left) { leftBytes in
                withBytes(right) { leftBytes.lexicographicallyPrecedes($0) }
            }
        }
    }
}

/// Calls `body` with a text's UTF-8, behind which eight bytes are readable.
func withPadded<Result>(_ text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    var bytes = Array(text.utf8)
    let count = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: 8))
    return bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[..<count])) }
}
