import CustomerData
import Export
import Report
import Segmentation
import Statistics

/// `strata movement`: who moved from where to where over a series of dates.
public struct MovementJob: Sendable {
    /// The input; its `asOf` is set from the series.
    public var input = InputOptions()
    /// Scores and stages.
    public var segments = SegmentSettings()
    /// The dates that were asked for.
    public var dates = Dates.lastSteps(to: nil)
    /// The step between them.
    public var every = Cadence.month
    /// What customers are sorted by.
    public var bases = MovementBasis.allCases
    /// Which cuts RFM scores have.
    public var cuts = Movement.Cuts.each
    /// The folder for the results; nil for nowhere.
    public var out: String?
    /// Where the timings go.
    public var timings: String?
    /// When there is a progress bar.
    public var progress = Progress.Mode.auto

    /// The dates that were asked for.
    public enum Dates: Sendable {
        /// From the first day of a range on, as far as steps lead within it.
        case range(ClosedRange<Day>)
        /// Twelve steps, or as many as the data has, that lead to a day; to the day after the last transaction where none
        /// is named.
        case lastSteps(to: Day?)
    }

    /// Steps where only an end is known.
    static let usualSteps = 12

    /// The files of the folder.
    static let files = ["transitions.csv", "flow.csv", "moves.csv", "movement.json"]

    /// A job with the defaults.
    public init() {}

    /// Reads, looks from every date, writes and tells.
    ///
    /// - Throws: `Problem`.
    public func run() throws -> JobReport {
        guard out != "-" else { throw Problem(.usage, "--out must be a folder for the results; got -") }
        // What is asked for wrongly is refused before anything is read.
        let movement = Movement(
            try Movement.Options(bases: bases, cuts: cuts, lifecycle: segments.lifecycle(), rfm: segments.rfm()))
        var input = input
        var stated: DateSeries?
        switch dates {
        case .range(let range):
            let series = try DateSeries(range, every: every)
            stated = series
            input.asOf = series.dates.last
        case .lastSteps(let end): input.asOf = end
        }
        let folder = try out.map { try OutputFolder($0, what: "the results") }
        do {
            return try results(movement, stated, input)
        } catch {
            folder?.removeIfMade()
            throw error
        }
    }

    private func results(_ movement: Movement, _ stated: DateSeries?, _ input: InputOptions) throws -> JobReport {
        var phases = Phases()
        let loaded = try LoadedHistory.load(
            input, profile: false, leads: true, phases: &phases, progress: Progress(progress))
        let series = try stated ?? MovementJob.lastSteps(loaded, every: every)
        let presence = CustomerPresence(loaded)
        let writer = CSVWriter(parallel: input.parallel)
        // All are complete before the first appears.
        let outputs = try out.map { folder in
            try MovementJob.files.map {
                try OutputFile(path: OutputFolder.path($0, in: folder), personal: $0 == "moves.csv")
            }
        }
        var isFirst = true
        let result = try phases.measure("score") {
            try movement.result(
                of: loaded.history, presence: presence, interactions: loaded.records.interactions, series: series,
                parallel: input.parallel
            ) { moves in
                guard let outputs else { return }
                try writer.write(moves.table, header: isFirst, to: outputs[2])
                isFirst = false
            }
        }
        if let outputs {
            try phases.measure("write") {
                try writer.write(result.transitionsTable, to: outputs[0])
                try writer.write(result.flowTable, to: outputs[1])
                try outputs[3].write(JSONText.pretty(MovementSummary(result, series, cuts: cuts)))
                for output in outputs { try output.commit() }
            }
        }
        try loaded.commitRejects()
        if let timings {
            try TextOutput.write(try phases.timings(rows: loaded.accounts.read), to: timings, personal: false)
        }
        var report = JobReport()
        report.add(loaded)
        report.lines += MovementText.notes(result, series, loaded, presence).map { "note: \($0)" }
        report.lines += MovementText.lines(of: result, series, cuts: cuts)
        if let out { report.lines.append("Results in \(out): \(MovementJob.files.joined(separator: ", "))") }
        return report
    }

    /// The last steps of the data.
    ///
    /// - Throws: `Problem(.data)` when the data is shorter than a step.
    private static func lastSteps(_ loaded: LoadedHistory, every: Cadence) throws -> DateSeries {
        let first = loaded.history.period?.lowerBound ?? loaded.asOf
        guard let series = DateSeries(ending: loaded.asOf, every: every, steps: usualSteps, after: first) else {
            throw Problem(
                .data,
                "the data begins on \(first), less than one step (\(every)) before \(loaded.asOf): choose a shorter step with "
                    + "--every")
        }
        return series
    }
}

extension CustomerPresence {
    /// The presence of the customers of what a job has read, interactions and customers file included.
    init(_ loaded: LoadedHistory) {
        self.init(
            of: loaded.history, interactions: loaded.records.interactions, listed: loaded.records.listed,
            registeredDays: loaded.records.registeredDays)
    }
}
