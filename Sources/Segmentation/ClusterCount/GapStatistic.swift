import CustomerData
import LinearAlgebra
import Statistics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The gap statistic (Tibshirani, Walther & Hastie 2001): how much less spread k-means leaves in the data than in data
/// without clusters.
///
/// gap(k) = mean of log W*(k) over reference sets − log W(k), where W is the inertia. References are uniform in the box
/// of the data's principal components (their section 3, b). s(k) = standard deviation of log W*(k) × √(1 + 1/B). The
/// choice is the smallest candidate whose gap is at least that of the next candidate less its s; when there is none,
/// the last. Data and references are clustered alike, by as many runs. A reference row has the weight of the data's row
/// of the same number.
public struct GapStatistic: Sendable {
    /// How to compute it.
    public struct Options: Hashable, Codable, Sendable {
        /// Candidates, ascending; the first should be 1, so that "no clusters" can be the answer.
        public let clusterCounts: [Int]
        /// Reference sets (B).
        public let references: Int
        /// Runs of k-means for the data and for each reference.
        public let runs: Int
        /// With more rows than this, a random part of so many stands for all.
        public let sampleRows: Int
        /// The seed.
        public let seed: UInt64

        /// Options, checked.
        ///
        /// - Throws: a usage problem that names the option, what is allowed and what was found.
        public init(
            clusterCounts: [Int] = Array(1...12), references: Int = 20, runs: Int = 3, sampleRows: Int = 5_000,
            seed: UInt64 = 1
        ) throws {
            let isAscending = zip(clusterCounts, clusterCounts.dropFirst()).allSatisfy(<)
            guard let first = clusterCounts.first, first >= 1, isAscending else {
                throw Problem(.usage, "GapStatistic.clusterCounts must be ascending, in 1...; got \(clusterCounts)")
            }
            guard references >= 2 else {
                throw Problem(.usage, "GapStatistic.references must be in 2...; got \(references)")
            }
            guard runs >= 1 else { throw Problem(.usage, "GapStatistic.runs must be in 1...; got \(runs)") }
            guard sampleRows >= 100 else {
                throw Problem(.usage, "GapStatistic.sampleRows must be in 100...; got \(sampleRows)")
            }
            self.clusterCounts = clusterCounts
            self.references = references
            self.runs = runs
            self.sampleRows = sampleRows
            self.seed = seed
        }
    }

    /// How to compute it.
    public let options: Options

    /// The statistic with these options.
    public init(_ options: Options) { self.options = options }

    /// The gaps of the candidates.
    ///
    /// - Parameters:
    ///   - points: rows × columns, all values finite.
    ///   - weights: one a row; nil when every row weighs 1.
    ///   - columnNames: names for messages.
    ///   - parallel: the threads.
    /// - Throws: a data problem: no row of positive weight, no columns, a value that is not finite.
    /// - Complexity: O(references × runs × iterations × sample rows × columns × sum of the candidates).
    public func curve<Element>(
        _ points: Matrix<Element>, weights: [Double]? = nil, columnNames: [String] = [], parallel: Parallel = Parallel()
    ) throws -> GapCurve {
        var generator = SeededGenerator(seed: options.seed, stream: 0x6A9)
        let rows = RowSample.draw(options.sampleRows, of: points.rowCount, using: &generator)
        let data = points.doubles(rows)
        let weights = weights.map { weights in rows.map { weights[$0] } }
        let counts = try candidates(data, weights, columnNames, parallel)
        let box = try PrincipalBox(data, weights: weights)
        // A set after the other, the data first; each with every candidate.
        let setCount = options.references + 1
        let inertias = try parallel.tryMap(setCount * counts.count) { task -> Double in
            // The costly candidates first.
            let (place, set) = task.quotientAndRemainder(dividingBy: setCount)
            let count = counts[counts.count - 1 - place]
            let matrix = set == 0 ? data : box.uniform(data.rowCount, seed: options.seed, stream: UInt64(set))
            return try KMeans(
                .init(clusterCount: count, seed: options.seed &+ UInt64(set), runs: options.runs, maxIterations: 100)
            ).fit(matrix, weights: weights, columnNames: columnNames, parallel: Parallel(threads: 1)).inertia
        }
        let sets = counts.indices.map { place in
            inertias[(counts.count - 1 - place) * setCount..<(counts.count - place) * setCount]
        }
        let steps = zip(counts, sets).map { count, set in
            GapCurve.Step(
                clusterCount: count, inertia: set.first ?? 0, references: Array(set.dropFirst()),
                first: Array(sets[0].dropFirst()))
        }
        return GapCurve(steps: steps, rowCount: rows.count)
    }

    /// The candidates that the rows allow: no more clusters than distinct rows, and fewer than rows, since with a
    /// cluster a row no data has any spread.
    private func candidates(
        _ data: Matrix<Double>, _ weights: [Double]?, _ columnNames: [String], _ parallel: Parallel
    ) throws -> [Int] {
        let largest = options.clusterCounts.last ?? 1
        guard data.columnCount > 0 else { throw Problem(.data, "no columns to cluster on") }
        let distinct = try DistinctRows.count(
            data, weights: weights, enough: largest, columnNames: columnNames, parallel: parallel)
        let held = weights.map { $0.count { $0 > 0 } } ?? data.rowCount
        guard distinct > 0 else { throw Problem(.data, "no rows to choose a number of clusters for") }
        let allowed = options.clusterCounts.filter { $0 <= distinct && $0 < held }
        return allowed.isEmpty ? [1] : allowed
    }
}

/// The box of the principal components of rows.
struct PrincipalBox: Sendable {
    /// The length of each side.
    let sides: [Double]

    /// - Throws: a data problem when a variance is too large for a 64-bit float.
    init(_ points: Matrix<Double>, weights: [Double]?) throws {
        let (rowCount, width) = (points.rowCount, points.columnCount)
        let mass = weights?.reduce(0, +) ?? Double(rowCount)
        func weight(_ row: Int) -> Double { weights.map { $0[row] } ?? 1 }
        var mean = [Double](repeating: 0, count: width)
        for row in 0..<rowCount { for column in 0..<width { mean[column] += weight(row) * points[row, column] / mass } }
        var covariance = Matrix<Double>(rowCount: width, columnCount: width)
        for row in 0..<rowCount where weight(row) > 0 {
            for one in 0..<width {
                let left = weight(row) / mass * (points[row, one] - mean[one])
                for other in one..<width { covariance[one, other] += left * (points[row, other] - mean[other]) }
            }
        }
        guard let (_, vectors) = symmetricEigenvectors(covariance) else {
            throw Problem(.data, "the variance of a column is too large for a 64-bit float")
        }
        sides = (0..<width).map { component in
            var (least, greatest) = (Double.infinity, -Double.infinity)
            for row in 0..<rowCount where weight(row) > 0 {
                var score = 0.0
                for column in 0..<width { score += vectors[component, column] * (points[row, column] - mean[column]) }
                (least, greatest) = (min(least, score), max(greatest, score))
            }
            return max(greatest - least, 0)
        }
    }

    /// Rows uniform in the box. They are left in the components' coordinates: distances are the same there.
    func uniform(_ rowCount: Int, seed: UInt64, stream: UInt64) -> Matrix<Double> {
        var generator = SeededGenerator(seed: seed, stream: 0x0B0C + stream)
        return Matrix(
            rowCount: rowCount, columnCount: sides.count,
            elements: (0..<rowCount * sides.count).map { (generator.unit() - 0.5) * sides[$0 % sides.count] })
    }
}
