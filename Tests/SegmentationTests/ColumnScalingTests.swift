import CustomerData
import Foundation
import LinearAlgebra
import Testing

@testable import Segmentation

@Suite("Column scaling")
struct ColumnScalingTests {
    private let matrix = Matrix(
        rowCount: 5, columnCount: 3, elements: [1.0, 7, 0, 2, 7, 0, 3, 7, 0, 4, 7, 0, 10, 7, 9])

    // scikit-learn 1.9.1, StandardScaler and RobustScaler on the same rows.
    @Test func `standard and robust scales are scikit-learn's`() throws {
        let standard = try ColumnScaling(.standard, of: matrix)
        #expect(standard.centres == [4, 7, 1.8])
        #expect(zip(standard.spreads, [3.1622776601683795, 1, 3.6]).allSatisfy { abs($0 - $1) < 1e-15 })
        let robust = try ColumnScaling(.robust, of: matrix)
        #expect(robust.centres == [3, 7, 0])
        #expect(robust.spreads == [2, 1, 1])
    }

    @Test(arguments: [FeatureTransform.Scaling.none, .standard, .robust])
    func `inverting takes a scaled matrix back`(scaling: FeatureTransform.Scaling) throws {
        let model = try ColumnScaling(scaling, of: matrix)
        let back = try model.invert(model.apply(matrix))
        for (found, expected) in zip(back.elements, matrix.elements) { #expect(abs(found - expected) < 1e-14) }
        #expect(try JSONDecoder().decode(ColumnScaling.self, from: JSONEncoder().encode(model)) == model)
    }

    @Test func `a constant column becomes 0, also where its mean is rounded`() throws {
        let constant = Matrix(rowCount: 3, columnCount: 1, elements: [0.1, 0.1, 0.1])
        for scaling in [FeatureTransform.Scaling.standard, .robust] {
            let scaled = try ColumnScaling(scaling, of: constant).apply(constant)
            #expect(scaled.elements.allSatisfy { abs($0) < 1e-16 })
        }
    }

    @Test func `no rows and other columns are refused`() throws {
        #expect(throws: Problem(.data, "no rows to scale")) {
            _ = try ColumnScaling(.standard, of: Matrix(rowCount: 0, columnCount: 3))
        }
        #expect(throws: Problem(.data, "2 columns, and the scaling has 3")) {
            _ = try ColumnScaling(.standard, of: matrix).apply(Matrix(rowCount: 1, columnCount: 2))
        }
    }
}
