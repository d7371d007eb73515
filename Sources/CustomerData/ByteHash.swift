/// A 64-bit hash of bytes, the same in every run (wyhash's multiply-and-fold; Wang Yi, 2019).
public enum ByteHash {
    /// The two halves of a product folded together.
    @inlinable
    @inline(__always)
    static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }

    /// The hash of `length` bytes; eight bytes behind them are readable.
    @inlinable
    @inline(__always)
    public static func hash(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> UInt64 {
        let raw = UnsafeRawPointer(bytes)
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(truncatingIfNeeded: length)
        var offset = 0
        while length - offset > 8 {
            let word = raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            state = mix(state ^ word, 0xA076_1D64_78BD_642F)
            offset += 8
        }
        return mix(state ^ tail(raw + offset, length - offset), 0xE703_7ED1_A0B4_28DB)
    }

    /// The first `length` bytes (at most 8) as a number, the rest zero.
    @inlinable
    @inline(__always)
    static func tail(_ raw: UnsafeRawPointer, _ length: Int) -> UInt64 {
        guard length > 0 else { return 0 }
        let word = raw.loadUnaligned(as: UInt64.self)
        return word & (UInt64.max >> UInt64(truncatingIfNeeded: 64 - 8 * length))
    }

    /// A hash of two numbers.
    @inline(__always)
    static func hash(_ left: UInt64, _ right: UInt64) -> UInt64 {
        mix(left ^ 0x9E37_79B9_7F4A_7C15, right ^ 0xE703_7ED1_A0B4_28DB)
    }

    /// Whether two runs of `length` bytes are equal.
    @inlinable
    @inline(__always)
    public static func same(_ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>, _ length: Int) -> Bool {
        var offset = 0
        while length - offset >= 8 {
            let leftWord = UnsafeRawPointer(left + offset).loadUnaligned(as: UInt64.self)
            let rightWord = UnsafeRawPointer(right + offset).loadUnaligned(as: UInt64.self)
            if leftWord != rightWord { return false }
            offset += 8
        }
        while offset < length {
            if left[offset] != right[offset] { return false }
            offset += 1
        }
        return true
    }
}
