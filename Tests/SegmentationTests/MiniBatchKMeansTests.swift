import CustomerData
import Foundation
import LinearAlgebra
import Statistics
import Testing

@testable import Segmentation

@Suite("Mini-batch k-means and streaming updates")
struct MiniBatchKMeansTests {
    private func matrix(_ rows: [[Double]]) -> Matrix<Double> {
        Matrix(rowCount: rows.count, columnCount: rows.first?.count ?? 0, elements: rows.flatMap { $0 })
    }

    private func problem(_ body: () throws -> Void) -> Problem? {
        do {
            try body()
            return nil
        } catch { return error as? Problem }
    }

    /// Five groups, 30 apart.
    private func groups(_ rowCount: Int, seed: UInt64 = 2) -> Matrix<Double> {
        var generator = SeededGenerator(seed: seed)
        return matrix((0..<rowCount).map { row in [Double(row % 5) * 30 + generator.unit(), generator.unit()] })
    }

    // MARK: - Mini-batch

    @Test func `separated groups are found, near enough to what k-means finds`() throws {
        let points = groups(20_000)
        let full = try KMeans(.init(clusterCount: 5)).fit(points)
        for seed in 1...10 as ClosedRange<UInt64> {
            let (model, assignment) = try MiniBatchKMeans(.init(.init(clusterCount: 5, seed: seed, runs: 3)))
                .fitAssigning(points)
            #expect(model.inertia >= full.inertia * (1 - 1e-9))
            #expect(model.inertia < full.inertia * 1.05)
            #expect(model.sizes == [4000, 4000, 4000, 4000, 4000])
            #expect(try model.assign(points) == assignment)
        }
    }

    @Test func `one batch of all rows moves the centres to the means of their rows, worked by hand`() throws {
        let points = matrix([[0], [2], [10], [14]])
        let data = try CentredPoints(points, columnNames: [], parallel: Parallel(threads: 1))
        let passes = KMeansPasses(data: data, weights: nil, parallel: Parallel(threads: 1))
        var moving = MovingCentres(
            KMeansCentres(inputUnits: [[1], [11]], origin: data.origin), masses: [2, 0])
        let taken = moving.take([0, 1, 2, 3], of: passes)
        // (1·2 + 0 + 2) / 4 = 1; (10 + 14) / 2 = 12; squared distances to 1, 1, 11 and 11.
        #expect(moving.centres.inputUnits(origin: data.origin) == [[1], [12]])
        #expect(moving.masses == [4, 2])
        #expect(taken == (1 + 1 + 1 + 9, 4))
    }

    @Test func `weights act as repeated rows in the means`() throws {
        let points = matrix([[0], [4], [20], [24], [1_000]])
        let (model, _) = try MiniBatchKMeans(.init(.init(clusterCount: 2, runs: 5, maxIterations: 400), batchSize: 4))
            .fitAssigning(points, weights: [3, 1, 1, 1, 0])
        let centres = model.centres.map { $0[0] }.sorted()
        // The means of what was drawn: near 1 and 22.
        #expect(abs(centres[0] - 1) < 1.5 && abs(centres[1] - 22) < 1.5)
    }

    @Test func `options are checked once, with the value found`() throws {
        let kMeans = try KMeans.Options(clusterCount: 2)
        #expect(
            problem { _ = try MiniBatchKMeans.Options(kMeans, batchSize: 0) }
                == Problem(.usage, "MiniBatchKMeans.batchSize must be in 1...; got 0"))
        #expect(
            problem { _ = try MiniBatchKMeans.Options(kMeans, patience: 0) }
                == Problem(.usage, "MiniBatchKMeans.patience must be in 1...; got 0"))
        #expect(
            problem { _ = try MiniBatchKMeans.Options(kMeans, reassignment: 1) }
                == Problem(.usage, "MiniBatchKMeans.reassignment must be in 0..<1; got 1.0"))
        #expect(
            problem { _ = try StreamingKMeans.Options(halfLife: 0) }
                == Problem(.usage, "StreamingKMeans.halfLife must be above 0; got 0.0"))
    }

    // MARK: - Streaming

    @Test func `an update moves centres to the means of old and new rows, worked by hand`() throws {
        let (model, assignment) = try KMeans(.init(clusterCount: 2)).fitAssigning(
            matrix([[0], [2], [10], [12]]), initialCentres: matrix([[1], [11]]))
        let masses = StreamingKMeans.masses(assignment.labels, weights: nil, clusterCount: 2)
        #expect(masses == [2, 2])
        let update = try StreamingKMeans(.init()).update(model, masses: masses, with: matrix([[4], [14], [17]]))
        // (2·1 + 4) / 3 = 2; (2·11 + 14 + 17) / 4 = 13.25
        #expect(update.model.centres == [[2], [13.25]])
        #expect(update.masses == [3, 4])
        #expect(update.assignment.labels == [0, 1, 1])
        #expect(update.model.sizes == [1, 2])
        #expect(update.shifts == [1, 2.25])
        #expect(update.model.start == .updated)
    }

    @Test func `with a half-life of H, rows that weigh H halve what came before`() throws {
        let (model, _) = try KMeans(.init(clusterCount: 1)).fitAssigning(matrix([[0], [0], [0], [0]]))
        let update = try StreamingKMeans(.init(halfLife: 2)).update(
            model, masses: [4], with: matrix([[6], [6]]))
        // 4 → 2, then (2·0 + 12) / 4
        #expect(update.masses == [4])
        #expect(update.model.centres == [[3]])
        let weighted = try StreamingKMeans(.init(halfLife: 2)).update(
            model, masses: [4], with: matrix([[6]]), weights: [4])
        // 4 → 1, then (1·0 + 24) / 5
        #expect(abs(weighted.model.centres[0][0] - 4.8) < 1e-12)
    }

    @Test func `clusters keep their numbers while their rows drift`() throws {
        let first = groups(5000)
        let (model, assignment) = try KMeans(.init(clusterCount: 5)).fitAssigning(first)
        var current = model
        var masses = StreamingKMeans.masses(assignment.labels, weights: nil, clusterCount: 5)
        for step in 1...10 {
            let drifted = Matrix(
                rowCount: 5000, columnCount: 2, elements: groups(5000).elements.map { $0 + 5 * Double(step) })
            let update = try StreamingKMeans(.init(halfLife: 1000)).update(current, masses: masses, with: drifted)
            #expect(update.assignment.labels == assignment.labels)
            (current, masses) = (update.model, update.masses)
        }
        // The groups have moved by 50, farther than they lie apart.
        for (before, after) in zip(model.centres, current.centres) { #expect(abs(after[0] - before[0] - 50) < 1) }
    }

    @Test func `a row at its centre moves nothing, and a cluster without new rows stays`() throws {
        let (model, _) = try KMeans(.init(clusterCount: 2)).fitAssigning(matrix([[0], [2], [10], [12]]))
        let at = model.centres[0]
        let update = try StreamingKMeans(.init()).update(model, masses: [2, 2], with: matrix([at, at]))
        #expect(update.model.centres == model.centres)
        #expect(update.masses == [4, 2])
    }

    @Test func `updates that don't fit are refused`() throws {
        let model = try KMeans(.init(clusterCount: 2)).fit(matrix([[0], [2], [10], [12]]))
        let streaming = StreamingKMeans(try .init())
        #expect(
            problem { _ = try streaming.update(model, masses: [1, 1], with: matrix([[1, 2]])) }
                == Problem(.data, "2 columns, and the k-means model has 1"))
        #expect(
            problem { _ = try streaming.update(model, masses: [1], with: matrix([[1]])) }
                == Problem(.data, "1 masses for 2 clusters, each expected to be 0 or more"))
        #expect(
            problem {
                _ = try streaming.update(model, masses: [1, 1], with: Matrix<Double>(rowCount: 0, columnCount: 1))
            }
                == Problem(.data, "no rows to update the model by"))
        #expect(problem { _ = try streaming.update(model, masses: [1, 1], with: matrix([[.nan]])) }?.kind == .data)
        #expect(
            problem { _ = try streaming.update(model, masses: [1, 1], with: matrix([[1]]), weights: [-1]) }
                == Problem(.data, "row 0 (the first is 0): expected a weight of 0 or more"))
    }
}
