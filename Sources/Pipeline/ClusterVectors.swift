import CustomerData
import Features
import Ingest
import LinearAlgebra
import Segmentation

/// The input of `strata cluster`: the rows, their ids, weights, and centres to start from, scaled as asked.
struct ClusterVectors {
    /// The columns' names.
    let names: [String]
    /// The rows in the input's units.
    let table: FeatureTable
    /// The rows as they are clustered.
    let points: Ingest.NumpyFile
    /// How they were scaled; nil when they were not.
    let scaling: ColumnScaling?
    /// One weight a row.
    let weights: [Double]?
    /// The columns of words.
    let categories: [CategoryColumn]
    /// Centres to start from, scaled as the rows.
    let start: Matrix<Double>?

    /// Reads what a job names; scaled as the job says, or as a saved model does.
    ///
    /// - Throws: `Problem`, also when a value is not finite or the centres have other columns than the table.
    init(_ job: ClusterJob, scaledBy saved: ColumnScaling? = nil) throws {
        let read = try ClusterVectors.read(job.table, job, withWeights: true)
        weights = read.weights
        categories = read.categories
        table = read.table
        names = table.columns.map(\.name)
        let centres = try job.start.map { path in
            let given = try ClusterVectors.read(path, job, withWeights: false)
            guard given.table.columns.count == read.table.columns.count else {
                throw Problem(
                    .data,
                    "\(path) has \(given.table.columns.count) columns, and \(job.table) has \(read.table.columns.count)"
                )
            }
            return given.points.asDoubles
        }
        try ClusterVectors.checkFinite(read.table, job.table)
        if let saved {
            (points, scaling, start) = (.doubles(try saved.apply(read.points.asDoubles)), saved, nil)
            return
        }
        guard job.scale != .none else {
            (points, scaling, start) = (read.points, nil, centres)
            return
        }
        let matrix = read.points.asDoubles
        let scaling = try ColumnScaling(job.scale, of: matrix)
        points = .doubles(try scaling.apply(matrix))
        start = try centres.map { try scaling.apply($0) }
        self.scaling = scaling
    }

    /// Refuses values that are not finite, naming the first, and the columns that have any.
    private static func checkFinite(_ table: FeatureTable, _ path: String) throws {
        guard let place = table.values.firstIndex(where: { !$0.isFinite }) else { return }
        let columnCount = table.columns.count
        let (row, column) = place.quotientAndRemainder(dividingBy: columnCount)
        let poor = table.columns.indices.filter { column in
            stride(from: column, to: table.values.count, by: columnCount).contains { !table.values[$0].isFinite }
        }
        let whole = table.columns.indices.filter { !poor.contains($0) }.map { table.columns[$0].name }
        let advice =
            whole.isEmpty
            ? "fill the gaps, or leave such rows out"
            : "choose among the columns without gaps, for example --columns \(whole.prefix(3).joined(separator: ","))"
        throw Problem(
            .data,
            "\(path) row \(row) (the first is 0), column \"\(table.columns[column].name)\": expected a finite number, found "
                + (table.values[place].isNaN ? "none" : "an infinite one") + "; \(advice)")
    }

    private struct Read {
        let table: FeatureTable
        let points: Ingest.NumpyFile
        let weights: [Double]?
        var categories: [CategoryColumn] = []
    }

    private static func read(_ path: String, _ job: ClusterJob, withWeights: Bool) throws -> Read {
        let words = withWeights ? job.method.categories : []
        if path.hasSuffix(".npy") {
            guard words.isEmpty else {
                throw Problem(.usage, "--categorical: \(path) holds numbers only; give a CSV table")
            }
            let file = try Ingest.NumpyFile(path: path)
            let all = (0..<file.columnCount).map { "x\($0)" }
            let table = FeatureTable(
                columns: all.map(ClusterVectors.definition), ids: nil, idName: "row",
                values: ClusterVectors.values(file), rowCount: file.rowCount)
            guard (job.columns ?? all) != all || job.weights != nil else {
                return Read(table: table, points: file, weights: nil)
            }
            for name in (job.columns ?? []) + (job.weights.map { [$0] } ?? []) where !all.contains(name) {
                throw Problem(.usage, "\(path) has no column \(name); its columns are x0 to x\(all.count - 1)")
            }
            return part(table, job, withWeights)
        }
        let weight = withWeights ? job.weights : nil
        let wanted = job.columns.map { $0.filter { !words.contains($0) } + (weight.map { [$0] } ?? []) }
        let file = try TableFile(path: path, options: job.form)
        let id = withWeights ? job.id : nil
        let (table, categories) =
            words.isEmpty
            ? (try FeatureTableReader.read(file, columns: wanted, id: id, parallel: job.parallel), [])
            : try FeatureTableReader.read(
                file, columns: wanted, categories: words, id: id, parallel: job.parallel)
        if let weight, !table.columns.contains(where: { $0.name == weight }) {
            throw Problem(.usage, "--weights \(weight): \(path) has no such column")
        }
        var read = part(table, job, withWeights)
        read.categories = categories
        return read
    }

    /// The wanted columns of a table, the weights apart.
    private static func part(_ table: FeatureTable, _ job: ClusterJob, _ withWeights: Bool) -> Read {
        let words = job.method.categories
        let names =
            job.columns?.filter { !words.contains($0) } ?? table.columns.map(\.name).filter { $0 != job.weights }
        let chosen = names == table.columns.map(\.name) ? table : table.columns(names)
        let weights = withWeights ? job.weights.map { table.columns([$0]).values.asDoubles } : nil
        return Read(
            table: FeatureTable(
                columns: chosen.columns, ids: table.ids, idName: table.idName, values: chosen.values,
                rowCount: table.rowCount),
            points: .doubles(
                Matrix(rowCount: table.rowCount, columnCount: names.count, elements: chosen.values.asDoubles)),
            weights: weights)
    }

    /// A file's values as they are.
    static func values(_ file: Ingest.NumpyFile) -> FeatureValues {
        switch file {
        case .floats(let matrix): FeatureValues(matrix.elements)
        case .doubles(let matrix): FeatureValues(matrix.elements)
        }
    }

    static func definition(_ name: String) -> FeatureDefinition {
        FeatureDefinition(name: name, unit: "", formula: "column of the input", transform: .init())
    }
}
