import CKernels
import LinearAlgebra
import Statistics

/// Passes over all points with given centres. Blocks are fixed and their sums are added in their order, so every
/// result has the same bytes for any number of threads.
struct KMeansPasses: Sendable {
    let data: CentredPoints
    /// Weight of each row, or nil when every row weighs 1.
    let weights: [Double]?
    let parallel: Parallel

    /// How the nearest centres are found. Both ways give the same labels and sums, bit for bit.
    enum Path: Sendable {
        /// Sixteen rows side by side against one centre after the other, assigned and added up in one go: best for the
        /// few columns and clusters of customer data.
        case fused
        /// Products of points and centres through OpenBLAS: best for many columns and clusters.
        case products

        /// The faster path for so many clusters and columns, as measured (docs/performance.md).
        init(clusterCount: Int, columnCount: Int) {
            let fits = columnCount <= 16 || columnCount <= 64 && clusterCount * columnCount <= 512
            self = fits && clusterCount * columnCount <= 2048 ? .fused : .products
        }
    }

    /// Rows whose products with all centres are held at a time.
    private static let productRows = 512

    /// For each cluster the weighted sum of its rows (padded as the centres are) and its weight.
    func sums(_ centres: KMeansCentres, path: Path) -> (sums: [Double], masses: [Double]) {
        let partCount = centres.count * (centres.stride + 1)
        var parts = [Double](repeating: 0, count: data.blockCount * partCount)
        parts.withUnsafeMutableBufferPointer { parts in
            guard let base = parts.baseAddress else { return }
            let target = UncheckedSendable(base)
            centres.withKernel { kernel in
                let kernel = UncheckedSendable(kernel)
                parallel.forEach(data.blockCount) { block, _ in
                    add(block, kernel.value, path: path, to: target.value + block * partCount)
                }
            }
        }
        var total = [Double](repeating: 0, count: partCount)
        for block in 0..<data.blockCount {
            for index in 0..<partCount { total[index] += parts[block * partCount + index] }
        }
        let sumCount = centres.count * centres.stride
        return (Array(total[..<sumCount]), Array(total[sumCount...]))
    }

    private func add(
        _ block: Int, _ centres: UnsafePointer<strata_kmeans_centres>, path: Path,
        to target: UnsafeMutablePointer<Double>
    ) {
        let rows = data.rows(ofBlock: block)
        let masses = target + centres.pointee.count * centres.pointee.stride
        withWeights(rows) { weights in
            withUnsafeTemporaryAllocation(of: Double.self, capacity: strata_kmeans_scratch_count(centres)) { scratch in
                switch path {
                case .fused:
                    strata_kmeans_step(
                        points(rows), radii(rows), weights, rows.count, centres, scratch.baseAddress, target, masses)
                case .products:
                    let padded = CentredPoints.padded(rows.count)
                    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: padded) { labels in
                        choose(rows, centres, labels: labels)
                        strata_kmeans_accumulate(
                            points(rows), weights, rows.count, centres, labels.baseAddress, scratch.baseAddress,
                            target, masses)
                    }
                }
            }
        }
    }

    /// The sums of rows whose labels are known; they equal those of `sums` when the labels do.
    func sums(_ centres: KMeansCentres, labels: [UInt32]) -> (sums: [Double], masses: [Double]) {
        let partCount = centres.count * (centres.stride + 1)
        let sumCount = centres.count * centres.stride
        let parts = parallel.map(data.blockCount) { block in
            let rows = data.rows(ofBlock: block)
            return [Double](unsafeUninitializedCapacity: partCount) { part, count in
                centres.withKernel { centres in
                    withUnsafeTemporaryAllocation(of: Double.self, capacity: strata_kmeans_scratch_count(centres)) {
                        scratch in
                        labels.withUnsafeBufferPointer { labels in
                            withWeights(rows) { weights in
                                strata_kmeans_accumulate(
                                    points(rows), weights, rows.count, centres,
                                    labels.baseAddress.map { $0 + rows.lowerBound }, scratch.baseAddress,
                                    part.baseAddress, part.baseAddress.map { $0 + sumCount })
                            }
                        }
                    }
                }
                count = partCount
            }
        }
        var total = [Double](repeating: 0, count: partCount)
        for part in parts { for index in 0..<partCount { total[index] += part[index] } }
        return (Array(total[..<sumCount]), Array(total[sumCount...]))
    }

    /// Label and squared distance of every row.
    func nearest(_ centres: KMeansCentres, path: Path) -> (labels: [UInt32], squares: [Double]) {
        var squares: [Double] = []
        let labels = [UInt32](unsafeUninitializedCapacity: data.rowCount) { labels, labelCount in
            squares = [Double](unsafeUninitializedCapacity: data.rowCount) { squares, squareCount in
                if let labels = labels.baseAddress, let squares = squares.baseAddress {
                    let targets = UncheckedSendable((labels: labels, squares: squares))
                    centres.withKernel { kernel in
                        let kernel = UncheckedSendable(kernel)
                        parallel.forEach(data.blockCount) { block, _ in
                            let rows = data.rows(ofBlock: block)
                            let labels = targets.value.labels + rows.lowerBound
                            let squares = targets.value.squares + rows.lowerBound
                            nearest(rows, kernel.value, path: path, labels: labels, squares: squares)
                        }
                    }
                }
                squareCount = data.rowCount
            }
            labelCount = data.rowCount
        }
        return (labels, squares)
    }

    private func nearest(
        _ rows: Range<Int>, _ centres: UnsafePointer<strata_kmeans_centres>, path: Path,
        labels: UnsafeMutablePointer<UInt32>, squares: UnsafeMutablePointer<Double>
    ) {
        switch path {
        case .fused:
            strata_kmeans_nearest(points(rows), rows.count, centres, labels, squares)
        case .products:
            withUnsafeTemporaryAllocation(of: UInt32.self, capacity: CentredPoints.padded(rows.count)) { chosen in
                choose(rows, centres, labels: chosen)
                guard let base = chosen.baseAddress else { return }
                labels.initialize(from: base, count: rows.count)
            }
            strata_kmeans_distances(points(rows), rows.count, centres, labels, squares)
        }
    }

    /// Labels of a block through products.
    private func choose(
        _ rows: Range<Int>, _ centres: UnsafePointer<strata_kmeans_centres>, labels: UnsafeMutableBufferPointer<UInt32>
    ) {
        let (count, stride) = (centres.pointee.count, centres.pointee.stride)
        withUnsafeTemporaryAllocation(of: Float.self, capacity: count * Self.productRows) { products in
            guard let products = products.baseAddress, let rounded = centres.pointee.rounded else { return }
            for first in Swift.stride(from: rows.lowerBound, to: rows.upperBound, by: Self.productRows) {
                let part = first..<min(first + Self.productRows, rows.upperBound)
                let padded = CentredPoints.padded(part.count)
                multiply(
                    rounded, points(part), transposingRight: true, rowCount: count, columnCount: padded,
                    innerCount: stride, into: products)
                strata_kmeans_choose(
                    products, padded, points(part), radii(part), part.count, centres,
                    labels.baseAddress.map { $0 + (first - rows.lowerBound) })
            }
        }
    }

    func points(_ rows: Range<Int>) -> UnsafePointer<Float> { data.points + rows.lowerBound * data.stride }

    private func radii(_ rows: Range<Int>) -> UnsafePointer<Float> {
        data.radii + rows.lowerBound / STRATA_KMEANS_LANES
    }

    func withWeights<Result>(_ rows: Range<Int>, _ body: (UnsafePointer<Double>?) -> Result) -> Result {
        guard let weights else { return body(nil) }
        return weights.withUnsafeBufferPointer { body($0.baseAddress.map { $0 + rows.lowerBound }) }
    }
}
