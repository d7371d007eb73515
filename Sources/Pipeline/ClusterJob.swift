import CustomerData
import Export
import Features
import Ingest
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
    /// The numbers of clusters to choose from; nil for the options' number.
    public var clusterCounts: ClosedRange<Int>?
    /// Where the figures of the choice go: JSON when the name ends in `.json`, otherwise CSV.
    public var choice: String?
    /// The kind of k-means.
    public var method = ClusterMethod.kMeans
    /// Centres to start from, as CSV or `.npy`, in the input's units.
    public var start: String?
    /// Header of a column of weights.
    public var weights: String?
    /// An earlier model whose numbers and names the clusters go on with, where they are the same.
    public var like: String?
    /// Where the labels go; `-` is standard output.
    public var out = "-"
    /// Where the model goes.
    public var model: String?
    /// Where what the clusters are like goes, where their rules do, and their typical rows.
    public var reasons = ClusterReasons.Paths()
    /// Where the timings go.
    public var timings: String?
    /// The key by which ids become pseudonyms; nil for ids as they are.
    public var pseudonyms: PseudonymKey?
    /// The threads.
    public var parallel = Parallel()

    /// A job with those options of k-means.
    public init(options: KMeans.Options) { self.options = options }

    /// Clusters.
    ///
    /// - Throws: `Problem`.
    public func run() throws -> JobReport {
        try checkChoice()
        guard pseudonyms == nil || table.hasSuffix(".npy") else { return try runWithoutPrivateColumns() }
        return try run(dropped: [])
    }

    /// Clusters on columns that are neither names nor contacts.
    private func runWithoutPrivateColumns() throws -> JobReport {
        try PrivateColumns.checkHasNoPseudonyms(table)
        let file = try TableFile(path: table, options: form)
        let dropped = PrivateColumns.columns(of: file).map { file.headers[$0] }.filter { name in
            method.categories.contains(name) || columns.map { $0.contains(name) } ?? (name != id && name != weights)
        }
        var job = self
        if !dropped.isEmpty {
            let isID = { (name: String) in id.map { $0 == name } ?? PrivateColumns.isID(name) }
            let wanted = columns ?? file.headers.filter { !isID($0) && $0 != weights }
            job.columns = wanted.filter { !dropped.contains($0) && !method.categories.contains($0) }
            job.method = method.dropping(dropped)
        }
        return try job.run(dropped: dropped)
    }

    private func run(dropped: [String]) throws -> JobReport {
        var phases = Phases()
        let vectors = try phases.measure("read") { try ClusterVectors(self) }
        let names = vectors.names
        // What scikit-learn's fit does, too: centring, seeding, iterations, labels.
        let choice = try phases.measure("choose") { try naming { try choose(vectors) } }
        let fit = try phases.measure("fit") {
            var job = self
            if let choice { job.options = try options.with(clusterCount: choice.verdict.clusterCount) }
            return try naming { try ClusterFit(job, vectors) }
        }
        let assignment = fit.assignment
        var descriptions = ClusterDescription.all(
            vectors.table, labels: assignment.labels, clusterCount: fit.sizes.count, weights: vectors.weights,
            parallel: parallel)
        if case .mixed(let model) = fit.found, names.isEmpty {
            descriptions = zip(descriptions, ClusterWords.names(model.modes)).map { $0.renamed($1, number: $0.cluster) }
        }
        var matching: ClusterMatching?
        var reasons: ClusterReasons?
        if let model = fit.kMeans {
            if let matched = try matched(model, descriptions, vectors) {
                (matching, descriptions) = (matched.matching, matched.descriptions)
            }
            reasons = try phases.measure("explain") {
                try ClusterReasons(self, vectors, model, assignment.labels, descriptions: descriptions)
            }
        }
        try phases.measure("write") {
            let reasonFiles = try self.reasons.open()
            let choiceFile = try self.choice.map { try TableOutput(path: $0, personal: false) }
            try write(
                assignment, vectors, numbers: matching?.numbers,
                model: fit.saved(vectors, descriptions, matching: matching, rules: reasons?.rules, choice: choice))
            try reasons?.write(to: reasonFiles)
            if let choice, let choiceFile {
                try choiceFile.write(ClusterChoiceText.table(choice), record: choice, parallel: parallel)
                try choiceFile.commit()
            }
        }
        if let timings {
            try TextOutput.write(try phases.timings(rows: vectors.table.rowCount), to: timings, personal: false)
        }
        var report = JobReport()
        if let choice { report.lines += ClusterChoiceText.lines(choice, rows: "rows") }
        report.lines.append(
            "\(Figures.counted(vectors.table.rowCount, "row")) × "
                + "\(Figures.counted(names.count + vectors.categories.count, "column")), \(fit.summary)")
        report.lines += ClusterText.lines(
            descriptions, names: descriptions.map(\.name), sizes: fit.sizes, rows: "rows")
        report.lines += ClusterWords.lines(
            vectors.categories, labels: assignment.labels, clusterCount: fit.sizes.count)
        report.lines += reasons?.report.lines ?? []
        if let matching, let like { report.lines += ClusterLikeness.lines(matching, like: like) }
        report.lines += [pseudonyms?.warning, PrivateColumns.note(dropped), reasons?.note].compactMap {
            $0.map { "note: \($0)" }
        }
        return report
    }

    /// The number of clusters is either given or chosen, and only a choice has figures.
    private func checkChoice() throws {
        if clusterCounts == nil, choice != nil {
            throw Problem(.usage, "--choice needs a choice: --k auto, or a range such as --k 2..8")
        }
        if clusterCounts != nil, start != nil {
            throw Problem(.usage, "--init gives the centres, so there is nothing to choose: give their number as --k")
        }
    }

    /// A problem with the data begins with the table's name.
    private func naming<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let problem as Problem where problem.kind == .data {
            throw Problem(.data, "\(table): \(problem.description)")
        }
    }

    private func choose(_ vectors: ClusterVectors) throws -> ClusterCountResult? {
        guard let clusterCounts else { return nil }
        let method = ClusterCountChoice(
            try .init(
                clusterCounts: clusterCounts, seed: options.seed, runs: options.runs,
                maxIterations: options.maxIterations, tolerance: options.tolerance))
        switch vectors.points {
        case .floats(let matrix):
            return try method.choose(
                matrix, weights: vectors.weights, columnNames: vectors.names, parallel: parallel)
        case .doubles(let matrix):
            return try method.choose(
                matrix, weights: vectors.weights, columnNames: vectors.names, parallel: parallel)
        }
    }

    /// Writes labels, and the model where one is asked for.
    ///
    /// - Parameter numbers: the clusters' numbers by their positions; nil where these are the same.
    func write(
        _ assignment: ClusterAssignment, _ vectors: ClusterVectors, numbers: [Int]? = nil, model: SavedClusters?
    ) throws {
        // Both can be written before the first appears.
        let modelFile = try model == nil ? nil : self.model.map { try OutputFile(path: $0, personal: false) }
        let file = try OutputFile(path: out, personal: true)
        try CSVWriter(parallel: parallel).write(labels(assignment, vectors, numbers), to: file)
        try file.commit()
        if let modelFile, let model {
            try modelFile.write(String(decoding: try model.bytes(), as: UTF8.self))
            try modelFile.commit()
        }
    }

    /// Labels, under their numbers, and distances in the order of the input, or of the pseudonyms.
    private func labels(
        _ assignment: ClusterAssignment, _ vectors: ClusterVectors, _ numbers: [Int]?
    ) -> ResultTable {
        let distances = assignment.distances
        let labels = numbers.map { numbers in assignment.labels.map { UInt32(numbers[Int($0)]) } } ?? assignment.labels
        guard let ids = vectors.table.ids else {
            return table(.init("row", .integers(labels.indices.map { Int64($0) })), labels, distances)
        }
        guard let pseudonyms else {
            return table(.init(vectors.table.idName, .identifiers(ids)), labels, distances)
        }
        let names = pseudonyms.pseudonyms(of: ids, parallel: parallel)
        let order = names.ascendingOrder()
        return table(
            .init(vectors.table.idName, .identifiers(names.selecting(order))), order.map { labels[$0] },
            order.map { distances[$0] })
    }

    private func table(_ key: ResultTable.Column, _ labels: [UInt32], _ distances: [Double]) -> ResultTable {
        ResultTable(
            name: "clusters",
            columns: [
                key, .init("cluster", .integers(labels.map { Int64($0) })), .init("distance", .reals(distances)),
            ])
    }
}
