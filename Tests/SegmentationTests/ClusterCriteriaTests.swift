import LinearAlgebra
import Segmentation
import Statistics
import Testing

/// Criteria of a clustering: equal to scikit-learn's where it has them.
@Suite("Criteria of clusters")
struct ClusterCriteriaTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let rows, columns, clusters: Int
        let silhouette, squared, calinskiHarabasz, daviesBouldin: Double
        /// Silhouettes of the rows 0, 1, the middle one, and the last.
        let values: [Double]

        var testDescription: String { "\(rows) × \(columns), k = \(clusters)" }

        var points: Matrix<Double> { MadePoints.matrix(rows: rows, columns: columns) }
        /// Labels that repeat every seven rows; with 21 clusters pairs of rows, and the last one alone.
        var labels: [UInt32] {
            (0..<rows).map { UInt32(clusters == 21 ? ($0 == rows - 1 ? 20 : $0 / 2) : ($0 % 7) % clusters) }
        }
    }

    // scikit-learn 1.9.1 on the points of MadePoints as float64: silhouette_score(x, labels), the same with
    // metric="sqeuclidean", calinski_harabasz_score, davies_bouldin_score, silhouette_samples[[0, 1, n // 2, -1]].
    static let cases = [
        Case(
            rows: 2000, columns: 4, clusters: 5, silhouette: -0.1542741841869082, squared: -0.28952527910287373,
            calinskiHarabasz: 43.336596962021794, daviesBouldin: 7.98588054721543,
            values: [-0.2143100927029347, -0.39572369570327776, -0.38891379297065004, 0.1792297045795864]),
        Case(
            rows: 300, columns: 1, clusters: 3, silhouette: -0.09404461075611462, squared: -0.16865028107491653,
            calinskiHarabasz: 2.9389663570154325, daviesBouldin: 13.598902484496707,
            values: [-0.14523507404590186, 0.23030514652008194, -0.2984807503435268, 0.13603014397110166]),
        Case(
            rows: 500, columns: 12, clusters: 7, silhouette: 0.05746542231330534, squared: 0.10570141201861719,
            calinskiHarabasz: 117.40393779331424,
            daviesBouldin: 3.2476016777611867,
            values: [0.14247641562155686, 0.08624073782832764, 0.03769936267074478, 0.04606058693130331]),
        Case(
            rows: 40, columns: 3, clusters: 21, silhouette: -0.3590277924994176, squared: -0.4758514490372419,
            calinskiHarabasz: 1.6729830226149416, daviesBouldin: 5.167892076674526,
            values: [0.08669598413949309, -0.1336628531711844, -0.86081862310343, 0]),
    ]

    private func close(_ one: Double?, _ other: Double) -> Bool {
        one.map { abs($0 - other) <= 1e-9 * max(1, abs(other)) } ?? false
    }

    @Test(arguments: cases) func `criteria are those of scikit-learn`(peer: Case) throws {
        let (points, labels) = (peer.points, peer.labels)
        for threads in 1...3 {
            let parallel = Parallel(threads: threads)
            let silhouette = try #require(Silhouette.exact(points, labels: labels, parallel: parallel))
            #expect(close(silhouette.mean, peer.silhouette))
            #expect(silhouette.standardError == nil)
            #expect(close(SquaredSilhouette.mean(points, labels: labels, parallel: parallel), peer.squared))
            #expect(close(CalinskiHarabasz.score(points, labels: labels, parallel: parallel), peer.calinskiHarabasz))
            #expect(close(DaviesBouldin.score(points, labels: labels, parallel: parallel), peer.daviesBouldin))
            let values = try #require(Silhouette.values(points, labels: labels, parallel: parallel))
            for (row, expected) in zip([0, 1, peer.rows / 2, peer.rows - 1], peer.values) {
                #expect(close(values[row], expected))
            }
            #expect(close(values.reduce(0, +) / Double(values.count), peer.silhouette))
        }
    }

    @Test func `floats and shifted points have the same criteria`() throws {
        let peer = Self.cases[2]
        let floats = Matrix(
            rowCount: peer.rows, columnCount: peer.columns, elements: peer.points.elements.map(Float.init))
        // The made points are multiples of 2⁻²⁴ below 4, so adding 2²⁰ keeps every bit.
        let far = Matrix(
            rowCount: peer.rows, columnCount: peer.columns, elements: peer.points.elements.map { $0 + 0x1p20 })
        #expect(Silhouette.exact(floats, labels: peer.labels) == Silhouette.exact(peer.points, labels: peer.labels))
        #expect(close(Silhouette.exact(far, labels: peer.labels)?.mean, peer.silhouette))
        #expect(close(SquaredSilhouette.mean(floats, labels: peer.labels), peer.squared))
        #expect(close(SquaredSilhouette.mean(far, labels: peer.labels), peer.squared))
        #expect(close(CalinskiHarabasz.score(far, labels: peer.labels), peer.calinskiHarabasz))
        #expect(close(DaviesBouldin.score(far, labels: peer.labels), peer.daviesBouldin))
    }

    @Test func `labels without rows change nothing`() {
        let peer = Self.cases[0]
        let sparse = peer.labels.map { $0 * 3 + 2 }
        #expect(close(Silhouette.exact(peer.points, labels: sparse)?.mean, peer.silhouette))
        #expect(close(SquaredSilhouette.mean(peer.points, labels: sparse), peer.squared))
        #expect(close(CalinskiHarabasz.score(peer.points, labels: sparse), peer.calinskiHarabasz))
        #expect(close(DaviesBouldin.score(peer.points, labels: sparse), peer.daviesBouldin))
    }

    @Test func `one cluster and a cluster a row have no criteria`() {
        let points = MadePoints.matrix(rows: 9, columns: 2)
        for labels in [[UInt32](repeating: 0, count: 9), [UInt32](repeating: 4, count: 9), (0..<9).map { UInt32($0) }] {
            #expect(Silhouette.exact(points, labels: labels) == nil)
            #expect(Silhouette.estimate(points, labels: labels) == nil)
            #expect(SquaredSilhouette.mean(points, labels: labels) == nil)
            #expect(CalinskiHarabasz.score(points, labels: labels) == nil)
            #expect(DaviesBouldin.score(points, labels: labels) == nil)
        }
        let none = Matrix<Double>(rowCount: 0, columnCount: 2)
        #expect(Silhouette.exact(none, labels: []) == nil)
        #expect(CalinskiHarabasz.score(none, labels: []) == nil)
    }

    @Test func `a row alone in its cluster counts nothing, and equal rows have no distances`() throws {
        let points = Matrix(rowCount: 5, columnCount: 1, elements: [0.0, 0, 0, 0, 9])
        let values = try #require(Silhouette.values(points, labels: [0, 0, 0, 0, 1]))
        #expect(values == [1, 1, 1, 1, 0])
        #expect(Silhouette.values(points, labels: [0, 0, 1, 1, 2]) == [0, 0, 0, 0, 0])
        // scikit-learn 1.9.1 gives 1 and 0 for clusters without spread.
        #expect(CalinskiHarabasz.score(points, labels: [0, 0, 0, 0, 1]) == 1)
        #expect(DaviesBouldin.score(points, labels: [0, 0, 0, 0, 1]) == 0)
    }

    @Test func `a weight is worth as many equal rows where rows count themselves, and scales away elsewhere`() throws {
        let peer = Self.cases[0]
        let weights = (0..<peer.rows).map { Double($0 % 4) }
        let repeated = (0..<peer.rows).flatMap { Array(repeating: $0, count: $0 % 4) }
        let many = Matrix(
            rowCount: repeated.count, columnCount: peer.columns,
            elements: repeated.flatMap { row in (0..<peer.columns).map { peer.points[row, $0] } })
        let labels = repeated.map { peer.labels[$0] }
        let calinski = try #require(CalinskiHarabasz.score(many, labels: labels))
        #expect(close(CalinskiHarabasz.score(peer.points, labels: peer.labels, weights: weights), calinski))
        let davies = try #require(DaviesBouldin.score(many, labels: labels))
        #expect(close(DaviesBouldin.score(peer.points, labels: peer.labels, weights: weights), davies))

        let ones = [Double](repeating: 2.5, count: peer.rows)
        #expect(close(Silhouette.exact(peer.points, labels: peer.labels, weights: ones)?.mean, peer.silhouette))
        #expect(close(SquaredSilhouette.mean(peer.points, labels: peer.labels, weights: ones), peer.squared))
        // A row of weight 0 is as good as absent.
        let held = weights.indices.filter { weights[$0] > 0 }
        let part = Matrix(
            rowCount: held.count, columnCount: peer.columns,
            elements: held.flatMap { row in (0..<peer.columns).map { peer.points[row, $0] } })
        let without = try #require(
            Silhouette.exact(part, labels: held.map { peer.labels[$0] }, weights: held.map { weights[$0] }))
        #expect(close(Silhouette.exact(peer.points, labels: peer.labels, weights: weights)?.mean, without.mean))
    }

    @Test func `an estimate lies within its standard errors, and keeps small clusters`() throws {
        let count = 30_000
        var generator = SeededGenerator(seed: 3)
        // Three clusters: one of 40 rows, which a random 1,000 would mostly miss.
        let labels = (0..<count).map { UInt32($0 < 40 ? 2 : $0 % 2) }
        let points = Matrix(
            rowCount: count, columnCount: 3,
            elements: (0..<count * 3).map { Double(labels[$0 / 3]) * 2 + generator.unit() * 3 })
        let exact = try #require(Silhouette.exact(points, labels: labels))
        var inside = 0
        for seed: UInt64 in 0..<20 {
            let estimate = try #require(
                Silhouette.estimate(points, labels: labels, judgedCount: 1_000, comparedCount: 10_000, seed: seed))
            let error = try #require(estimate.standardError)
            #expect(error > 0 && error < 0.02)
            #expect(abs(estimate.mean - exact.mean) < 5 * error)
            if abs(estimate.mean - exact.mean) < 2 * error { inside += 1 }
            let small = try #require(estimate.clusterMeans[2])
            #expect(abs(small - (exact.clusterMeans[2] ?? 0)) < 0.05)
            #expect(estimate.judgedRowCount >= 1_030 && estimate.judgedRowCount <= 1_050)
        }
        // About 19 of 20 lie within two standard errors.
        #expect(inside >= 16)
        let whole = try #require(Silhouette.estimate(points, labels: labels, judgedCount: count))
        #expect(whole == exact)
    }

    @Test func `the adjusted Rand index is that of scikit-learn`() {
        let one = (0..<1000).map { UInt32($0 * 7 % 13 % 4) }
        let other = (0..<1000).map { UInt32($0 * 7 % 13 % 5) }
        // scikit-learn 1.9.1, adjusted_rand_score.
        #expect(abs(AdjustedRandIndex.between(one, other) - 0.1331931726047759) < 1e-12)
        #expect(AdjustedRandIndex.between(one, one.map { ($0 + 1) % 4 }) == 1)
        #expect(AdjustedRandIndex.between([0, 0, 0], [0, 1, 2]) == 0)
        #expect(AdjustedRandIndex.between([0, 0, 1, 1], [0, 1, 0, 1]) == -0.5)
        #expect(AdjustedRandIndex.between([], []) == 1)
    }
}
