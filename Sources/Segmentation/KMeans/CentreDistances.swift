import CKernels
import Statistics

/// Centres side by side, and the squared distances of rows to all of them, as whole tables.
struct CentreDistances: Sendable {
    let centres: KMeansCentres
    /// Values a row of a table: centres, padded to a multiple of eight.
    let width: Int
    /// Dimension × width: the centres as columns; the padding repeats the first centre, which changes no least value.
    private let columns: [Double]

    init(_ centres: KMeansCentres) {
        self.centres = centres
        width = CentreDistances.width(centres.count)
        var columns: [Double] = []
        columns.reserveCapacity(centres.columnCount * width)
        for column in 0..<centres.columnCount {
            for place in 0..<width {
                columns.append(centres.exact[(place < centres.count ? place : 0) * centres.stride + column])
            }
        }
        self.columns = columns
    }

    /// Values a row of a table of so many centres.
    static func width(_ count: Int) -> Int {
        (count + STRATA_SQUARES_LANES - 1) / STRATA_SQUARES_LANES * STRATA_SQUARES_LANES
    }

    /// Writes the squared distances of some rows: `rows.count × width` values.
    func write(_ data: CentredPoints, _ rows: Range<Int>, to target: UnsafeMutablePointer<Double>) {
        data.forEachChunk(rows) { points, chunk in
            write(points, count: chunk.count, to: target + (chunk.lowerBound - rows.lowerBound) * width)
        }
    }

    /// Writes the squared distances of staged rows: `count × width` values.
    func write(_ points: UnsafePointer<Float>, count: Int, to target: UnsafeMutablePointer<Double>) {
        strata_squares(points, count, centres.stride, centres.columnCount, columns, width, target)
    }
}

/// Sums of rows by their labels.
struct LabelSums: Sendable {
    /// Weighted sums, `stride` values a cluster.
    var sums: [Double]
    /// Weights.
    var masses: [Double]

    /// The sums of all rows, added up in the order of the blocks.
    init(
        _ data: CentredPoints, weights: [Double]?, labels: [UInt32], clusterCount: Int, parallel: Parallel
    ) {
        let sumCount = clusterCount * data.stride
        let blocks = FixedBlocks(data.rowCount)
        let parts = parallel.map(blocks.count) { block in
            var sums = [Double](repeating: 0, count: sumCount)
            var masses = [Double](repeating: 0, count: clusterCount)
            labels.withUnsafeBufferPointer { labels in
                data.forEachChunk(blocks.rows(block)) { points, rows in
                    weights.withBase(rows.lowerBound) { weights in
                        strata_sums_by_label(
                            points, weights, rows.count, data.stride, labels.baseAddress.map { $0 + rows.lowerBound },
                            &sums, &masses)
                    }
                }
            }
            return (sums, masses)
        }
        sums = [Double](repeating: 0, count: sumCount)
        masses = [Double](repeating: 0, count: clusterCount)
        for (partSums, partMasses) in parts {
            for index in 0..<sumCount { sums[index] += partSums[index] }
            for index in 0..<clusterCount { masses[index] += partMasses[index] }
        }
    }

    /// The means, and the squared shift of all centres together; a cluster without mass keeps its centre.
    func means(after centres: KMeansCentres) -> (centres: KMeansCentres, shift: Double) {
        var next = centres.exact
        var shift = 0.0
        for cluster in 0..<centres.count where masses[cluster] > 0 {
            for index in cluster * centres.stride..<(cluster + 1) * centres.stride {
                next[index] = sums[index] / masses[cluster]
                shift += (next[index] - centres.exact[index]) * (next[index] - centres.exact[index])
            }
        }
        return (KMeansCentres(exact: next, columnCount: centres.columnCount), shift)
    }
}
