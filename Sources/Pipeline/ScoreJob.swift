import CustomerData
import Export
import Foundation
import Models
import Report

/// `strata score`: the columns of `segments.csv` for new data, by a saved model.
public struct ScoreJob: Sendable {
    /// The input. Returns and orders are treated as in the model's training.
    public var input = InputOptions()
    /// The model's path.
    public var model = ""
    /// Where the table goes; `-` is standard output.
    public var out = "-"
    /// Where the timings go.
    public var timings: String?
    /// When there is a progress bar.
    public var progress = Progress.Mode.auto

    /// A job with the defaults.
    public init() {}

    /// Scores.
    ///
    /// - Throws: `Problem`, also when the model can't be read, is damaged, or is one of a newer strata.
    public func run() throws -> JobReport {
        guard let data = FileManager.default.contents(atPath: model) else {
            throw Problem(.inputMissing, "\(model): there is no such model, or it can't be read")
        }
        let content = try ModelFile<CustomerModel>(bytes: data, path: model, kind: CustomerModel.kind).model
        var input = input
        input.returns = content.returns
        input.orderRule = content.orderRule
        input.attributes = content.scoredAttributes.map(\.name)
        var phases = Phases()
        let loaded = try LoadedHistory.load(input, profile: true, phases: &phases, progress: Progress(progress))
        if let trained = content.training.currency, let base = loaded.rates?.rates.base, trained != base {
            throw Problem(
                .data,
                "\(model) was trained on amounts in \(trained), and these are converted to \(base): give rates that are "
                    + "stated in \(trained)")
        }
        let scored = try phases.measure("score") { try content.score(loaded, parallel: input.parallel) }
        try phases.measure("write") {
            let file = try OutputFile(path: out, personal: true)
            try CSVWriter(parallel: input.parallel).write(scored.segments, to: file)
            try file.commit()
        }
        try loaded.commitRejects()
        if let timings {
            try TextOutput.write(try phases.timings(rows: loaded.accounts.read), to: timings, personal: false)
        }
        var report = JobReport()
        report.add(loaded)
        report.lines.append(
            "as of \(loaded.asOf), by a model as of \(content.training.asOf): "
                + Figures.counted(loaded.history.customers.count, "customer"))
        report.lines += LifecycleText.table(scored.lifecycle, loaded.history)
        if let line = try content.clusters.ruleLine(for: scored) { report.lines.append(line) }
        return report
    }
}
