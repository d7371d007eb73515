import CustomerData
import Statistics

/// Brings features to scales on which distances mean something, as each feature's transform declares.
///
/// In this order: the curve (ln(1 + x), or asinh(x) when any training value is negative), winsorising to quantiles of
/// the training values (Hyndman & Fan 1996, type 7), centring and scaling (mean and population standard deviation, or
/// median and interquartile range, of the winsorised values).
///
/// A feature whose scale is 0 carries no distance: a constant one is divided by 1, so that it is 0 everywhere; a robust
/// one whose interquartile range is 0 but which is not constant is divided by its population standard deviation.
public struct FeatureScaling: Sendable {
    /// The features that are scaled, left to right.
    public let columns: [FeatureDefinition]

    /// Scaling of these features.
    public init(columns: [FeatureDefinition]) { self.columns = columns }

    /// Learns the scaling from a table that has these features, by name; missing values (NaN) are passed over.
    ///
    /// - Throws: `Problem(.data)` when the table lacks a feature, or a feature has no value or an infinite one.
    /// - Complexity: O(n log n) a feature that is winsorised or robust, O(n) otherwise.
    public func fit(_ table: FeatureTable, parallel: Parallel = Parallel()) throws -> FeatureScalingModel {
        let positions = try FeatureScalingModel.positions(of: columns.map(\.name), in: table)
        return FeatureScalingModel(
            columns: try parallel.tryMap(columns.count) { index in
                try FeatureScaling.column(columns[index], table, position: positions[index])
            })
    }

    /// The scaling of one feature.
    private static func column(_ definition: FeatureDefinition, _ table: FeatureTable, position: Int) throws
        -> FeatureScalingModel.Column
    {
        let transform = definition.transform
        var values: [Double] = []
        values.reserveCapacity(table.rowCount)
        var hasNegative = false
        for row in 0..<table.rowCount {
            let value = table[row, position]
            if value.isNaN { continue }
            guard value.isFinite else {
                throw Problem(.data, "feature \"\(definition.name)\": the value in row \(row) is infinite")
            }
            if value < 0 { hasNegative = true }
            values.append(value)
        }
        guard !values.isEmpty else { throw Problem(.data, "feature \"\(definition.name)\": no row has a value") }

        let curve: FeatureScalingModel.Curve = transform.curve == .none ? .none : hasNegative ? .asinh : .log1p
        if curve != .none {
            for index in values.indices { values[index] = curve.apply(values[index]) }
        }
        var limits: (low: Double, high: Double)?
        let needsOrder = transform.winsorise > 0 || transform.scaling == .robust
        let sorted = needsOrder ? values.sorted() : []
        if transform.winsorise > 0 {
            let low = Quantiles.linear(transform.winsorise, sorted: sorted)
            let high = Quantiles.linear(1 - transform.winsorise, sorted: sorted)
            limits = (low, high)
            for index in values.indices { values[index] = min(max(values[index], low), high) }
        }
        var (center, scale) = (0.0, 1.0)
        switch transform.scaling {
        case .none: break
        case .standard: (center, scale) = moments(of: values)
        case .robust:
            // Winsorising keeps the order, and with limits outside of the quartiles the quartiles.
            let ordered = limits.map { limits in sorted.map { min(max($0, limits.low), limits.high) } } ?? sorted
            center = Quantiles.linear(0.5, sorted: ordered)
            scale = Quantiles.linear(0.75, sorted: ordered) - Quantiles.linear(0.25, sorted: ordered)
            if scale == 0 { scale = moments(of: values).deviation }
        }
        return FeatureScalingModel.Column(
            definition: definition, curve: curve, low: limits?.low, high: limits?.high, center: center,
            scale: scale > 0 ? scale : 1)
    }

    /// Mean and population standard deviation, in two passes; exactly 0 apart from the mean for equal values.
    private static func moments(of values: [Double]) -> (mean: Double, deviation: Double) {
        let origin = values[0]
        var sum = 0.0
        for value in values { sum += value - origin }
        let mean = origin + sum / Double(values.count)
        var squares = 0.0
        for value in values { squares += (value - mean) * (value - mean) }
        return (mean, (squares / Double(values.count)).squareRoot())
    }
}
