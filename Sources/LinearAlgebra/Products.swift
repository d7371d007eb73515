import COpenBLAS

/// How a matrix enters a product.
public enum MatrixOrientation: Sendable {
    /// As it stands.
    case plain
    /// With rows and columns exchanged.
    case transposed

    var flag: CBLAS_TRANSPOSE { self == .plain ? CblasNoTrans : CblasTrans }
}

/// C ← α A B + β C over row-major buffers, by OpenBLAS on the calling thread.
///
/// The bits of the result depend on the shapes and the processor alone, so blocks of fixed shapes give the same bytes
/// for any number of threads.
///
/// - Parameters:
///   - rowCount: rows of A (after its orientation) and of C.
///   - columnCount: columns of B (after its orientation) and of C.
///   - innerCount: columns of A and rows of B (after their orientations).
///   - left: A: `rowCount × innerCount`, or `innerCount × rowCount` when transposed.
///   - right: B: `innerCount × columnCount`, or `columnCount × innerCount` when transposed.
///   - result: C: `rowCount × columnCount`.
/// - Complexity: O(rowCount · columnCount · innerCount).
public func multiply(
    rowCount: Int, columnCount: Int, innerCount: Int, scale: Float = 1,
    _ left: UnsafePointer<Float>, _ leftOrientation: MatrixOrientation = .plain,
    _ right: UnsafePointer<Float>, _ rightOrientation: MatrixOrientation = .plain,
    addingTo share: Float = 0, _ result: UnsafeMutablePointer<Float>
) {
    guard rowCount > 0, columnCount > 0 else { return }
    singleThreadedBLAS
    cblas_sgemm(
        CblasRowMajor, leftOrientation.flag, rightOrientation.flag, Int32(rowCount), Int32(columnCount),
        Int32(innerCount), scale, left, Int32(max(1, leftOrientation == .plain ? innerCount : rowCount)), right,
        Int32(max(1, rightOrientation == .plain ? columnCount : innerCount)), share, result, Int32(columnCount))
}

/// C ← α A B + β C over row-major buffers of doubles; as the product of floats.
///
/// - Complexity: O(rowCount · columnCount · innerCount).
public func multiply(
    rowCount: Int, columnCount: Int, innerCount: Int, scale: Double = 1,
    _ left: UnsafePointer<Double>, _ leftOrientation: MatrixOrientation = .plain,
    _ right: UnsafePointer<Double>, _ rightOrientation: MatrixOrientation = .plain,
    addingTo share: Double = 0, _ result: UnsafeMutablePointer<Double>
) {
    guard rowCount > 0, columnCount > 0 else { return }
    singleThreadedBLAS
    cblas_dgemm(
        CblasRowMajor, leftOrientation.flag, rightOrientation.flag, Int32(rowCount), Int32(columnCount),
        Int32(innerCount), scale, left, Int32(max(1, leftOrientation == .plain ? innerCount : rowCount)), right,
        Int32(max(1, rightOrientation == .plain ? columnCount : innerCount)), share, result, Int32(columnCount))
}
