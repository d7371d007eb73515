import Foundation
import LinearAlgebra
import Testing

@testable import Segmentation

/// Inertia from the same start and number of iterations as another system's.
@Suite("k-means and scikit-learn")
struct KMeansPeerTests {
    struct Case: CustomTestStringConvertible {
        let rows, columns, clusters, maxIterations: Int
        let inertia: Double
        let iterations: Int
        let sizes: [Int]

        var testDescription: String { "\(rows) × \(columns), k = \(clusters), \(maxIterations) iterations at most" }
    }

    // scikit-learn 1.9.1, on the points of MadePoints as float64:
    // KMeans(k, init=x[:k], n_init=1, max_iter=…, tol=0).fit(x), its inertia_, n_iter_ and numpy.bincount(labels_).
    static let cases = [
        Case(
            rows: 2000, columns: 4, clusters: 5, maxIterations: 3, inertia: 612.8548995637859, iterations: 3,
            sizes: [347, 303, 540, 392, 418]),
        Case(
            rows: 2000, columns: 4, clusters: 5, maxIterations: 300, inertia: 575.3248817934126, iterations: 23,
            sizes: [417, 324, 418, 491, 350]),
        Case(
            rows: 1000, columns: 40, clusters: 20, maxIterations: 4, inertia: 3108.173092166562, iterations: 4,
            sizes: [74, 37, 71, 72, 52, 28, 68, 53, 43, 53, 27, 71, 72, 69, 44, 39, 11, 52, 24, 40]),
        Case(
            rows: 1000, columns: 40, clusters: 20, maxIterations: 300, inertia: 3094.4301345767444, iterations: 12,
            sizes: [75, 38, 59, 72, 52, 27, 69, 51, 43, 66, 29, 71, 71, 69, 43, 39, 11, 50, 24, 41]),
        Case(
            rows: 500, columns: 1, clusters: 3, maxIterations: 4, inertia: 27.218507982513874, iterations: 4,
            sizes: [89, 208, 203]),
        Case(
            rows: 3000, columns: 8, clusters: 8, maxIterations: 20, inertia: 1775.8599453057498, iterations: 20,
            sizes: [310, 338, 343, 337, 349, 517, 455, 351]),
    ]

    @Test(arguments: cases)
    func `the same start and iterations give the same inertia and clusters`(peer: Case) throws {
        let points = MadePoints.matrix(rows: peer.rows, columns: peer.columns)
        let start = MadePoints.start(points, count: peer.clusters)
        let model = try KMeans(
            .init(clusterCount: peer.clusters, maxIterations: peer.maxIterations, tolerance: 0)
        ).fit(points, initialCentres: start)
        #expect(abs(model.inertia - peer.inertia) <= 1e-6 * peer.inertia)
        #expect(model.iterations == peer.iterations)
        #expect(model.sizes == peer.sizes)
    }

    private static let purchases = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "notebooks-data/cdnow/purchases.csv")

    // scikit-learn 1.9.1 on ln(1 + x) of recency (days before the last purchase of all), frequency (lines) and
    // monetary of CDNOW's 23,570 customers in the order of their ids, float64, called as above.
    @Test(
        .enabled(if: FileManager.default.fileExists(atPath: purchases.path)),
        arguments: [
            (4, 5, 14392.918661986034, [8983, 7547, 2363, 4677]),
            (8, 12, 7840.673300462171, [6097, 3837, 554, 1922, 1142, 6055, 2470, 1493]),
        ])
    func `the customers of CDNOW fall into the same clusters`(
        clusters: Int, iterations: Int, inertia: Double, sizes: [Int]
    ) throws {
        let points = try cdnow()
        #expect(points.rowCount == 23_570)
        let model = try KMeans(.init(clusterCount: clusters, maxIterations: iterations, tolerance: 0))
            .fit(points, initialCentres: MadePoints.start(points, count: clusters))
        #expect(abs(model.inertia - inertia) <= 1e-6 * inertia)
        #expect(model.iterations == iterations)
        #expect(model.sizes == sizes)
    }

    private func cdnow() throws -> Matrix<Double> {
        struct Customer {
            var last = 0
            var lines = 0.0
            var cents = 0
        }
        var customers: [Int: Customer] = [:]
        let text = try String(contentsOf: Self.purchases, encoding: .utf8)
        let day = Date.ISO8601FormatStyle().year().month().day()
        var days: [Substring: Int] = [:]
        for line in text.split(separator: "\n").dropFirst() {
            let cells = line.split(separator: ",")
            guard let id = Int(cells[0]), let amount = Double(cells[3]) else { continue }
            if days[cells[1]] == nil {
                days[cells[1]] = Int(try Date(String(cells[1]), strategy: day).timeIntervalSince1970) / 86_400
            }
            customers[id, default: Customer()].last = max(customers[id]?.last ?? 0, days[cells[1]] ?? 0)
            customers[id, default: Customer()].lines += 1
            customers[id, default: Customer()].cents += Int((amount * 100).rounded())
        }
        let last = days.values.max() ?? 0
        let rows = customers.sorted { $0.key < $1.key }.flatMap { entry in
            [Double(last - entry.value.last), entry.value.lines, Double(entry.value.cents) / 100].map { log1p($0) }
        }
        return Matrix(rowCount: rows.count / 3, columnCount: 3, elements: rows)
    }
}
