import CustomerData
import LinearAlgebra
import Statistics

/// How well rules say what the clusters are, and what it costs to go by them.
public struct RuleQuality: Hashable, Codable, Sendable {
    /// The rows of one cluster and of its rule.
    public struct Cluster: Hashable, Codable, Sendable {
        /// Rows that the rule matches.
        public let matched: Int
        /// Rows of the cluster that its rule matches.
        public let agreeing: Int
    }

    /// By the clusters' numbers.
    public let clusters: [Cluster]
    /// Weight of the rows whose rule is that of their cluster, of the weight of all; without weights the share of rows.
    public let fidelity: Double
    /// Weighted sum of the squared distances of the rows to the centres of their clusters.
    public let inertia: Double
    /// The same to the means of the rows that have the same rule: what the rules cost as clusters of their own.
    public let ruleInertia: Double
    /// The same to the centres of the clusters whose rule they have.
    public let centreInertia: Double

    /// `ruleInertia` by `inertia`: what of the clusters' tightness the rules give up. 1 when the rules are right for every
    /// row, whose inertia may then be nothing but rounding; nil when only the clusters' inertia is 0.
    public var inertiaRatio: Double? {
        if fidelity == 1 { return 1 }
        return inertia > 0 ? ruleInertia / inertia : nil
    }

    /// Compares rules with clusters.
    ///
    /// - Parameters:
    ///   - ruled: the cluster by the rules, a row; `ThresholdTree.noCluster` for none, which agrees with nothing and is in
    ///     no inertia of the rules.
    ///   - labels: the cluster, a row.
    ///   - points: rows × columns, in the space that the clusters were made in.
    ///   - centres: in the same space.
    ///   - weights: one a row; nil when every row weighs 1.
    ///   - parallel: the threads; the result does not depend on their number.
    /// - Complexity: O(rows × columns).
    public init<Element: BinaryFloatingPoint & Sendable>(
        _ ruled: [UInt32], labels: [UInt32], points: Matrix<Element>, centres: [[Double]], weights: [Double]? = nil,
        parallel: Parallel = Parallel()
    ) {
        precondition(ruled.count == labels.count && points.rowCount == labels.count)
        // Known types: conversions of a type that only a caller knows take most of the time.
        func sums<Known>(_ points: Matrix<Known>) -> (total: RuleQualitySums, ruleInertia: Double) {
            let pass = RuleQualityPass(
                ruled: ruled, labels: labels, points: points, weights: weights, parallel: parallel)
            let total = pass.sums(around: centres)
            return (total, pass.inertia(around: total.means(around: centres)))
        }
        let (total, ruleInertia) =
            if let floats = points as? Matrix<Float> {
                sums(floats)
            } else if let doubles = points as? Matrix<Double> {
                sums(doubles)
            } else {
                sums(points)
            }
        clusters = centres.indices.map { Cluster(matched: total.matched[$0], agreeing: total.agreeing[$0]) }
        fidelity = total.weight > 0 ? total.agreeingWeight / total.weight : 1
        inertia = total.inertia
        centreInertia = total.ruleInertia
        self.ruleInertia = ruleInertia
    }
}

/// The rows, their clusters and their rules.
private struct RuleQualityPass<Element: BinaryFloatingPoint & Sendable> {
    let ruled: [UInt32]
    let labels: [UInt32]
    let points: Matrix<Element>
    let weights: [Double]?
    let parallel: Parallel

    private static var blockSize: Int { 8192 }
    private var blockCount: Int { (labels.count + Self.blockSize - 1) / Self.blockSize }

    private func rows(_ block: Int) -> Range<Int> {
        block * Self.blockSize..<min(labels.count, (block + 1) * Self.blockSize)
    }

    private func weight(_ row: Int) -> Double { weights.map { $0[row] } ?? 1 }

    private func distance(_ row: Int, _ centre: [Double]) -> Double {
        var sum = 0.0
        for column in centre.indices {
            let difference = Double(points.elements[row * points.columnCount + column]) - centre[column]
            sum += difference * difference
        }
        return sum
    }

    /// Counts, weights and inertias, block by block.
    func sums(around centres: [[Double]]) -> RuleQualitySums {
        let empty = RuleQualitySums(clusterCount: centres.count, columnCount: points.columnCount)
        var total = empty
        for part in parallel.map(blockCount, { sums(rows($0), around: centres, from: empty) }) { total.add(part) }
        return total
    }

    private func sums(
        _ rows: Range<Int>, around centres: [[Double]], from empty: RuleQualitySums
    ) -> RuleQualitySums {
        var part = empty
        for row in rows {
            let (own, weight) = (Int(labels[row]), weight(row))
            part.weight += weight
            part.inertia += weight * distance(row, centres[own])
            guard ruled[row] != ThresholdTree.noCluster else { continue }
            let rule = Int(ruled[row])
            part.matched[rule] += 1
            part.weights[rule] += weight
            part.ruleInertia += weight * distance(row, centres[rule])
            for column in 0..<points.columnCount {
                let value = Double(points.elements[row * points.columnCount + column])
                part.offsets[rule * points.columnCount + column] += weight * (value - centres[rule][column])
            }
            guard rule == own else { continue }
            part.agreeing[rule] += 1
            part.agreeingWeight += weight
        }
        return part
    }

    /// Weighted squared distances to the point of each row's rule.
    func inertia(around points: [[Double]]) -> Double {
        parallel.map(blockCount) { block in
            var sum = 0.0
            for row in rows(block) where ruled[row] != ThresholdTree.noCluster {
                sum += weight(row) * distance(row, points[Int(ruled[row])])
            }
            return sum
        }.reduce(0, +)
    }
}

/// What one pass over rows adds up.
private struct RuleQualitySums {
    let columnCount: Int
    var matched: [Int]
    var agreeing: [Int]
    var weights: [Double]
    /// Weighted sums of the differences from the rule's centre, which keeps the digits of far values.
    var offsets: [Double]
    var weight = 0.0
    var agreeingWeight = 0.0
    var inertia = 0.0
    var ruleInertia = 0.0

    init(clusterCount: Int, columnCount: Int) {
        self.columnCount = columnCount
        matched = Array(repeating: 0, count: clusterCount)
        agreeing = matched
        weights = Array(repeating: 0, count: clusterCount)
        offsets = Array(repeating: 0, count: clusterCount * columnCount)
    }

    mutating func add(_ other: RuleQualitySums) {
        for cluster in matched.indices {
            matched[cluster] += other.matched[cluster]
            agreeing[cluster] += other.agreeing[cluster]
            weights[cluster] += other.weights[cluster]
        }
        for index in offsets.indices { offsets[index] += other.offsets[index] }
        weight += other.weight
        agreeingWeight += other.agreeingWeight
        inertia += other.inertia
        ruleInertia += other.ruleInertia
    }

    /// The mean of the rows of each rule; the centre where there is none.
    func means(around centres: [[Double]]) -> [[Double]] {
        centres.indices.map { rule in
            (0..<columnCount).map { column in
                let offset = weights[rule] > 0 ? offsets[rule * columnCount + column] / weights[rule] : 0
                return centres[rule][column] + offset
            }
        }
    }
}
