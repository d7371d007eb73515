import CustomerData
import Statistics

extension SegmentProfile {
    /// The profiles of all segments that have customers: a list a division, by segment and then by feature.
    ///
    /// - Parameters:
    ///   - table: the features, a row a customer, in their own units; a missing value (NaN) is passed over.
    ///   - divisions: each with a segment a row.
    ///   - compared: a feature's values on the scale that differences are taken on, by its number: one a row, NaN where
    ///     there is none. By default the values themselves.
    ///   - parallel: threads; the result does not depend on their number.
    /// - Complexity: O(customers × features × (divisions + digits)), by one radix sort a feature.
    public static func all(
        _ table: FeatureTable, divisions: [SegmentDivision], compared: (@Sendable (Int) -> [Double])? = nil,
        parallel: Parallel = Parallel()
    ) -> [[SegmentProfile]] {
        precondition(divisions.allSatisfy { $0.segments.count == table.rowCount })
        let sizes = divisions.map(\.sizes)
        let columns = parallel.map(table.columns.count) { column in
            let values = table.column(column)
            let scaled = compared.map { $0(column) } ?? values
            let rows = ascendingRows(values)
            return zip(divisions, sizes).map { division, sizes in
                ColumnProfile(values, scaled: scaled, ascending: rows, division, sizes: sizes)
                    .profiles(table.columns[column])
            }
        }
        return divisions.indices.map { division in
            (0...divisions[division].names.count).flatMap { place -> [SegmentProfile] in
                guard sizes[division][place] > 0 else { return [] }
                return ranked(columns.map { $0[division][place] })
            }
        }
    }

    /// Gives the features of a segment their ranks.
    private static func ranked(_ profiles: [SegmentProfile]) -> [SegmentProfile] {
        var profiles = profiles
        let order = profiles.indices.filter { profiles[$0].difference != nil }.sorted { left, right in
            let (first, second) = (profiles[left].difference?.value ?? 0, profiles[right].difference?.value ?? 0)
            return (second.magnitude, left) < (first.magnitude, right)
        }
        for (position, index) in order.enumerated() { profiles[index].rank = position + 1 }
        return profiles
    }

    /// The rows that have a value, in ascending order of it.
    private static func ascendingRows(_ values: [Double]) -> [UInt32] {
        var keys: [UInt64] = []
        var rows: [UInt32] = []
        keys.reserveCapacity(values.count)
        for row in values.indices where !values[row].isNaN {
            keys.append(RadixSort.key(values[row]))
            rows.append(UInt32(row))
        }
        return RadixSort.order(of: keys).map { rows[Int($0)] }
    }
}

/// One feature of all segments of a division.
private struct ColumnProfile {
    let division: SegmentDivision
    /// Values of each segment, ascending; the last are those of none.
    private var sorted: [[Double]]
    private var means: [Double?]
    private var moments: [SampleMoments]

    init(_ values: [Double], scaled: [Double], ascending: [UInt32], _ division: SegmentDivision, sizes: [Int]) {
        self.division = division
        sorted = sizes.map { size in
            var list: [Double] = []
            list.reserveCapacity(size)
            return list
        }
        for row in ascending { sorted[division.place(Int(row))].append(values[Int(row)] == 0 ? 0 : values[Int(row)]) }
        means = sorted.map { $0.isEmpty ? nil : $0.reduce(0, +) / Double($0.count) }
        moments = ColumnProfile.moments(scaled, division)
    }

    /// Moments by segment, in two passes; those of no segment stand last.
    private static func moments(_ values: [Double], _ division: SegmentDivision) -> [SampleMoments] {
        var counts = [Int](repeating: 0, count: division.names.count + 1)
        // Differences from a value of the feature keep the digits of far values.
        let origin = values.first { !$0.isNaN } ?? 0
        var sums = [Double](repeating: 0, count: counts.count)
        for row in values.indices where !values[row].isNaN {
            counts[division.place(row)] += 1
            sums[division.place(row)] += values[row] - origin
        }
        let means = zip(sums, counts).map { $1 > 0 ? origin + $0 / Double($1) : 0 }
        var squares = [Double](repeating: 0, count: counts.count)
        for row in values.indices where !values[row].isNaN {
            let place = division.place(row)
            squares[place] += (values[row] - means[place]) * (values[row] - means[place])
        }
        return counts.indices.map { SampleMoments(count: counts[$0], mean: means[$0], squares: squares[$0]) }
    }

    /// The profile of every segment, the last that of the customers without one.
    func profiles(_ definition: FeatureDefinition) -> [SegmentProfile] {
        let named = division.names.indices
        let sums = sorted.map { $0.reduce(0, +) }
        let total = named.reduce(0) { $0 + sums[$1] }
        let isAdditive = total > 0 && total.isFinite && named.allSatisfy { (sorted[$0].first ?? 0) >= 0 }
        return sorted.indices.map { place in
            let isNamed = place < division.names.count
            var rest = SampleMoments()
            for other in named where other != place { rest.merge(moments[other]) }
            return SegmentProfile(
                segment: division.name(place), feature: definition.name, unit: definition.unit,
                customerCount: sorted[place].count, mean: means[place],
                sumShare: isNamed && isAdditive ? sums[place] / total : nil,
                difference: isNamed ? StandardisedDifference(moments[place], against: rest) : nil,
                quantiles: sorted[place].isEmpty
                    ? [] : SegmentProfile.probabilities.map { Quantiles.inverse($0, sorted: sorted[place]) })
        }
    }
}
