import CustomerData
import LinearAlgebra
import Statistics

/// Rows of numbers and words, and distances between them: squared Euclidean in the numbers, and γ for every word that
/// differs (Huang 1998).
struct MixedPoints: Sendable {
    /// The numbers; a column of zeros where there are none.
    let numbers: KMeansPasses
    /// The codes of the words, `categoryCount` a row.
    let codes: [UInt32]
    /// Columns of words.
    let categoryCount: Int
    /// What a word that differs costs.
    let gamma: Double

    var rowCount: Int { numbers.data.rowCount }
    var parallel: Parallel { numbers.parallel }

    /// The codes of columns, row by row.
    static func codes(_ columns: [CategoryColumn], rowCount: Int) -> [UInt32] {
        var codes = [UInt32](repeating: 0, count: rowCount * columns.count)
        for (place, column) in columns.enumerated() {
            for row in 0..<rowCount { codes[row * columns.count + place] = column.codes[row] }
        }
        return codes
    }

    /// The numbers, checked to have as many rows as the words.
    static func numbers(_ matrix: Matrix<Double>, _ categories: [CategoryColumn]) throws -> Matrix<Double> {
        let rowCount = categories.first?.codes.count ?? matrix.rowCount
        guard categories.allSatisfy({ $0.codes.count == rowCount }), matrix.rowCount == rowCount else {
            throw Problem(
                .data, "columns of different lengths: \(matrix.rowCount) rows of numbers, \(rowCount) of words")
        }
        guard matrix.columnCount == 0 else { return matrix }
        return Matrix(rowCount: rowCount, columnCount: 1)
    }

    /// Cost of a row in a cluster of those modes, beyond the numbers.
    @inline(__always)
    func mismatch(_ row: Int, _ modes: UnsafePointer<UInt32>) -> Double {
        var count = 0
        for place in 0..<categoryCount where codes[row * categoryCount + place] != modes[place] { count += 1 }
        return gamma * Double(count)
    }

    /// The nearest prototype of each row and its cost; of equal ones the first.
    func nearest(_ prototypes: Prototypes) -> (labels: [UInt32], costs: [Double]) {
        let distances = CentreDistances(prototypes.centres)
        let count = prototypes.centres.count
        let parts = parallel.map(numbers.blocks.count) { block -> (labels: [UInt32], costs: [Double]) in
            let rows = numbers.blocks.rows(block)
            var labels = [UInt32](repeating: 0, count: rows.count)
            var costs = [Double](repeating: 0, count: rows.count)
            withUnsafeTemporaryAllocation(of: Double.self, capacity: rows.count * distances.width) { table in
                guard let base = table.baseAddress else { return }
                distances.write(numbers.data, rows, to: base)
                prototypes.modes.withUnsafeBufferPointer { modes in
                    guard let modes = modes.baseAddress else { return }
                    for place in 0..<rows.count {
                        let own = base + place * distances.width
                        var (best, least) = (0, Double.infinity)
                        for cluster in 0..<count {
                            let words = mismatch(rows.lowerBound + place, modes + cluster * categoryCount)
                            let cost = own[cluster] + words
                            if cost < least { (least, best) = (cost, cluster) }
                        }
                        (labels[place], costs[place]) = (UInt32(best), least)
                    }
                }
            }
            return (labels, costs)
        }
        return (parts.flatMap(\.labels), parts.flatMap(\.costs))
    }

    /// The prototype that a row is.
    func prototype(_ row: Int) -> Prototypes {
        Prototypes(
            centres: KMeansCentres(exact: numbers.data.row(row), columnCount: numbers.data.columnCount),
            modes: Array(codes[row * categoryCount..<(row + 1) * categoryCount]))
    }

    /// Rows that differ from each other and have a positive weight; `enough` when there are at least so many.
    func distinctCount(enough: Int) -> Int {
        var seen: Set<[UInt32]> = []
        for row in 0..<rowCount where numbers.weight(row) > 0 {
            let point = numbers.data.row(row).map(Float.init)
            // 0 and −0 are one number.
            var key = (0..<numbers.data.columnCount).map { point[$0] == 0 ? 0 : point[$0].bitPattern }
            key += codes[row * categoryCount..<(row + 1) * categoryCount]
            seen.insert(key)
            if seen.count == enough { break }
        }
        return seen.count
    }
}

/// The middle of each cluster: means of the numbers, the most frequent of the words.
struct Prototypes: Sendable {
    var centres: KMeansCentres
    /// Codes, a column of words each, cluster by cluster.
    var modes: [UInt32]
}
