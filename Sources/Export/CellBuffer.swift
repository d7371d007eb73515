/// Bytes that grow at the end. Whoever makes one deallocates it.
///
/// `put` methods without a check of their own rely on room that `reserve` made before.
struct CellBuffer {
    private(set) var base: UnsafeMutablePointer<UInt8>
    private(set) var capacity: Int
    var count = 0

    init(capacity: Int) {
        base = .allocate(capacity: capacity)
        self.capacity = capacity
    }

    func deallocate() { base.deallocate() }

    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }

    /// Makes sure that so many bytes can follow.
    @inline(__always)
    mutating func reserve(_ room: Int) {
        if capacity - count < room { grow(room) }
    }

    @inline(never)
    private mutating func grow(_ room: Int) {
        let larger = max(capacity * 2, count + room)
        let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        moved.update(from: base, count: count)
        base.deallocate()
        base = moved
        capacity = larger
    }

    /// Adds one byte; there must be room.
    @inline(__always)
    mutating func put(byte: UInt8) {
        base[count] = byte
        count += 1
    }

    /// Adds an ASCII character; there must be room.
    @inline(__always)
    mutating func put(ascii character: Unicode.Scalar) { put(byte: UInt8(ascii: character)) }

    /// Adds bytes; there must be room.
    @inline(__always)
    mutating func put(_ source: UnsafePointer<UInt8>, _ length: Int) {
        (base + count).update(from: source, count: length)
        count += length
    }

    /// Adds bytes that have sixteen bytes to spare behind them, as there must be here.
    @inline(__always)
    mutating func put(padded source: UnsafePointer<UInt8>, _ length: Int) {
        guard length <= 16 else { return put(source, length) }
        let bytes = UnsafeRawPointer(source).loadUnaligned(as: SIMD16<UInt8>.self)
        UnsafeMutableRawPointer(base + count).storeBytes(of: bytes, as: SIMD16<UInt8>.self)
        count += length
    }

    /// Adds the bytes of a text; makes room itself.
    mutating func put(_ text: String) {
        var text = text
        text.withUTF8 { source in
            reserve(source.count)
            if let start = source.baseAddress { put(start, source.count) }
        }
    }
}
