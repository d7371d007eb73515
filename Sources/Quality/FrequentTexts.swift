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
        var count: Int
    }

    /// A block's most frequent texts.
    struct Summary: Sendable {
        var entries: [Entry] = []
        var lost = 0
    }

    private var entries: [UInt64: Entry] = [:]
    /// By how much a count may be too small.
    private(set) var lost = 0

    /// Adds a block's summary.
    mutating func merge(_ summary: Summary) {
        lost += summary.lost
        for entry in summary.entries {
            entries[entry.hash, default: Entry(hash: entry.hash, text: entry.text, count: 0)].count += entry.count
        }
        // Not at every block: what is above the capacity for a while costs memory only.
        guard entries.count > 4 * FrequentTexts.capacity else { return }
        let cut = entries.values.map(\.count).sorted(by: >)[FrequentTexts.capacity]
        lost += cut
        entries = entries.compactMapValues { entry in
            var entry = entry
            entry.count -= cut
            return entry.count > 0 ? entry : nil
        }
    }

    /// The most frequent texts, at most so many; equal ones in the order of their bytes.
    func top(_ count: Int) -> [Entry] {
        Array(
            entries.values.sorted {
                if $0.count != $1.count { return $0.count > $1.count }
                return $0.text == $1.text ? $0.hash < $1.hash : $0.text.lexicographicallyPrecedes($1.text)
            }.prefix(count))
    }

    /// Texts that are kept.
    var count: Int { entries.count }

    /// The summary of values with their counts.
    ///
    /// - Parameter text: the bytes of the value at a position.
    static func summary(
        hashes: UnsafeBufferPointer<UInt64>, counts: UnsafeBufferPointer<UInt32>,
        text: (Int) -> UnsafeBufferPointer<UInt8>
    ) -> Summary {
        var cut: UInt32 = 0
        if hashes.count > capacity {
            // The largest count that so many values exceed.
            var byCount = [Int](repeating: 0, count: 1024)
            for count in counts { byCount[min(Int(count), 1023)] += 1 }
            var above = 0
            for count in (0..<1024).reversed() {
                above += byCount[count]
                if above > capacity {
                    cut = UInt32(count)
                    break
                }
            }
        }
        var summary = Summary(lost: Int(cut))
        for position in hashes.indices where counts[position] > cut {
            let bytes = text(position)
            var end = min(bytes.count, textLimit)
            while end > 0, end < bytes.count, bytes[end] & 0xC0 == 0x80 { end -= 1 }
            summary.entries.append(
                Entry(hash: hashes[position], text: Array(bytes[..<end]), count: Int(counts[position] - cut)))
        }
        return summary
    }
}
