import CustomerData
import Statistics

/// Learnt scales of features.
public struct FeatureScalingModel: Hashable, Codable, Sendable {
    /// The curve that was chosen.
    public enum Curve: String, Codable, Sendable {
        /// The value as it is.
        case none
        /// ln(1 + x); values below 0, which training did not see, count as 0.
        case log1p
        /// ln(x + √(x² + 1)).
        case asinh
    }

    /// The scale of one feature: `(clip(curve(x), low, high) − center) / scale`.
    public struct Column: Hashable, Codable, Sendable {
        /// The feature.
        public let definition: FeatureDefinition
        /// The curve.
        public let curve: Curve
        /// Where values on the curve are clipped below; nil when they are not.
        public let low: Double?
        /// Where values on the curve are clipped above; nil when they are not.
        public let high: Double?
        /// Mean or median on the curve; 0 when the feature is not scaled.
        public let center: Double
        /// Standard deviation or interquartile range on the curve; positive, and 1 when the feature is constant or not
        /// scaled.
        public let scale: Double

        /// A scale of a feature.
        public init(
            definition: FeatureDefinition, curve: Curve, low: Double?, high: Double?, center: Double, scale: Double
        ) {
            self.definition = definition
            self.curve = curve
            self.low = low
            self.high = high
            self.center = center
            self.scale = scale
        }

        /// A value on the scale; NaN stays NaN.
        func apply(_ value: Double) -> Double {
            var value = curve.apply(value)
            if let low, value < low { value = low }
            if let high, value > high { value = high }
            return (value - center) / scale
        }
    }

    /// The features, left to right.
    public let columns: [Column]

    /// Scales of features.
    public init(columns: [Column]) { self.columns = columns }

    /// The scaled features of every row of a table that has them, by name: `rowCount × columns.count` values,
    /// row-major. NaN stays NaN.
    ///
    /// - Throws: `Problem(.data)` when the table lacks a feature.
    /// - Complexity: O(rows × columns).
    public func apply(_ table: FeatureTable, parallel: Parallel = Parallel()) throws -> [Double] {
        try scaled(table, parallel) { $0 }
    }

    /// As `apply`, rounded to `Float`.
    public func applyAsFloat(_ table: FeatureTable, parallel: Parallel = Parallel()) throws -> [Float] {
        try scaled(table, parallel) { Float($0) }
    }

    /// The values that lie at scaled ones, in the features' units: what a centre means. Clipping is not undone.
    ///
    /// - Parameter scaled: rows × `columns.count` values, row-major.
    public func invert(_ scaled: [Double]) -> [Double] {
        precondition(scaled.count.isMultiple(of: max(columns.count, 1)))
        return scaled.indices.map { index in
            let column = columns[index % columns.count]
            return column.curve.invert(scaled[index] * column.scale + column.center)
        }
    }

    private func scaled<Element>(_ table: FeatureTable, _ parallel: Parallel, _ convert: (Double) -> Element) throws
        -> [Element]
    {
        let positions = try FeatureScalingModel.positions(of: columns.map(\.definition.name), in: table)
        let count = columns.count
        let width = table.columns.count
        return table.values.withView { values in
            [Element](unsafeUninitializedCapacity: table.rowCount * count) { buffer, initialized in
                let output = UncheckedSendable(buffer)
                parallel.forEachRange(table.rowCount, size: 4096) { rows, _, _ in
                    for (column, scale) in columns.enumerated() {
                        for row in rows {
                            output.value.initializeElement(
                                at: row * count + column,
                                to: convert(scale.apply(values[row * width + positions[column]])))
                        }
                    }
                }
                initialized = table.rowCount * count
            }
        }
    }

    /// Where a table has the features of those names.
    static func positions(of names: [String], in table: FeatureTable) throws -> [Int] {
        try names.map { name in
            guard let position = table.columns.firstIndex(where: { $0.name == name }) else {
                throw Problem(.data, "the table has no feature \"\(name)\"")
            }
            return position
        }
    }
}
