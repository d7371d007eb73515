import CustomerData
import Export
import Report
import Segmentation
import Statistics

/// `strata cohorts`: retention and revenue by the period of the first purchase.
public struct CohortsJob: Sendable {
    /// What the triangle on the terminal shows.
    public enum Measure: String, CaseIterable, Sendable {
        /// The share of the cohort that bought in the period.
        case retention
        /// What the cohort spent in the period.
        case revenue
    }

    /// The input.
    public var input = InputOptions()
    /// The periods.
    public var every = Cadence.month
    /// What the triangle shows.
    public var measure = Measure.retention
    /// Where the table goes, as JSON where its name ends in `.json`; `-` is standard output; nil for nowhere.
    public var out: String?
    /// Where the timings go.
    public var timings: String?
    /// When there is a progress bar.
    public var progress = Progress.Mode.auto

    /// A job with the defaults.
    public init() {}

    /// The cohorts of a run: by month, or where the data spans so many that there is no such table, by a longer period.
    static func usual(_ loaded: LoadedHistory, parallel: Parallel) throws -> CohortTriangle {
        let cadences: [Cadence] = [.month, .quarter, .year]
        for every in cadences {
            do {
                return try Cohorts(.init(every: every)).triangle(
                    of: loaded.history, asOf: loaded.asOf, parallel: parallel)
            } catch let problem as Problem where problem.kind == .usage {
                continue
            }
        }
        // A calendar of 10,000 years has 1,000 periods of these at most.
        return try Cohorts(.init(every: .days(3650))).triangle(
            of: loaded.history, asOf: loaded.asOf, parallel: parallel)
    }

    /// Reads, counts, writes and tells.
    ///
    /// - Throws: `Problem`.
    public func run() throws -> JobReport {
        var phases = Phases()
        let loaded = try LoadedHistory.load(input, profile: false, phases: &phases, progress: Progress(progress))
        let triangle = try phases.measure("fit") {
            try Cohorts(.init(every: every)).triangle(
                of: loaded.history, asOf: loaded.asOf, parallel: input.parallel)
        }
        guard !triangle.cohorts.isEmpty else {
            throw Problem(.data, "no customer has a purchase as of \(loaded.asOf): there are no cohorts")
        }
        if let out {
            try phases.measure("write") {
                let file = try TableOutput(path: out, personal: false)
                try file.write(triangle.table, parallel: input.parallel)
                try file.commit()
            }
        }
        try loaded.commitRejects()
        if let timings {
            try TextOutput.write(try phases.timings(rows: loaded.accounts.read), to: timings, personal: false)
        }
        var report = JobReport()
        report.add(loaded)
        report.lines += CohortText.lines(of: triangle, measure)
        return report
    }
}
