/// Counts repeated values by their 64-bit digests, in bounded memory: all of them up to a limit, and beyond it those of a
/// share of the different values that is halved until it fits.
///
/// Which values are in the share depends on their digests alone: all repeats of a value are in it or none, and what is
/// added in any order, or in parts that are merged, gives the same result.
public struct DigestSample: Sendable {
    /// Digests that are kept.
    public let limit: Int
    private var digests: [UInt64] = []
    /// Low bits that are zero in every digest that is kept.
    private var level = 0

    /// An empty sample of at most so many digests.
    public init(limit: Int = 1 << 20) { self.limit = limit }

    /// The share of different values that is looked at.
    public var share: Double { 1 / Double(1 << level) }

    /// Adds digests.
    public mutating func add(_ added: [UInt64]) {
        let mask: UInt64 = 1 << UInt64(level) - 1
        // What grows by doubling would hold twice the limit for a while.
        if digests.count > limit / 8 { digests.reserveCapacity(limit + limit / 16) }
        for digest in added where digest & mask == 0 { digests.append(digest) }
        while digests.count > limit { halve() }
    }

    /// Adds what another sample holds.
    public mutating func merge(_ other: DigestSample) {
        while level < other.level { halve() }
        add(other.digests)
    }

    private mutating func halve() {
        level += 1
        let mask: UInt64 = 1 << UInt64(level) - 1
        digests.removeAll { $0 & mask != 0 }
    }

    /// How many values repeat another: Σ (times − 1), how many different ones come twice or more, and the digests of
    /// the times of the one that comes most often. Scaled up by the share.
    public mutating func repeats() -> (extra: Int, clusters: Int, largest: Int) {
        RadixSort.sort(&digests)
        let sorted = digests
        var (extra, clusters, largest) = (0, 0, 0)
        var begin = 0
        while begin < sorted.count {
            var end = begin + 1
            while end < sorted.count, sorted[end] == sorted[begin] { end += 1 }
            if end - begin > 1 {
                extra += end - begin - 1
                clusters += 1
                largest = max(largest, end - begin)
            }
            begin = end
        }
        return (extra << level, clusters << level, largest)
    }
}
