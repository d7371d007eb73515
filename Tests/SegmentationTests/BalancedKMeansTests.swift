import CustomerData
import Foundation
import LinearAlgebra
import Statistics
import Testing

@testable import Segmentation

@Suite("k-means of limited sizes")
struct BalancedKMeansTests {
    private func matrix(_ rows: [[Double]]) -> Matrix<Double> {
        Matrix(rowCount: rows.count, columnCount: rows.first?.count ?? 0, elements: rows.flatMap { $0 })
    }

    private func problem(_ body: () throws -> Void) -> Problem? {
        do {
            try body()
            return nil
        } catch { return error as? Problem }
    }

    private func options(
        _ clusters: Int, seed: UInt64 = 1, runs: Int = 3, iterations: Int = 300,
        _ sizes: BalancedKMeans.Sizes = .equal
    ) throws -> BalancedKMeans.Options {
        try .init(.init(clusterCount: clusters, seed: seed, runs: runs, maxIterations: iterations), sizes: sizes)
    }

    // MARK: - The assignment

    /// The least cost of all assignments whose sizes lie within the limits, by trying them all.
    private func leastCost(_ costs: [[Double]], _ limits: ClosedRange<Int>) -> Double {
        let clusterCount = costs[0].count
        var counts = [Int](repeating: 0, count: clusterCount)
        var least = Double.infinity
        func place(_ row: Int, _ cost: Double) {
            guard row < costs.count else {
                if counts.allSatisfy(limits.contains) { least = min(least, cost) }
                return
            }
            for cluster in 0..<clusterCount {
                counts[cluster] += 1
                place(row + 1, cost + costs[row][cluster])
                counts[cluster] -= 1
            }
        }
        place(0, 0)
        return least
    }

    @Test func `no assignment within the limits costs less, tried one by one`() throws {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<300 {
            let clusterCount = 2 + generator.index(below: 2)
            let rowCount = clusterCount + generator.index(below: 8 - clusterCount)
            let isCoarse = generator.index(below: 2) == 0
            let isWeighted = generator.index(below: 2) == 0
            let rows = (0..<rowCount).map { _ in
                (0..<2).map { _ in isCoarse ? Double(generator.index(below: 3)) : generator.unit() * 10 }
            }
            let weights = isWeighted ? rows.map { _ in Double(1 + generator.index(below: 5)) } : nil
            let smallest = 1 + generator.index(below: rowCount / clusterCount)
            let least = (rowCount + clusterCount - 1) / clusterCount
            let limits = smallest...(least + generator.index(below: rowCount - least + 1))
            let parallel = Parallel(threads: 1)
            let data = try CentredPoints(matrix(rows), weights: weights, columnNames: [], parallel: parallel)
            let points = (0..<rowCount).map { data.row($0) }
            let passes = KMeansPasses(data: data, weights: weights, parallel: parallel)
            let assignment = SizedAssignment(passes, clusterCount: clusterCount, limits: limits)
            // The second assignment begins from the prices of the first.
            for _ in 0..<2 {
                let centres = (0..<clusterCount).map { _ in (0..<2).map { _ in generator.unit() * 10 } }
                let relative = KMeansCentres(inputUnits: centres, origin: data.origin)
                assignment.assign(relative)
                let costs = (0..<rowCount).map { row in
                    (0..<clusterCount).map { cluster -> Double in
                        var sum = 0.0
                        for column in 0..<2 {
                            let difference =
                                points[row][column]
                                - relative.exact[cluster * relative.stride + column]
                            sum += difference * difference
                        }
                        return sum * (weights?[row] ?? 1)
                    }
                }
                let expected = leastCost(costs, limits)
                let found = assignment.labels.enumerated().reduce(0) { $0 + costs[$1.offset][Int($1.element)] }
                #expect(abs(found - expected) <= 1e-12 * max(1, expected))
                for cluster in 0..<clusterCount {
                    #expect(limits.contains(assignment.labels.count { $0 == cluster }))
                }
            }
        }
    }

    // Expected: scipy 1.17.1, optimize.linear_sum_assignment on the squared distances with the column of every centre
    // repeated 100 times, and numpy's means in between, until the centres rest; MadePoints from its first ten rows.
    @Test(arguments: [(1, 225.95291347973097), (300, 210.1577933528234)])
    func `1,000 rows in tens of 100 cost what they do by scipy's assignments`(iterations: Int, expected: Double) throws
    {
        let points = MadePoints.matrix(rows: 1000, columns: 4)
        let options = try KMeans.Options(clusterCount: 10, maxIterations: iterations, tolerance: 0)
        let (model, _) = try BalancedKMeans(.init(options)).fitAssigning(
            points, initialCentres: MadePoints.start(points, count: 10))
        #expect(model.clusters.sizes == Array(repeating: 100, count: 10))
        #expect(abs(model.clusters.inertia - expected) <= 1e-6 * expected)
    }

    // MARK: - The fit

    @Test func `sizes always lie within the limits, and inertia never rises`() throws {
        let points = MadePoints.matrix(rows: 601, columns: 3)
        for (sizes, limits) in [
            (BalancedKMeans.Sizes.equal, 85...86), (.within(minimum: 70, maximum: nil), 70...601),
            (.within(minimum: nil, maximum: 90), 1...90), (.within(minimum: 80, maximum: 100), 80...100),
            (.within(minimum: nil, maximum: nil), 1...601),
        ] {
            var inertia = Double.infinity
            for iterations in 1...6 {
                let (model, assignment) = try BalancedKMeans(options(7, runs: 1, iterations: iterations, sizes))
                    .fitAssigning(points)
                let counts = (0..<7).map { label in assignment.labels.count { $0 == label } }
                #expect(counts == model.clusters.sizes)
                #expect(counts.allSatisfy(limits.contains))
                #expect((model.smallest, model.largest) == (limits.lowerBound, limits.upperBound))
                #expect(model.clusters.inertia <= inertia * (1 + 1e-9))
                inertia = model.clusters.inertia
            }
        }
    }

    @Test func `without limits that bind it is k-means`() throws {
        let points = MadePoints.matrix(rows: 500, columns: 5)
        let start = MadePoints.start(points, count: 6)
        let options = try options(6, .within(minimum: nil, maximum: nil))
        let (balanced, assignment) = try BalancedKMeans(options).fitAssigning(points, initialCentres: start)
        let (plain, expected) = try KMeans(options.kMeans).fitAssigning(points, initialCentres: start)
        #expect(assignment.labels == expected.labels)
        #expect(balanced.clusters.iterations == plain.iterations)
        #expect(abs(balanced.clusters.inertia - plain.inertia) <= 1e-9 * plain.inertia)
        #expect(balanced.prices == Array(repeating: 0, count: 6) || balanced.prices.allSatisfy(\.isFinite))
    }

    @Test func `the model gives the training rows their clusters, and so does a saved one`() throws {
        let points = MadePoints.matrix(rows: 900, columns: 3)
        let (model, assignment) = try BalancedKMeans(options(7, .within(minimum: 100, maximum: 140))).fitAssigning(
            points)
        #expect(try model.assign(points) == assignment)
        let read = try JSONDecoder().decode(BalancedKMeansModel.self, from: JSONEncoder().encode(model))
        #expect(try read.assign(points) == assignment)
    }

    @Test func `rows of weight 0 move nothing, count for no size and go to the nearest centre`() throws {
        let points = matrix([[0], [1], [2], [3], [10], [11], [500], [2.5]])
        let weights: [Double] = [1, 1, 1, 1, 1, 1, 0, 0]
        let (model, assignment) = try BalancedKMeans(options(2)).fitAssigning(points, weights: weights)
        #expect(model.clusters.centres.map { $0[0] }.sorted() == [1, 8])
        #expect(assignment.labels[6] == assignment.labels[5])
        #expect(assignment.labels[7] == assignment.labels[2])
        #expect((model.smallest, model.largest) == (3, 3))
        #expect(model.clusters.sizes == [4, 4])
    }

    // MARK: - Refusals

    @Test func `options and sizes that can't be are refused`() throws {
        #expect(
            problem { _ = try self.options(2, .within(minimum: 0, maximum: nil)) }
                == Problem(.usage, "BalancedKMeans.minimum must be in 1...; got 0"))
        #expect(
            problem { _ = try self.options(2, .within(minimum: 5, maximum: 4)) }
                == Problem(.usage, "BalancedKMeans.maximum must be in 5...; got 4"))
        let points = MadePoints.matrix(rows: 100, columns: 2)
        #expect(
            problem { _ = try BalancedKMeans(self.options(7, .within(minimum: 15, maximum: nil))).fitAssigning(points) }
                == Problem(
                    .usage,
                    "7 clusters of at least 15 rows need more than the 100 rows there are: the smallest size can be at "
                        + "most 14"))
        #expect(
            problem { _ = try BalancedKMeans(self.options(7, .within(minimum: nil, maximum: 14))).fitAssigning(points) }
                == Problem(
                    .usage,
                    "7 clusters of at most 14 rows can't hold the 100 rows there are: the largest size must be at least "
                        + "15"))
        #expect(
            problem {
                _ = try BalancedKMeans(self.options(2, .within(minimum: .max, maximum: nil))).fitAssigning(points)
            }
                != nil)
    }
}
