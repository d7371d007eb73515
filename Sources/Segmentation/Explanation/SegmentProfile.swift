import CustomerData
import Statistics

/// What the customers of a segment are like, feature by feature: quantiles that one of them can be set beside.
public struct SegmentProfile: Hashable, Sendable {
    /// The segment; empty for the customers without one.
    public let segment: String
    /// The feature.
    public let feature: String
    /// Unit of the feature.
    public let unit: String
    /// Customers of the segment that have a value.
    public let customerCount: Int
    /// The quantiles at `probabilities`: the smallest value that at least that share of them does not exceed (Hyndman &
    /// Fan 1996, type 1); the first is the least value. Empty when no customer has a value.
    public let quantiles: [Double]

    /// Twentieths from 0 to 1.
    public static let probabilities = (0...20).map { Double($0) / 20 }

    /// A profile of those quantiles, as many as there are probabilities or none.
    public init(segment: String, feature: String, unit: String, customerCount: Int, quantiles: [Double]) {
        precondition(quantiles.isEmpty || quantiles.count == SegmentProfile.probabilities.count)
        self.segment = segment
        self.feature = feature
        self.unit = unit
        self.customerCount = customerCount
        self.quantiles = quantiles
    }

    /// The median; nil when no customer has a value.
    public var median: Double? { quantiles.isEmpty ? nil : quantiles[10] }

    /// Between which shares the share of the segment's customers with a smaller value lies: exactly 0 when nobody has
    /// one, at least the first and less than the second otherwise. Nil when no customer has a value.
    public func shareBelow(_ value: Double) -> (least: Double, most: Double)? {
        guard !quantiles.isEmpty, !value.isNaN else { return nil }
        // A quantile below the value stands for at least its share; one that is not, for more than is below.
        let smaller = quantiles.count { $0 < value }
        guard smaller > 0 else { return (0, 0) }
        guard smaller < quantiles.count else { return (1, 1) }
        return (SegmentProfile.probabilities[smaller - 1], SegmentProfile.probabilities[smaller])
    }

    /// The profiles of all segments that have customers, by segment and then by feature.
    ///
    /// - Parameters:
    ///   - table: the features, a row a customer.
    ///   - segments: index of each customer's segment among the names; one outside of them for none.
    ///   - names: the segments' names.
    ///   - parallel: threads; the result does not depend on their number.
    /// - Complexity: O(customers × features), by radix sorts.
    public static func all(
        _ table: FeatureTable, segments: [UInt16], names: [String], parallel: Parallel = Parallel()
    ) -> [SegmentProfile] {
        precondition(segments.count == table.rowCount)
        var members = [[UInt32]](repeating: [], count: names.count + 1)
        for (row, segment) in segments.enumerated() { members[min(Int(segment), names.count)].append(UInt32(row)) }
        let columnCount = table.columns.count
        return parallel.map(members.count * columnCount) { task in
            let (segment, column) = task.quotientAndRemainder(dividingBy: columnCount)
            return SegmentProfile(
                segment: segment < names.count ? names[segment] : "", definition: table.columns[column],
                values: members[segment].withUnsafeBufferPointer { rows in
                    table.values.withUnsafeBufferPointer { values in
                        rows.compactMap { row in
                            let value = values[Int(row) * columnCount + column]
                            return value.isNaN ? nil : SegmentProfile.key(value)
                        }
                    }
                }, isEmpty: members[segment].isEmpty)
        }.compactMap(\.self)
    }

    private init?(segment: String, definition: FeatureDefinition, values: [UInt64], isEmpty: Bool) {
        if isEmpty { return nil }
        var keys = values
        RadixSort.sort(&keys)
        self.init(
            segment: segment, feature: definition.name, unit: definition.unit, customerCount: keys.count,
            quantiles: keys.isEmpty
                ? []
                : SegmentProfile.probabilities.map { SegmentProfile.value(Quantiles.inverse($0, sorted: keys)) })
    }

    /// A number with the same order as a double: the bits, with the sign turned, and all bits of negative ones.
    private static func key(_ value: Double) -> UInt64 {
        // -0 and 0 are one value.
        let bits = (value == 0 ? 0 : value).bitPattern
        return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
    }

    private static func value(_ key: UInt64) -> Double {
        Double(bitPattern: key >> 63 == 1 ? key & ~(1 << 63) : ~key)
    }
}

extension SegmentProfile {
    /// Profiles as a table: `segment, feature, unit, customers, p0, p5, …, p100`.
    public static func table(_ profiles: [SegmentProfile]) -> ResultTable {
        ResultTable(
            name: "segment_features",
            columns: [
                .init("segment", .texts(profiles.map(\.segment))),
                .init("feature", .texts(profiles.map(\.feature))),
                .init("unit", .texts(profiles.map(\.unit))),
                .init("customers", unit: "customers", .integers(profiles.map { Int64($0.customerCount) })),
            ]
                + SegmentProfile.probabilities.indices.map { position in
                    .init(
                        "p\(position * 5)",
                        .reals(profiles.map { $0.quantiles.isEmpty ? .nan : $0.quantiles[position] }))
                })
    }
}
