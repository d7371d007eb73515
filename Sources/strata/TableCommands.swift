import ArgumentParser
import CustomerData
import Pipeline

/// `strata rfm`.
struct RFMScores: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rfm",
        abstract: "Recency, frequency and monetary scores of every customer.",
        discussion: "Example: strata rfm --transactions orders.csv --out rfm.csv")

    @Argument(help: ArgumentHelp("Files of transactions, customers or interactions.", valueName: "file"))
    var files: [String] = []

    @OptionGroup(title: "Input") var reading: ReadingOptions
    @OptionGroup(title: "Purchases") var purchases: PurchaseOptions
    @OptionGroup(title: "Scores") var scores: ScoreOptions

    @Option(help: ArgumentHelp("How long a customer counts as new, in days.", valueName: "days"))
    var horizon = 90

    @OptionGroup(title: "Running") var output: TableOptions

    mutating func run() throws {
        var job = try output.job(files, reading, purchases)
        scores.apply(to: &job.segments)
        job.segments.horizonDays = horizon
        try Program.show(try job.rfm())
    }
}

/// `strata lifecycle`.
struct LifecycleStages: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lifecycle",
        abstract: "Lifecycle stage and state of every customer, with the reason.",
        discussion: """
            Prospects and responders come from the customers and interactions files; each gets the chance of becoming a \
            customer within the horizon, where enough is known to learn it from.

            Example: strata lifecycle --transactions orders.csv --customers people.csv --out stages.csv
            """)

    @Argument(help: ArgumentHelp("Files of transactions, customers or interactions.", valueName: "file"))
    var files: [String] = []

    @OptionGroup(title: "Input") var reading: ReadingOptions
    @OptionGroup(title: "Purchases") var purchases: PurchaseOptions

    @Option(help: ArgumentHelp("The horizon, in days.", valueName: "days"))
    var horizon = 90

    @Option(
        help: ArgumentHelp(
            "Where to write the funnel from prospect to repeat customer, as CSV.", valueName: "file"))
    var funnel: String?

    @OptionGroup(title: "Running") var output: TableOptions

    mutating func run() throws {
        try OutputPaths.check([
            ("--out", output.out), ("--funnel", funnel), ("--rejects", reading.rejects),
            ("--timings", output.running.timings),
        ])
        var job = try output.job(files, reading, purchases)
        job.funnel = funnel
        job.segments.horizonDays = horizon
        try Program.show(try job.lifecycle())
    }
}

/// `strata features`.
struct Features: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "features",
        abstract: "One vector of features a customer, as CSV or .npy.",
        discussion: "Example: strata features --transactions orders.csv --out features.csv")

    @Argument(help: ArgumentHelp("Files of transactions, customers or interactions.", valueName: "file"))
    var files: [String] = []

    @OptionGroup(title: "Input") var reading: ReadingOptions
    @OptionGroup(title: "Purchases") var purchases: PurchaseOptions

    @Option(
        help: ArgumentHelp(
            "A column of the customers file that becomes a feature. May be given more than once.", valueName: "name"))
    var attribute: [String] = []

    @OptionGroup(title: "Running") var output: TableOptions

    mutating func run() throws {
        var job = try output.job(files, reading, purchases)
        job.input.attributes = attribute
        try Program.show(try job.features())
    }
}

/// Where a table goes, and how the command runs.
struct TableOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Where the table goes; - is standard output.", valueName: "file"))
    var out = "-"

    @OptionGroup var running: RunningOptions

    func job(_ files: [String], _ reading: ReadingOptions, _ purchases: PurchaseOptions) throws -> TableJob {
        try OutputPaths.check([("--out", out), ("--rejects", reading.rejects), ("--timings", running.timings)])
        var job = TableJob()
        job.input = try reading.options(files: files, parallel: running.parallel)
        job.input.returns = purchases.returns
        job.input.orderRule = purchases.order
        job.out = out
        job.timings = running.timings
        job.progress = running.progress
        return job
    }
}

/// Where a command writes to.
enum OutputPaths {
    /// Refuses two outputs of one path.
    ///
    /// - Throws: `Problem(.usage)`.
    static func check(_ outputs: [(option: String, path: String?)]) throws {
        for (position, output) in outputs.enumerated() {
            guard let path = output.path,
                let other = outputs[..<position].first(where: { $0.path == path && path != "/dev/null" })
            else { continue }
            throw Problem(.usage, "\(other.option) and \(output.option) both name \(path): give each a path of its own")
        }
    }
}
