import COpenBLAS

/// C ← α A B + β C over row-major buffers, by OpenBLAS on the calling thread.
///
/// The bits of the result depend on the shapes and the processor alone, so blocks of fixed shapes give the same bytes
/// for any number of threads.
///
/// - Parameters:
///   - left: A: `rowCount × innerCount`, or `innerCount × rowCount` when it is to be transposed.
///   - right: B: `innerCount × columnCount`, or `columnCount × innerCount` when it is to be transposed.
///   - rowCount: rows of C.
///   - columnCount: columns of C.
///   - innerCount: length of the inner products.
///   - scale: α.
///   - share: β; 0 overwrites what C holds.
///   - result: C: `rowCount × columnCount`.
/// - Complexity: O(rowCount · columnCount · innerCount).
public func multiply(
    _ left: UnsafePointer<Float>, transposingLeft: Bool = false,
    _ right: UnsafePointer<Float>, transposingRight: Bool = false,
    rowCount: Int, columnCount: Int, innerCount: Int, scale: Float = 1,
    share: Float = 0, into result: UnsafeMutablePointer<Float>
) {
    guard rowCount > 0, columnCount > 0 else { return }
    singleThreadedBLAS
    cblas_sgemm(
        CblasRowMajor, transposingLeft ? CblasTrans : CblasNoTrans, transposingRight ? CblasTrans : CblasNoTrans,
        Int32(rowCount), Int32(columnCount), Int32(innerCount), scale,
        left, Int32(max(1, transposingLeft ? rowCount : innerCount)),
        right, Int32(max(1, transposingRight ? innerCount : columnCount)),
        share, result, Int32(columnCount))
}

/// C ← α A B + β C over row-major buffers of doubles; as the product of floats.
///
/// - Complexity: O(rowCount · columnCount · innerCount).
public func multiply(
    _ left: UnsafePointer<Double>, transposingLeft: Bool = false,
    _ right: UnsafePointer<Double>, transposingRight: Bool = false,
    rowCount: Int, columnCount: Int, innerCount: Int, scale: Double = 1,
    share: Double = 0, into result: UnsafeMutablePointer<Double>
) {
    guard rowCount > 0, columnCount > 0 else { return }
    singleThreadedBLAS
    cblas_dgemm(
        CblasRowMajor, transposingLeft ? CblasTrans : CblasNoTrans, transposingRight ? CblasTrans : CblasNoTrans,
        Int32(rowCount), Int32(columnCount), Int32(innerCount), scale,
        left, Int32(max(1, transposingLeft ? rowCount : innerCount)),
        right, Int32(max(1, transposingRight ? innerCount : columnCount)),
        share, result, Int32(columnCount))
}
