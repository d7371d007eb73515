import CustomerData
import Export
import Ingest
import Models
import Report
import Segmentation

/// `strata run`: from files to segments, a saved model and a manifest.
public struct RunJob: Sendable {
    /// The input.
    public var input = InputOptions()
    /// Scores, stages, clusters.
    public var segments = SegmentSettings()
    /// Whether customers files are cleaned before they are read.
    public var cleansCustomers = true
    /// Whether customers on record several times are looked for and become one.
    public var matchesCustomers = false
    /// Days of a period of the key figures; nil for the horizon.
    public var periodDays: Int?
    /// What the key figures are to be.
    public var targets: [KeyFigureTarget] = []
    /// The folder for the results.
    public var out = "strata-out"
    /// Where the timings go.
    public var timings: String?
    /// When there is a progress bar.
    public var progress = Progress.Mode.auto

    /// A job with the defaults.
    public init() {}

    /// The files of a run, the manifest last.
    ///
    /// - Parameter cleaning: whether customers were cleaned.
    func files(cleaning: Bool) -> [String] {
        (cleaning ? ["quality.csv"] : []) + ["segments.csv", "features.csv", "kpis.csv"] + RunReasons.files
            + (choosesClusters ? ["cluster-choice.csv"] : []) + ["cohorts.csv", "purchases.csv"]
            + (input.rejects == nil ? ["rejects.csv"] : []) + ["model.json", "manifest.json"]
    }

    /// Whether the number of clusters is chosen.
    private var choosesClusters: Bool { if case .chosen = segments.clusterCounts { true } else { false } }

    /// Does it all.
    ///
    /// - Returns: the summary, line by line.
    /// - Throws: `Problem`.
    public func run() throws -> JobReport {
        guard out != "-" else { throw Problem(.usage, "--out must be a folder for the results of a run; got -") }
        let folder = try OutputFolder(out, what: "the results")
        let customers = RunCustomers(input, cleans: cleansCustomers, matches: matchesCustomers, out: out)
        do {
            return try results(customers)
        } catch {
            customers.removeFolders()
            // A folder with something in it, such as the rejects, stays.
            folder.removeIfMade()
            throw error
        }
    }

    private func results(_ customers: RunCustomers) throws -> JobReport {
        // What is asked for wrongly is refused before anything is read.
        if matchesCustomers, input.matched != nil {
            throw Problem(
                .usage, "--match finds out who is one anew, and --matched names who was found to be: give one of them")
        }
        _ = try (segments.rfm(), segments.lifecycle(), segments.kMeans(clusterCount: 1))
        let keyFigures = KeyFigures(try KeyFigures.Options(periodDays: periodDays ?? segments.horizonDays))
        try checkTargets()
        var phases = Phases()
        var input = input
        if input.rejects == nil { input.rejects = path("rejects.csv") }
        let loaded = try LoadedHistory.load(
            input, profile: true, customers: customers, phases: &phases,
            progress: Progress(progress))
        let (model, scored) = try phases.measure("fit") {
            try CustomerModel.train(loaded, segments, parallel: input.parallel)
        }
        let figures = phases.measure("fit") {
            keyFigures.figures(
                of: loaded.history, interactions: loaded.records.interactions, segments: scored.rfm.segments,
                segmentNames: scored.rfm.map.names(in: "en"), asOf: loaded.asOf, parallel: input.parallel)
        }
        let cohorts = try phases.measure("fit") { try CohortsJob.usual(loaded, parallel: input.parallel) }
        // All are complete before the first appears, so that a full disk leaves the results of an earlier run together.
        let quality = try customers.quality.map {
            (table: $0, file: try TableOutput(path: path(CleanFiles.quality), personal: false))
        }
        let features = try OutputFile(path: path("features.csv"), personal: true)
        let reasons = try RunReasons(path: path)
        let purchases = try OutputFile(path: path("purchases.csv"), personal: true)
        let choice = try model.clusters.choice.map {
            (result: $0, file: try TableOutput(path: path("cluster-choice.csv"), personal: false))
        }
        let modelFile = try OutputFile(path: path("model.json"), personal: true)
        let cohortsFile = try OutputFile(path: path("cohorts.csv"), personal: false)
        let figuresFile = try OutputFile(path: path("kpis.csv"), personal: false)
        let segmentsFile = try OutputFile(path: path("segments.csv"), personal: true)
        let manifestFile = try OutputFile(path: path("manifest.json"), personal: false)
        try phases.measure("write") {
            let writer = CSVWriter(parallel: input.parallel)
            if let quality { try quality.file.write(quality.table, parallel: input.parallel) }
            try writer.write(FeatureText.table(scored.features), to: features)
            try writer.write(figures.table, to: figuresFile)
            try writer.write(cohorts.table, to: cohortsFile)
            try writer.write(scored.segments, to: segmentsFile)
            try reasons.write(CustomerReasons(model: model, scored: scored, parallel: input.parallel))
            if let choice { try choice.file.write(ClusterChoiceText.table(choice.result), parallel: input.parallel) }
            try PurchasesFile.write(loaded.history, to: purchases, parallel: input.parallel)
            let bytes = try ModelFile(kind: CustomerModel.kind, model).bytes()
            try modelFile.write(String(decoding: bytes, as: UTF8.self))
        }
        try manifestFile.write(
            JSONText.pretty(try Manifest(self, input, loaded, customers, model, scored, figures, phases)))
        try loaded.commitRejects()
        try customers.commit()
        try quality?.file.commit()
        for file in [features, figuresFile, cohortsFile, segmentsFile] + reasons.files { try file.commit() }
        try choice?.file.commit()
        for file in [purchases, modelFile, manifestFile] { try file.commit() }
        if let timings {
            try TextOutput.write(try phases.timings(rows: loaded.accounts.read), to: timings, personal: false)
        }
        return RunSummary(
            job: self, loaded: loaded, customers: customers, model: model, scored: scored, figures: figures
        ).report
    }

    /// Refuses targets for segments that the map has not.
    private func checkTargets() throws {
        let names = try segments.segmentMap().names(in: "en")
        for target in targets {
            guard let segment = target.segment, !names.contains(segment) else { continue }
            throw Problem(
                .usage,
                "the target for \(target.figure.rawValue): there is no segment \(segment); the segments are "
                    + names.joined(separator: ", "))
        }
    }

    /// Where a file of the run lies.
    func path(_ name: String) -> String { OutputFolder.path(name, in: out) }
}
