/// The network in which sizes are brought within limits: a node a cluster, and the market, which takes what a cluster
/// has between the smallest and the largest size.
///
/// The arc from a cluster to another costs what the cheapest move of a row costs; the arcs between clusters and market
/// cost nothing. A cluster sells between the smallest and the largest size to the market; what it has beyond its sales
/// is its excess, which has to flow to where sales exceed rows.
struct ClusterNetwork {
    /// A row that moves.
    struct Move {
        let row: UInt32
        let from: Int
        let to: Int
    }

    private static let unreached = Int64.max

    private let clusterCount: Int
    private let limits: ClosedRange<Int>
    /// Potentials: no residual arc from u to v has cost + potential(u) − potential(v) below 0.
    private var potentials: [Int64]
    private var counts: [Int]
    private var sales: [Int]
    private var excess: [Int]
    /// Of the search for a path: distances from the source, the node before, whether the distance is final.
    private var distances: [Int64]
    private var before: [Int]
    private var isDone: [Bool]

    private var market: Int { clusterCount }

    init(prices: [Int64], limits: ClosedRange<Int>) {
        clusterCount = prices.count
        self.limits = limits
        potentials = prices.map { -$0 } + [0]
        counts = Array(repeating: 0, count: prices.count)
        sales = counts
        excess = Array(repeating: 0, count: prices.count + 1)
        distances = Array(repeating: 0, count: prices.count + 1)
        before = excess
        isDone = Array(repeating: false, count: prices.count + 1)
    }

    /// The price of each cluster.
    var prices: [Int64] {
        // Nothing trades with the market where the limits meet; prices are relative then.
        let level = limits.count == 1 ? potentials[0] : potentials[market]
        return potentials.dropLast().map { level - $0 }
    }

    /// Counts rows in.
    mutating func add(_ rows: [Int]) {
        for cluster in 0..<clusterCount { counts[cluster] += rows[cluster] }
    }

    /// Chooses the sales that suit the prices, which leaves excess where the counts don't.
    mutating func settle() {
        for cluster in 0..<clusterCount {
            let potential = potentials[cluster]
            sales[cluster] =
                potential < 0
                ? limits.upperBound
                : potential > 0
                    ? limits.lowerBound : min(max(counts[cluster], limits.lowerBound), limits.upperBound)
            excess[cluster] = counts[cluster] - sales[cluster]
        }
        excess[market] = sales.reduce(0, +) - counts.reduce(0, +)
    }

    /// Sends one unit of excess along the shortest path to a lack of rows, and says which rows move; nil when all is
    /// settled.
    mutating func cheapestPath(_ moves: CheapestMoves) -> [Move]? {
        guard let source = excess.firstIndex(where: { $0 > 0 }) else { return nil }
        let nodeCount = clusterCount + 1
        for node in 0..<nodeCount {
            (distances[node], before[node], isDone[node]) = (ClusterNetwork.unreached, source, false)
        }
        distances[source] = 0
        var target = source
        while true {
            var node = -1
            for other in 0..<nodeCount where !isDone[other] && distances[other] != ClusterNetwork.unreached {
                if node < 0 || distances[other] < distances[node] { node = other }
            }
            precondition(node >= 0, "limits that no sizes fit")
            isDone[node] = true
            if excess[node] < 0 {
                target = node
                break
            }
            for next in 0..<nodeCount where !isDone[next] {
                guard let cost = cost(node, next, moves) else { continue }
                let distance = distances[node] + cost + potentials[node] - potentials[next]
                if distance < distances[next] { (distances[next], before[next]) = (distance, node) }
            }
        }
        for node in 0..<nodeCount { potentials[node] += min(distances[node], distances[target]) }
        excess[source] -= 1
        excess[target] += 1
        var path: [Move] = []
        var node = target
        while node != source {
            let from = before[node]
            if node == market {
                sales[from] += 1
            } else if from == market {
                sales[node] -= 1
            } else {
                path.append(Move(row: moves.row(from: from, to: node), from: from, to: node))
            }
            node = from
        }
        return path
    }

    /// What a unit from node to node costs; nil where none can go.
    private func cost(_ from: Int, _ to: Int, _ moves: CheapestMoves) -> Int64? {
        if from == to { return nil }
        if to == market { return sales[from] < limits.upperBound ? 0 : nil }
        if from == market { return sales[to] > limits.lowerBound ? 0 : nil }
        let cost = moves.cost(from: from, to: to)
        return cost == CheapestMoves.none ? nil : cost
    }

    /// The mean of the extreme prices that keep every row in its place: the shortest distances from and to each node.
    ///
    /// - Complexity: O(clusters³).
    func interiorPrices(_ moves: CheapestMoves) -> [Double] {
        let isTrading = limits.count > 1
        let nodeCount = isTrading ? clusterCount + 1 : clusterCount
        let far = Double.infinity
        var distances = [Double](repeating: far, count: nodeCount * nodeCount)
        for from in 0..<nodeCount {
            distances[from * nodeCount + from] = 0
            for to in 0..<nodeCount {
                if let cost = cost(from, to, moves) { distances[from * nodeCount + to] = Double(cost) }
            }
        }
        for middle in 0..<nodeCount {
            for from in 0..<nodeCount where distances[from * nodeCount + middle] < far {
                for to in 0..<nodeCount {
                    let way = distances[from * nodeCount + middle] + distances[middle * nodeCount + to]
                    if way < distances[from * nodeCount + to] { distances[from * nodeCount + to] = way }
                }
            }
        }
        var sums = [Double](repeating: 0, count: clusterCount)
        var count = 0.0
        for root in 0..<nodeCount {
            let outwards = (0..<nodeCount).map { distances[root * nodeCount + $0] }
            let inwards = (0..<nodeCount).map { -distances[$0 * nodeCount + root] }
            for potentials in [outwards, inwards] where potentials.allSatisfy(\.isFinite) {
                let level = isTrading ? potentials[clusterCount] : potentials.reduce(0, +) / Double(clusterCount)
                for cluster in 0..<clusterCount { sums[cluster] += level - potentials[cluster] }
                count += 1
            }
        }
        return count > 0 ? sums.map { $0 / count } : prices.map { Double($0) }
    }
}
