import LinearAlgebra
import Statistics
import Testing

@testable import Segmentation

@Suite("Starts of k-means")
struct KMeansSeedingTests {
    /// Groups of different sizes around points of a grid.
    private func groups(_ rowCount: Int) -> Matrix<Double> {
        var generator = SeededGenerator(seed: 9)
        let elements = (0..<rowCount).flatMap { row -> [Double] in
            let group = row % 20 < 11 ? row % 2 : row % 20
            let (x, y) = (Double(group % 5) * 10, Double(group / 5) * 10)
            return [x + generator.unit(), y + generator.unit()]
        }
        return Matrix(rowCount: rowCount, columnCount: 2, elements: elements)
    }

    private func passes(_ points: Matrix<Double>, weights: [Double]? = nil, threads: Int = 2) throws -> KMeansPasses {
        let parallel = Parallel(threads: threads)
        return KMeansPasses(
            data: try CentredPoints(points, weights: weights, columnNames: [], parallel: parallel), weights: weights,
            parallel: parallel)
    }

    @Test func `k-means|| finds separated groups as k-means++ does`() throws {
        let points = groups(20_000)
        for seed in 1...10 as ClosedRange<UInt64> {
            func inertia(_ seeding: KMeans.Seeding) throws -> Double {
                try KMeans(.init(clusterCount: 11, seed: seed, runs: 1, seeding: seeding)).fit(points).inertia
            }
            // Two coordinates, evenly spread over 1: the variances are 1/12 each.
            let expected = 20_000.0 / 6
            #expect(try abs(inertia(.oversampling) - expected) < 0.02 * expected)
            #expect(try abs(inertia(.plusPlus) - expected) < 0.02 * expected)
        }
    }

    @Test func `k-means|| starts are rows of positive weight, alike for any number of threads`() throws {
        let points = groups(30_000)
        let weights = (0..<30_000).map { Double($0 % 3) }
        func seeds(_ threads: Int) throws -> [Double] {
            var generator = SeededGenerator(seed: 4)
            return try passes(points, weights: weights, threads: threads).seeds(
                40, by: .oversampling, using: &generator
            ).exact
        }
        let found = try seeds(1)
        for threads in 2...3 { #expect(try seeds(threads) == found) }
        let data = try passes(points, weights: weights).data
        let heavy = Set((0..<30_000).filter { weights[$0] > 0 }.map { data.row($0) })
        for centre in 0..<40 {
            #expect(heavy.contains(Array(found[centre * data.stride..<(centre + 1) * data.stride])))
        }
    }

    @Test func `with too few distinct candidates k-means|| falls back to k-means++`() throws {
        let rows = (0..<1000).map { [Double($0 < 995 ? 0 : $0), 1] }
        let points = Matrix(rowCount: 1000, columnCount: 2, elements: rows.flatMap { $0 })
        for seed in 1...20 as ClosedRange<UInt64> {
            let model = try KMeans(.init(clusterCount: 6, seed: seed, runs: 1, seeding: .oversampling)).fit(points)
            #expect(model.inertia == 0)
        }
    }

    @Test func `auto takes k-means|| where rows and clusters are many`() {
        #expect(KMeans.Seeding(rowCount: 1_000_000, clusterCount: 100) == .oversampling)
        #expect(KMeans.Seeding(rowCount: 1_000_000, clusterCount: 8) == .plusPlus)
        #expect(KMeans.Seeding(rowCount: 5_000, clusterCount: 100) == .plusPlus)
    }
}
