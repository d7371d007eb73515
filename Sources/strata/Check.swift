import ArgumentParser
import CustomerData
import Pipeline
import Quality

/// `strata check`.
struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Whether a table keeps its rules.",
        discussion: """
            Rules stand in a YAML file that a person can read; strata profile --suggest-rules writes a first one. The exit \
            status is 1 when a rule of severity error is broken.

            Example: strata check customers.csv --rules quality.yml --out findings.xml
            """)

    @Argument(help: ArgumentHelp("A table: CSV, plain or gzip; - is standard input.", valueName: "file"))
    var file: String

    @Option(help: ArgumentHelp("The rules, as YAML.", valueName: "file"))
    var rules: String

    @Option(
        help: ArgumentHelp(
            "Where to write the findings: JSON, or JUnit where the name ends in .xml; - is standard output.",
            valueName: "file"))
    var out: String?

    @Option(
        help: ArgumentHelp(
            "A shell command to run when a rule is broken; it gets the findings as JSON on its standard input.",
            valueName: "command"))
    var onAlert: String?

    @OptionGroup(title: "History") var history: HistoryOptions
    @OptionGroup(title: "Input") var reading: TableReadingOptions
    @OptionGroup(title: "Running") var threading: ThreadOptions

    @Option(help: ArgumentHelp("Where to write the seconds of each phase, as JSON.", valueName: "file"))
    var timings: String?

    mutating func run() throws {
        try OutputPaths.check([
            ("--out", out), ("--rejects", reading.rows.rejects), ("--history", history.history), ("--timings", timings),
        ])
        var job = CheckJob()
        job.input = try reading.input(file, threading)
        job.rulesFile = rules
        job.rules = try RulesFile.read(rules)
        job.out = out
        job.alert = onAlert
        (job.history, job.day) = (history.history, history.day)
        job.timings = timings
        let report = try job.run()
        try Program.show(report, onStandardOutput: out != "-")
        if report.isGateFailed { throw ExitCode(1) }
    }
}

/// `strata trend`.
struct Trend: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "What in a history of metrics broke from its past.",
        discussion: """
            Compares the latest day with the days before it, those of the same weekday where there are enough, by the \
            median and the median deviation from it. The exit status is 1 when a metric broke from its past.

            Example: strata profile customers.csv --history quality.jsonl && strata trend quality.jsonl
            """)

    @Argument(help: ArgumentHelp("A history that --history wrote.", valueName: "file"))
    var history: String

    @Option(help: ArgumentHelp("The table, where the history has several.", valueName: "name"))
    var file: String?

    @Option(help: ArgumentHelp("From how many robust standard deviations on a metric broke.", valueName: "number"))
    var z = 3.5

    @Flag(help: "Show all metrics, not only those that broke.")
    var all = false

    @Option(help: ArgumentHelp("Where to write all trends as JSON; - is standard output.", valueName: "file"))
    var out: String?

    func validate() throws {
        if !(z > 0) { throw ValidationError("--z must be above 0; got \(z)") }
    }

    mutating func run() throws {
        var job = TrendJob()
        job.history = history
        job.file = file
        job.limit = z
        job.showsAll = all
        job.out = out
        let report = try job.run()
        try Program.show(report, onStandardOutput: out != "-")
        if report.isGateFailed { throw ExitCode(1) }
    }
}
