import CustomerData
import LinearAlgebra
import Statistics

/// k-prototypes: k-means for rows of numbers and words (Huang 1998). A cluster's prototype has the mean of every column
/// of numbers and the most frequent word of every column of words; a row costs the squared distance to the means and γ
/// for every word that differs.
///
/// - Means and modes are computed anew after all rows are assigned, as in Lloyd's k-means (Huang moves them after every
///   row). Cost never rises.
/// - γ, where it isn't given, is the mean variance of the columns of numbers divided by the mean Gini impurity
///   1 − Σ p² of the columns of words, so that numbers and words weigh alike on average (Szepannek 2018); 1 where either
///   is 0.
/// - Starts are rows of the data, found as greedy k-means++ does, by this cost in place of the squared distance.
/// - A missing word is a category of its own. A mode of two equally frequent words is the one whose bytes come first.
/// - A row as near to two prototypes belongs to the one with the lower number. A cluster that loses all its rows takes
///   the row that costs most, out of a cluster of at least two.
/// - A row of weight 0 moves no prototype and fills no cluster, but is labelled.
/// - The result has the same bytes for any number of threads.
public struct KPrototypes: Sendable {
    /// How to cluster.
    public struct Options: Hashable, Codable, Sendable {
        /// Clusters, runs, iterations, tolerance and seed.
        public let kMeans: KMeans.Options
        /// What a word that differs costs, in squared units of the numbers; nil to weigh numbers and words alike.
        public let gamma: Double?

        /// Options, checked.
        ///
        /// - Throws: a usage problem that names the option, what is allowed and what was found.
        public init(_ kMeans: KMeans.Options, gamma: Double? = nil) throws {
            if let gamma, !(gamma >= 0 && gamma.isFinite) {
                throw Problem(.usage, "KPrototypes.gamma must be 0 or more; got \(gamma)")
            }
            self.kMeans = kMeans
            self.gamma = gamma
        }
    }

    /// How to cluster.
    public let options: Options

    /// k-prototypes with these options.
    public init(_ options: Options) { self.options = options }

    /// Clusters rows.
    ///
    /// - Parameters:
    ///   - numbers: rows × columns of numbers, all finite; it may have no columns.
    ///   - categories: the columns of words, at least one.
    ///   - weights: one a row, finite and not negative, not all zero; nil when every row weighs 1.
    ///   - startRows: the rows that the prototypes begin as; there is one run then. By default starts are random.
    ///   - columnNames: names of the columns of numbers, for messages.
    ///   - parallel: the threads.
    /// - Throws: a data problem: no rows or columns, a value that is not finite, fewer distinct rows than clusters.
    /// - Complexity: O(runs × iterations × rows × columns × clusters).
    public func fitAssigning(
        _ numbers: Matrix<Double>, _ categories: [CategoryColumn], weights: [Double]? = nil, startRows: [Int]? = nil,
        columnNames: [String] = [], parallel: Parallel = Parallel()
    ) throws -> (model: KPrototypesModel, assignment: ClusterAssignment) {
        guard !categories.isEmpty else { throw Problem(.data, "no columns of words to cluster on") }
        let matrix = try MixedPoints.numbers(numbers, categories)
        try KMeans.check(weights: weights, rowCount: matrix.rowCount)
        let data = try CentredPoints(matrix, weights: weights, columnNames: columnNames, parallel: parallel)
        let gamma =
            options.gamma ?? Self.gamma(meanVariance: data.meanVariance, categories: categories, weights: weights)
        let points = MixedPoints(
            numbers: KMeansPasses(data: data, weights: weights, parallel: parallel),
            codes: MixedPoints.codes(categories, rowCount: matrix.rowCount), categoryCount: categories.count,
            gamma: gamma)
        let count = options.kMeans.clusterCount
        let distinct = points.distinctCount(enough: count)
        guard distinct >= count else {
            throw Problem(
                .data,
                "\(distinct) distinct \(distinct == 1 ? "row" : "rows")\(weights == nil ? "" : " of positive weight"), "
                    + "fewer than the \(count == 1 ? "1 cluster" : "\(count) clusters") asked for")
        }
        let fit = MixedFit(
            points: points, categorySizes: categories.map(\.labels.count), options: options.kMeans,
            tolerance: options.kMeans.tolerance * data.meanVariance)
        let end = try fit.best(startRows: startRows)
        let model = KPrototypesModel(
            end, categories: categories, numberCount: numbers.columnCount, origin: data.origin, gamma: gamma,
            labels: points.nearest(end.prototypes))
        return (model, try model.assign(numbers, categories, parallel: parallel))
    }

    /// γ by which numbers and words weigh alike.
    private static func gamma(meanVariance: Double, categories: [CategoryColumn], weights: [Double]?) -> Double {
        let impurities = categories.map { column -> Double in
            var counts = [Double](repeating: 0, count: column.labels.count)
            for (row, code) in column.codes.enumerated() { counts[Int(code)] += weights.map { $0[row] } ?? 1 }
            let total = counts.reduce(0, +)
            return total > 0 ? 1 - counts.reduce(0) { $0 + ($1 / total) * ($1 / total) } : 0
        }
        let impurity = impurities.reduce(0, +) / Double(categories.count)
        return meanVariance > 0 && impurity > 0 ? meanVariance / impurity : 1
    }
}
