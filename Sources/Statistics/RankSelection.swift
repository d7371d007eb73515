/// The values at chosen ranks of unsorted whole numbers.
public enum RankSelection {
    private static let digitBits = 12

    /// The keys that would stand at those positions, from 0, if the keys were sorted ascending.
    ///
    /// Keys are counted by their leading twelve bits; only those that share them with a wanted one are looked at again.
    ///
    /// - Parameter ranks: ascending, each below the number of keys.
    /// - Complexity: O(n) where the keys are spread out, at most O(n · bits of the largest key / 12).
    public static func values(_ keys: [UInt64], at ranks: [Int]) -> [UInt64] {
        let bits = UInt64.bitWidth - (keys.max() ?? 0).leadingZeroBitCount
        return values(keys, at: ranks, bits: bits)
    }

    private static func values(_ keys: [UInt64], at ranks: [Int], bits: Int) -> [UInt64] {
        let shift = UInt64(max(0, bits - digitBits))
        var counts = [Int](repeating: 0, count: 1 << min(bits, digitBits))
        for key in keys { counts[Int(truncatingIfNeeded: key >> shift)] += 1 }
        // The digit of each rank, and how many keys have smaller ones.
        var digit = 0
        var below = 0
        let places = ranks.map { rank in
            while below + counts[digit] <= rank {
                below += counts[digit]
                digit += 1
            }
            return (digit: digit, rank: rank - below)
        }
        if shift == 0 { return places.map { UInt64($0.digit) } }
        var members = [[UInt64]](repeating: [], count: counts.count)
        var isWanted = [Bool](repeating: false, count: counts.count)
        for place in places where !isWanted[place.digit] {
            isWanted[place.digit] = true
            members[place.digit].reserveCapacity(counts[place.digit])
        }
        let mask: UInt64 = 1 << shift - 1
        for key in keys where isWanted[Int(truncatingIfNeeded: key >> shift)] {
            members[Int(truncatingIfNeeded: key >> shift)].append(key & mask)
        }
        var found: [UInt64] = []
        var first = 0
        while first < places.count {
            let digit = places[first].digit
            let end = places[first...].firstIndex { $0.digit != digit } ?? places.count
            let rests = values(members[digit], at: places[first..<end].map(\.rank), bits: Int(shift))
            found += rests.map { UInt64(digit) << shift | $0 }
            first = end
        }
        return found
    }
}
