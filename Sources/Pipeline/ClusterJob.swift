import CustomerData
import Export
import Features
import Ingest
import LinearAlgebra
import Models
import Report
import Segmentation
import Statistics

/// `strata cluster`: k-means over any table of numbers.
public struct ClusterJob: Sendable {
    /// The table: CSV or `.npy`.
    public var table = ""
    /// Form of the table, where it is not to be detected.
    public var form = TableFile.Options()
    /// Headers of the columns to cluster on; nil for all but the id. Columns of a `.npy` file are `x0`, `x1`, ….
    public var columns: [String]?
    /// Header of the id column.
    public var id: String?
    /// How columns are scaled.
    public var scale = FeatureTransform.Scaling.none
    /// What may be chosen about k-means.
    public var options: KMeans.Options
    /// Centres to start from, as CSV or `.npy`, in the input's units.
    public var start: String?
    /// Header of a column of weights.
    public var weights: String?
    /// Where the labels go; `-` is standard output.
    public var out = "-"
    /// Where the model goes.
    public var model: String?
    /// Where the timings go.
    public var timings: String?
    /// The threads.
    public var parallel = Parallel()

    /// A job with those options of k-means.
    public init(options: KMeans.Options) { self.options = options }

    /// What a cluster model's file holds.
    struct Model: Codable, Sendable {
        let columns: [String]
        let scaling: ColumnScaling?
        let kMeans: KMeansModel
        let descriptions: [ClusterDescription]
    }

    /// Clusters.
    ///
    /// - Throws: `Problem`.
    public func run() throws -> JobReport {
        var phases = Phases()
        let vectors = try phases.measure("read") { try ClusterVectors(self) }
        let names = vectors.names
        // What scikit-learn's fit does, too: centring, seeding, iterations, labels.
        let (model, assignment) = try phases.measure("fit") {
            let kMeans = KMeans(options)
            switch vectors.points {
            case .floats(let matrix):
                return try kMeans.fitAssigning(
                    matrix, weights: vectors.weights, initialCentres: vectors.start, columnNames: names,
                    parallel: parallel)
            case .doubles(let matrix):
                return try kMeans.fitAssigning(
                    matrix, weights: vectors.weights, initialCentres: vectors.start, columnNames: names,
                    parallel: parallel)
            }
        }
        let descriptions = ClusterDescription.all(
            vectors.table, labels: assignment.labels, clusterCount: model.clusterCount, parallel: parallel)
        try phases.measure("write") {
            let file = try OutputFile(path: out, personal: true)
            try CSVWriter(parallel: parallel).write(labels(assignment, vectors), to: file)
            try file.commit()
            if let path = self.model {
                let content = Model(columns: names, scaling: vectors.scaling, kMeans: model, descriptions: descriptions)
                let bytes = try ModelFile(kind: "clusters", content).bytes()
                try TextOutput.write(String(decoding: bytes, as: UTF8.self), to: path, personal: false)
            }
        }
        if let timings {
            try TextOutput.write(try phases.timings(rows: vectors.table.rowCount), to: timings, personal: false)
        }
        var report = JobReport()
        report.lines.append(
            "\(Figures.count(vectors.table.rowCount)) rows × \(names.count) columns, \(model.clusterCount) clusters: inertia "
                + "\(model.inertia) after \(model.iterations) iterations"
                + (model.converged ? "" : " (not at rest yet: allow more with --max-iterations)"))
        report.lines += ClusterText.lines(
            descriptions, names: descriptions.map(\.name), sizes: model.sizes, rows: "rows")
        return report
    }

    private func labels(_ assignment: ClusterAssignment, _ vectors: ClusterVectors) -> ResultTable {
        let key: ResultTable.Column =
            vectors.table.ids.map { .init(vectors.table.idName, .identifiers($0)) }
            ?? .init("row", .integers((0..<vectors.table.rowCount).map { Int64($0) }))
        return ResultTable(
            name: "clusters",
            columns: [
                key, .init("cluster", .integers(assignment.labels.map { Int64($0) })),
                .init("distance", .reals(assignment.distances)),
            ])
    }
}
