extension RadixSort {
    /// The positions of keys in ascending order of the keys; equal keys keep their order.
    ///
    /// Digits in which all keys agree cost one count and no pass.
    ///
    /// - Parameter keys: fewer than 2³² of them.
    /// - Complexity: O(n · digits that differ), eleven bits a digit; 24 bytes a key while it works.
    public static func order(of keys: [UInt64]) -> [UInt32] {
        var order = keys.indices.map { UInt32(truncatingIfNeeded: $0) }
        guard keys.count > 1 else { return order }
        var keys = keys
        var otherKeys = [UInt64](repeating: 0, count: keys.count)
        var otherOrder = [UInt32](repeating: 0, count: keys.count)
        var places = [Int](repeating: 0, count: 1 << 11)
        let last = keys.count - 1
        for shift in stride(from: 0, to: UInt64.bitWidth, by: 11) {
            for digit in places.indices { places[digit] = 0 }
            keys.withUnsafeBufferPointer { keys in
                places.withUnsafeMutableBufferPointer { places in
                    for key in keys { places[Int(truncatingIfNeeded: key >> shift) & 2047] += 1 }
                }
            }
            if places[Int(truncatingIfNeeded: keys[last] >> shift) & 2047] == keys.count { continue }
            var sum = 0
            for digit in places.indices { (places[digit], sum) = (sum, sum + places[digit]) }
            keys.withUnsafeBufferPointer { keys in
                order.withUnsafeBufferPointer { order in
                    otherKeys.withUnsafeMutableBufferPointer { otherKeys in
                        otherOrder.withUnsafeMutableBufferPointer { otherOrder in
                            places.withUnsafeMutableBufferPointer { places in
                                for index in keys.indices {
                                    let digit = Int(truncatingIfNeeded: keys[index] >> shift) & 2047
                                    let place = places[digit]
                                    places[digit] = place + 1
                                    otherKeys[place] = keys[index]
                                    otherOrder[place] = order[index]
                                }
                            }
                        }
                    }
                }
            }
            swap(&keys, &otherKeys)
            swap(&order, &otherOrder)
        }
        return order
    }

    /// A whole number with the same order as a double that is not NaN; −0 and 0 are one value.
    @inlinable
    public static func key(_ value: Double) -> UInt64 {
        let bits = (value == 0 ? 0 : value).bitPattern
        return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
    }

    /// The double of a key.
    @inlinable
    public static func value(ofKey key: UInt64) -> Double {
        Double(bitPattern: key >> 63 == 1 ? key & ~(1 << 63) : ~key)
    }
}
