import CustomerData
import Foundation
import LinearAlgebra
import Statistics
import Testing

@testable import Segmentation

@Suite("k-means")
struct KMeansTests {
    private func matrix(_ rows: [[Double]]) -> Matrix<Double> {
        Matrix(rowCount: rows.count, columnCount: rows.first?.count ?? 0, elements: rows.flatMap { $0 })
    }

    private func problem(_ body: () throws -> Void) -> Problem? {
        do {
            try body()
            return nil
        } catch { return error as? Problem }
    }

    // MARK: - Results

    @Test func `two pairs make two clusters, worked by hand`() throws {
        let points = matrix([[0, 0], [10, 10], [0, 2], [10, 14]])
        let (model, assignment) = try KMeans(.init(clusterCount: 2)).fitAssigning(
            points, initialCentres: matrix([[1, 1], [9, 9]]))
        #expect(model.centres == [[0, 1], [10, 12]])
        #expect(model.inertia == 10)
        #expect(model.sizes == [2, 2])
        #expect(model.converged)
        #expect(model.iterations == 2)
        #expect(assignment.labels == [0, 1, 0, 1])
        #expect(assignment.distances == [1, 2, 1, 2])
    }

    @Test func `one cluster is the mean, and its inertia the total sum of squares`() throws {
        let model = try KMeans(.init(clusterCount: 1)).fit(matrix([[1], [2], [6]]))
        #expect(model.centres == [[3]])
        #expect(model.inertia == 14)
    }

    @Test func `as many clusters as rows leave no inertia`() throws {
        let model = try KMeans(.init(clusterCount: 5)).fit(matrix([[1], [2], [4], [8], [16]]))
        #expect(model.inertia == 0)
        #expect(model.sizes == [1, 1, 1, 1, 1])
    }

    @Test func `a row midway between two centres belongs to the first`() throws {
        let (model, assignment) = try KMeans(.init(clusterCount: 2, maxIterations: 1)).fitAssigning(
            matrix([[-1], [0], [1], [-1], [1]]), initialCentres: matrix([[1], [-1]]))
        #expect(assignment.labels == [1, 0, 0, 1, 0])
        #expect(model.centres == [[2.0 / 3], [-1]])
    }

    @Test func `labels and sizes belong to the final centres, though the last iteration moved them`() throws {
        let points = MadePoints.matrix(rows: 700, columns: 3)
        for iterations in 1...4 {
            let (model, assignment) = try KMeans(.init(clusterCount: 6, runs: 1, maxIterations: iterations))
                .fitAssigning(points)
            var inertia = 0.0
            for row in 0..<points.rowCount {
                let squares = model.centres.map { centre -> Double in
                    var sum = 0.0
                    for column in 0..<3 {
                        let difference = points[row, column] - centre[column]
                        sum += difference * difference
                    }
                    return sum
                }
                let label = Int(assignment.labels[row])
                #expect(squares[label] <= (squares.min() ?? 0) * (1 + 1e-6))
                inertia += squares[label]
            }
            #expect(abs(model.inertia - inertia) <= 1e-6 * inertia)
            #expect(model.sizes == (0..<6).map { label in assignment.labels.count { $0 == label } })
        }
    }

    @Test func `the best of several runs has the least inertia of all of them, and says which it was`() throws {
        let points = MadePoints.matrix(rows: 500, columns: 4)
        let best = try KMeans(.init(clusterCount: 9, seed: 3, runs: 6)).fit(points)
        let first = try KMeans(.init(clusterCount: 9, seed: 3, runs: 1)).fit(points)
        #expect(best.inertia <= first.inertia)
        guard case .random(seed: 3, run: let run) = best.start else {
            Issue.record("a random start of seed 3")
            return
        }
        #expect((0..<6).contains(run))
    }

    @Test func `a random start is at most four times worse than the best of many`() throws {
        // k-means++ is O(log k) from the optimum in expectation; on separated groups the greedy form finds them all.
        let rows = (0..<400).map { row -> [Double] in [Double(row % 8) * 100, Double(row % 7), Double(row % 5)] }
        let points = matrix(rows)
        let best = try KMeans(.init(clusterCount: 8, seed: 1, runs: 20)).fit(points)
        for seed: UInt64 in 1...20 {
            let single = try KMeans(.init(clusterCount: 8, seed: seed, runs: 1)).fit(points)
            #expect(single.inertia < 4 * best.inertia)
        }
    }

    // MARK: - Scoring

    @Test(arguments: [(3, 4), (8, 8), (20, 40), (2, 100)])
    func `assigning the training rows gives the training result exactly, also from a saved model`(
        clusters: Int, columns: Int
    ) throws {
        let made = MadePoints.matrix(rows: 600, columns: columns)
        let points = Matrix(
            rowCount: 600, columnCount: columns, elements: made.elements.map { 1234.567 + $0 * 1e-3 })
        let (model, assignment) = try KMeans(.init(clusterCount: clusters, runs: 2)).fitAssigning(points)
        #expect(try model.assign(points) == assignment)
        let read = try JSONDecoder().decode(KMeansModel.self, from: JSONEncoder().encode(model))
        #expect(read == model)
        #expect(try read.assign(points) == assignment)
    }

    @Test func `a row is assigned alike alone and among others`() throws {
        let points = MadePoints.matrix(rows: 100, columns: 5)
        let (model, assignment) = try KMeans(.init(clusterCount: 4)).fitAssigning(points)
        for row in 0..<100 {
            let alone = try model.assign(
                Matrix(rowCount: 1, columnCount: 5, elements: Array(points.elements[row * 5..<row * 5 + 5])))
            #expect(alone.labels == [assignment.labels[row]])
            #expect(alone.distances == [assignment.distances[row]])
        }
    }

    @Test func `other columns than in training are refused`() throws {
        let model = try KMeans(.init(clusterCount: 2)).fit(matrix([[0, 0], [1, 1]]))
        #expect(
            problem { _ = try model.assign(matrix([[1, 2, 3]])) }
                == Problem(.data, "3 columns, and the k-means model has 2"))
        #expect(try model.assign(Matrix<Double>(rowCount: 0, columnCount: 2)).labels.isEmpty)
    }

    @Test func `a model whose parts don't fit is not read`() throws {
        let model = try KMeans(.init(clusterCount: 2)).fit(matrix([[0, 0], [1, 1]]))
        let text = String(decoding: try JSONEncoder().encode(model), as: UTF8.self)
        #expect(throws: DecodingError.self) {
            let damaged = text.replacing("\"sizes\":[1,1]", with: "\"sizes\":[1]")
            #expect(damaged != text)
            _ = try JSONDecoder().decode(KMeansModel.self, from: Data(damaged.utf8))
        }
    }

    // MARK: - Options and inputs

    @Test func `options are checked once, with the value found`() {
        #expect(
            problem { _ = try KMeans.Options(clusterCount: 0) }
                == Problem(.usage, "KMeans.clusterCount must be in 1...; got 0"))
        #expect(
            problem { _ = try KMeans.Options(clusterCount: 1, runs: 0) }
                == Problem(.usage, "KMeans.runs must be in 1...; got 0"))
        #expect(
            problem { _ = try KMeans.Options(clusterCount: 1, maxIterations: 0) }
                == Problem(.usage, "KMeans.maxIterations must be in 1...; got 0"))
        #expect(
            problem { _ = try KMeans.Options(clusterCount: 1, tolerance: -1) }
                == Problem(.usage, "KMeans.tolerance must be in 0...; got -1.0"))
        #expect(problem { _ = try KMeans.Options(clusterCount: 1, tolerance: .nan) } != nil)
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity])
    func `a value that is not finite is named by row and column`(value: Double) throws {
        var points = MadePoints.matrix(rows: 20_000, columns: 3)
        points[12_345, 2] = value
        let found = value.isNaN ? "no number (NaN)" : "an infinite number"
        let kmeans = KMeans(try .init(clusterCount: 2))
        #expect(
            problem { _ = try kmeans.fit(points, columnNames: ["recency", "frequency", "monetary"]) }
                == Problem(
                    .data,
                    "row 12345 (the first is 0), column \"monetary\": expected a finite number, found \(found)"))
        let floats = Matrix(rowCount: 20_000, columnCount: 3, elements: points.elements.map(Float.init))
        #expect(
            problem { _ = try kmeans.fit(floats) }
                == Problem(.data, "row 12345 (the first is 0), column 2: expected a finite number, found \(found)"))
        let model = try kmeans.fit(matrix([[0, 0, 0], [1, 1, 1]]))
        #expect(problem { _ = try model.assign(points) }?.description.hasPrefix("row 12345 ") == true)
    }

    @Test func `values beyond the floats are refused, not made infinite`() throws {
        let kmeans = KMeans(try .init(clusterCount: 2))
        #expect(problem { _ = try kmeans.fit(matrix([[1e300], [0], [1]])) }?.kind == .data)
        #expect(problem { _ = try kmeans.fit(matrix([[1.7e308], [1.7e308], [0]])) }?.kind == .data)
        // Near the largest float all is still computed.
        let (model, assignment) = try kmeans.fitAssigning(matrix([[3e37], [-3e37], [2e37], [-2e37]]))
        #expect(Set(model.sizes) == [2])
        #expect(assignment.labels[0] == assignment.labels[2])
    }

    @Test func `weights and initial centres have to fit`() throws {
        let kmeans = KMeans(try .init(clusterCount: 2))
        let points = matrix([[0], [1], [5]])
        #expect(
            problem { _ = try kmeans.fit(points, weights: [1, 1]) } == Problem(.data, "2 weights for 3 rows"))
        for bad in [-1, .nan, .infinity] {
            #expect(
                problem { _ = try kmeans.fit(points, weights: [1, bad, 1]) }
                    == Problem(.data, "row 1 (the first is 0): expected a weight of 0 or more"))
        }
        #expect(
            problem { _ = try kmeans.fit(points, initialCentres: matrix([[0]])) }
                == Problem(.data, "1 initial centres for the 2 clusters asked for"))
        #expect(
            problem { _ = try kmeans.fit(points, initialCentres: matrix([[0, 1], [2, 3]])) }
                == Problem(.data, "initial centres have 2 columns, and the points 1"))
        #expect(
            problem { _ = try kmeans.fit(points, initialCentres: matrix([[0], [.nan]])) }
                == Problem(.data, "initial centres hold a value that is no finite number"))
        #expect(
            problem { _ = try kmeans.fit(Matrix<Double>(rowCount: 3, columnCount: 0)) }
                == Problem(.data, "no columns to cluster on"))
    }
}

/// Points by a formula, so that a peer can be given the same: a linear congruential sequence (Knuth's MMIX constants)
/// plus steps; see `KMeansPeerTests`.
enum MadePoints {
    static func matrix(rows: Int, columns: Int) -> Matrix<Double> {
        var state: UInt64 = 1
        var elements: [Double] = []
        for row in 0..<rows {
            for column in 0..<columns {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let value = Double(state >> 40) * 0x1p-24 + 0.25 * Double((row % 7) / (column % 3 + 1))
                elements.append(Double(Float(value)))
            }
        }
        return Matrix(rowCount: rows, columnCount: columns, elements: elements)
    }

    /// The first rows, as a start.
    static func start(_ points: Matrix<Double>, count: Int) -> Matrix<Double> {
        Matrix(
            rowCount: count, columnCount: points.columnCount,
            elements: Array(points.elements[..<(count * points.columnCount)]))
    }
}
