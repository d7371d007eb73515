import ArgumentParser
import CustomerData
import Pipeline
import Segmentation

extension Movement.Cuts: ExpressibleByArgument {}
extension CohortsJob.Measure: ExpressibleByArgument {}

/// `strata movement`.
struct SegmentMovement: ParsableCommand {
    /// What customers may be sorted by.
    enum Sorting: String, CaseIterable, ExpressibleByArgument {
        case lifecycle, rfm, both

        var bases: [MovementBasis] {
            switch self {
            case .lifecycle: [.stage, .state]
            case .rfm: [.segment]
            case .both: MovementBasis.allCases
            }
        }
    }

    static let configuration = CommandConfiguration(
        commandName: "movement",
        abstract: "Who moved between lifecycle states and RFM segments, over a series of dates.",
        discussion: """
            Each date is looked at with what was known then. Writes transitions.csv (how many went from where to where, \
            with shares and 95 % intervals), flow.csv (gains, losses and revenue at risk of each), moves.csv (who moved) \
            and movement.json into a folder.

            Example: strata movement orders.csv --as-of 2011-06-01..2011-12-01 --every month --out moved
            """)

    @Argument(help: ArgumentHelp("Files of transactions, customers or interactions.", valueName: "file"))
    var files: [String] = []

    @Option(
        help: ArgumentHelp(
            "Look from these days, yyyy-MM-dd..yyyy-MM-dd; or the last of them, 12 steps after the first: by default the "
                + "day after the last transaction.", valueName: "dates"))
    var asOf: String?

    @Option(help: ArgumentHelp("Step of the dates: week, month, quarter, year, or so many days.", valueName: "step"))
    var every = "month"

    @Option(help: "What customers are sorted by: lifecycle (stage and state), rfm (segment), or both.")
    var by = Sorting.both

    @Option(
        help:
            "Cuts of the RFM scores: each date's own, or at all dates those of the first, so that nobody moves because others do."
    )
    var cuts = Movement.Cuts.each

    @Option(help: ArgumentHelp("Folder for the results; without one only a summary is shown.", valueName: "folder"))
    var out: String?

    @OptionGroup(title: "Input") var sources: SourceOptions
    @OptionGroup(title: "Input") var conversion: ConversionOptions
    @OptionGroup(title: "Input") var rows: RowOptions
    @OptionGroup(title: "Input") var privacy: PrivacyOptions
    @OptionGroup(title: "Purchases") var purchases: PurchaseOptions
    @OptionGroup(title: "Scores") var scores: ScoreOptions

    @Option(help: ArgumentHelp("The horizon of the lifecycle, in days.", valueName: "days"))
    var horizon = 90

    @OptionGroup(title: "Running") var running: RunningOptions

    mutating func run() throws {
        try OutputPaths.check([("--rejects", rows.rejects), ("--timings", running.timings)])
        var job = MovementJob()
        job.input = try sources.options(files: files, parallel: running.parallel)
        conversion.apply(to: &job.input)
        try rows.apply(to: &job.input)
        job.input.pseudonyms = try privacy.key()
        job.input.returns = purchases.returns
        job.input.orderRule = purchases.order
        scores.apply(to: &job.segments)
        job.segments.horizonDays = horizon
        job.dates = try DatesOption.dates(asOf)
        job.every = try DatesOption.cadence(every)
        job.bases = by.bases
        job.cuts = cuts
        job.out = out
        job.timings = running.timings
        job.progress = running.progress
        try Program.show(try job.run(), onStandardOutput: true)
    }
}

/// `strata cohorts`.
struct CohortRetention: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cohorts",
        abstract: "Retention and revenue by the month of the first purchase.",
        discussion: """
            A cohort is everyone who first bought in one period; its row says who of them bought in each period since, \
            and for how much. What the data does not cover to its end is marked.

            Example: strata cohorts orders.csv --out cohorts.csv
            """)

    @Argument(help: ArgumentHelp("Files of transactions, customers or interactions.", valueName: "file"))
    var files: [String] = []

    @OptionGroup(title: "Input") var reading: ReadingOptions
    @OptionGroup(title: "Purchases") var purchases: PurchaseOptions

    @Option(help: ArgumentHelp("Periods: week, month, quarter, year, or so many days.", valueName: "period"))
    var every = "month"

    @Option(help: "What is shown: retention, the share that bought, or revenue.")
    var measure = CohortsJob.Measure.retention

    @Option(
        help: ArgumentHelp(
            "Where to write all cohorts and ages, as CSV, or JSON where the name ends in .json; - is standard output.",
            valueName: "file"))
    var out: String?

    @OptionGroup(title: "Running") var running: RunningOptions

    mutating func run() throws {
        try OutputPaths.check([("--out", out), ("--rejects", reading.rejects), ("--timings", running.timings)])
        var job = CohortsJob()
        job.input = try reading.options(files: files, parallel: running.parallel)
        job.input.returns = purchases.returns
        job.input.orderRule = purchases.order
        job.every = try DatesOption.cadence(every)
        job.measure = measure
        job.out = out
        job.timings = running.timings
        job.progress = running.progress
        try Program.show(try job.run(), onStandardOutput: out != "-")
    }
}

/// Dates and steps as the command line states them.
enum DatesOption {
    /// The dates of `A..B`, or those that lead to one day.
    ///
    /// - Throws: `Problem(.usage)` for anything else, and for a range that ends before it begins.
    static func dates(_ text: String?) throws -> MovementJob.Dates {
        guard let text else { return .lastSteps(to: nil) }
        let ends = text.split(separator: "..", omittingEmptySubsequences: false).map { Day(String($0)) }
        switch (ends.count, ends[0], ends[ends.count - 1]) {
        case (1, let day?, _): return .lastSteps(to: day)
        case (2, let first?, let last?):
            guard first <= last else {
                throw Problem(.usage, "--as-of \(text) ends before it begins: put the earlier day first")
            }
            return .range(first...last)
        default:
            throw Problem(.usage, "--as-of must be a day or two with .. between, 2024-01-31..2024-12-31; got \(text)")
        }
    }

    /// The step or period of `--every`.
    ///
    /// - Throws: `Problem(.usage)` for an unknown word.
    static func cadence(_ text: String) throws -> Cadence {
        guard let cadence = Cadence(text) else {
            throw Problem(
                .usage,
                "--every must be week, month, quarter, year or a number of days in 1...3650, as in \"30 days\"; got \(text)"
            )
        }
        return cadence
    }
}
