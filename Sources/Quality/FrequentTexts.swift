import CustomerData

/// The most frequent texts of a column, by the Misra-Gries summary as Agarwal et al. (2012) merge it: a count is too small
/// by at most `lost`, which is 0 while few texts are different, and at most the number of cells divided by the capacity.
///
/// Summaries of blocks are merged in the order of the file, so that the result does not depend on threads.
struct FrequentTexts: Sendable {
    /// Texts that are kept.
    static let capacity = 512
    /// Bytes of a text that are kept.
    static let textLimit = 96

    struct Entry: Sendable {
        let hash: UInt64
        let text: [UInt8]
        let count: Int
    }

    /// A block's most frequent texts: hashes, counts, and the texts one after the other.
    struct Summary: Sendable {
        fileprivate var hashes: [UInt64] = []
        fileprivate var counts: [Int] = []
        fileprivate var bytes: [UInt8] = []
        fileprivate var ends: [Int] = []
        fileprivate var lost = 0
    }

    private var positions = HashPositions()
    private var hashes: [UInt64] = []
    private var counts: [Int] = []
    /// The texts one after the other, those that were left out among them until the next `reduce`.
    private var bytes: [UInt8] = []
    private var texts: [Range<Int>] = []
    /// By how much a count may be too small.
    private(set) var lost = 0

    /// Adds a block's summary.
    mutating func merge(_ summary: Summary) {
        lost += summary.lost
        var begin = 0
        for (place, hash) in summary.hashes.enumerated() {
            let text = begin..<summary.ends[place]
            begin = text.upperBound
            let known = positions.find(hash)
            if known >= 0 {
                counts[known] += summary.counts[place]
            } else {
                positions.insert(hash, position: hashes.count)
                hashes.append(hash)
                counts.append(summary.counts[place])
                texts.append(bytes.count..<bytes.count + text.count)
                bytes.append(contentsOf: summary.bytes[text])
            }
        }
        // Not at every block: what is above the capacity for a while costs memory only.
        if hashes.count > 4 * FrequentTexts.capacity { reduce() }
    }

    /// Takes off every count what the first one beyond the capacity has.
    private mutating func reduce() {
        let cut = counts.sorted(by: >)[FrequentTexts.capacity]
        lost += cut
        let kept = counts.indices.filter { counts[$0] > cut }
        hashes = kept.map { hashes[$0] }
        var keptBytes: [UInt8] = []
        texts = kept.map { position in
            keptBytes.append(contentsOf: bytes[texts[position]])
            return keptBytes.count - texts[position].count..<keptBytes.count
        }
        bytes = keptBytes
        counts = kept.map { counts[$0] - cut }
        positions.removeAll()
        for (position, hash) in hashes.enumerated() { positions.insert(hash, position: position) }
    }

    /// The most frequent texts, at most so many; equal ones in the order of their bytes.
    func top(_ count: Int) -> [Entry] {
        hashes.indices.sorted {
            if counts[$0] != counts[$1] { return counts[$0] > counts[$1] }
            let (left, right) = (bytes[texts[$0]], bytes[texts[$1]])
            return left == right ? hashes[$0] < hashes[$1] : left.lexicographicallyPrecedes(right)
        }.prefix(count).map { Entry(hash: hashes[$0], text: Array(bytes[texts[$0]]), count: counts[$0]) }
    }

    /// Texts that are kept.
    var count: Int { hashes.count }

    /// The summary of values with their counts.
    ///
    /// - Parameter text: the bytes of the value at a position.
    static func summary(
        hashes: UnsafeBufferPointer<UInt64>, counts: UnsafeBufferPointer<UInt32>,
        text: (Int) -> UnsafeBufferPointer<UInt8>
    ) -> Summary {
        let cut = hashes.count > capacity ? cut(of: counts) : 0
        var summary = Summary(lost: Int(cut))
        let room = min(hashes.count, capacity)
        summary.hashes.reserveCapacity(room)
        summary.counts.reserveCapacity(room)
        summary.ends.reserveCapacity(room)
        for position in hashes.indices where counts[position] > cut {
            let bytes = text(position)
            var end = min(bytes.count, textLimit)
            while end > 0, end < bytes.count, bytes[end] & 0xC0 == 0x80 { end -= 1 }
            summary.hashes.append(hashes[position])
            summary.counts.append(Int(counts[position] - cut))
            summary.bytes.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[..<end]))
            summary.ends.append(summary.bytes.count)
        }
        return summary
    }

    /// The largest count that more values have than are kept.
    private static func cut(of counts: UnsafeBufferPointer<UInt32>) -> UInt32 {
        var byCount = [Int](repeating: 0, count: 1024)
        for count in counts { byCount[min(Int(count), 1023)] += 1 }
        var above = 0
        for count in (0..<1024).reversed() {
            above += byCount[count]
            if above > capacity { return UInt32(count) }
        }
        return 0
    }
}
