import CLAPACKE

/// The solution x of A x = b for a symmetric positive definite A, by Cholesky's factorisation (LAPACK's `dposv`).
///
/// - Parameters:
///   - matrix: n × n; only the upper triangle is read.
///   - right: n values.
/// - Returns: n values, or nil when the matrix is not positive definite (or holds NaN).
/// - Complexity: O(n³).
public func solvePositiveDefinite(_ matrix: Matrix<Double>, _ right: [Double]) -> [Double]? {
    precondition(matrix.rowCount == matrix.columnCount && right.count == matrix.rowCount)
    guard !right.isEmpty else { return [] }
    singleThreadedBLAS
    let size = Int32(right.count)
    var factor = matrix.elements
    var solution = right
    // In row-major order the upper triangle is column-major's lower one.
    let status = LAPACKE_dposv(LAPACK_COL_MAJOR, CChar(UInt8(ascii: "L")), size, 1, &factor, size, &solution, size)
    return status == 0 && solution.allSatisfy(\.isFinite) ? solution : nil
}
