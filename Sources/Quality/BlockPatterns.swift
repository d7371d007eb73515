import CustomerData

/// The patterns of a column's cells within a block, with their counts.
struct BlockPatterns {
    private var texts: [UInt8] = []
    private var ranges: [Range<Int>] = []
    private var hashes: [UInt64] = []
    private var counts: [UInt32] = []
    private var positions = HashPositions()
    /// Columns mostly have the same pattern row after row.
    private var latest = -1

    /// Forgets all and keeps the memory.
    mutating func removeAll() {
        texts.removeAll(keepingCapacity: true)
        ranges.removeAll(keepingCapacity: true)
        hashes.removeAll(keepingCapacity: true)
        counts.removeAll(keepingCapacity: true)
        positions.removeAll()
        latest = -1
    }

    /// Counts a pattern.
    mutating func add(_ pattern: UnsafePointer<UInt8>, _ length: Int, _ times: Int) {
        // The hash reads up to eight bytes behind the text: the scanner has room there.
        add(pattern, length, hash: BlockValues.hash(pattern, length), times)
    }

    /// Counts a pattern with its `BlockValues.hash`.
    mutating func add(_ pattern: UnsafePointer<UInt8>, _ length: Int, hash: UInt64, _ times: Int) {
        if latest < 0 || hashes[latest] != hash {
            let known = positions.find(hash)
            latest = known >= 0 ? known : enter(pattern, length, hash)
        }
        counts[latest] += UInt32(truncatingIfNeeded: times)
    }

    private mutating func enter(_ pattern: UnsafePointer<UInt8>, _ length: Int, _ hash: UInt64) -> Int {
        positions.insert(hash, position: hashes.count)
        hashes.append(hash)
        counts.append(0)
        let begin = texts.count
        texts.append(contentsOf: UnsafeBufferPointer(start: pattern, count: length))
        ranges.append(begin..<texts.count)
        return hashes.count - 1
    }

    /// The most frequent ones.
    var summary: FrequentTexts.Summary {
        hashes.withUnsafeBufferPointer { hashes in
            counts.withUnsafeBufferPointer { counts in
                texts.withUnsafeBufferPointer { texts in
                    FrequentTexts.summary(hashes: hashes, counts: counts) {
                        UnsafeBufferPointer(rebasing: texts[ranges[$0]])
                    }
                }
            }
        }
    }
}
