import CKernels
import Statistics

/// The rows' clusters while the centres move: Lloyd's iterations with one bound a row.
///
/// Each row has a margin: by how much it is nearer to its centre than to any other. A move of the centres uses up, of
/// the margins of a cluster's rows, the cluster's own move and the longest of the others' (Hamerly 2010; one bound in
/// place of his two). Only rows whose margin is used up are looked at again, and only rows that change their cluster
/// change the sums. Labels are those that looking at every row would give, and no row's label depends on the threads.
///
/// Memory: eight bytes a row.
struct LloydIteration {
    private let passes: KMeansPasses
    private let path: KMeansPasses.Path
    private let blocks: FixedBlocks
    private(set) var labels: [UInt32]
    private var margins: [Float]
    /// How much of the margins each cluster's rows have used up since the beginning, rounded up.
    private var spent: [Double]
    private var sums: ClusterSums
    private var isFirst = true

    /// No row has a cluster yet.
    init(_ passes: KMeansPasses, clusterCount: Int, path: KMeansPasses.Path) {
        self.passes = passes
        self.path = path
        // The changes of all blocks together take no more than half of the memory of float points.
        blocks = FixedBlocks(passes.data.rowCount, least: 8 * clusterCount)
        labels = Self.untouched(passes.data.rowCount)
        margins = Self.untouched(passes.data.rowCount)
        spent = [Double](repeating: 0, count: clusterCount)
        sums = ClusterSums(clusterCount: clusterCount, stride: passes.data.stride)
    }

    /// Room for a number a row, on large pages; the first assignment fills it.
    private static func untouched<Number: Numeric>(_ rowCount: Int) -> [Number] {
        [Number](unsafeUninitializedCapacity: rowCount) { values, count in
            strata_advise_large_pages(values.baseAddress, rowCount * MemoryLayout<Number>.stride)
            count = rowCount
        }
    }

    /// Whether a cluster has no row of positive weight.
    var hasEmptyCluster: Bool { sums.rows.contains(0) }

    /// Gives every row to its nearest centre.
    mutating func assign(to centres: KMeansCentres) {
        let changes = changes(centres)
        for change in changes { if let change { sums.add(change) } }
        isFirst = false
    }

    /// The weighted mean of each cluster's rows; a cluster without rows stays where it is.
    mutating func means(_ centres: KMeansCentres) -> KMeansCentres {
        var next = centres.exact
        for cluster in 0..<centres.count {
            guard sums.rows[cluster] > 0 else {
                sums.clear(cluster)
                continue
            }
            let mass = sums.mass(cluster, weighted: passes.weights != nil)
            for column in 0..<centres.stride {
                next[cluster * centres.stride + column] = sums.value(cluster, column) / mass
            }
        }
        return KMeansCentres(exact: next, columnCount: centres.columnCount)
    }

    /// Takes the centres' moves off the margins.
    mutating func spend(from old: KMeansCentres, to new: KMeansCentres) {
        let moves = (0..<old.count).map { cluster in
            var square = 0.0
            for index in cluster * old.stride..<(cluster + 1) * old.stride {
                square += (new.exact[index] - old.exact[index]) * (new.exact[index] - old.exact[index])
            }
            // More than it is, whatever was rounded.
            return square.squareRoot() * (1 + 0x1p-40) + Double.leastNormalMagnitude
        }
        let farthest = moves.indices.max { moves[$0] < moves[$1] } ?? 0
        let second = moves.indices.reduce(0) { $1 == farthest ? $0 : max($0, moves[$1]) }
        for cluster in moves.indices {
            let others = cluster == farthest ? second : moves[farthest]
            spent[cluster] = (spent[cluster] + moves[cluster] + others).nextUp
        }
    }

    /// Gives every empty cluster a row: the empty ones, in order, take the row of positive weight that lies farthest
    /// from its centre and from the rows given so far, of equal ones the first, out of a cluster that keeps another
    /// such row.
    ///
    /// With as many distinct rows of positive weight as clusters there always is one: fewer places than clusters are
    /// taken, so some cluster holds rows at two places that are not, and one of them is no centre.
    mutating func fillEmptyClusters(_ centres: KMeansCentres) {
        let data = passes.data
        var closest = passes.squares(centres, labels: labels)
        closest.append(contentsOf: repeatElement(0, count: CentredPoints.padded(data.rowCount) - data.rowCount))
        for cluster in 0..<centres.count where sums.rows[cluster] == 0 {
            var farthest: Int?
            var distance = 0.0
            for row in 0..<data.rowCount where closest[row] > distance {
                if passes.weight(row) > 0, sums.rows[Int(labels[row])] > 1 {
                    (farthest, distance) = (row, closest[row])
                }
            }
            guard let farthest else { break }
            move(farthest, to: UInt32(cluster))
            passes.approach(data.row(farthest), &closest)
        }
    }

    /// Moves a row to a cluster that need not be the nearest.
    private mutating func move(_ row: Int, to cluster: UInt32) {
        var chosen = UInt32(0)
        var (label, margin) = (cluster, -Float.infinity)
        let spent = spentFloats
        passes.data.forEachChunk(row..<row + 1) { points, _ in
            labels.withUnsafeMutableBufferPointer { labels in
                margins.withUnsafeMutableBufferPointer { margins in
                    passes.weights.withBase(row) { weights in
                        sums.withKernel {
                            strata_kmeans_settle(
                                points, &chosen, 1, &label, &margin, weights, spent,
                                labels.baseAddress.map { $0 + row }, margins.baseAddress.map { $0 + row }, $0)
                        }
                    }
                }
            }
        }
    }

    private var spentFloats: [Float] { spent.map { Float($0).nextUp } }

    /// Looks at the rows that are due; gives what has moved, block by block, nil for a block without moves.
    private mutating func changes(_ centres: KMeansCentres) -> [ClusterSums?] {
        let (passes, path, blocks, isFirst, spent) = (self.passes, self.path, self.blocks, self.isFirst, spentFloats)
        return labels.withUnsafeMutableBufferPointer { labels in
            margins.withUnsafeMutableBufferPointer { margins in
                let rows = UncheckedSendable((labels: labels, margins: margins))
                return centres.withKernel { kernel in
                    let kernel = UncheckedSendable(kernel)
                    return passes.parallel.map(blocks.count) { block in
                        let range = blocks.rows(block)
                        let part = Block(
                            passes: passes, path: path, centres: kernel.value, spent: spent, first: range.lowerBound,
                            labels: UnsafeMutableBufferPointer(rebasing: rows.value.labels[range]),
                            margins: UnsafeMutableBufferPointer(rebasing: rows.value.margins[range]))
                        return part.changes(all: isFirst)
                    }
                }
            }
        }
    }
}

/// The rows of a block on one thread.
private struct Block {
    let passes: KMeansPasses
    let path: KMeansPasses.Path
    let centres: UnsafePointer<strata_kmeans_centres>
    let spent: [Float]
    let first: Int
    let labels: UnsafeMutableBufferPointer<UInt32>
    let margins: UnsafeMutableBufferPointer<Float>

    func changes(all: Bool) -> ClusterSums? {
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: CentredPoints.padded(labels.count)) {
            due -> ClusterSums? in
            var count = labels.count
            if all {
                labels.update(repeating: UInt32.max)
                for row in 0..<count { due[row] = UInt32(truncatingIfNeeded: row) }
            } else {
                count = strata_kmeans_due(
                    margins.baseAddress, labels.baseAddress, count, spent, spent.count, due.baseAddress)
            }
            return count == 0 ? nil : look(UnsafeBufferPointer(rebasing: due[..<count]))
        }
    }

    /// Labels some rows anew.
    private func look(_ due: UnsafeBufferPointer<UInt32>) -> ClusterSums {
        let (count, stride, size) = (centres.pointee.count, centres.pointee.stride, CentredPoints.chunkSize)
        var changes = ClusterSums(clusterCount: count, stride: stride)
        let productCount = path == .products ? count * size : 0
        withUnsafeTemporaryAllocation(of: Float.self, capacity: size * (stride + 1) + productCount) { floats in
            withUnsafeTemporaryAllocation(of: UInt32.self, capacity: size) { newLabels in
                guard let staged = floats.baseAddress, let newLabels = newLabels.baseAddress else { return }
                let newMargins = staged + size * stride
                for start in Swift.stride(from: 0, to: due.count, by: size) {
                    let chosen = UnsafeBufferPointer(rebasing: due[start..<min(start + size, due.count)])
                    passes.data.stage(chosen, from: first, to: staged)
                    passes.label(
                        staged, count: chosen.count, centres, path: path, products: newMargins + size,
                        labels: newLabels, margins: newMargins)
                    passes.weights.withBase(first) { weights in
                        changes.withKernel {
                            strata_kmeans_settle(
                                staged, chosen.baseAddress, chosen.count, newLabels, newMargins, weights, spent,
                                labels.baseAddress, margins.baseAddress, $0)
                        }
                    }
                }
            }
        }
        return changes
    }
}
