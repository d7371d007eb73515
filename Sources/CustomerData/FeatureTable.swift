/// One vector a row: named columns of numbers, row-major.
public struct FeatureTable: Sendable {
    /// What the columns are, left to right.
    public let columns: [FeatureDefinition]
    /// Ids of the rows, or nil when rows are known by their number.
    public let ids: IdentifierList?
    /// Name of the id column, when there is one.
    public let idName: String
    /// `rowCount × columns.count` values, row-major; NaN where a value is missing.
    public let values: FeatureValues
    /// Rows of the table.
    public let rowCount: Int

    /// A table of `rowCount × columns.count` values, row-major.
    public init(columns: [FeatureDefinition], ids: IdentifierList?, idName: String, values: [Double], rowCount: Int) {
        self.init(columns: columns, ids: ids, idName: idName, values: FeatureValues(values), rowCount: rowCount)
    }

    /// A table of `rowCount × columns.count` values, row-major.
    public init(
        columns: [FeatureDefinition], ids: IdentifierList?, idName: String, values: FeatureValues, rowCount: Int
    ) {
        precondition(values.count == rowCount * columns.count)
        precondition(ids == nil || ids?.count == rowCount)
        self.columns = columns
        self.ids = ids
        self.idName = idName
        self.values = values
        self.rowCount = rowCount
    }

    /// The value of a row in a column.
    @inlinable
    public subscript(row: Int, column: Int) -> Double { values[row * columns.count + column] }
}

/// The one declaration of a feature: what it is called, what it is counted in, how it is computed and how it is
/// brought to a scale on which distances mean something.
public struct FeatureDefinition: Hashable, Codable, Sendable {
    /// Column name, in snake case.
    public let name: String
    /// Unit of the value: `days`, `orders`, `money`, `share`, …
    public let unit: String
    /// How it is computed, in words or as a formula.
    public let formula: String
    /// What is done to it before distances are taken.
    public let transform: FeatureTransform

    /// A feature of that name, unit, formula and transform.
    public init(name: String, unit: String, formula: String, transform: FeatureTransform) {
        self.name = name
        self.unit = unit
        self.formula = formula
        self.transform = transform
    }
}

/// Steps that bring a feature to a scale on which distances mean something, applied in the order of the properties.
public struct FeatureTransform: Hashable, Codable, Sendable {
    /// Draws in a long tail.
    public enum Curve: String, Codable, Sendable {
        /// Leaves the value as it is.
        case none
        /// ln(1 + x); asinh(x) when any training value is negative.
        case log
    }

    /// Centres and scales.
    public enum Scaling: String, Codable, Sendable {
        /// Leaves the value as it is.
        case none
        /// Subtracts the mean and divides by the population standard deviation.
        case standard
        /// Subtracts the median and divides by the interquartile range.
        case robust
    }

    /// The curve.
    public let curve: Curve
    /// Share cut off at either end to the quantile there (0.01 clips to the 1st and the 99th percentile); 0 for none.
    public let winsorise: Double
    /// The scaling.
    public let scaling: Scaling

    /// A transform of these steps.
    public init(curve: Curve = .none, winsorise: Double = 0, scaling: Scaling = .none) {
        self.curve = curve
        self.winsorise = winsorise
        self.scaling = scaling
    }
}
