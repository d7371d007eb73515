import CustomerData

/// The different values of a column within a block, with their counts; one worker's scratch memory.
final class BlockValues {
    /// A slot holds the position of a value in `hashes` plus one.
    private var slots: UnsafeMutablePointer<UInt32>
    private var slotCount = 0
    private var capacity = 0
    private(set) var count = 0
    private(set) var hashes: UnsafeMutablePointer<UInt64>
    private(set) var counts: UnsafeMutablePointer<UInt32>
    private(set) var spans: UnsafeMutablePointer<Span>
    /// The position of each row's value.
    private(set) var positions: UnsafeMutablePointer<UInt32>

    init() {
        slots = .allocate(capacity: 0)
        hashes = .allocate(capacity: 0)
        counts = .allocate(capacity: 0)
        spans = .allocate(capacity: 0)
        positions = .allocate(capacity: 0)
    }

    deinit { deallocate() }

    private func deallocate() {
        slots.deallocate()
        hashes.deallocate()
        counts.deallocate()
        spans.deallocate()
        positions.deallocate()
    }

    private func reserve(_ rows: Int) {
        guard rows > capacity else { return }
        deallocate()
        capacity = rows
        slotCount = 64
        while slotCount < 2 * rows { slotCount *= 2 }
        slots = .allocate(capacity: slotCount)
        hashes = .allocate(capacity: rows)
        counts = .allocate(capacity: rows)
        spans = .allocate(capacity: rows)
        positions = .allocate(capacity: rows)
    }

    /// The hash of a cell, with equally good bits.
    @inline(__always)
    static func hash(_ text: UnsafePointer<UInt8>, _ span: Span) -> UInt64 {
        hash(text + Int(span.start), Int(span.length))
    }

    /// As of a cell; eight bytes behind these are readable.
    @inline(__always)
    static func hash(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
        let hash = ByteHash.hash(bytes, count)
        return (hash ^ hash &>> 32) &* 0xD6E8_FEB8_6659_FD93
    }

    /// Finds the different values of a column. Values are one when their 64-bit hashes are.
    func fill(_ block: CellBlock, column: Int) {
        let rows = block.rowCount
        reserve(rows)
        slots.update(repeating: 0, count: slotCount)
        let mask = slotCount - 1
        let text = block.text
        let cells = block.column(column)
        // What an object holds is checked at every access.
        let (slots, hashes, counts, spans, positions) = (slots, hashes, counts, spans, positions)
        var count = 0
        defer { self.count = count }
        for row in 0..<rows {
            let hash = BlockValues.hash(text, cells[row])
            var slot = Int(truncatingIfNeeded: hash) & mask
            var position = 0
            while true {
                let entry = Int(slots[slot])
                if entry == 0 {
                    position = count
                    hashes[position] = hash
                    counts[position] = 0
                    spans[position] = cells[row]
                    count &+= 1
                    slots[slot] = UInt32(truncatingIfNeeded: count)
                    break
                }
                if hashes[entry - 1] == hash {
                    position = entry - 1
                    break
                }
                slot = (slot + 1) & mask
            }
            counts[position] &+= 1
            positions[row] = UInt32(truncatingIfNeeded: position)
        }
    }

    /// The bytes of a value.
    @inline(__always)
    func bytes(_ position: Int, of block: CellBlock) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(
            start: block.text + Int(spans[position].start), count: Int(spans[position].length))
    }
}
