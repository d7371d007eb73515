import LinearAlgebra
import Testing

@Suite("Solving with a positive definite matrix")
struct SymmetricSolveTests {
    @Test func `the solution satisfies the equations`() throws {
        // A = L Lᵀ with L = [2 0 0; 1 3 0; -1 2 1]; x = (1, -2, 3), worked by hand.
        let matrix = Matrix(rowCount: 3, columnCount: 3, elements: [4.0, 2, -2, 2, 10, 5, -2, 5, 6])
        let solution = try #require(solvePositiveDefinite(matrix, [-6, -3, 6]))
        for (found, expected) in zip(solution, [1.0, -2, 3]) { #expect(abs(found - expected) < 1e-13) }
    }

    @Test func `only the upper triangle is read`() {
        let full = Matrix(rowCount: 2, columnCount: 2, elements: [3.0, 1, 1, 2])
        let upper = Matrix(rowCount: 2, columnCount: 2, elements: [3.0, 1, .nan, 2])
        #expect(solvePositiveDefinite(upper, [5, 5]) == solvePositiveDefinite(full, [5, 5]))
    }

    @Test(arguments: [[1.0, 2, 2, 1], [0, 0, 0, 0], [.nan, 0, 0, 1], [1, 0, 0, -1]])
    func `a matrix that is not positive definite has no solution`(elements: [Double]) {
        #expect(solvePositiveDefinite(Matrix(rowCount: 2, columnCount: 2, elements: elements), [1, 1]) == nil)
    }

    @Test func `no equations, no unknowns`() {
        #expect(solvePositiveDefinite(Matrix(rowCount: 0, columnCount: 0), []) == [])
    }
}
