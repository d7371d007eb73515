/// Counts rows that differ from each other.
enum DistinctRows {
    /// The number of distinct rows of positive weight, or `enough` when there are at least so many.
    ///
    /// - Complexity: O(rows × columns) at worst; it ends at the `enough`th distinct row, most often among the first.
    static func count(_ data: CentredPoints, weights: [Double]?, enough: Int) -> Int {
        var slots = [Int](repeating: -1, count: 4)
        while slots.count < 4 * min(enough, data.rowCount) { slots += slots }
        let mask = slots.count - 1
        var count = 0
        for row in 0..<data.rowCount where weights.map({ $0[row] > 0 }) ?? true {
            let values = UnsafeBufferPointer(start: data.points + row * data.stride, count: data.columnCount)
            var slot = hash(values) & mask
            while slots[slot] >= 0 {
                let other = UnsafeBufferPointer(start: data.points + slots[slot] * data.stride, count: values.count)
                if values.elementsEqual(other) { break }
                slot = (slot + 1) & mask
            }
            if slots[slot] >= 0 { continue }
            slots[slot] = row
            count += 1
            if count == enough { return count }
        }
        return count
    }

    /// Mixes the values; 0 and −0 are equal and mix alike.
    private static func hash(_ values: UnsafeBufferPointer<Float>) -> Int {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        for value in values {
            state = (state ^ UInt64(value == 0 ? 0 : value.bitPattern)) &* 0xBF58_476D_1CE4_E5B9
            state ^= state >> 31
        }
        return Int(truncatingIfNeeded: state >> 1)
    }
}
