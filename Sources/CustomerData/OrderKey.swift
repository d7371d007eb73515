/// An order id as one word, without loss: up to seven bytes as they are; 8 to 18 digits without a leading zero as a
/// number; anything longer by its place among the partition's long ids. Numbers that count up have keys that do.
enum OrderKey {
    private static let number: UInt64 = 1 << 62
    private static let day: UInt64 = 1 << 61
    private static let sequence: UInt64 = 1 << 60
    private static let long: UInt64 = 1 << 63

    /// The key of an id, or nil when it is a long one.
    @inline(__always)
    static func short(_ id: UnsafePointer<UInt8>, _ length: Int) -> UInt64? {
        if length <= 7 {
            return ByteHash.tail(UnsafeRawPointer(id), length).byteSwapped >> 8
                | UInt64(truncatingIfNeeded: length) << 56
        }
        guard length <= 18, id[0] != UInt8(ascii: "0") else { return nil }
        var value: UInt64 = 0
        for offset in 0..<length {
            let digit = id[offset] &- UInt8(ascii: "0")
            if digit > 9 { return nil }
            value = value &* 10 &+ UInt64(digit)
        }
        return value | number
    }

    /// The key of a customer's day, where a customer-day is one order.
    @inline(__always)
    static func day(_ day: Int32) -> UInt64 { UInt64(UInt32(bitPattern: day)) | self.day }

    /// The key of a row, where every row is an order.
    @inline(__always)
    static func row(_ sequence: UInt64) -> UInt64 { sequence | self.sequence }

    /// The key of the long id of a number.
    @inline(__always)
    static func long(_ number: Int) -> UInt64 { UInt64(number) | long }

    /// The number of a long id, or nil when the key is no long one.
    @inline(__always)
    static func longNumber(_ key: UInt64) -> Int? { key & long != 0 ? Int(key & ~long) : nil }
}
