import LinearAlgebra
import Segmentation
import Statistics

/// k-means whose clusters go on as those of an earlier fit: then a row's number is no longer left to the seed and the
/// order of the rows.
enum MatchedClustersFitter: MatrixFitter {
    /// Clusters with their numbers.
    struct Model: Codable, Equatable {
        let clusters: KMeansModel
        let matching: ClusterMatching
    }

    static let name = "k-means, matched with an earlier fit"
    static let isSeeded = true
    static let namesAreArbitrary = false
    static let refusesNoRows = true

    static var tooFewRows: (input: Matrix<Double>, mentions: [String])? { KMeansFitter.tooFewRows }

    static func fit(_ input: Matrix<Double>, seed: UInt64, parallel: Parallel) throws -> Model {
        let clusters = try KMeansFitter.fit(input, seed: seed, parallel: parallel)
        // The middles of the groups that the input is made of, in an order of their own.
        let groups: [Int] = [3, 0, 4, 2, 1]
        let earlier: [[Double]] = groups.map { (group: Int) -> [Double] in
            (0..<columnCount).map { (column: Int) -> Double in
                let step = (group * 3 + column) % 5
                return Double(step) * 20 + 0.5
            }
        }
        return Model(clusters: clusters, matching: ClusterMatching(clusters.centres, to: earlier))
    }

    static func results(_ model: Model, _ input: Matrix<Double>, parallel: Parallel) throws -> [String] {
        try model.clusters.assign(input, parallel: parallel).labels.map { String(model.matching.numbers[Int($0)]) }
    }
}
