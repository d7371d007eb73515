import CustomerData
import Foundation
import LinearAlgebra
import Segmentation
import Statistics
import Testing

/// The choice of the number of clusters on data whose truth is known.
@Suite("The number of clusters")
struct ClusterCountTests {
    /// Data of known structure.
    enum Plan {
        static func normal(_ generator: inout SeededGenerator) -> Double {
            (-2 * log(1 - generator.unit())).squareRoot() * cos(2 * .pi * generator.unit())
        }

        /// Values all uniform.
        static func uniform(rows: Int, columns: Int, seed: UInt64) -> Matrix<Double> {
            var generator = SeededGenerator(seed: seed)
            return Matrix(
                rowCount: rows, columnCount: columns, elements: (0..<rows * columns).map { _ in generator.unit() })
        }

        /// One normal distribution, its columns correlated by .64 and stretched.
        static func gaussian(rows: Int, columns: Int, seed: UInt64) -> Matrix<Double> {
            var generator = SeededGenerator(seed: seed)
            let elements = (0..<rows).flatMap { _ -> [Double] in
                let common = normal(&generator)
                return (0..<columns).map { Double($0 + 1) * (0.8 * common + 0.6 * normal(&generator)) }
            }
            return Matrix(rowCount: rows, columnCount: columns, elements: elements)
        }

        enum Shape: String, CaseIterable, Sendable { case normal, stretched, uniform }

        /// Blobs whose centres lie at least 6 spreads apart, at random or in a row; the share of each is equal or falls
        /// to a sixth of the first's.
        static func blobs(
            _ count: Int, rows: Int, columns: Int, shape: Shape, unequal: Bool, seed: UInt64
        ) -> Matrix<Double> {
            var generator = SeededGenerator(seed: seed)
            var centres: [[Double]] = []
            var side = 8.0
            while centres.count < count {
                let centre = (0..<columns).map { _ in (generator.unit() - 0.5) * side }
                side *= 1.02
                let isFar = centres.allSatisfy { other in
                    zip(centre, other).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } >= 49
                }
                if isFar { centres.append(centre) }
            }
            let shares = (0..<count).map { unequal ? 1 - 5.0 / 6 * Double($0) / Double(max(1, count - 1)) : 1 }
            let total = shares.reduce(0, +)
            let elements = (0..<rows).flatMap { _ -> [Double] in
                var rest = generator.unit() * total
                let blob = shares.firstIndex { share in
                    rest -= share
                    return rest < 0
                }
                return (0..<columns).map { column in
                    let noise =
                        switch shape {
                        case .normal: normal(&generator)
                        case .stretched: normal(&generator) * (column == 0 ? 1.1 : 0.8)
                        case .uniform: (generator.unit() - 0.5) * 3
                        }
                    return centres[blob ?? 0][column] + noise
                }
            }
            return Matrix(rowCount: rows, columnCount: columns, elements: elements)
        }
    }

    private func choose(
        _ points: Matrix<Double>, _ range: ClosedRange<Int> = 2...8, seed: UInt64 = 1, weights: [Double]? = nil,
        parallel: Parallel = Parallel()
    ) throws -> ClusterCountResult {
        try ClusterCountChoice(.init(clusterCounts: range, seed: seed, runs: 5, resamples: 20)).choose(
            points, weights: weights, parallel: parallel)
    }

    @Test(arguments: [1, 2, 3, 8]) func `uniform noise and one normal distribution are a continuum`(
        columns: Int
    ) throws {
        for seed: UInt64 in 0..<6 {
            for points in [
                Plan.uniform(rows: 600, columns: columns, seed: seed),
                Plan.gaussian(rows: 600, columns: columns, seed: seed),
            ] {
                let verdict = try choose(points, seed: seed).verdict
                #expect(verdict.structure == .continuum, "\(columns) columns, seed \(seed): \(verdict.sentence)")
                #expect(verdict.sentence.hasPrefix("slices of a continuum, not groups"))
                // It still says how many slices, and it is a number of the range.
                #expect((2...8).contains(verdict.clusterCount))
                #expect(verdict.sentence.contains("\(verdict.clusterCount) slices"))
            }
        }
    }

    @Test(arguments: [(1, 2), (1, 4), (2, 3), (2, 5), (3, 4), (8, 6)], Plan.Shape.allCases)
    func `planted blobs are found`(plan: (columns: Int, blobs: Int), shape: Plan.Shape) throws {
        var found = 0
        for seed: UInt64 in 0..<6 {
            let points = Plan.blobs(
                plan.blobs, rows: 500, columns: plan.columns, shape: shape,
                unequal: seed % 2 == 1 && shape != .uniform, seed: seed)
            let verdict = try choose(points, seed: seed).verdict
            #expect(verdict.structure == .groups, "seed \(seed): \(verdict.sentence)")
            #expect(verdict.clusterCount >= plan.blobs, "seed \(seed): \(verdict.sentence)")
            if verdict.clusterCount == plan.blobs { found += 1 }
        }
        // k-means may split a stretched blob: once in 144 trials of this kind.
        #expect(found >= 5)
    }

    @Test func `any number of threads gives the same result, also from samples`() throws {
        let points = Plan.blobs(4, rows: 3_000, columns: 3, shape: .normal, unequal: true, seed: 5)
        let method = ClusterCountChoice(
            try .init(clusterCounts: 2...6, runs: 2, references: 5, resamples: 6, sampleRows: 1_000, trialRows: 500))
        let expected = try method.choose(points, parallel: Parallel(threads: 1))
        for threads in 2...3 {
            #expect(try method.choose(points, parallel: Parallel(threads: threads)) == expected)
        }
        #expect(expected.verdict.clusterCount == 4)
        #expect(expected.startRowCount == 1_000 && expected.trialRowCount == 500 && expected.rowCount == 3_000)
        let encoder = JSONEncoder()
        #expect(
            try JSONDecoder().decode(ClusterCountResult.self, from: encoder.encode(expected)) == expected)
    }

    @Test func `inertia and sizes are those of k-means, and criteria those of its labels`() throws {
        let points = Plan.blobs(3, rows: 400, columns: 2, shape: .stretched, unequal: false, seed: 2)
        let result = try ClusterCountChoice(.init(clusterCounts: 2...5, seed: 9)).choose(points)
        #expect(result.candidates.map(\.clusterCount) == [1, 2, 3, 4, 5])
        for candidate in result.candidates {
            let (model, assignment) = try KMeans(.init(clusterCount: candidate.clusterCount, seed: 9))
                .fitAssigning(points)
            #expect(candidate.inertia == model.inertia && candidate.sizes == model.sizes)
            let labels = assignment.labels
            #expect(candidate.silhouette == Silhouette.exact(points, labels: labels))
            #expect(candidate.squaredSilhouette == SquaredSilhouette.mean(points, labels: labels))
            #expect(candidate.calinskiHarabasz == CalinskiHarabasz.score(points, labels: labels))
            #expect(candidate.daviesBouldin == DaviesBouldin.score(points, labels: labels))
            #expect((candidate.stability == nil) == (candidate.clusterCount == 1))
        }
    }

    @Test func `the gap is that of its definition`() throws {
        let points = Plan.blobs(2, rows: 200, columns: 2, shape: .normal, unequal: false, seed: 1)
        let curve = try GapStatistic(.init(clusterCounts: [1, 2, 3])).curve(points)
        #expect(curve.rowCount == 200)
        for step in curve.steps {
            let inertia = try KMeans(.init(clusterCount: step.clusterCount, runs: 10)).fit(points).inertia
            // The gap has fewer runs, which may miss the best of three clusters by little.
            let difference = (step.logInertia ?? 9) - log(inertia)
            #expect(difference > -1e-6 && difference < (step.clusterCount < 3 ? 1e-6 : 0.05))
            #expect(step.gap == (step.referenceLogInertia ?? 0) - (step.logInertia ?? 0))
        }
        // The inertia of one cluster in a box is rows × Σ side² / 12; the box is that of the principal components, so
        // turning the points by 30° changes nothing.
        let (cosine, sine) = (3.0.squareRoot() / 2, 0.5)
        var turned = points
        for row in 0..<200 {
            turned[row, 0] = cosine * points[row, 0] - sine * points[row, 1]
            turned[row, 1] = sine * points[row, 0] + cosine * points[row, 1]
        }
        let other = try GapStatistic(.init(clusterCounts: [1, 2, 3])).curve(turned)
        #expect(abs((curve.steps[0].gap ?? 0) - (other.steps[0].gap ?? 9)) < 1e-4)
        #expect(curve.clusterCount == 2 && other.clusterCount == 2)
    }

    @Test func `stable clusters have a Jaccard of 1, and too many clusters a low one`() throws {
        let points = Plan.blobs(3, rows: 600, columns: 2, shape: .uniform, unequal: false, seed: 4)
        func judge(_ count: Int) throws -> ClusterStability.Judgement {
            let labels = try KMeans(.init(clusterCount: count)).fitAssigning(points).assignment.labels
            return try #require(ClusterStability(.init(resamples: 30)).judge(points, labels: labels))
        }
        let (right, wrong) = (try judge(3), try judge(7))
        #expect(right.jaccards.allSatisfy { $0 == 1 } && right.adjustedRandIndex == 1)
        #expect(right.grade == .highlyStable && right.resamples == 30 && right.rowCount == 600)
        #expect((wrong.worst ?? 1) < 0.75)
    }

    @Test(arguments: [
        (0.85, ClusterStability.Grade.highlyStable), (0.8499, .stable), (0.75, .stable), (0.7499, .doubtful),
        (0.6, .doubtful), (0.5999, .untrustworthy),
    ]) func `grades begin at Hennig's thresholds`(jaccard: Double, grade: ClusterStability.Grade) {
        #expect(ClusterStability.Grade(jaccard: jaccard) == grade)
    }

    @Test func `rows without weight change nothing, and weights move the clusters`() throws {
        let points = Plan.blobs(3, rows: 300, columns: 2, shape: .normal, unequal: false, seed: 8)
        let far = Matrix(rowCount: 310, columnCount: 2, elements: points.elements + [Double](repeating: 1e4, count: 20))
        let weights = [Double](repeating: 2, count: 300) + [Double](repeating: 0, count: 10)
        let result = try choose(far, weights: weights)
        #expect(result.verdict.clusterCount == 3 && result.verdict.structure == .groups)
    }

    // MARK: - Degenerate inputs

    @Test func `equal rows are one cluster`() throws {
        for rows in [1, 2, 50] {
            let points = Matrix(rowCount: rows, columnCount: 2, elements: [Double](repeating: 3.5, count: rows * 2))
            let result = try choose(points)
            #expect(result.verdict.clusterCount == 1 && result.verdict.structure == .tooFewRows)
            #expect(result.candidates.map(\.clusterCount) == [1])
            #expect(result.verdict.sentence == "one cluster: there are too few distinct rows to choose from")
        }
    }

    @Test func `two distinct points many times are two groups`() throws {
        let points = Matrix(rowCount: 100, columnCount: 1, elements: (0..<100).map { Double($0 % 2) })
        let result = try choose(points)
        #expect(result.candidates.map(\.clusterCount) == [1, 2])
        #expect(result.verdict.clusterCount == 2 && result.verdict.structure == .groups)
        #expect(result[2]?.silhouette?.mean == 1 && result[2]?.gap?.gap == nil)
    }

    @Test func `few rows are told to be few`() throws {
        let points = Matrix(rowCount: 3, columnCount: 1, elements: [0.0, 1, 10])
        let result = try choose(points)
        #expect(result.verdict.structure == .tooFewRows && result.verdict.clusterCount == 2)
        #expect(result.candidates.map(\.clusterCount) == [1, 2])
        let problem = #expect(throws: Problem.self) { _ = try choose(points, 5...7) }
        #expect(problem?.kind == .data)
        #expect(problem?.description == "3 distinct rows, fewer than the 5 clusters that the range 5..7 begins with")
    }

    @Test func `many duplicates of few points are grouped by them`() throws {
        let points = Matrix(
            rowCount: 100_000, columnCount: 2,
            elements: (0..<200_000).map { (index: Int) -> Double in index / 2 % 5 == 0 ? Double(index % 2) : 7 })
        let result = try choose(points)
        #expect(result.verdict.clusterCount == 2)
        #expect(result[2]?.inertia == 0)
    }

    @Test func `no rows, no columns and values that are no numbers are refused`() throws {
        for (points, words) in [
            (Matrix<Double>(rowCount: 0, columnCount: 2), "0 distinct rows"),
            (Matrix<Double>(rowCount: 4, columnCount: 0), "no columns"),
            (Matrix(rowCount: 3, columnCount: 1, elements: [1, .nan, 2]), "row 1"),
            (Matrix(rowCount: 3, columnCount: 1, elements: [1, 2, .infinity]), "row 2"),
        ] {
            let problem = #expect(throws: Problem.self) { _ = try choose(points) }
            #expect(problem?.kind == .data)
            #expect(problem?.description.contains(words) == true, "\(problem?.description ?? "")")
        }
    }

    @Test func `options out of range are refused by name`() {
        func refused(_ name: String, _ make: () throws -> Any) {
            let problem = #expect(throws: Problem.self) { _ = try make() }
            #expect(problem?.kind == .usage && problem?.description.contains(name) == true)
        }
        refused("clusterCounts") { try ClusterCountChoice.Options(clusterCounts: 0...4) }
        refused("runs") { try ClusterCountChoice.Options(runs: 0) }
        refused("references") { try ClusterCountChoice.Options(references: 1) }
        refused("resamples") { try ClusterCountChoice.Options(resamples: 0) }
        refused("sampleRows") { try ClusterCountChoice.Options(sampleRows: 99) }
        refused("sampleRows") { try ClusterCountChoice.Options(trialRows: 99) }
        refused("clusterCounts") { try GapStatistic.Options(clusterCounts: [3, 2]) }
        refused("clusterCounts") { try GapStatistic.Options(clusterCounts: []) }
        refused("runs") { try ClusterStability.Options(runs: 0) }
    }
}
