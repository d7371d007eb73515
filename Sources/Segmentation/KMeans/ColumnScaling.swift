import CustomerData
import LinearAlgebra
import Statistics

/// Brings the columns of a matrix to a common scale: (x − centre) / spread, column by column.
public struct ColumnScaling: Hashable, Codable, Sendable {
    /// What centre and spread are: mean and population standard deviation, median and interquartile range, or 0 and 1.
    public let scaling: FeatureTransform.Scaling
    /// What is subtracted from each column.
    public let centres: [Double]
    /// What each column is divided by; 1 where the column has no spread, so that a constant column becomes 0.
    public let spreads: [Double]

    /// The scaling of a matrix of finite values with at least one row.
    ///
    /// Quartiles are interpolated linearly (Hyndman & Fan 1996, type 7), as scikit-learn's RobustScaler does.
    ///
    /// - Throws: a data problem when there is no row.
    /// - Complexity: O(rows × columns), for robust scaling × log rows.
    public init(_ scaling: FeatureTransform.Scaling, of matrix: Matrix<Double>) throws {
        guard matrix.rowCount > 0 else { throw Problem(.data, "no rows to scale") }
        self.scaling = scaling
        var centres: [Double] = []
        var spreads: [Double] = []
        for column in 0..<matrix.columnCount {
            let values = (0..<matrix.rowCount).map { matrix[$0, column] }
            let (centre, spread): (Double, Double)
            switch scaling {
            case .none:
                (centre, spread) = (0, 1)
            case .standard:
                // The mean is corrected by the mean of what is left, so that equal values have no spread at all.
                let rough = values.reduce(0, +) / Double(values.count)
                let mean = rough + values.reduce(0) { $0 + ($1 - rough) } / Double(values.count)
                let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
                (centre, spread) = (mean, variance.squareRoot())
            case .robust:
                let sorted = values.sorted()
                let quarters = (Quantiles.linear(0.25, sorted: sorted), Quantiles.linear(0.75, sorted: sorted))
                (centre, spread) = (Quantiles.linear(0.5, sorted: sorted), quarters.1 - quarters.0)
            }
            centres.append(centre)
            spreads.append(spread > 0 && values.contains { $0 != values[0] } ? spread : 1)
        }
        self.centres = centres
        self.spreads = spreads
    }

    /// The matrix on the common scale.
    ///
    /// - Throws: a data problem when there are other columns than in training.
    public func apply(_ matrix: Matrix<Double>) throws -> Matrix<Double> {
        try check(matrix)
        var scaled = matrix
        for row in 0..<matrix.rowCount {
            for column in 0..<matrix.columnCount {
                scaled[row, column] = (matrix[row, column] - centres[column]) / spreads[column]
            }
        }
        return scaled
    }

    /// The matrix in the units that `apply` was given.
    ///
    /// - Throws: a data problem when there are other columns than in training.
    public func invert(_ matrix: Matrix<Double>) throws -> Matrix<Double> {
        try check(matrix)
        var original = matrix
        for row in 0..<matrix.rowCount {
            for column in 0..<matrix.columnCount {
                original[row, column] = matrix[row, column] * spreads[column] + centres[column]
            }
        }
        return original
    }

    private func check(_ matrix: Matrix<Double>) throws {
        guard matrix.columnCount == centres.count else {
            throw Problem(.data, "\(matrix.columnCount) columns, and the scaling has \(centres.count)")
        }
    }
}
