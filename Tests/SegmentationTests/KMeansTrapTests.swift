import CustomerData
import LinearAlgebra
import Statistics
import Testing

@testable import Segmentation

/// What other systems are known to have got wrong.
@Suite("k-means: known traps")
struct KMeansTrapTests {
    private func matrix(_ rows: [[Double]]) -> Matrix<Double> {
        Matrix(rowCount: rows.count, columnCount: rows.first?.count ?? 0, elements: rows.flatMap { $0 })
    }

    // scikit-learn #28055: an endless loop on duplicate points.
    @Test func `duplicates end, with every cluster filled`() throws {
        let points = matrix((0..<1000).map { $0 % 100 == 0 ? [Double($0), 1] : [0, 0] })
        for seed in 1...5 as ClosedRange<UInt64> {
            let model = try KMeans(.init(clusterCount: 11, seed: seed, runs: 1, tolerance: 0)).fit(points)
            #expect(model.converged)
            #expect(model.sizes.allSatisfy { $0 > 0 })
            #expect(model.inertia == 0)
        }
    }

    @Test(arguments: [1, 2, 3, 4]) func `fewer distinct rows than clusters are refused`(distinct: Int) throws {
        let points = matrix((0..<50).map { [Double($0 % distinct), 7] })
        let fit = { (count: Int) in try KMeans(.init(clusterCount: count)).fit(points) }
        #expect(try fit(distinct).inertia == 0)
        let rows = distinct == 1 ? "row" : "rows"
        #expect(
            throws: Problem(.data, "\(distinct) distinct \(rows), fewer than the \(distinct + 1) clusters asked for")
        ) { _ = try fit(distinct + 1) }
    }

    @Test func `0 and -0 are one row`() throws {
        #expect(throws: Problem(.data, "1 distinct row, fewer than the 2 clusters asked for")) {
            _ = try KMeans(.init(clusterCount: 2)).fit(matrix([[0.0], [-0.0]]))
        }
    }

    // scikit-learn #34074: labels stale after an empty cluster was filled.
    @Test func `after a relocation labels, sizes and inertia are those of the centres`() throws {
        // All rows are nearest to the first centre: the second and third start empty.
        let points = matrix([[0], [1], [2], [50], [51], [100]])
        let start = matrix([[20], [1000], [2000]])
        for iterations in 1...3 {
            let (model, assignment) = try KMeans(.init(clusterCount: 3, maxIterations: iterations, tolerance: 0))
                .fitAssigning(points, initialCentres: start)
            #expect(try model.assign(points) == assignment)
            #expect(model.sizes == (0..<3).map { label in assignment.labels.count { $0 == label } })
            let squares = assignment.distances.map { $0 * $0 }.reduce(0, +)
            #expect(abs(model.inertia - squares) <= 1e-12 * squares)
        }
    }

    @Test func `empty clusters take the farthest row, then the one farthest from that too`() throws {
        let points = matrix([[0], [1], [2], [50], [51], [100], [100]])
        // From 20: 100 lies farthest, the first of its two rows; then 51, the rows at 100 being taken care of.
        let (model, assignment) = try KMeans(.init(clusterCount: 3, maxIterations: 1)).fitAssigning(
            points, initialCentres: matrix([[20], [1000], [2000]]))
        for (centre, expected) in zip(model.centres, [153.0 / 5, 100, 51]) { #expect(abs(centre[0] - expected) < 1e-5) }
        #expect(assignment.labels == [0, 0, 0, 2, 2, 1, 1])
    }

    @Test func `equal starting centres part`() throws {
        let model = try KMeans(.init(clusterCount: 3, tolerance: 0)).fit(
            matrix([[0], [0.1], [5], [5.1], [9], [9.1]]), initialCentres: matrix([[0], [0], [0]]))
        #expect(model.sizes == [2, 2, 2])
        #expect(abs(model.inertia - 0.015) < 1e-7)
    }

    // scikit-learn-intelex #25: inertia 0 where the truth is 4e-8.
    @Test func `a tiny inertia far from the origin is kept`() throws {
        // Two pairs 2e-4 apart: 2 × 2 × (1e-4)² = 4e-8. Less the mean the pairs lie 1 from the origin; as they stand,
        // floats would be 6e-5 apart there.
        let points = matrix([[1000, 1000], [1000.0002, 1000], [1002, 1000], [1002, 1000.0002]])
        let model = try KMeans(.init(clusterCount: 2)).fit(points)
        #expect(abs(model.inertia - 4e-8) < 2e-11)
        #expect(model.sizes == [2, 2])
    }

    @Test func `a shift of all points shifts the centres and changes nothing else`() throws {
        let near = MadePoints.matrix(rows: 400, columns: 3)
        // A multiple of the points' spacing, so that the sums are exact.
        let far = Matrix(rowCount: 400, columnCount: 3, elements: near.elements.map { $0 + 0x1p22 })
        let start = (MadePoints.start(near, count: 4), MadePoints.start(far, count: 4))
        let kmeans = KMeans(try .init(clusterCount: 4, tolerance: 0))
        let expected = try kmeans.fitAssigning(near, initialCentres: start.0)
        let found = try kmeans.fitAssigning(far, initialCentres: start.1)
        #expect(found.assignment.labels == expected.assignment.labels)
        #expect(found.model.iterations == expected.model.iterations)
        #expect(abs(found.model.inertia - expected.model.inertia) <= 1e-6 * expected.model.inertia)
    }

    @Test func `a constant column changes nothing`() throws {
        let points = MadePoints.matrix(rows: 300, columns: 2)
        let wide = matrix((0..<300).map { [points[$0, 0], 1e6, points[$0, 1]] })
        // The tolerance is relative to the mean variance, which the column lowers: with 0 both run to the end.
        let kmeans = KMeans(try .init(clusterCount: 4, seed: 5, tolerance: 0))
        let (expected, found) = (try kmeans.fitAssigning(points), try kmeans.fitAssigning(wide))
        #expect(found.assignment == expected.assignment)
        #expect(found.model.inertia == expected.model.inertia)
        #expect(found.model.centres.map { [$0[0], $0[2]] } == expected.model.centres)
        #expect(found.model.centres.allSatisfy { $0[1] == 1e6 })
    }

    // MARK: - Weights

    @Test func `a whole weight is as many rows`() throws {
        let points = MadePoints.matrix(rows: 200, columns: 3)
        let weights = (0..<200).map { Double($0 % 4) }
        var repeated: [[Double]] = []
        for row in 0..<200 {
            for _ in 0..<(row % 4) { repeated.append((0..<3).map { points[row, $0] }) }
        }
        let start = MadePoints.start(points, count: 3)
        let kmeans = KMeans(try .init(clusterCount: 3, tolerance: 0))
        let weighted = try kmeans.fit(points, weights: weights, initialCentres: start)
        let plain = try kmeans.fit(matrix(repeated), initialCentres: start)
        #expect(weighted.iterations == plain.iterations)
        #expect(abs(weighted.inertia - plain.inertia) <= 1e-6 * plain.inertia)
        for (left, right) in zip(weighted.centres.joined(), plain.centres.joined()) {
            #expect(abs(left - right) < 1e-6)
        }
    }

    @Test func `rows of weight 0 are labelled and move nothing`() throws {
        let points = matrix([[0], [2], [10], [12], [1_000_000], [11]])
        let weights: [Double] = [1, 1, 1, 1, 0, 0]
        for seed in 1...10 as ClosedRange<UInt64> {
            let (model, assignment) = try KMeans(.init(clusterCount: 2, seed: seed)).fitAssigning(
                points, weights: weights)
            let centres = model.centres.map { $0[0] }.sorted()
            #expect(centres == [1, 11])
            #expect(assignment.labels[4] == assignment.labels[2])
            #expect(model.sizes.sorted() == [2, 4])
        }
        #expect(throws: Problem(.data, "4 distinct rows of positive weight, fewer than the 5 clusters asked for")) {
            _ = try KMeans(.init(clusterCount: 5)).fit(points, weights: weights)
        }
        #expect(throws: Problem(.data, "0 distinct rows of positive weight, fewer than the 1 cluster asked for")) {
            _ = try KMeans(.init(clusterCount: 1)).fit(points, weights: [0, 0, 0, 0, 0, 0])
        }
    }

    @Test func `an empty cluster never takes a row of weight 0`() throws {
        let (model, _) = try KMeans(.init(clusterCount: 2, maxIterations: 1)).fitAssigning(
            matrix([[0], [2], [10], [500]]), weights: [1, 1, 1, 0], initialCentres: matrix([[3], [9000]]))
        #expect(model.centres[1] == [10])
    }
}
