import CustomerData
import Export
import Foundation
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
    /// The folder for the results.
    public var out = "strata-out"
    /// Where the timings go.
    public var timings: String?
    /// When there is a progress bar.
    public var progress = Progress.Mode.auto

    /// A job with the defaults.
    public init() {}

    /// The files of a run, in the order in which they appear.
    static let files = ["rejects.csv", "features.csv", "model.json", "segments.csv", "manifest.json"]

    /// Does it all.
    ///
    /// - Returns: the summary, line by line.
    /// - Throws: `Problem`.
    public func run() throws -> JobReport {
        var phases = Phases()
        try makeFolder()
        var input = input
        if input.rejects == nil { input.rejects = path("rejects.csv") }
        let loaded = try LoadedHistory.load(input, profile: true, phases: &phases, progress: Progress(progress))
        let (model, scored) = try phases.measure("fit") {
            try CustomerModel.train(loaded, segments, parallel: input.parallel)
        }
        try phases.measure("write") {
            try write(FeatureText.table(scored.features), to: "features.csv")
            let bytes = try ModelFile(kind: CustomerModel.kind, model).bytes()
            try TextOutput.write(String(decoding: bytes, as: UTF8.self), to: path("model.json"), personal: false)
            try write(scored.segments, to: "segments.csv")
        }
        let manifest = try Manifest(self, input, loaded, model, scored, phases)
        try TextOutput.write(try JSONText.pretty(manifest), to: path("manifest.json"), personal: false)
        if let timings {
            try TextOutput.write(try phases.timings(rows: loaded.accounts.read), to: timings, personal: false)
        }
        return RunSummary(job: self, loaded: loaded, model: model, scored: scored).report
    }

    /// Where a file of the run lies.
    func path(_ name: String) -> String { out.hasSuffix("/") ? out + name : out + "/" + name }

    private func makeFolder() throws {
        do {
            try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
        } catch {
            throw Problem(.outputFailed, "can't make the folder \(out) for the results: name another one with --out")
        }
    }

    private func write(_ table: ResultTable, to name: String) throws {
        let file = try OutputFile(path: path(name), personal: true)
        try CSVWriter(parallel: input.parallel).write(table, to: file)
        try file.commit()
    }
}
