import CustomerData
import LinearAlgebra
import Statistics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Moves the centres of a k-means model by new rows. Clusters keep their numbers, since each centre only moves: none is
/// added, dropped or placed anew.
///
/// New rows are taken in their order, in batches of 1,024: each goes to the nearest centre, and the centre moves to the
/// mean of all rows it was ever given, as in `MiniBatchKMeans`. What it was given counts as its mass, which is stored
/// with the model. With a half-life of H, a mass counts half after new rows that weigh H, a quarter after 2 H: the
/// forgetfulness of Spark's StreamingKMeans in points.
public struct StreamingKMeans: Sendable {
    /// How to update.
    public struct Options: Hashable, Codable, Sendable {
        /// Weight of the new rows (their number, when they weigh 1 each) after which older ones count half; nil when they
        /// always count in full.
        public let halfLife: Double?

        /// Options, checked.
        ///
        /// - Throws: a usage problem that names the option, what is allowed and what was found.
        public init(halfLife: Double? = nil) throws {
            if let halfLife, !(halfLife > 0 && halfLife.isFinite) {
                throw Problem(.usage, "StreamingKMeans.halfLife must be above 0; got \(halfLife)")
            }
            self.halfLife = halfLife
        }
    }

    /// What an update gives.
    public struct Update: Sendable {
        /// The model with moved centres. Its sizes and inertia are those of the new rows.
        public let model: KMeansModel
        /// What each centre is the mean of, the new rows included.
        public let masses: [Double]
        /// The clusters of the new rows, by the moved centres.
        public let assignment: ClusterAssignment
        /// The Euclidean distance that each centre moved.
        public let shifts: [Double]
    }

    private static let batchSize = 1024

    /// How to update.
    public let options: Options

    /// A streaming update with these options.
    public init(_ options: Options) { self.options = options }

    /// The weight of the rows of each cluster: the masses of a model that was fitted to them.
    public static func masses(_ labels: [UInt32], weights: [Double]?, clusterCount: Int) -> [Double] {
        var masses = [Double](repeating: 0, count: clusterCount)
        for (row, label) in labels.enumerated() { masses[Int(label)] += weights.map { $0[row] } ?? 1 }
        return masses
    }

    /// Moves a model's centres by new rows.
    ///
    /// - Parameters:
    ///   - model: the model.
    ///   - masses: what each centre is the mean of so far; at least 0, one a cluster.
    ///   - points: the new rows, scaled as in training.
    ///   - weights: one a row, finite and not negative; nil when every row weighs 1.
    ///   - columnNames: names for messages.
    ///   - parallel: the threads.
    /// - Throws: a data problem: no rows, another number of columns, a value that is not finite, weights or masses of the
    ///   wrong shape.
    /// - Complexity: O(rows × columns × clusters).
    public func update<Element>(
        _ model: KMeansModel, masses: [Double], with points: Matrix<Element>, weights: [Double]? = nil,
        columnNames: [String] = [], parallel: Parallel = Parallel()
    ) throws -> Update {
        guard points.rowCount > 0 else { throw Problem(.data, "no rows to update the model by") }
        guard points.columnCount == model.columnCount else {
            throw Problem(.data, "\(points.columnCount) columns, and the k-means model has \(model.columnCount)")
        }
        guard masses.count == model.clusterCount, masses.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
            throw Problem(
                .data, "\(masses.count) masses for \(model.clusterCount) clusters, each expected to be 0 or more")
        }
        try KMeans.check(weights: weights, rowCount: points.rowCount)
        let data = try CentredPoints(points, origin: model.origin, columnNames: columnNames, parallel: parallel)
        let passes = KMeansPasses(data: data, weights: weights, parallel: parallel)
        let start = KMeansCentres(inputUnits: model.centres, origin: model.origin)
        var moving = MovingCentres(start, masses: masses)
        for first in stride(from: 0, to: points.rowCount, by: Self.batchSize) {
            let rows = first..<min(first + Self.batchSize, points.rowCount)
            if let halfLife = options.halfLife {
                moving.fade(by: exp2(-rows.reduce(0.0) { $0 + passes.weight($1) } / halfLife))
            }
            _ = moving.take(rows.map(UInt32.init), of: passes)
        }
        let updated = try KMeans(.init(clusterCount: model.clusterCount)).model(
            passes, at: moving.centres, iterations: (points.rowCount + Self.batchSize - 1) / Self.batchSize,
            converged: true, start: .updated)
        let shifts = zip(model.centres, updated.centres).map { before, after in
            zip(before, after).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
        }
        return Update(model: updated, masses: moving.masses, assignment: updated.assign(passes), shifts: shifts)
    }
}
