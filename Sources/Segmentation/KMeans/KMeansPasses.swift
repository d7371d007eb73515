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

        /// The faster path. Measured on 100,000 rows: up to 16 columns, for which the fused kernel keeps a row in
        /// registers, it takes half the time of products with any number of clusters; with more columns they are even
        /// at about 256 columns × clusters, and beyond that products take down to half its time.
        init(clusterCount: Int, columnCount: Int) {
            let isFused =
                columnCount <= 16
                || columnCount <= STRATA_KMEANS_MAX_DIMENSION && clusterCount * columnCount <= 256
            self = isFused ? .fused : .products
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
        weights.withBase(rows.lowerBound) { weights in
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
                            weights.withBase(rows.lowerBound) { weights in
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
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: CentredPoints.padded(rows.count)) { padded in
            guard let base = padded.baseAddress else { return }
            switch path {
            case .fused: strata_kmeans_label(points(rows), radii(rows), rows.count, centres, base)
            case .products: choose(rows, centres, labels: padded)
            }
            labels.initialize(from: base, count: rows.count)
        }
        strata_kmeans_distances(points(rows), rows.count, centres, labels, squares)
    }

    /// The weighted sum of all squared distances, and the rows of each cluster.
    func inertiaAndSizes(_ centres: KMeansCentres, path: Path) -> (inertia: Double, sizes: [Int]) {
        let parts = parallel.map(data.blockCount) { block in
            let rows = data.rows(ofBlock: block)
            return withUnsafeTemporaryAllocation(of: UInt32.self, capacity: rows.count) { labels in
                withUnsafeTemporaryAllocation(of: Double.self, capacity: rows.count) { squares in
                    var inertia = 0.0
                    var sizes = [Int](repeating: 0, count: centres.count)
                    guard let labels = labels.baseAddress, let squares = squares.baseAddress else {
                        return (inertia, sizes)
                    }
                    centres.withKernel { nearest(rows, $0, path: path, labels: labels, squares: squares) }
                    for row in 0..<rows.count {
                        inertia += weight(rows.lowerBound + row) * squares[row]
                        sizes[Int(labels[row])] += 1
                    }
                    return (inertia, sizes)
                }
            }
        }
        var sizes = [Int](repeating: 0, count: centres.count)
        for part in parts { for cluster in 0..<centres.count { sizes[cluster] += part.1[cluster] } }
        return (parts.reduce(0) { $0 + $1.0 }, sizes)
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

    func weight(_ row: Int) -> Double { weights.map { $0[row] } ?? 1 }
}
