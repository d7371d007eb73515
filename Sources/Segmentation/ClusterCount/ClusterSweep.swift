import CustomerData
import LinearAlgebra
import Statistics

/// The fits of a sweep.
struct ClusterSweep<Element: BinaryFloatingPoint & Sendable> {
    let points: Matrix<Element>
    let weights: [Double]?
    let columnNames: [String]
    let options: ClusterCountChoice.Options
    let parallel: Parallel

    init(
        _ points: Matrix<Element>, weights: [Double]?, columnNames: [String], options: ClusterCountChoice.Options,
        parallel: Parallel
    ) {
        self.points = points
        self.weights = weights
        self.columnNames = columnNames
        self.options = options
        self.parallel = parallel
    }

    /// Distinct rows of positive weight, counted up to `enough`, and rows of positive weight.
    func rowCounts(enough: Int) throws -> (distinct: Int, held: Int) {
        (
            try DistinctRows.count(
                points, weights: weights, enough: enough, columnNames: columnNames, parallel: parallel),
            weights.map { $0.count { $0 > 0 } } ?? points.rowCount
        )
    }

    /// The rows that k-means is started on, where there are too many; nil where it is started on all, also because the
    /// part has fewer distinct rows than clusters.
    func startingRows(largest: Int) throws -> (points: Matrix<Double>, weights: [Double]?)? {
        guard points.rowCount > options.sampleRows else { return nil }
        var generator = SeededGenerator(seed: options.seed, stream: 0x57A7)
        let rows = RowSample.draw(options.sampleRows, of: points.rowCount, using: &generator)
        let part = (points: points.doubles(rows), weights: weights.map { weights in rows.map { weights[$0] } })
        let distinct = try DistinctRows.count(
            part.points, weights: part.weights, enough: largest, columnNames: columnNames, parallel: parallel)
        return distinct >= largest ? part : nil
    }

    /// k-means on all rows: from random starts, or from the best clusters of a part of the rows.
    func model(
        clusterCount: Int, start: (points: Matrix<Double>, weights: [Double]?)?
    ) throws -> (model: KMeansModel, assignment: ClusterAssignment) {
        let kMeans = KMeans(
            try .init(
                clusterCount: clusterCount, seed: options.seed, runs: clusterCount == 1 ? 1 : options.runs,
                maxIterations: options.maxIterations, tolerance: options.tolerance))
        let centres = try start.map { part in
            let centres = try kMeans.fit(part.points, weights: part.weights, parallel: parallel).centres
            return Matrix(rowCount: clusterCount, columnCount: points.columnCount, elements: centres.flatMap(\.self))
        }
        return try kMeans.fitAssigning(
            points, weights: weights, initialCentres: centres, columnNames: columnNames, parallel: parallel)
    }

    /// What is known of a number of clusters from its fit.
    func draft(_ model: KMeansModel, _ labels: [UInt32], surveyed: Bool) -> ClusterSweepDraft {
        let spread = ClusterSpread(points, labels: labels, weights: weights, parallel: parallel)
        return ClusterSweepDraft(
            inertia: model.inertia, sizes: model.sizes, isSurveyed: surveyed,
            squaredSilhouette: SquaredSilhouette.mean(
                spread, points, labels: labels, weights: weights, parallel: parallel),
            calinskiHarabasz: CalinskiHarabasz.score(spread), daviesBouldin: DaviesBouldin.score(spread))
    }
}

/// What is known of a number of clusters from its fit.
struct ClusterSweepDraft {
    let inertia: Double
    let sizes: [Int]
    var isSurveyed = false
    var squaredSilhouette: Double?
    var calinskiHarabasz: Double?
    var daviesBouldin: Double?
}
