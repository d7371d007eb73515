import Statistics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Gives every row to a cluster so that all sizes lie within limits and the sum of weight × squared distance is least:
/// a transportation problem, solved exactly by successive shortest paths.
///
/// Rows begin where weight × distance² + the price of the cluster is least. While a cluster has too many rows, one row
/// leaves along the cheapest path of moves to a cluster that has room; the path is the shortest in a network whose
/// nodes are the clusters alone, since between two clusters only the cheapest move matters (`CheapestMoves`). Prices are
/// the network's potentials (Edmonds & Karp 1972; Ahuja, Magnanti & Orlin 1993, section 9.7); begun from the prices of
/// the iteration before, few rows move.
///
/// Costs are whole numbers: weight × distance² rounded to about 2⁻⁵⁰ of the largest. In them the result is optimal, and
/// so within rows × 2⁻⁵¹ of that largest cost in the real ones.
///
/// Rows of weight 0 count for no size and go to the nearest centre.
///
/// - Complexity: O(rows × clusters × columns), and for each row that moves O(clusters² + clusters × log rows).
final class SizedAssignment {
    /// The smallest and the largest size of every cluster.
    let limits: ClosedRange<Int>
    /// The price of each cluster: each row is where weight × squared distance + price is least.
    private(set) var prices: [Double]

    private let data: CentredPoints
    private let blocks: FixedBlocks
    private let clusterCount: Int
    private let parallel: Parallel
    private let moves: CheapestMoves
    /// The cluster of each row.
    private let places: UnsafeMutablePointer<UInt32>
    /// The weight of each row; nil when every row weighs 1.
    private let weights: UnsafeMutablePointer<Double>?
    /// Squared distances to all centres, `width` a row.
    private let table: UnsafeMutablePointer<Double>
    private let width: Int
    /// Whole units of cost in one of weight × squared distance.
    private var scale = 1.0

    /// - Precondition: k × smallest ≤ rows of positive weight ≤ k × largest, and the smallest size is at least 1.
    init(_ passes: KMeansPasses, clusterCount: Int, limits: ClosedRange<Int>) {
        data = passes.data
        blocks = passes.blocks
        parallel = passes.parallel
        self.clusterCount = clusterCount
        self.limits = limits
        width = CentreDistances.width(clusterCount)
        moves = CheapestMoves(rowCount: passes.data.rowCount, clusterCount: clusterCount)
        table = .allocate(capacity: max(1, data.rowCount * width))
        places = .allocate(capacity: max(1, data.rowCount))
        places.initialize(repeating: 0, count: data.rowCount)
        weights = passes.weights.map { given in
            let weights = UnsafeMutablePointer<Double>.allocate(capacity: max(1, given.count))
            weights.initialize(from: given, count: given.count)
            return weights
        }
        prices = Array(repeating: 0, count: clusterCount)
    }

    deinit {
        table.deallocate()
        places.deallocate()
        weights?.deallocate()
    }

    /// The cluster of each row.
    var labels: [UInt32] { Array(UnsafeBufferPointer(start: places, count: data.rowCount)) }

    /// The squared distance of each row to the centre of its cluster.
    var squares: [Double] { (0..<data.rowCount).map { table[$0 * width + Int(places[$0])] } }

    /// Forgets the prices: the next assignment begins anew.
    func restart() { prices = Array(repeating: 0, count: clusterCount) }

    /// Assigns the rows to those centres.
    func assign(_ centres: KMeansCentres) {
        measure(centres)
        var whole = prices.map { ($0 * scale).rounded() }
        if whole.contains(where: { !(abs($0) < 0x1p60) }) { whole = Array(repeating: 0, count: clusterCount) }
        var network = ClusterNetwork(prices: whole.map { Int64($0) }, limits: limits)
        begin(&network)
        while let path = network.cheapestPath(moves) {
            for move in path { relabel(move.row, from: move.from, to: move.to) }
        }
        prices = network.prices.map { Double($0) / scale }
        interiorPrices = network.interiorPrices(moves).map { $0 / scale }
    }

    /// Prices from the middle of those by which every row is in its place, the mean of whole potentials: a row is at a
    /// tie by them only when it is by all.
    private(set) var interiorPrices: [Double] = []

    /// Fills the table, and chooses the unit of cost.
    private func measure(_ centres: KMeansCentres) {
        let distances = CentreDistances(centres)
        let target = UncheckedSendable(table)
        let largest =
            parallel.map(blocks.count) { block -> Double in
                let rows = blocks.rows(block)
                let base = target.value + rows.lowerBound * width
                distances.write(data, rows, to: base)
                var largest = 0.0
                for row in 0..<rows.count {
                    let weight = weights.map { $0[rows.lowerBound + row] } ?? 1
                    for place in 0..<width { largest = max(largest, weight * base[row * width + place]) }
                }
                return largest
            }.max() ?? 0
        // A path visits a cluster once, so this many bits leave room for its sum and the prices.
        let bits = min(50, 58 - (Int.bitWidth - (clusterCount + 2).leadingZeroBitCount))
        scale = largest > 0 && largest.isFinite ? scalbn(1, Int32(bits - 1) - Int32(largest.exponent)) : 1
        if !(scale.isFinite && scale > 0) { scale = 1 }
    }

    /// Puts every row where cost + price is least, counts, and enters the moves.
    private func begin(_ network: inout ClusterNetwork) {
        let prices = network.prices
        let target = UncheckedSendable(places)
        let moves = UncheckedSendable(moves)
        let table = UncheckedSendable(table)
        let weights = UncheckedSendable(weights)
        let counts = parallel.map(blocks.count) { block -> [Int] in
            var counts = [Int](repeating: 0, count: clusterCount)
            withUnsafeTemporaryAllocation(of: Int64.self, capacity: clusterCount) { costs in
                guard let base = costs.baseAddress else { return }
                for row in blocks.rows(block) {
                    let group = row / moves.value.groupSize
                    if row % moves.value.groupSize == 0 { moves.value.clear(group: group) }
                    let weight = weights.value.map { $0[row] } ?? 1
                    let factor = weight > 0 ? weight * scale : scale
                    let distances = table.value + row * width
                    var best = 0
                    var least = Int64.max
                    for cluster in 0..<clusterCount {
                        base[cluster] = Int64((distances[cluster] * factor).rounded())
                        let priced = weight > 0 ? base[cluster] + prices[cluster] : base[cluster]
                        if priced < least { (least, best) = (priced, cluster) }
                    }
                    target.value[row] = UInt32(best)
                    guard weight > 0 else { continue }
                    counts[best] += 1
                    moves.value.enter(UInt32(row), group: group, of: best, costs: base)
                }
            }
            return counts
        }
        moves.value.play()
        for part in counts { network.add(part) }
        network.settle()
    }

    /// Moves a row, and enters anew what its group offers out of both clusters.
    private func relabel(_ row: UInt32, from: Int, to: Int) {
        places[Int(row)] = UInt32(to)
        let group = Int(row) / moves.groupSize
        moves.clear(group: group, from: from)
        moves.clear(group: group, from: to)
        withUnsafeTemporaryAllocation(of: Int64.self, capacity: clusterCount) { costs in
            guard let base = costs.baseAddress else { return }
            for other in group * moves.groupSize..<min(data.rowCount, (group + 1) * moves.groupSize) {
                let label = Int(places[other])
                guard label == from || label == to else { continue }
                let weight = weight(other)
                guard weight > 0 else { continue }
                let factor = weight * scale
                for cluster in 0..<clusterCount {
                    base[cluster] = Int64((table[other * width + cluster] * factor).rounded())
                }
                moves.enter(UInt32(other), group: group, of: label, costs: base)
            }
        }
        moves.play(group: group, from: from)
        moves.play(group: group, from: to)
    }

    private func weight(_ row: Int) -> Double { weights.map { $0[row] } ?? 1 }
}
