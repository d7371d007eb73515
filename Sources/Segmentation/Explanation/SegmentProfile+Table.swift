import CustomerData

extension SegmentProfile {
    /// Profiles as a table: what they are of, then `feature, unit`, how many have a value, `mean, sum_share, difference,
    /// low, high, rank, p0, p5, …, p100`.
    ///
    /// - Parameters:
    ///   - profiles: one a row.
    ///   - key: columns that say what segment each row is of.
    ///   - rows: name of the column that counts, and its unit: `customers`.
    public static func table(
        _ profiles: [SegmentProfile], key: [ResultTable.Column], rows: String
    ) -> ResultTable {
        func reals(_ name: String, unit: String = "", _ value: (SegmentProfile) -> Double?) -> ResultTable.Column {
            .init(name, unit: unit, .reals(profiles.map { value($0) ?? .nan }))
        }
        var columns = key
        columns.append(.init("feature", .texts(profiles.map(\.feature))))
        columns.append(.init("unit", .texts(profiles.map(\.unit))))
        columns.append(.init(rows, unit: rows, .integers(profiles.map { Int64($0.customerCount) })))
        columns.append(reals("mean") { $0.mean })
        columns.append(reals("sum_share", unit: "share") { $0.sumShare })
        columns.append(reals("difference") { $0.difference?.value })
        columns.append(reals("low") { $0.difference?.low })
        columns.append(reals("high") { $0.difference?.high })
        columns.append(.init("rank", .integers(profiles.map { $0.rank.map(Int64.init) ?? .min })))
        for position in SegmentProfile.probabilities.indices {
            columns.append(reals("p\(position * 5)") { $0.quantiles.isEmpty ? nil : $0.quantiles[position] })
        }
        return ResultTable(name: "segment_features", columns: columns)
    }
}
