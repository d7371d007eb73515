/// For every two clusters the row that moves from the one to the other at the least cost: a tournament over groups of
/// rows, in which changing a row's cluster costs one group and one path to the top.
///
/// Memory: 24 bytes × clusters² a group; groups have at least four rows a cluster, so at most 8 bytes × clusters a row.
final class CheapestMoves {
    /// The cost of a move that can't be made, since the cluster has no row.
    static let none = Int64.max

    /// Rows a group, a power of two of which `CentredPoints.chunkSize` is a multiple.
    let groupSize: Int
    private let clusterCount: Int
    /// Groups, rounded up to a power of two: the tournament's leaves; node 1 is the top, and node n stands above 2n and
    /// 2n + 1.
    private let leafCount: Int
    private let costs: UnsafeMutablePointer<Int64>
    private let rows: UnsafeMutablePointer<UInt32>

    init(rowCount: Int, clusterCount: Int) {
        var groupSize = 64
        while groupSize < 4 * clusterCount, groupSize < CentredPoints.chunkSize { groupSize *= 2 }
        let groupCount = max(1, (rowCount + groupSize - 1) / groupSize)
        var leafCount = 1
        while leafCount < groupCount { leafCount *= 2 }
        let size = 2 * leafCount * clusterCount * clusterCount
        costs = .allocate(capacity: size)
        rows = .allocate(capacity: size)
        costs.initialize(repeating: CheapestMoves.none, count: size)
        rows.initialize(repeating: 0, count: size)
        self.groupSize = groupSize
        self.clusterCount = clusterCount
        self.leafCount = leafCount
    }

    deinit {
        costs.deallocate()
        rows.deallocate()
    }

    /// The least cost of a move; `none` when there is none.
    func cost(from: Int, to: Int) -> Int64 { costs[clusterCount * clusterCount + from * clusterCount + to] }

    /// The row that moves at the least cost, of equal ones the first.
    func row(from: Int, to: Int) -> UInt32 { rows[clusterCount * clusterCount + from * clusterCount + to] }

    /// Empties a group's moves.
    func clear(group: Int) {
        (costs + (leafCount + group) * clusterCount * clusterCount).update(
            repeating: CheapestMoves.none, count: clusterCount * clusterCount)
    }

    /// Empties the moves of a group out of one cluster.
    func clear(group: Int, from cluster: Int) {
        (costs + ((leafCount + group) * clusterCount + cluster) * clusterCount).update(
            repeating: CheapestMoves.none, count: clusterCount)
    }

    /// Enters a row of a group; rows are entered in ascending order. `costs` are the row's, by cluster.
    func enter(_ row: UInt32, group: Int, of cluster: Int, costs rowCosts: UnsafePointer<Int64>) {
        let base = ((leafCount + group) * clusterCount + cluster) * clusterCount
        let own = rowCosts[cluster]
        for other in 0..<clusterCount where other != cluster {
            let cost = rowCosts[other] - own
            if cost < costs[base + other] {
                costs[base + other] = cost
                rows[base + other] = row
            }
        }
    }

    /// Plays all matches, once every group is entered.
    func play() {
        for node in stride(from: leafCount - 1, through: 1, by: -1) {
            play(node, 0..<clusterCount * clusterCount)
        }
    }

    /// Plays again the matches of a group that bear on the moves out of one cluster.
    func play(group: Int, from cluster: Int) {
        var node = (leafCount + group) / 2
        while node >= 1 {
            play(node, cluster * clusterCount..<(cluster + 1) * clusterCount)
            node /= 2
        }
    }

    private func play(_ node: Int, _ moves: Range<Int>) {
        let size = clusterCount * clusterCount
        let (left, right) = (2 * node * size, (2 * node + 1) * size)
        for move in moves {
            let winner = costs[right + move] < costs[left + move] ? right : left
            costs[node * size + move] = costs[winner + move]
            rows[node * size + move] = rows[winner + move]
        }
    }
}
