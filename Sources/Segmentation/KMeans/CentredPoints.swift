import CKernels
import CustomerData
import LinearAlgebra
import Statistics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Points less an origin, as floats, laid out for the kernels of `kmeans.h`: rows padded with zeros to a multiple of
/// four columns, and with rows of zeros to a multiple of sixteen rows.
///
/// Distances are taken between centred points, since near the origin floats lie closest together.
final class CentredPoints: Sendable {
    /// Rows that go to one task; sums are added up by blocks of so many, whatever the number of threads.
    static let blockSize = 8192

    let rowCount: Int
    let columnCount: Int
    /// Floats a row.
    let stride: Int
    /// What was subtracted from each column.
    let origin: [Double]
    /// Mean of the columns' (weighted) variances about the origin.
    let meanVariance: Double

    private let storage: UncheckedSendable<UnsafeMutablePointer<Float>>
    private let lengths: UncheckedSendable<UnsafeMutablePointer<Float>>

    /// The centred rows.
    var points: UnsafePointer<Float> { UnsafePointer(storage.value) }
    /// The length of the longest of every sixteen rows, rounded up; infinite where floats could overflow.
    var radii: UnsafePointer<Float> { UnsafePointer(lengths.value) }

    /// Rows with the padding.
    var paddedRowCount: Int { Self.padded(rowCount) }
    var blockCount: Int { (rowCount + Self.blockSize - 1) / Self.blockSize }

    static func padded(_ rowCount: Int) -> Int {
        (rowCount + STRATA_KMEANS_LANES - 1) / STRATA_KMEANS_LANES * STRATA_KMEANS_LANES
    }

    func rows(ofBlock block: Int) -> Range<Int> { Self.rows(ofBlock: block, of: rowCount) }

    private static func rows(ofBlock block: Int, of rowCount: Int) -> Range<Int> {
        block * blockSize..<min(rowCount, (block + 1) * blockSize)
    }

    /// The points less an origin, by default the (weighted) mean of their columns.
    ///
    /// - Throws: a data problem that names the row and the column of a value that is not finite.
    /// - Complexity: O(rows × columns); two passes, four bytes a value. Points that are neither float nor double are
    ///   converted to doubles first.
    convenience init<Element>(
        _ matrix: Matrix<Element>, weights: [Double]? = nil, origin: [Double]? = nil, columnNames: [String],
        parallel: Parallel
    ) throws {
        let source: Source
        if let floats = matrix as? Matrix<Float> {
            source = .floats(floats.elements)
        } else if let doubles = matrix as? Matrix<Double> {
            source = .doubles(doubles.elements)
        } else {
            source = .doubles(matrix.elements.map(Double.init))
        }
        func check(_ isFine: Bool, _ otherwise: String) throws {
            guard isFine else {
                throw NonFiniteValue.problem(matrix, columnNames: columnNames) ?? Problem(.data, otherwise)
            }
        }
        let (rowCount, columnCount) = (matrix.rowCount, matrix.columnCount)
        let weight = weights?.reduce(0, +) ?? Double(rowCount)
        let sums = origin == nil ? source.sums(rowCount, columnCount, weights: weights, parallel: parallel) : []
        try check(sums.allSatisfy(\.isFinite), "the sum of a column is too large for a 64-bit float")
        self.init(
            source, rowCount: rowCount, columnCount: columnCount, weights: weights, weight: weight,
            origin: origin ?? sums.map { weight > 0 ? $0 / weight : 0 }, parallel: parallel)
        try check(meanVariance.isFinite, "a value lies too far from the mean of its column for 32-bit floats")
    }

    private init(
        _ source: Source, rowCount: Int, columnCount: Int, weights: [Double]?, weight: Double, origin: [Double],
        parallel: Parallel
    ) {
        let stride = (columnCount + 3) / 4 * 4
        let padded = Self.padded(rowCount)
        let storage = UncheckedSendable(Self.allocate(padded * stride))
        let lengths = UncheckedSendable(Self.allocate(padded / STRATA_KMEANS_LANES))
        (storage.value + rowCount * stride).initialize(repeating: 0, count: (padded - rowCount) * stride)
        let zeros = [Double](repeating: 0, count: stride)
        let squares = parallel.map((rowCount + Self.blockSize - 1) / Self.blockSize) { block in
            let rows = Self.rows(ofBlock: block, of: rowCount)
            let target = storage.value + rows.lowerBound * stride
            source.centre(rows, columnCount: columnCount, origin: origin, stride: stride, to: target)
            return weights.withBase(rows.lowerBound) {
                strata_kmeans_lengths(
                    target, $0, rows.count, stride, zeros, lengths.value + rows.lowerBound / STRATA_KMEANS_LANES)
            }
        }
        self.rowCount = rowCount
        self.columnCount = columnCount
        self.stride = stride
        self.origin = origin
        self.storage = storage
        self.lengths = lengths
        meanVariance = rowCount > 0 && weight > 0 ? squares.reduce(0, +) / weight / Double(columnCount) : 0
    }

    deinit {
        free(storage.value)
        free(lengths.value)
    }

    /// Memory for so many floats, on large pages where there are such: a page a fault of 4 KiB would cost as much time
    /// as an iteration over the rows.
    private static func allocate(_ count: Int) -> UnsafeMutablePointer<Float> {
        let largePage = 1 << 21
        let byteCount = max(1, count) * MemoryLayout<Float>.stride
        var memory: UnsafeMutableRawPointer?
        let status = posix_memalign(&memory, byteCount < largePage ? 64 : largePage, byteCount)
        guard status == 0, let memory else { preconditionFailure("out of memory") }
        #if os(Linux)
            // Only advice: without large pages the memory is as good.
            if byteCount >= largePage { madvise(memory, byteCount, MADV_HUGEPAGE) }
        #endif
        return memory.bindMemory(to: Float.self, capacity: max(1, count))
    }
}

/// The points as they were given.
private enum Source: Sendable {
    case floats([Float])
    case doubles([Double])

    /// The weighted sum of every column.
    func sums(_ rowCount: Int, _ columnCount: Int, weights: [Double]?, parallel: Parallel) -> [Double] {
        let size = CentredPoints.blockSize
        let parts = parallel.map((rowCount + size - 1) / size) { block in
            let first = block * size
            let count = min(size, rowCount - first)
            return [Double](unsafeUninitializedCapacity: columnCount) { sums, initialized in
                weights.withBase(first) { weights in
                    switch self {
                    case .floats(let values):
                        values.withUnsafeBufferPointer {
                            strata_kmeans_column_sums_floats(
                                $0.baseAddress.map { $0 + first * columnCount }, weights, count, columnCount,
                                sums.baseAddress)
                        }
                    case .doubles(let values):
                        values.withUnsafeBufferPointer {
                            strata_kmeans_column_sums_doubles(
                                $0.baseAddress.map { $0 + first * columnCount }, weights, count, columnCount,
                                sums.baseAddress)
                        }
                    }
                }
                initialized = columnCount
            }
        }
        var sums = [Double](repeating: 0, count: columnCount)
        for part in parts { for column in 0..<columnCount { sums[column] += part[column] } }
        return sums
    }

    /// Writes some rows less the origin, with the padding of their columns.
    func centre(
        _ rows: Range<Int>, columnCount: Int, origin: [Double], stride: Int, to target: UnsafeMutablePointer<Float>
    ) {
        switch self {
        case .floats(let values):
            values.withUnsafeBufferPointer {
                strata_kmeans_centre_floats(
                    $0.baseAddress.map { $0 + rows.lowerBound * columnCount }, rows.count, columnCount, origin, stride,
                    target)
            }
        case .doubles(let values):
            values.withUnsafeBufferPointer {
                strata_kmeans_centre_doubles(
                    $0.baseAddress.map { $0 + rows.lowerBound * columnCount }, rows.count, columnCount, origin, stride,
                    target)
            }
        }
    }
}

extension Optional<[Double]> {
    /// Calls `body` with the address of the values from `first` on, or with nil when there are none.
    func withBase<Result>(_ first: Int, _ body: (UnsafePointer<Double>?) -> Result) -> Result {
        guard let self else { return body(nil) }
        return self.withUnsafeBufferPointer { body($0.baseAddress.map { $0 + first }) }
    }
}
