/// A customer's id as it is looked up: up to 16 bytes as two words, zero behind the end; of a longer one the hash, and
/// where its bytes lie in the arena of whoever holds it. 20 bytes.
struct PackedIdentifier: BitwiseCopyable {
    /// The first eight bytes, or where a long id begins in the arena.
    var first: UInt64
    /// The bytes behind these, or the hash of a long id.
    let second: UInt64
    /// Bytes of the id.
    let length: UInt32

    /// Bytes of an id that need no arena.
    static let inlineByteCount = 16

    /// The id of `length` bytes, which lie at `place` of an arena; eight bytes behind them are readable.
    @inline(__always)
    init(_ bytes: UnsafePointer<UInt8>, _ length: Int, at place: UInt32) {
        self.length = UInt32(truncatingIfNeeded: length)
        let raw = UnsafeRawPointer(bytes)
        if length <= 8 {
            first = ByteHash.tail(raw, length)
            second = 0
        } else if length <= PackedIdentifier.inlineByteCount {
            first = raw.loadUnaligned(as: UInt64.self)
            second = ByteHash.tail(raw + 8, length - 8)
        } else {
            first = UInt64(place)
            second = ByteHash.hash(bytes, length)
        }
    }

    /// Whether its bytes lie in an arena.
    @inline(__always)
    var isLong: Bool { length > UInt32(PackedIdentifier.inlineByteCount) }

    /// A hash of the id.
    @inline(__always)
    var hash: UInt64 { isLong ? second : ByteHash.hash(first, second) }

    /// Whether two ids are the same, given what their places refer to.
    @inline(__always)
    func isSame(
        as other: PackedIdentifier, _ arena: UnsafePointer<UInt8>, _ otherArena: UnsafePointer<UInt8>
    ) -> Bool {
        guard second == other.second, length == other.length else { return false }
        return isLong
            ? ByteHash.same(arena + Int(first), otherArena + Int(other.first), Int(length)) : first == other.first
    }
}
