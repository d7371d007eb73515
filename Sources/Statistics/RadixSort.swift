/// Sorts whole numbers by their digits.
public enum RadixSort {
    /// Sorts keys ascending, eleven bits a pass, over as many bits as the largest key has.
    ///
    /// - Complexity: O(n · bits of the largest key / 11), and as much memory again as the keys.
    public static func sort(_ keys: inout [UInt64]) {
        guard keys.count > 256, let largest = keys.max() else {
            keys.sort()
            return
        }
        let bits = UInt64.bitWidth - largest.leadingZeroBitCount
        var other = [UInt64](repeating: 0, count: keys.count)
        var places = [Int](repeating: 0, count: 1 << 11)
        for shift in stride(from: 0, to: bits, by: 11) {
            keys.withUnsafeBufferPointer { keys in
                other.withUnsafeMutableBufferPointer { other in
                    places.withUnsafeMutableBufferPointer { places in
                        places.update(repeating: 0)
                        for key in keys { places[Int(truncatingIfNeeded: key >> shift) & 2047] += 1 }
                        var sum = 0
                        for digit in places.indices { (places[digit], sum) = (sum, sum + places[digit]) }
                        for key in keys {
                            let digit = Int(truncatingIfNeeded: key >> shift) & 2047
                            other[places[digit]] = key
                            places[digit] += 1
                        }
                    }
                }
            }
            swap(&keys, &other)
        }
    }
}
