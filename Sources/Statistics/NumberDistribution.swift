/// How whole numbers are distributed: exactly as long as few are different, and from then on in buckets whose width is
/// 1/256 of the power of two below.
///
/// Buckets are those of DDSketch (Masson et al. 2019) with the cheaper boundaries of HdrHistogram: a quantile is off by at
/// most 0.2 % of its value. What is added in any order, or in parts that are merged, gives the same result.
public struct NumberDistribution: Sendable {
    /// Different numbers that are kept exactly.
    public static let exactLimit = 1 << 14
    /// The largest error of a quantile that is not exact, as a share of its value.
    public static let relativeError = 1.0 / 512
    private static let bucketBits = 8

    /// Numbers.
    public private(set) var count = 0
    /// The smallest; `Int64.max` of none.
    public private(set) var smallest = Int64.max
    /// The largest; `Int64.min` of none.
    public private(set) var largest = Int64.min
    /// The number of times that each number came, while it is exact.
    private var exact = NumberCounts()
    /// Whether every number is known.
    public private(set) var isExact = true
    /// Times by bucket: by power of two, then by the bits below it. Negative numbers apart.
    private var positive: [[Int]] = Array(repeating: [], count: 64)
    private var negative: [[Int]] = Array(repeating: [], count: 64)

    /// No numbers.
    public init() {}

    /// Adds a number that came so many times.
    public mutating func add(_ value: Int64, times: Int) {
        count += times
        smallest = min(smallest, value)
        largest = max(largest, value)
        guard isExact else { return addToBucket(value, times) }
        exact.add(value, times)
        if exact.count > NumberDistribution.exactLimit { giveUpExactness() }
    }

    /// Adds numbers, each with the times that it came.
    public mutating func add(_ values: UnsafeBufferPointer<Int64>, times: UnsafePointer<UInt32>) {
        var position = 0
        while isExact, position < values.count {
            add(values[position], times: Int(times[position]))
            position += 1
        }
        for position in position..<values.count {
            let (value, times) = (values[position], Int(times[position]))
            count += times
            smallest = min(smallest, value)
            largest = max(largest, value)
            addToBucket(value, times)
        }
    }

    /// Adds what another has.
    public mutating func merge(_ other: NumberDistribution) {
        count += other.count
        smallest = min(smallest, other.smallest)
        largest = max(largest, other.largest)
        if isExact, other.isExact {
            for (value, times) in other.exact.entries { exact.add(value, times) }
            if exact.count > NumberDistribution.exactLimit { giveUpExactness() }
            return
        }
        if isExact { giveUpExactness() }
        for (value, times) in other.exact.entries { addToBucket(value, times) }
        for power in 0..<64 {
            NumberDistribution.add(other.positive[power], to: &positive[power])
            NumberDistribution.add(other.negative[power], to: &negative[power])
        }
    }

    private static func add(_ other: [Int], to buckets: inout [Int]) {
        guard !other.isEmpty else { return }
        if buckets.isEmpty { buckets = other } else { for i in buckets.indices { buckets[i] += other[i] } }
    }

    private mutating func giveUpExactness() {
        isExact = false
        for (value, times) in exact.entries { addToBucket(value, times) }
        exact = NumberCounts()
    }

    private mutating func addToBucket(_ value: Int64, _ times: Int) {
        let (power, low) = NumberDistribution.bucket(value.magnitude)
        if value < 0 {
            if negative[power].isEmpty { negative[power] = Array(repeating: 0, count: 1 << Self.bucketBits) }
            negative[power][low] += times
        } else {
            if positive[power].isEmpty { positive[power] = Array(repeating: 0, count: 1 << Self.bucketBits) }
            positive[power][low] += times
        }
    }

    /// Magnitudes below 256 have power 0 and a bucket each.
    @inline(__always)
    private static func bucket(_ magnitude: UInt64) -> (power: Int, low: Int) {
        let bits = UInt64.bitWidth - magnitude.leadingZeroBitCount
        guard bits > bucketBits else { return (0, Int(magnitude)) }
        // The highest bit is known, the eight below it choose the bucket.
        let shift = bits - bucketBits - 1
        return (bits - bucketBits, Int(truncatingIfNeeded: magnitude &>> UInt64(shift)) & 0xFF)
    }

    /// The middle of a bucket.
    private static func middle(power: Int, low: Int) -> Double {
        guard power > 0 else { return Double(low) }
        let shift = power - 1
        let begin = Double(low + 256) * Double(sign: .plus, exponent: shift, significand: 1)
        return begin + (Double(sign: .plus, exponent: shift, significand: 1) - 1) / 2
    }

    /// The numbers in ascending order, each with the times it came: exactly, or as the middles of buckets.
    public var steps: [(value: Double, times: Int)] {
        if isExact { return exact.entries.sorted { $0.value < $1.value }.map { (Double($0.value), $0.times) } }
        var steps: [(value: Double, times: Int)] = []
        for power in (0..<64).reversed() {
            for low in negative[power].indices.reversed() where negative[power][low] > 0 {
                steps.append((-Self.middle(power: power, low: low), negative[power][low]))
            }
        }
        for power in 0..<64 {
            for low in positive[power].indices where positive[power][low] > 0 {
                steps.append((Self.middle(power: power, low: low), positive[power][low]))
            }
        }
        // Nothing lies beyond the ends, which are known.
        return steps.map { (min(max($0.value, Double(smallest)), Double(largest)), $0.times) }
    }

    /// Quantiles, each the smallest number at or below which at least that share lies (Hyndman & Fan 1996, type 1).
    ///
    /// - Parameter probabilities: ascending, in `0...1`; the distribution is not empty.
    public func quantiles(_ probabilities: [Double]) -> [Double] {
        let steps = steps
        var found: [Double] = []
        var below = 0
        var position = 0
        for probability in probabilities {
            let rank = max(1, Int((probability * Double(count)).rounded(.up)))
            while position < steps.count - 1, below + steps[position].times < rank {
                below += steps[position].times
                position += 1
            }
            found.append(
                probability == 0 ? Double(smallest) : probability == 1 ? Double(largest) : steps[position].value)
        }
        return found
    }

    /// How many numbers are at least so large; in the bucket of the bound, all.
    public func count(from bound: Int64) -> Int {
        steps.reduce(0) { $0 + ($1.value >= Double(bound) ? $1.times : 0) }
    }
}

/// Whole numbers with the times that each came.
private struct NumberCounts: Sendable {
    /// Numbers and times by slot; a slot with no times is free.
    private var slots = [Slot](repeating: Slot(), count: 64)
    private(set) var count = 0

    private struct Slot: Sendable {
        var value: Int64 = 0
        var times = 0
    }

    /// The numbers, in no order.
    var entries: [(value: Int64, times: Int)] { slots.compactMap { $0.times > 0 ? ($0.value, $0.times) : nil } }

    /// Adds a number that came so many times, once at least.
    mutating func add(_ value: Int64, _ times: Int) {
        let mask = slots.count - 1
        let isNew = slots.withUnsafeMutableBufferPointer { slots in
            let mixed = UInt64(bitPattern: value) &* 0x9E37_79B9_7F4A_7C15
            var slot = Int(truncatingIfNeeded: mixed &>> 32) & mask
            while slots[slot].times > 0 {
                if slots[slot].value == value {
                    slots[slot].times &+= times
                    return false
                }
                slot = (slot + 1) & mask
            }
            slots[slot] = Slot(value: value, times: times)
            return true
        }
        guard isNew else { return }
        count += 1
        guard count * 2 > slots.count else { return }
        let old = slots
        slots = [Slot](repeating: Slot(), count: old.count * 2)
        count = 0
        for slot in old where slot.times > 0 { add(slot.value, slot.times) }
    }
}
