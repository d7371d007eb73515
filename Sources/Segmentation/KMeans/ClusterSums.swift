import CKernels

/// For each cluster the weighted sum of its rows, their weight, and how many of them weigh something.
///
/// Sums are pairs of doubles: rows that come and go in any order leave them as adding up the rows that are there would,
/// to far more digits than a double has.
struct ClusterSums: Sendable {
    private let clusterCount: Int
    /// Columns, without the weight that follows them.
    private let stride: Int
    private var high: [Double]
    private var low: [Double]
    /// Rows of positive weight.
    private(set) var rows: [Int64]

    init(clusterCount: Int, stride: Int) {
        self.clusterCount = clusterCount
        self.stride = stride
        high = [Double](repeating: 0, count: clusterCount * (stride + 1))
        low = high
        rows = [Int64](repeating: 0, count: clusterCount)
    }

    /// The weight of a cluster's rows.
    func mass(_ cluster: Int, weighted: Bool) -> Double {
        weighted ? value(cluster, stride) : Double(rows[cluster])
    }

    /// The sum of a column.
    func value(_ cluster: Int, _ column: Int) -> Double {
        let index = cluster * (stride + 1) + column
        return high[index] + low[index]
    }

    /// Takes away what rounding has left in a cluster without rows.
    mutating func clear(_ cluster: Int) {
        for index in cluster * (stride + 1)..<(cluster + 1) * (stride + 1) { (high[index], low[index]) = (0, 0) }
    }

    /// Adds other sums to these.
    mutating func add(_ other: ClusterSums) {
        var other = other
        withKernel { sums in other.withKernel { strata_kmeans_merge(sums, $0) } }
    }

    /// Calls `body` with the sums as the kernels see them.
    mutating func withKernel(_ body: (UnsafeMutablePointer<strata_kmeans_sums>) -> Void) {
        let (count, stride) = (clusterCount, stride)
        high.withUnsafeMutableBufferPointer { high in
            low.withUnsafeMutableBufferPointer { low in
                rows.withUnsafeMutableBufferPointer { rows in
                    var kernel = strata_kmeans_sums(
                        count: count, stride: stride, high: high.baseAddress, low: low.baseAddress,
                        rows: rows.baseAddress)
                    body(&kernel)
                }
            }
        }
    }
}
