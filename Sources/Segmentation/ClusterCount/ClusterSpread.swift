import LinearAlgebra
import Statistics

/// What the criteria need to know of clusters: weights, means, and how far the rows lie from the means of their own.
/// Clusters without a row of positive weight are left out.
struct ClusterSpread: Sendable {
    private static let blockSize = 8192

    let columnCount: Int
    /// Rows of positive weight.
    let rowCount: Int
    /// The place of each label among the clusters here; -1 for one that is left out.
    let places: [Int]
    /// The weight of each cluster.
    let masses: [Double]
    /// clusters × columns, less the origin.
    let means: [Double]
    /// What the means are less: the first row, so that sums far from zero lose no digits.
    let origin: [Double]
    /// The weighted sum of the squared distances to the mean, a cluster.
    let squares: [Double]
    /// The weighted sum of the distances to the mean, a cluster.
    let distances: [Double]

    var clusterCount: Int { masses.count }
    var mass: Double { masses.reduce(0, +) }

    /// Moments of labelled rows, in two passes; in doubles, and in blocks of fixed size.
    init<Element>(
        _ points: Matrix<Element>, labels: [UInt32], weights: [Double]?, parallel: Parallel
    ) {
        precondition(labels.count == points.rowCount && weights.map { $0.count == points.rowCount } ?? true)
        if let floats = points as? Matrix<Float> {
            self.init(plain: floats, labels, weights, parallel)
        } else if let doubles = points as? Matrix<Double> {
            self.init(plain: doubles, labels, weights, parallel)
        } else {
            let doubles = points.elements.map(Double.init)
            self.init(
                plain: Matrix(rowCount: points.rowCount, columnCount: points.columnCount, elements: doubles), labels,
                weights, parallel)
        }
    }

    private init<Element>(
        plain points: Matrix<Element>, _ labels: [UInt32], _ weights: [Double]?, _ parallel: Parallel
    ) {
        let (rowCount, width) = (points.rowCount, points.columnCount)
        let labelCount = labels.reduce(0) { max($0, Int($1) + 1) }
        let origin = rowCount > 0 ? (0..<width).map { Double(points[0, $0]) } : []
        let blockCount = (rowCount + Self.blockSize - 1) / Self.blockSize
        // A label's sums, weight and rows.
        let partWidth = width + 2
        let parts = parallel.map(blockCount) { block in
            var part = [Double](repeating: 0, count: labelCount * partWidth)
            points.elements.withUnsafeBufferPointer { values in
                for row in block * Self.blockSize..<min(rowCount, (block + 1) * Self.blockSize) {
                    let weight = weights.map { $0[row] } ?? 1
                    guard weight > 0 else { continue }
                    let base = Int(labels[row]) * partWidth
                    for column in 0..<width {
                        part[base + column] += weight * (Double(values[row * width + column]) - origin[column])
                    }
                    part[base + width] += weight
                    part[base + width + 1] += 1
                }
            }
            return part
        }
        let totals = Self.sum(parts, count: labelCount * partWidth)
        let held = (0..<labelCount).filter { totals[$0 * partWidth + width] > 0 }
        var places = [Int](repeating: -1, count: labelCount)
        for (place, label) in held.enumerated() { places[label] = place }
        let masses = held.map { totals[$0 * partWidth + width] }
        let means = held.flatMap { label in
            (0..<width).map { totals[label * partWidth + $0] / totals[label * partWidth + width] }
        }
        let spreads = parallel.map(blockCount) { [places] block in
            var part = [Double](repeating: 0, count: held.count * 2)
            points.elements.withUnsafeBufferPointer { values in
                for row in block * Self.blockSize..<min(rowCount, (block + 1) * Self.blockSize) {
                    let weight = weights.map { $0[row] } ?? 1
                    guard weight > 0 else { continue }
                    let place = places[Int(labels[row])]
                    var square = 0.0
                    for column in 0..<width {
                        let difference =
                            Double(values[row * width + column]) - origin[column] - means[place * width + column]
                        square += difference * difference
                    }
                    part[place * 2] += weight * square
                    part[place * 2 + 1] += weight * square.squareRoot()
                }
            }
            return part
        }
        let spread = Self.sum(spreads, count: held.count * 2)
        columnCount = width
        self.rowCount = held.reduce(0) { $0 + Int(totals[$1 * partWidth + width + 1]) }
        self.places = places
        self.masses = masses
        self.means = means
        self.origin = origin
        squares = held.indices.map { spread[$0 * 2] }
        distances = held.indices.map { spread[$0 * 2 + 1] }
    }

    private static func sum(_ parts: [[Double]], count: Int) -> [Double] {
        var total = [Double](repeating: 0, count: count)
        for part in parts { for index in 0..<count { total[index] += part[index] } }
        return total
    }

    /// The squared distance between the means of two clusters.
    func squaredDistance(_ one: Int, _ other: Int) -> Double {
        (0..<columnCount).reduce(0) { sum, column in
            let difference = means[one * columnCount + column] - means[other * columnCount + column]
            return sum + difference * difference
        }
    }
}
