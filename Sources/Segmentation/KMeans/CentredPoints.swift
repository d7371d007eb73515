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

    func rows(ofBlock block: Int) -> Range<Int> {
        block * Self.blockSize..<min(rowCount, (block + 1) * Self.blockSize)
    }

    /// The points less an origin, by default the (weighted) mean of their columns.
    ///
    /// - Throws: a data problem that names the row and the column of a value that is not finite.
    /// - Complexity: O(rows × columns); two passes, four bytes a value.
    init<Element>(
        _ matrix: Matrix<Element>, weights: [Double]? = nil, origin given: [Double]? = nil, columnNames: [String],
        parallel: Parallel
    ) throws {
        let origin = try given ?? Self.means(matrix, weights: weights, columnNames: columnNames, parallel: parallel)
        let stride = (matrix.columnCount + 3) / 4 * 4
        let padded = Self.padded(matrix.rowCount)
        let layout = UncheckedSendable(
            Layout(
                stride: stride, points: Self.allocate(padded * stride),
                radii: Self.allocate(padded / STRATA_KMEANS_LANES)))
        let squares = parallel.map((matrix.rowCount + Self.blockSize - 1) / Self.blockSize) { block in
            let rows = block * Self.blockSize..<min(matrix.rowCount, (block + 1) * Self.blockSize)
            return matrix.elements.withUnsafeBufferPointer { elements in
                origin.withUnsafeBufferPointer {
                    layout.value.centre(elements, weights: weights, rows: rows, origin: $0)
                }
            }
        }
        let rest = (padded - matrix.rowCount) * stride
        (layout.value.points + matrix.rowCount * stride).update(repeating: 0, count: rest)

        let total = squares.reduce(0, +)
        rowCount = matrix.rowCount
        columnCount = matrix.columnCount
        self.stride = stride
        self.origin = origin
        storage = UncheckedSendable(layout.value.points)
        lengths = UncheckedSendable(layout.value.radii)
        let weight = weights?.reduce(0, +) ?? Double(matrix.rowCount)
        meanVariance = weight > 0 ? total / weight / Double(matrix.columnCount) : 0
        guard total.isFinite else {
            throw Self.problem(matrix, columnNames: columnNames)
                ?? Problem(.data, "a value lies too far from the mean of its column for 32-bit floats")
        }
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
        precondition(posix_memalign(&memory, byteCount < largePage ? 64 : largePage, byteCount) == 0, "out of memory")
        guard let memory else { preconditionFailure("out of memory") }
        #if os(Linux)
            // Only advice: without large pages the memory is as good.
            if byteCount >= largePage { madvise(memory, byteCount, MADV_HUGEPAGE) }
        #endif
        return memory.bindMemory(to: Float.self, capacity: max(1, count))
    }

    /// The mean of every column; throws when a value is not finite.
    private static func means<Element>(
        _ matrix: Matrix<Element>, weights: [Double]?, columnNames: [String], parallel: Parallel
    ) throws -> [Double] {
        let columnCount = matrix.columnCount
        let blocks = (matrix.rowCount + blockSize - 1) / blockSize
        let parts = parallel.map(blocks) { block in
            matrix.elements.withUnsafeBufferPointer { elements in
                let rows = block * blockSize..<min(matrix.rowCount, (block + 1) * blockSize)
                return [Double](unsafeUninitializedCapacity: columnCount) { sums, count in
                    sums.initialize(repeating: 0)
                    for row in rows {
                        let start = row * columnCount
                        if let weights {
                            for column in 0..<columnCount {
                                sums[column] += weights[row] * Double(elements[start + column])
                            }
                        } else {
                            for column in 0..<columnCount { sums[column] += Double(elements[start + column]) }
                        }
                    }
                    count = columnCount
                }
            }
        }
        var sums = [Double](repeating: 0, count: columnCount)
        for part in parts { for column in 0..<columnCount { sums[column] += part[column] } }
        guard sums.allSatisfy(\.isFinite) else {
            throw problem(matrix, columnNames: columnNames)
                ?? Problem(.data, "the sum of a column is too large for a 64-bit float")
        }
        let weight = weights?.reduce(0, +) ?? Double(matrix.rowCount)
        return sums.map { weight > 0 ? $0 / weight : 0 }
    }

    /// Names the first value that is not finite.
    private static func problem<Element>(_ matrix: Matrix<Element>, columnNames: [String]) -> Problem? {
        guard let index = matrix.elements.firstIndex(where: { !$0.isFinite }) else { return nil }
        let (row, column) = index.quotientAndRemainder(dividingBy: matrix.columnCount)
        let name = column < columnNames.count ? "\"\(columnNames[column])\"" : "\(column)"
        let found = matrix.elements[index].isNaN ? "no number (NaN)" : "an infinite number"
        return Problem(.data, "row \(row) (the first is 0), column \(name): expected a finite number, found \(found)")
    }
}

/// Where centred rows go.
private struct Layout {
    let stride: Int
    let points: UnsafeMutablePointer<Float>
    let radii: UnsafeMutablePointer<Float>

    /// Writes some centred rows, the first a multiple of sixteen, and gives the (weighted) sum of their squared
    /// lengths.
    func centre<Element: BinaryFloatingPoint>(
        _ elements: UnsafeBufferPointer<Element>, weights: [Double]?, rows: Range<Int>,
        origin: UnsafeBufferPointer<Double>
    ) -> Double {
        var total = 0.0
        for first in Swift.stride(from: rows.lowerBound, to: rows.upperBound, by: STRATA_KMEANS_LANES) {
            var longest = 0.0
            for row in first..<min(first + STRATA_KMEANS_LANES, rows.upperBound) {
                let source = row * origin.count
                let target = points + row * stride
                var square = 0.0
                for column in 0..<origin.count {
                    let value = Float(Double(elements[source + column]) - origin[column])
                    target[column] = value
                    square += Double(value) * Double(value)
                }
                for column in origin.count..<stride { target[column] = 0 }
                longest = max(longest, square)
                total += weights.map { $0[row] * square } ?? square
            }
            // A little longer than it is, so that rounding never makes it shorter.
            radii[first / STRATA_KMEANS_LANES] = longest < 1e36 ? Float(longest.squareRoot()) * 1.000_001 : .infinity
        }
        return total
    }
}
