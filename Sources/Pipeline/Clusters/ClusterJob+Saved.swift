import CustomerData
import Ingest
import Report
import Segmentation
import Statistics

extension ClusterJob {
    /// Whether a file is a model that `strata cluster` wrote.
    public static func isModel(at path: String) -> Bool { SavedClusters.isSaved(at: path) }

    /// The job with what a model says of its input.
    ///
    /// - Throws: a data problem when the table lacks one of its columns.
    private func following(_ saved: SavedClusters, _ path: String) throws -> ClusterJob {
        if !table.hasSuffix(".npy") {
            let headers = try TableFile(path: table, options: form).headers
            if let missing = (saved.columns + saved.categories).first(where: { !headers.contains($0) }) {
                throw Problem(.data, "\(table) has no column \"\(missing)\", which \(path) has")
            }
        }
        var job = self
        job.columns = saved.columns
        job.method = saved.categories.isEmpty ? .kMeans : .prototypes(categories: saved.categories, gamma: nil)
        return job
    }

    /// Labels new rows by a saved model: `strata score`.
    ///
    /// - Throws: `Problem`, also when the table lacks a column of the model.
    public func score(by path: String) throws -> JobReport {
        let saved = try SavedClusters(path: path)
        let job = try following(saved, path)
        try checkPseudonyms()
        var phases = Phases()
        let vectors = try phases.measure("read") { try ClusterVectors(job, scaledBy: saved.scaling) }
        let assignment = try phases.measure("score") { try saved.assign(vectors, parallel: parallel) }
        try phases.measure("write") {
            try job.write(assignment, vectors, numbers: saved.descriptions.map(\.cluster), model: nil)
        }
        try write(phases, vectors)
        var sizes = [Int](repeating: 0, count: saved.clusterCount)
        for label in assignment.labels { sizes[Int(label)] += 1 }
        let descriptions = describe(vectors, assignment, keepingNamesOf: saved)
        var report = JobReport()
        report.lines.append(
            "\(Figures.counted(vectors.table.rowCount, "row")) by a model of "
                + Figures.counted(saved.clusterCount, "cluster"))
        report.lines += ClusterText.lines(
            descriptions, names: descriptions.map(\.name), sizes: sizes, rows: "rows")
        report.lines += ClusterWords.lines(
            vectors.categories, labels: assignment.labels, clusterCount: saved.clusterCount)
        report.lines += [pseudonyms?.warning].compactMap { $0.map { "note: \($0)" } }
        return report
    }

    /// Moves the centres of a saved model by new rows, and labels these: `strata cluster --update`.
    ///
    /// - Throws: `Problem`, also when the model is not one of k-means.
    public func update(_ path: String, _ options: StreamingKMeans.Options) throws -> JobReport {
        let saved = try SavedClusters(path: path)
        guard case .kMeans(let content) = saved else {
            throw Problem(
                .usage,
                "--update \(path): only k-means can be updated, and these are "
                    + (saved.categories.isEmpty ? "clusters of limited sizes" : "clusters of words and numbers")
                    + ": fit them anew")
        }
        let job = try following(saved, path)
        try checkPseudonyms()
        var phases = Phases()
        let vectors = try phases.measure("read") { try ClusterVectors(job, scaledBy: content.scaling) }
        let update = try phases.measure("fit") {
            do {
                return try StreamingKMeans(options).update(
                    content.kMeans, masses: content.masses ?? content.kMeans.sizes.map(Double.init),
                    with: vectors.points.asDoubles, weights: vectors.weights, columnNames: vectors.names,
                    parallel: parallel)
            } catch let problem as Problem where problem.kind == .data {
                throw Problem(.data, "\(table): \(problem.description)")
            }
        }
        let descriptions = describe(vectors, update.assignment, keepingNamesOf: saved)
        let newer = SavedClusters.kMeans(
            .init(
                columns: content.columns, scaling: content.scaling, kMeans: update.model, masses: update.masses,
                descriptions: descriptions, matching: content.matching, rules: nil, choice: nil))
        try phases.measure("write") {
            try job.write(update.assignment, vectors, numbers: content.matching?.numbers, model: newer)
        }
        try write(phases, vectors)
        var report = JobReport()
        report.lines.append(
            "\(Figures.counted(vectors.table.rowCount, "new row")) into "
                + "\(Figures.counted(saved.clusterCount, "cluster")): inertia \(update.model.inertia)")
        report.lines += ClusterText.lines(
            descriptions, names: descriptions.map(\.name), sizes: update.model.sizes, rows: "new rows")
        let units = content.scaling == nil ? "" : ", in scaled units"
        report.lines.append(
            "centres moved by \(update.shifts.map { Figures.short($0) }.joined(separator: ", "))\(units)")
        report.lines += [pseudonyms?.warning].compactMap { $0.map { "note: \($0)" } }
        return report
    }

    private func checkPseudonyms() throws {
        if pseudonyms != nil, !table.hasSuffix(".npy") { try PrivateColumns.checkHasNoPseudonyms(table) }
    }

    private func write(_ phases: Phases, _ vectors: ClusterVectors) throws {
        if let timings {
            try TextOutput.write(try phases.timings(rows: vectors.table.rowCount), to: timings, personal: false)
        }
    }

    /// What the rows of each cluster are like, under the names that the clusters have.
    private func describe(
        _ vectors: ClusterVectors, _ assignment: ClusterAssignment, keepingNamesOf saved: SavedClusters
    ) -> [ClusterDescription] {
        let found = ClusterDescription.all(
            vectors.table, labels: assignment.labels, clusterCount: saved.clusterCount, weights: vectors.weights,
            parallel: parallel)
        return zip(found, saved.descriptions).map { $0.renamed($1.name, number: $1.cluster) }
    }
}
