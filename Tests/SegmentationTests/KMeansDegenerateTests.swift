import CustomerData
import LinearAlgebra
import Statistics
import Testing

@testable import Segmentation

/// A kind of k-means, by what its tests need of it.
enum ClusteringKind: String, CaseIterable, Sendable {
    case kMeans, oversampled, balanced, miniBatch, prototypes

    /// Clusters rows; k-prototypes get a column of one word as well.
    func fit(
        _ rows: Matrix<Double>, weights: [Double]? = nil, clusters: Int
    ) throws -> (centres: [[Double]], sizes: [Int], inertia: Double, labels: [UInt32]) {
        let seeding = self == .oversampled ? KMeans.Seeding.oversampling : .automatic
        let options = try KMeans.Options(clusterCount: clusters, runs: 2, seeding: seeding)
        switch self {
        case .kMeans, .oversampled:
            let (model, rows) = try KMeans(options).fitAssigning(rows, weights: weights)
            return (model.centres, model.sizes, model.inertia, rows.labels)
        case .balanced:
            let (model, rows) = try BalancedKMeans(.init(options)).fitAssigning(rows, weights: weights)
            return (model.clusters.centres, model.clusters.sizes, model.clusters.inertia, rows.labels)
        case .miniBatch:
            let (model, rows) = try MiniBatchKMeans(.init(options)).fitAssigning(rows, weights: weights)
            return (model.centres, model.sizes, model.inertia, rows.labels)
        case .prototypes:
            let word = CategoryColumn(name: "w", labels: ["a"], codes: Array(repeating: 0, count: rows.rowCount))
            let (model, rows) = try KPrototypes(.init(options)).fitAssigning(rows, [word], weights: weights)
            return (model.centres, model.sizes, model.cost, rows.labels)
        }
    }
}

/// Inputs at the edge of sense, for every kind of k-means: each ends, with a result or a sentence.
@Suite("Degenerate input of every k-means")
struct KMeansDegenerateTests {
    private func matrix(_ rows: [[Double]]) -> Matrix<Double> {
        Matrix(rowCount: rows.count, columnCount: rows.first?.count ?? 0, elements: rows.flatMap { $0 })
    }

    private func refusal(_ body: () throws -> Void) -> String? {
        do {
            try body()
            return nil
        } catch {
            guard let problem = error as? Problem, problem.kind == .data else { return nil }
            return problem.description
        }
    }

    @Test(arguments: ClusteringKind.allCases) func `all rows equal make one cluster, and no more`(kind: ClusteringKind)
        throws
    {
        let rows = matrix(Array(repeating: [3.5, -1], count: 40))
        let one = try kind.fit(rows, clusters: 1)
        #expect(one.centres == [[3.5, -1]])
        #expect(one.sizes == [40])
        #expect(one.inertia == 0)
        #expect(
            refusal { _ = try kind.fit(rows, clusters: 2) } == "1 distinct row, fewer than the 2 clusters asked for")
    }

    @Test(arguments: ClusteringKind.allCases) func `two distinct points and five clusters are refused`(
        kind: ClusteringKind
    ) throws {
        let rows = matrix((0..<30).map { [Double($0 % 2), 1] })
        #expect(
            refusal { _ = try kind.fit(rows, clusters: 5) } == "2 distinct rows, fewer than the 5 clusters asked for")
        #expect(try kind.fit(rows, clusters: 2).inertia == 0)
    }

    @Test(arguments: ClusteringKind.allCases, [Double.nan, .infinity, -.infinity])
    func `a column of NaN and an infinite value are refused with their place`(kind: ClusteringKind, value: Double)
        throws
    {
        let bad = matrix((0..<20).map { [Double($0), $0 >= 7 || value.isNaN ? value : 1] })
        let sentence = refusal { _ = try kind.fit(bad, clusters: 2) }
        #expect(
            sentence?.hasPrefix("row \(value.isNaN ? 0 : 7) (the first is 0), column 1: expected a finite number")
                == true)
    }

    @Test(arguments: ClusteringKind.allCases) func `one row is a cluster, and no two`(kind: ClusteringKind) throws {
        let row = matrix([[2, 5, 7]])
        let found = try kind.fit(row, clusters: 1)
        #expect(found.centres == [[2, 5, 7]])
        #expect(found.labels == [0])
        #expect(found.inertia == 0)
        #expect(refusal { _ = try kind.fit(row, clusters: 2) } == "1 distinct row, fewer than the 2 clusters asked for")
    }

    @Test(arguments: ClusteringKind.allCases) func `no rows are refused`(kind: ClusteringKind) throws {
        #expect(
            refusal { _ = try kind.fit(Matrix(rowCount: 0, columnCount: 2), clusters: 1) }
                == "0 distinct rows, fewer than the 1 cluster asked for")
    }

    @Test(arguments: ClusteringKind.allCases) func `a row of weight 0 is labelled and moves nothing`(
        kind: ClusteringKind
    ) throws {
        let rows = matrix([[0], [2], [10], [12], [1_000]])
        let found = try kind.fit(rows, weights: [1, 1, 1, 1, 0], clusters: 2)
        #expect(found.labels[4] == found.labels[3])
        #expect(found.centres.allSatisfy { $0[0] <= 12 })
        #expect(
            refusal { _ = try kind.fit(rows, weights: [1, 0, 0, 0, 0], clusters: 2) }
                == "1 distinct row of positive weight, fewer than the 2 clusters asked for")
        #expect(
            refusal { _ = try kind.fit(rows, weights: [0, 0, 0, 0, 0], clusters: 1) }
                == "0 distinct rows of positive weight, fewer than the 1 cluster asked for")
    }

    @Test(arguments: ClusteringKind.allCases) func `a million duplicates of three points end`(kind: ClusteringKind)
        throws
    {
        var elements = [Double](repeating: 4, count: 2_000_000)
        for row in stride(from: 0, to: 1_000_000, by: 4) { elements[2 * row] = 0 }
        for row in stride(from: 1, to: 1_000_000, by: 4) { elements[2 * row + 1] = 9 }
        let rows = Matrix(rowCount: 1_000_000, columnCount: 2, elements: elements)
        let found = try kind.fit(rows, clusters: 3)
        #expect(found.sizes.reduce(0, +) == 1_000_000)
        if kind == .balanced {
            #expect(found.sizes.allSatisfy { $0 == 333_333 || $0 == 333_334 })
        } else {
            #expect(found.inertia < 1e-6)
            #expect(found.sizes.sorted() == [250_000, 250_000, 500_000])
        }
        #expect(
            refusal { _ = try kind.fit(rows, clusters: 4) } == "3 distinct rows, fewer than the 4 clusters asked for")
    }
}
