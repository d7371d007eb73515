import CLAPACKE

/// The eigenvalues of a symmetric matrix, ascending, and their eigenvectors (LAPACK's `dsyev`).
///
/// - Parameter matrix: n × n; only the upper triangle is read.
/// - Returns: n values, and n × n with the eigenvector of value i as row i, each of length 1; nil when the matrix holds
///   a value that is not finite, or the iteration does not end.
/// - Complexity: O(n³).
public func symmetricEigenvectors(_ matrix: Matrix<Double>) -> (values: [Double], vectors: Matrix<Double>)? {
    precondition(matrix.rowCount == matrix.columnCount)
    let size = matrix.rowCount
    guard size > 0 else { return ([], matrix) }
    guard matrix.elements.allSatisfy(\.isFinite) else { return nil }
    singleThreadedBLAS
    // In row-major order the upper triangle is column-major's lower one, and column-major's columns are rows here.
    var vectors = matrix.elements
    var values = [Double](repeating: 0, count: size)
    let status = LAPACKE_dsyev(
        LAPACK_COL_MAJOR, CChar(UInt8(ascii: "V")), CChar(UInt8(ascii: "L")), Int32(size), &vectors, Int32(size),
        &values)
    guard status == 0 else { return nil }
    return (values, Matrix(rowCount: size, columnCount: size, elements: vectors))
}
