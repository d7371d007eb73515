/// Counts rows that differ from each other.
enum DistinctRows {
    /// The number of distinct rows of positive weight, or `enough` when there are at least so many.
    ///
    /// - Complexity: O(rows × columns) at worst; it ends at the `enough`th distinct row, most often among the first.
    static func count(_ data: CentredPoints, weights: [Double]?, enough: Int) -> Int {
        var found = Found(stride: data.stride, enough: min(enough, data.rowCount))
        var first = 0
        while first < data.rowCount, found.count < enough {
            let end = min(first + CentredPoints.chunkSize, data.rowCount)
            data.forEachChunk(first..<end) { points, rows in
                for row in rows where found.count < enough && weights.map({ $0[row] > 0 }) ?? true {
                    found.insert(
                        UnsafeBufferPointer(start: points + (row - first) * data.stride, count: data.stride))
                }
            }
            first = end
        }
        return found.count
    }

    /// A hash table of rows.
    private struct Found {
        let stride: Int
        private(set) var count = 0
        private var rows: [Float] = []
        /// Index of a row of `rows`, or −1.
        private var slots: [Int]

        init(stride: Int, enough: Int) {
            self.stride = stride
            var size = 4
            while size < 4 * enough { size *= 2 }
            slots = [Int](repeating: -1, count: size)
        }

        mutating func insert(_ values: UnsafeBufferPointer<Float>) {
            let mask = slots.count - 1
            var slot = hash(values) & mask
            while slots[slot] >= 0 {
                let start = slots[slot] * stride
                if values.elementsEqual(rows[start..<start + stride]) { return }
                slot = (slot + 1) & mask
            }
            slots[slot] = count
            rows.append(contentsOf: values)
            count += 1
        }

        /// Mixes the values; 0 and −0 are equal and mix alike.
        private func hash(_ values: UnsafeBufferPointer<Float>) -> Int {
            var state: UInt64 = 0x9E37_79B9_7F4A_7C15
            for value in values {
                state = (state ^ UInt64(value == 0 ? 0 : value.bitPattern)) &* 0xBF58_476D_1CE4_E5B9
                state ^= state >> 31
            }
            return Int(truncatingIfNeeded: state >> 1)
        }
    }
}
