import CustomerData
import LinearAlgebra
import Segmentation
import Statistics

/// Fitters of rows of numbers share their data.
protocol MatrixFitter: Fitter where Input == Matrix<Double> {
    static var columnCount: Int { get }
}

extension MatrixFitter {
    static var columnCount: Int { 4 }

    /// Five groups far apart; within them the values differ.
    static func input(rowCount: Int) -> Matrix<Double> {
        var generator = SeededGenerator(seed: 42)
        let elements = (0..<rowCount * columnCount).map { index in
            Double((index / columnCount * 3 + index % columnCount) % 5) * 20 + generator.unit()
        }
        return Matrix(rowCount: rowCount, columnCount: columnCount, elements: elements)
    }

    static func reordered(_ input: Matrix<Double>, _ order: [Int]) -> Matrix<Double> {
        Matrix(
            rowCount: order.count, columnCount: input.columnCount,
            elements: order.flatMap { row in (0..<input.columnCount).map { input[row, $0] } })
    }

    static func poisoned(_ input: Matrix<Double>) -> Matrix<Double>? {
        var poisoned = input
        poisoned[input.rowCount / 2, input.columnCount - 1] = .nan
        return poisoned
    }
}

/// k-means with few columns.
enum KMeansFitter: MatrixFitter {
    static let name = "k-means"
    static let isSeeded = true
    static let namesAreArbitrary = true
    static let refusesNoRows = true

    static var tooFewRows: (input: Matrix<Double>, mentions: [String])? { (input(rowCount: 1), ["1 ", "5 clusters"]) }

    static func fit(_ input: Matrix<Double>, seed: UInt64, parallel: Parallel) throws -> KMeansModel {
        try KMeans(.init(clusterCount: 5, seed: seed, runs: 3)).fit(input, parallel: parallel)
    }

    static func results(_ model: KMeansModel, _ input: Matrix<Double>, parallel: Parallel) throws -> [String] {
        try model.assign(input, parallel: parallel).labels.map(String.init)
    }
}

/// k-means with so many columns that products find the nearest centres.
enum KMeansProductsFitter: MatrixFitter {
    static let name = "k-means, many columns"
    static let isSeeded = true
    static let namesAreArbitrary = true
    static let refusesNoRows = true
    static let columnCount = 80

    static var tooFewRows: (input: Matrix<Double>, mentions: [String])? { (input(rowCount: 4), ["4 ", "5 clusters"]) }

    static func fit(_ input: Matrix<Double>, seed: UInt64, parallel: Parallel) throws -> KMeansModel {
        try KMeansFitter.fit(input, seed: seed, parallel: parallel)
    }

    static func results(_ model: KMeansModel, _ input: Matrix<Double>, parallel: Parallel) throws -> [String] {
        try KMeansFitter.results(model, input, parallel: parallel)
    }
}

/// The rules of clusters, after k-means.
enum ThresholdTreeFitter: MatrixFitter {
    static let name = "threshold tree"
    static let isSeeded = true
    static let namesAreArbitrary = true
    static let refusesNoRows = true

    static var tooFewRows: (input: Matrix<Double>, mentions: [String])? { KMeansFitter.tooFewRows }

    private static func table(_ input: Matrix<Double>) -> FeatureTable {
        FeatureTable(
            columns: (0..<input.columnCount).map {
                FeatureDefinition(name: "x\($0)", unit: "", formula: "", transform: .init())
            }, ids: nil, idName: "row", values: input.elements, rowCount: input.rowCount)
    }

    static func fit(_ input: Matrix<Double>, seed: UInt64, parallel: Parallel) throws -> ThresholdTree {
        let (model, assignment) = try KMeans(.init(clusterCount: 5, seed: seed, runs: 3)).fitAssigning(
            input, parallel: parallel)
        return try IterativeMistakeMinimisation().fit(
            table(input), labels: assignment.labels, centres: model.centres, parallel: parallel)
    }

    static func results(_ model: ThresholdTree, _ input: Matrix<Double>, parallel: Parallel) throws -> [String] {
        try model.clusters(of: table(input)).map(String.init)
    }
}

/// The choice of the number of clusters, and the clusters of that number.
enum ClusterCountFitter: MatrixFitter {
    struct Model: Codable, Equatable {
        let choice: ClusterCountResult
        let kMeans: KMeansModel
    }

    static let name = "number of clusters"
    static let isSeeded = true
    static let namesAreArbitrary = true
    static let refusesNoRows = true

    static var tooFewRows: (input: Matrix<Double>, mentions: [String])? { (input(rowCount: 3), ["3 ", "4 clusters"]) }

    static func fit(_ input: Matrix<Double>, seed: UInt64, parallel: Parallel) throws -> Model {
        let choice = try ClusterCountChoice(
            .init(
                clusterCounts: 4...6, seed: seed, runs: 2, references: 5, resamples: 5, sampleRows: 5_000,
                trialRows: 1_000)
        ).choose(input, parallel: parallel)
        let kMeans = try KMeans(.init(clusterCount: choice.verdict.clusterCount, seed: seed, runs: 3))
        return Model(choice: choice, kMeans: try kMeans.fit(input, parallel: parallel))
    }

    static func results(_ model: Model, _ input: Matrix<Double>, parallel: Parallel) throws -> [String] {
        try KMeansFitter.results(model.kMeans, input, parallel: parallel)
    }
}

/// Robust scaling of columns: medians and quartiles don't depend on the order of the rows, to the last bit.
enum ColumnScalingFitter: MatrixFitter {
    static let name = "column scaling"
    static let isSeeded = false
    static let namesAreArbitrary = false
    static let refusesNoRows = true

    static var tooFewRows: (input: Matrix<Double>, mentions: [String])? { nil }

    static func fit(_ input: Matrix<Double>, seed: UInt64, parallel: Parallel) throws -> ColumnScaling {
        try ColumnScaling(.robust, of: input)
    }

    static func results(_ model: ColumnScaling, _ input: Matrix<Double>, parallel: Parallel) throws -> [String] {
        let scaled = try model.apply(input)
        return (0..<scaled.rowCount).map { row in "\((0..<scaled.columnCount).map { scaled[row, $0] })" }
    }
}
