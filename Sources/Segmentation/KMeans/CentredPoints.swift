import CKernels
import CustomerData
import LinearAlgebra
import Statistics

/// Points less an origin, as floats, as the kernels of `kmeans.h` take them: staged chunk by chunk from the input, which
/// is neither copied nor changed.
///
/// Distances are taken between centred points, since near the origin floats lie closest together.
final class CentredPoints: Sendable {
    /// Rows that are staged at a time.
    static let chunkSize = 512

    let rowCount: Int
    let columnCount: Int
    /// Floats a staged row: columns, padded with zeros to a multiple of four.
    let stride: Int
    /// What is subtracted from each column.
    let origin: [Double]
    /// Mean of the columns' (weighted) variances about the origin.
    let meanVariance: Double
    private let source: Source

    /// The points less an origin, by default the (weighted) mean of their columns.
    ///
    /// - Throws: a data problem that names the row and the column of a value that is not finite.
    /// - Complexity: O(rows × columns); one pass, no memory a row. Points that are neither float nor double are
    ///   converted to doubles first.
    init<Element>(
        _ matrix: Matrix<Element>, weights: [Double]? = nil, origin: [Double]? = nil, columnNames: [String],
        parallel: Parallel
    ) throws {
        if let floats = matrix as? Matrix<Float> {
            source = .floats(floats.elements)
        } else if let doubles = matrix as? Matrix<Double> {
            source = .doubles(doubles.elements)
        } else {
            source = .doubles(matrix.elements.map(Double.init))
        }
        (rowCount, columnCount) = (matrix.rowCount, matrix.columnCount)
        stride = (columnCount + 3) / 4 * 4
        let weight = weights?.reduce(0, +) ?? Double(rowCount)
        let moments = source.moments(
            rowCount, columnCount, weights: weights, shift: origin, parallel: parallel)
        let means = moments.sums.map { weight > 0 ? $0 / weight : 0 }
        self.origin = origin ?? zip(moments.shift, means).map { $0 + $1 }
        // About the origin: about the shift, less the square of the way from there. The shift is a row, and of no less
        // weight than any other, so at most a few more digits are lost than there are digits in the number of rows.
        var variances = 0.0
        for column in 0..<columnCount where weight > 0 {
            let way = origin == nil ? means[column] : 0
            variances += max(0, moments.squares[column] / weight - way * way)
        }
        meanVariance = columnCount > 0 ? variances / Double(columnCount) : 0
        guard moments.sums.allSatisfy(\.isFinite), moments.squares.allSatisfy(\.isFinite),
            moments.extents.allSatisfy({ $0 < Double(Float.greatestFiniteMagnitude) / 4 })
        else {
            throw NonFiniteValue.problem(matrix, columnNames: columnNames)
                ?? Problem(.data, "a value lies too far from the mean of its column for 32-bit floats")
        }
    }

    static func padded(_ rowCount: Int) -> Int {
        (rowCount + STRATA_KMEANS_LANES - 1) / STRATA_KMEANS_LANES * STRATA_KMEANS_LANES
    }

    /// Calls `body` with chunks of some rows, staged, and the numbers of their rows.
    func forEachChunk(_ rows: Range<Int>, _ body: (_ points: UnsafePointer<Float>, _ rows: Range<Int>) -> Void) {
        source.forEachChunk(rows, columnCount, origin: origin, stride: stride, body)
    }

    /// Stages the rows with the offsets `chosen` from `first` on.
    func stage(_ chosen: UnsafeBufferPointer<UInt32>, from first: Int, to target: UnsafeMutablePointer<Float>) {
        source.stage(
            chosen.count, chosen: chosen.baseAddress, from: first, columnCount, origin: origin, stride: stride,
            to: target)
    }

    /// Calls `body` with chosen rows, staged.
    func withStaged(_ chosen: [UInt32], _ body: (UnsafePointer<Float>) -> Void) {
        let capacity = Self.padded(chosen.count) * stride
        withUnsafeTemporaryAllocation(of: Float.self, capacity: capacity) { staged in
            guard let staged = staged.baseAddress else { return }
            chosen.withUnsafeBufferPointer { stage($0, from: 0, to: staged) }
            body(staged)
        }
    }

    /// A row, staged, in doubles.
    func row(_ row: Int) -> [Double] {
        var values = [Float](repeating: 0, count: stride * STRATA_KMEANS_LANES)
        source.stage(1, chosen: nil, from: row, columnCount, origin: origin, stride: stride, to: &values)
        return values[..<stride].map(Double.init)
    }
}

/// The points as they were given.
private enum Source: Sendable {
    case floats([Float])
    case doubles([Double])

    /// Sums of each column's values less a shift, by default the row of the largest weight, the first of such.
    func moments(
        _ rowCount: Int, _ columnCount: Int, weights: [Double]?, shift: [Double]?, parallel: Parallel
    ) -> Moments {
        let first = weights.flatMap { weights in weights.firstIndex(of: weights.max() ?? 0) } ?? 0
        let shift = shift ?? (rowCount == 0 ? [Double](repeating: 0, count: columnCount) : row(first, columnCount))
        let blocks = FixedBlocks(rowCount)
        let parts = parallel.map(blocks.count) { block in
            let rows = blocks.rows(block)
            var part = Moments(shift)
            weights.withBase(rows.lowerBound) { weights in
                switch self {
                case .floats(let values):
                    values.withUnsafeBufferPointer {
                        strata_kmeans_moments_floats(
                            $0.baseAddress.map { $0 + rows.lowerBound * columnCount }, weights, rows.count,
                            columnCount, shift, &part.sums, &part.squares, &part.extents)
                    }
                case .doubles(let values):
                    values.withUnsafeBufferPointer {
                        strata_kmeans_moments_doubles(
                            $0.baseAddress.map { $0 + rows.lowerBound * columnCount }, weights, rows.count,
                            columnCount, shift, &part.sums, &part.squares, &part.extents)
                    }
                }
            }
            return part
        }
        return parts.reduce(into: Moments(shift)) { $0.add($1) }
    }

    private func row(_ row: Int, _ columnCount: Int) -> [Double] {
        let range = row * columnCount..<(row + 1) * columnCount
        switch self {
        case .floats(let values): return values[range].map(Double.init)
        case .doubles(let values): return Array(values[range])
        }
    }

    /// Stages `count` rows from `first` on: the next ones, or those of the offsets `chosen`.
    func stage(
        _ count: Int, chosen: UnsafePointer<UInt32>?, from first: Int, _ columnCount: Int, origin: [Double],
        stride: Int, to target: UnsafeMutablePointer<Float>
    ) {
        switch self {
        case .floats(let values):
            values.withUnsafeBufferPointer {
                strata_kmeans_stage_floats(
                    $0.baseAddress.map { $0 + first * columnCount }, chosen, count, columnCount, origin, stride, target)
            }
        case .doubles(let values):
            values.withUnsafeBufferPointer {
                strata_kmeans_stage_doubles(
                    $0.baseAddress.map { $0 + first * columnCount }, chosen, count, columnCount, origin, stride, target)
            }
        }
    }

    func forEachChunk(
        _ rows: Range<Int>, _ columnCount: Int, origin: [Double], stride: Int,
        _ body: (_ points: UnsafePointer<Float>, _ rows: Range<Int>) -> Void
    ) {
        let capacity = CentredPoints.padded(min(rows.count, CentredPoints.chunkSize)) * stride
        withUnsafeTemporaryAllocation(of: Float.self, capacity: capacity) { staged in
            guard let staged = staged.baseAddress else { return }
            for first in Swift.stride(from: rows.lowerBound, to: rows.upperBound, by: CentredPoints.chunkSize) {
                let chunk = first..<min(first + CentredPoints.chunkSize, rows.upperBound)
                stage(
                    chunk.count, chosen: nil, from: first, columnCount, origin: origin, stride: stride, to: staged)
                body(staged, chunk)
            }
        }
    }
}

/// Sums over rows of what their values have above a shift.
private struct Moments: Sendable {
    let shift: [Double]
    var sums: [Double]
    var squares: [Double]
    /// The largest absolute values.
    var extents: [Double]

    init(_ shift: [Double]) {
        self.shift = shift
        sums = [Double](repeating: 0, count: shift.count)
        squares = sums
        extents = sums
    }

    mutating func add(_ other: Moments) {
        for column in shift.indices {
            sums[column] += other.sums[column]
            squares[column] += other.squares[column]
            extents[column] = max(extents[column], other.extents[column])
        }
    }
}

/// Rows divided into blocks that depend on their number alone: sums over them, added up in their order, have the same
/// bytes for any number of threads.
struct FixedBlocks: Sendable {
    let rowCount: Int
    /// Rows of a block; the last may have fewer. A multiple of the chunk size.
    let size: Int

    /// Blocks of 8,192 rows; of more where there would be over 128, and of at least `least`.
    init(_ rowCount: Int, least: Int = 0) {
        self.rowCount = rowCount
        let wanted = max(8192, rowCount / 128, least)
        size = (wanted + CentredPoints.chunkSize - 1) / CentredPoints.chunkSize * CentredPoints.chunkSize
    }

    var count: Int { (rowCount + size - 1) / size }

    func rows(_ block: Int) -> Range<Int> { block * size..<min(rowCount, (block + 1) * size) }
}

extension Optional<[Double]> {
    /// Calls `body` with the address of the values from `first` on, or with nil when there are none.
    func withBase<Result>(_ first: Int, _ body: (UnsafePointer<Double>?) -> Result) -> Result {
        guard let self else { return body(nil) }
        return self.withUnsafeBufferPointer { body($0.baseAddress.map { $0 + first }) }
    }
}
