import CustomerData
import LinearAlgebra
import Segmentation
import Statistics

/// k-means of equal sizes: the groups of the data are equally large, too.
enum BalancedKMeansFitter: MatrixFitter {
    static let name = "k-means of equal sizes"
    static let isSeeded = true
    static let namesAreArbitrary = true
    static let refusesNoRows = true

    static var tooFewRows: (input: Matrix<Double>, mentions: [String])? { (input(rowCount: 1), ["1 ", "5 clusters"]) }

    static func fit(_ input: Matrix<Double>, seed: UInt64, parallel: Parallel) throws -> BalancedKMeansModel {
        let options = try KMeans.Options(clusterCount: 5, seed: seed, runs: 3)
        return try BalancedKMeans(.init(options)).fitAssigning(input, parallel: parallel).model
    }

    static func results(_ model: BalancedKMeansModel, _ input: Matrix<Double>, parallel: Parallel) throws -> [String] {
        try model.assign(input, parallel: parallel).labels.map(String.init)
    }
}

/// k-means by random batches.
enum MiniBatchKMeansFitter: MatrixFitter {
    static let name = "mini-batch k-means"
    static let isSeeded = true
    static let namesAreArbitrary = true
    static let refusesNoRows = true

    static var tooFewRows: (input: Matrix<Double>, mentions: [String])? { (input(rowCount: 1), ["1 ", "5 clusters"]) }

    static func fit(_ input: Matrix<Double>, seed: UInt64, parallel: Parallel) throws -> KMeansModel {
        let options = try KMeans.Options(clusterCount: 5, seed: seed, runs: 3)
        return try MiniBatchKMeans(.init(options, batchSize: 256)).fitAssigning(input, parallel: parallel).model
    }

    static func results(_ model: KMeansModel, _ input: Matrix<Double>, parallel: Parallel) throws -> [String] {
        try model.assign(input, parallel: parallel).labels.map(String.init)
    }
}

/// k-means from starts by oversampling.
enum OversampledKMeansFitter: MatrixFitter {
    static let name = "k-means, k-means|| starts"
    static let isSeeded = true
    static let namesAreArbitrary = true
    static let refusesNoRows = true

    static var tooFewRows: (input: Matrix<Double>, mentions: [String])? { (input(rowCount: 1), ["1 ", "5 clusters"]) }

    static func fit(_ input: Matrix<Double>, seed: UInt64, parallel: Parallel) throws -> KMeansModel {
        try KMeans(.init(clusterCount: 5, seed: seed, runs: 5, seeding: .oversampling)).fit(input, parallel: parallel)
    }

    static func results(_ model: KMeansModel, _ input: Matrix<Double>, parallel: Parallel) throws -> [String] {
        try model.assign(input, parallel: parallel).labels.map(String.init)
    }
}

/// k-means of a model that further rows move: the second half of the rows updates what the first half made. The order of
/// the rows is what it goes by, so it is compared on groups that no order tears apart.
enum StreamingKMeansFitter: MatrixFitter {
    static let name = "streaming k-means"
    static let isSeeded = true
    static let namesAreArbitrary = true
    static let refusesNoRows = true

    static var tooFewRows: (input: Matrix<Double>, mentions: [String])? { (input(rowCount: 1), ["1 ", "5 clusters"]) }

    static func fit(_ input: Matrix<Double>, seed: UInt64, parallel: Parallel) throws -> KMeansModel {
        let half = (input.rowCount + 1) / 2
        let first = reordered(input, Array(0..<half))
        let (model, assignment) = try KMeans(.init(clusterCount: 5, seed: seed, runs: 3)).fitAssigning(
            first, parallel: parallel)
        return try StreamingKMeans(.init(halfLife: 1000)).update(
            model, masses: StreamingKMeans.masses(assignment.labels, weights: nil, clusterCount: 5),
            with: reordered(input, Array(half..<input.rowCount)), parallel: parallel
        ).model
    }

    static func results(_ model: KMeansModel, _ input: Matrix<Double>, parallel: Parallel) throws -> [String] {
        try model.assign(input, parallel: parallel).labels.map(String.init)
    }
}

/// k-prototypes: the last number of each row tells its word.
enum KPrototypesFitter: MatrixFitter {
    static let name = "k-prototypes"
    static let isSeeded = true
    static let namesAreArbitrary = true
    static let refusesNoRows = true

    static var tooFewRows: (input: Matrix<Double>, mentions: [String])? { (input(rowCount: 1), ["1 ", "5 clusters"]) }

    private static func words(_ input: Matrix<Double>) -> [CategoryColumn] {
        [
            CategoryColumn(
                name: "word", labels: ["", "a", "b", "c", "d"],
                codes: (0..<input.rowCount).map { row in
                    let value = input[row, input.columnCount - 1]
                    return value.isFinite ? UInt32(value / 20) % 5 : 0
                })
        ]
    }

    static func fit(_ input: Matrix<Double>, seed: UInt64, parallel: Parallel) throws -> KPrototypesModel {
        let options = try KMeans.Options(clusterCount: 5, seed: seed, runs: 3)
        return try KPrototypes(.init(options)).fitAssigning(input, words(input), parallel: parallel).model
    }

    static func results(_ model: KPrototypesModel, _ input: Matrix<Double>, parallel: Parallel) throws -> [String] {
        try model.assign(input, words(input), parallel: parallel).labels.map(String.init)
    }
}
