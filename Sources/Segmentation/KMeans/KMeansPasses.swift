import CKernels
import LinearAlgebra
import Statistics

/// Passes over all points with given centres. Blocks are fixed and what they give is added up in their order, so every
/// result has the same bytes for any number of threads.
struct KMeansPasses: Sendable {
    let data: CentredPoints
    /// Weight of each row, or nil when every row weighs 1.
    let weights: [Double]?
    let parallel: Parallel
    let blocks: FixedBlocks

    init(data: CentredPoints, weights: [Double]?, parallel: Parallel) {
        self.data = data
        self.weights = weights
        self.parallel = parallel
        blocks = FixedBlocks(data.rowCount)
    }

    /// How the nearest centres are found. Both ways give the same labels.
    enum Path: Sendable {
        /// Sixteen rows side by side against one centre after the other.
        case fused
        /// Products of points and centres through OpenBLAS.
        case products

        /// The faster path, as measured (docs/performance.md has the table): products only for more columns than the
        /// fused kernel takes.
        init(columnCount: Int) {
            self = columnCount <= STRATA_KMEANS_MAX_DIMENSION ? .fused : .products
        }
    }

    /// Labels of a staged chunk and their margins. `products` has room for `count × chunkSize` floats on that path.
    func label(
        _ points: UnsafePointer<Float>, count: Int, _ centres: UnsafePointer<strata_kmeans_centres>, path: Path,
        products: UnsafeMutablePointer<Float>?, labels: UnsafeMutablePointer<UInt32>,
        margins: UnsafeMutablePointer<Float>
    ) {
        guard path == .products, let products, let rounded = centres.pointee.rounded else {
            return strata_kmeans_label(points, count, centres, labels, margins)
        }
        let padded = CentredPoints.padded(count)
        multiply(
            rounded, points, transposingRight: true, rowCount: centres.pointee.count, columnCount: padded,
            innerCount: centres.pointee.stride, into: products)
        strata_kmeans_choose(products, padded, points, count, centres, labels, margins)
    }

    /// Floats that `label` needs for products.
    static func productCount(_ centres: KMeansCentres, _ path: Path) -> Int {
        path == .products ? centres.count * CentredPoints.chunkSize : 0
    }

    /// The nearest centre of every row, and the distance to it.
    func nearest(_ centres: KMeansCentres, path: Path) -> ClusterAssignment {
        var distances: [Double] = []
        let labels = [UInt32](unsafeUninitializedCapacity: data.rowCount) { labels, labelCount in
            distances = [Double](unsafeUninitializedCapacity: data.rowCount) { distances, distanceCount in
                strata_advise_large_pages(distances.baseAddress, data.rowCount * MemoryLayout<Double>.stride)
                strata_advise_large_pages(labels.baseAddress, data.rowCount * MemoryLayout<UInt32>.stride)
                let targets = UncheckedSendable((labels: labels, distances: distances))
                centres.withKernel { kernel in
                    let kernel = UncheckedSendable(kernel)
                    parallel.forEach(blocks.count) { block, _ in
                        nearest(
                            blocks.rows(block), centres, kernel.value, path: path, labels: targets.value.labels,
                            distances: targets.value.distances)
                    }
                }
                distanceCount = data.rowCount
            }
            labelCount = data.rowCount
        }
        return ClusterAssignment(labels: labels, distances: distances)
    }

    private func nearest(
        _ rows: Range<Int>, _ centres: KMeansCentres, _ kernel: UnsafePointer<strata_kmeans_centres>, path: Path,
        labels: UnsafeMutableBufferPointer<UInt32>, distances: UnsafeMutableBufferPointer<Double>
    ) {
        guard let labels = labels.baseAddress, let distances = distances.baseAddress else { return }
        let size = CentredPoints.chunkSize
        withUnsafeTemporaryAllocation(of: Float.self, capacity: Self.productCount(centres, path)) { products in
            withUnsafeTemporaryAllocation(of: Float.self, capacity: size) { margins in
                withUnsafeTemporaryAllocation(of: UInt32.self, capacity: size) { padded in
                    guard let margins = margins.baseAddress, let padded = padded.baseAddress else { return }
                    data.forEachChunk(rows) { points, rows in
                        label(
                            points, count: rows.count, kernel, path: path, products: products.baseAddress,
                            labels: padded, margins: margins)
                        (labels + rows.lowerBound).initialize(from: padded, count: rows.count)
                        let target = distances + rows.lowerBound
                        strata_kmeans_distances(points, rows.count, kernel, padded, target)
                        for row in 0..<rows.count { target[row].formSquareRoot() }
                    }
                }
            }
        }
    }

    /// Squared distance of every row to the centre of its label.
    func squares(_ centres: KMeansCentres, labels: [UInt32]) -> [Double] {
        [Double](unsafeUninitializedCapacity: data.rowCount) { squares, count in
            let target = UncheckedSendable(squares)
            forEachChunkOfSquares(centres, labels: labels) { _, rows, squares, _ in
                target.value.baseAddress.map { ($0 + rows.lowerBound).initialize(from: squares, count: rows.count) }
            }
            count = data.rowCount
        }
    }

    /// What given labels come to.
    struct Summary {
        /// The weighted sum of all squared distances.
        let inertia: Double
        /// Rows of each cluster.
        let sizes: [Int]
        /// Each row's distance to its centre; empty when not asked for.
        let distances: [Double]
    }

    /// Inertia and sizes, and each row's distance to the centre of its label.
    func summary(_ centres: KMeansCentres, labels: [UInt32], withDistances: Bool) -> Summary {
        let clusterCount = centres.count
        var inertia = [Double](repeating: 0, count: blocks.count)
        var sizes = [Int64](repeating: 0, count: blocks.count * clusterCount)
        let distanceCount = withDistances ? data.rowCount : 0
        let distances = [Double](unsafeUninitializedCapacity: distanceCount) { distances, count in
            strata_advise_large_pages(distances.baseAddress, distanceCount * MemoryLayout<Double>.stride)
            inertia.withUnsafeMutableBufferPointer { inertia in
                sizes.withUnsafeMutableBufferPointer { sizes in
                    let parts = UncheckedSendable((inertia: inertia, sizes: sizes, distances: distances))
                    forEachChunkOfSquares(centres, labels: labels) { block, rows, squares, labels in
                        weights.withBase(rows.lowerBound) { weights in
                            parts.value.inertia[block] += strata_kmeans_summarise(
                                squares, weights, labels, rows.count,
                                withDistances ? parts.value.distances.baseAddress.map { $0 + rows.lowerBound } : nil,
                                parts.value.sizes.baseAddress.map { $0 + block * clusterCount })
                        }
                    }
                }
            }
            count = distanceCount
        }
        let totals = (0..<clusterCount).map { cluster in
            stride(from: cluster, to: sizes.count, by: clusterCount).reduce(0) { $0 + Int(sizes[$1]) }
        }
        return Summary(inertia: inertia.reduce(0, +), sizes: totals, distances: distances)
    }

    /// The rows of given centres: what `nearest` and `summary` say.
    func labelled(_ centres: KMeansCentres) -> Summary {
        let labels = nearest(centres, path: Path(columnCount: data.columnCount)).labels
        return summary(centres, labels: labels, withDistances: false)
    }

    /// Calls `body` with the squared distances and the labels of each chunk, on all threads; those of a block in order.
    private func forEachChunkOfSquares(
        _ centres: KMeansCentres, labels: [UInt32],
        _ body: (
            _ block: Int, _ rows: Range<Int>, _ squares: UnsafePointer<Double>, _ labels: UnsafePointer<UInt32>
        ) -> Void
    ) {
        centres.withKernel { kernel in
            labels.withUnsafeBufferPointer { labels in
                parallel.forEach(blocks.count) { block, _ in
                    withUnsafeTemporaryAllocation(of: Double.self, capacity: CentredPoints.chunkSize) { squares in
                        guard let squares = squares.baseAddress, let labels = labels.baseAddress else { return }
                        data.forEachChunk(blocks.rows(block)) { points, rows in
                            strata_kmeans_distances(points, rows.count, kernel, labels + rows.lowerBound, squares)
                            body(block, rows, squares, labels + rows.lowerBound)
                        }
                    }
                }
            }
        }
    }

    func weight(_ row: Int) -> Double { weights.map { $0[row] } ?? 1 }
}
