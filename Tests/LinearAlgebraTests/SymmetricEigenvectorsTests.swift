import LinearAlgebra
import Testing

@Suite("Eigenvectors of symmetric matrices")
struct SymmetricEigenvectorsTests {
    @Test func `vectors are orthonormal and give the matrix back`() throws {
        let size = 5
        var matrix = Matrix<Double>(rowCount: size, columnCount: size)
        for row in 0..<size { for column in 0..<size { matrix[row, column] = 1 / Double(row + column + 1) } }
        let (values, vectors) = try #require(symmetricEigenvectors(matrix))
        #expect(values == values.sorted())
        for one in 0..<size {
            for other in 0..<size {
                let product = (0..<size).reduce(0) { $0 + vectors[one, $1] * vectors[other, $1] }
                #expect(abs(product - (one == other ? 1 : 0)) < 1e-14)
                let entry = (0..<size).reduce(0) { $0 + values[$1] * vectors[$1, one] * vectors[$1, other] }
                #expect(abs(entry - matrix[one, other]) < 1e-14)
            }
        }
    }

    @Test func `only the upper triangle is read, and NaN has no answer`() throws {
        let matrix = Matrix(rowCount: 2, columnCount: 2, elements: [2.0, 1, .greatestFiniteMagnitude, 2])
        let (values, _) = try #require(symmetricEigenvectors(matrix))
        #expect(abs(values[0] - 1) < 1e-14 && abs(values[1] - 3) < 1e-14)
        #expect(symmetricEigenvectors(Matrix(rowCount: 1, columnCount: 1, elements: [.nan])) == nil)
        #expect(symmetricEigenvectors(Matrix(rowCount: 0, columnCount: 0))?.values.isEmpty == true)
    }
}
