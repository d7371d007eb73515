import Synchronization

/// Where the bytes of a number lie in the table's arena, and their hash. (Not nested in the table: the compiler fails
/// on a private type nested in a noncopyable one.)
struct ByteTableEntry: BitwiseCopyable {
    var hash: UInt64
    var start: UInt64
    var length: UInt64
}

/// Runs of bytes, each kept once and known by its number: order ids too long for a word, products, channels.
public struct ByteTable: ~Copyable {
    private var entries = GrowingBuffer<ByteTableEntry>(capacity: 1)
    private var bytes = GrowingBuffer<UInt8>(capacity: 1)
    private var index = HashIndex(capacity: 4)

    /// An empty table.
    public init() {}

    /// How many runs of bytes there are; their numbers are below.
    public var count: Int { entries.count }

    /// The number of a run of bytes, which is entered when new; eight bytes behind it are readable.
    public mutating func number(_ name: UnsafePointer<UInt8>, _ length: Int) -> Int {
        let hash = ByteHash.hash(name, length)
        if let known = find(name, length, hash) { return known }
        let number = entries.count
        entries.append(ByteTableEntry(hash: hash, start: UInt64(bytes.count), length: UInt64(length)))
        bytes.append(contentsOf: name, count: length)
        let records = entries.base
        index.insert(number, hash: hash) { records[$0].hash }
        return number
    }

    /// The number of a run of bytes; nil when it was not entered. Eight bytes behind it are readable.
    @inline(__always)
    public func known(_ name: UnsafePointer<UInt8>, _ length: Int) -> Int? {
        find(name, length, ByteHash.hash(name, length))
    }

    @inline(__always)
    private func find(_ name: UnsafePointer<UInt8>, _ length: Int, _ hash: UInt64) -> Int? {
        let records = entries.base
        let arena = bytes.base
        return index.find(hash) { number in
            let entry = records[number]
            return entry.hash == hash && Int(entry.length) == length
                && ByteHash.same(arena + Int(entry.start), name, length)
        }
    }

    /// The bytes of a number.
    public subscript(number: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: bytes.base + Int(entries[number].start), count: Int(entries[number].length))
    }

    /// Whether the bytes of one number precede those of another.
    func precedes(_ left: Int, _ right: Int) -> Bool { self[left].lexicographicallyPrecedes(self[right]) }
}

/// A `ByteTable` that several workers enter into; each asks it only for names it has not met before.
final class SharedNames {
    private let lock = Mutex<Void>(())
    private var table = ByteTable()

    /// Numbers that a worker has met.
    struct Cache: ~Copyable {
        fileprivate var names = ByteTable()
        fileprivate var codes = GrowingBuffer<UInt32>(capacity: 1)
        fileprivate var latest = 0
    }

    /// The shared number of a name, which is entered when new.
    @inline(__always)
    func code(_ name: UnsafePointer<UInt8>, _ length: Int, _ cache: inout Cache) -> UInt32 {
        let local = cache.names.number(name, length)
        if local == cache.codes.count { cache.codes.append(enter(name, length)) }
        return cache.codes[local]
    }

    private func enter(_ name: UnsafePointer<UInt8>, _ length: Int) -> UInt32 {
        lock.withLock { _ in UInt32(table.number(name, length)) }
    }

    /// Whether the name of one number precedes that of another.
    func precedes(_ left: UInt32, _ right: UInt32) -> Bool {
        lock.withLock { _ in table.precedes(Int(left), Int(right)) }
    }

    /// The bytes of all names by number.
    var allBytes: [[UInt8]] {
        lock.withLock { _ in (0..<table.count).map { Array(table[$0]) } }
    }

    /// All names by number.
    var names: [String] {
        lock.withLock { _ in (0..<table.count).map { String(decoding: table[$0], as: UTF8.self) } }
    }
}
