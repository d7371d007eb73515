import LinearAlgebra
import Statistics

/// The rows that are most like their segment.
///
/// A segment's medoid is the row whose squared Euclidean distances to all others of it add up to the least. As
/// Σ‖x − y‖² = n‖x − μ‖² + Σ‖y − μ‖², that is the row nearest to the segment's mean μ, found in one pass; the next most
/// typical ones are the next nearest. Rows as near stand in the order of the table.
public struct TypicalMembers: Hashable, Sendable {
    /// A row and how near it is.
    public struct Member: Hashable, Sendable {
        /// Number of the row, from 0.
        public let row: Int
        /// Euclidean distance to the segment's mean, in the units of the points.
        public let distance: Double
    }

    /// Index of the segment among the names.
    public let segment: Int
    /// The rows, the most typical first.
    public let members: [Member]

    /// The most typical rows of each segment that has rows, by segment.
    ///
    /// - Parameters:
    ///   - points: rows × columns, in the space that rows are compared in; a row with a missing value (NaN) is left out.
    ///   - division: a segment a row of the points.
    ///   - weights: one a row, for the means; a row of weight 0 is never typical. Nil when every row weighs 1.
    ///   - count: rows a segment, at most.
    ///   - parallel: the threads; the result does not depend on their number.
    /// - Complexity: O(rows × columns).
    public static func all<Element: BinaryFloatingPoint & Sendable>(
        _ points: Matrix<Element>, division: SegmentDivision, weights: [Double]? = nil, count: Int = 3,
        parallel: Parallel = Parallel()
    ) -> [TypicalMembers] {
        precondition(division.segments.count == points.rowCount && count > 0)
        let width = points.columnCount
        let blockSize = 8192
        let blocks = (points.rowCount + blockSize - 1) / blockSize
        func rows(_ block: Int) -> Range<Int> { block * blockSize..<min(points.rowCount, (block + 1) * blockSize) }
        /// Segment and weight of a row that counts.
        func member(_ row: Int) -> (place: Int, weight: Double)? {
            let (place, weight) = (division.place(row), weights.map { $0[row] } ?? 1)
            guard place < division.names.count, weight > 0 else { return nil }
            for column in 0..<width where points.elements[row * width + column].isNaN { return nil }
            return (place, weight)
        }
        let origin = (0..<points.rowCount).first { member($0) != nil }.map { row in
            (0..<width).map { Double(points.elements[row * width + $0]) }
        }
        guard let origin else { return [] }
        let names = division.names.count
        var sums = [Double](repeating: 0, count: names * (width + 1))
        let empty = sums
        let parts = parallel.map(blocks) { block in
            var part = empty
            for row in rows(block) {
                guard let (place, weight) = member(row) else { continue }
                let start = place * (width + 1)
                part[start] += weight
                for column in 0..<width {
                    part[start + 1 + column] +=
                        weight * (Double(points.elements[row * width + column]) - origin[column])
                }
            }
            return part
        }
        for part in parts { for index in sums.indices { sums[index] += part[index] } }
        let means = (0..<names * width).map { index -> Double in
            let (place, column) = index.quotientAndRemainder(dividingBy: width)
            let start = place * (width + 1)
            return sums[start] > 0 ? origin[column] + sums[start + 1 + column] / sums[start] : 0
        }
        let nearest = parallel.map(blocks) { block in
            var found = [[Member]](repeating: [], count: names)
            for row in rows(block) {
                guard let (place, _) = member(row) else { continue }
                var square = 0.0
                for column in 0..<width {
                    let difference = Double(points.elements[row * width + column]) - means[place * width + column]
                    square += difference * difference
                }
                found[place].keep(Member(row: row, distance: square.squareRoot()), count)
            }
            return found
        }
        return (0..<names).compactMap { place in
            var members: [Member] = []
            for block in nearest { for member in block[place] { members.keep(member, count) } }
            return members.isEmpty ? nil : TypicalMembers(segment: place, members: members)
        }
    }
}

extension [TypicalMembers.Member] {
    /// Adds a member that comes after all others in the table, if it is among the nearest.
    fileprivate mutating func keep(_ member: TypicalMembers.Member, _ limit: Int) {
        if count == limit, let last, last.distance <= member.distance { return }
        let place = firstIndex { $0.distance > member.distance } ?? count
        insert(member, at: place)
        if count > limit { removeLast() }
    }
}
