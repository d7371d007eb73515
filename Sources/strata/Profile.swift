import ArgumentParser
import CustomerData
import Ingest
import Pipeline
import Quality

/// What is said about a table that may hold anything.
struct TableReadingOptions: ParsableArguments {
    @OptionGroup var form: FormOptions
    @OptionGroup var rows: RowOptions

    func input(_ file: String, _ threading: ThreadOptions) throws -> TableInput {
        var checked = InputOptions()
        try rows.apply(to: &checked)
        var input = TableInput()
        input.file = file
        input.form = try form.tableForm()
        input.strict = checked.strict
        input.maxRejectShare = checked.maxRejectShare
        input.rejects = checked.rejects
        input.parallel = threading.parallel
        return input
    }
}

/// Where metrics are kept over time.
struct HistoryOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A file to which the metrics are appended, a line of JSON; see strata trend.", valueName: "file"))
    var history: String?

    @Option(help: ArgumentHelp("The day of that line, yyyy-MM-dd; today by default.", valueName: "date"))
    var day: Day?
}

/// `strata profile`.
struct Profile: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "What any table holds, and how good it is.",
        discussion: """
            Types, meanings, missing and hidden missing values, distinct values, patterns, distributions, suspicious cells, \
            dependencies between columns, duplicate rows, and a scorecard of six dimensions: completeness, validity, \
            uniqueness, consistency, timeliness, accuracy.

            Values of personal columns are shown by their patterns only, unless --show-values is given.

            Example: strata profile customers.csv --max-age 365d --out profile.json
            """)

    @Argument(help: ArgumentHelp("A table: CSV, plain or gzip; - is standard input.", valueName: "file"))
    var file: String

    @Option(help: ArgumentHelp("Columns that must be filled, separated by commas; all by default.", valueName: "names"))
    var required: String?

    @Option(help: ArgumentHelp("How old records may be, in days: 365d. Measures timeliness.", valueName: "days"))
    var maxAge: String?

    @Option(
        help: ArgumentHelp(
            "The column with the day of a record's last change; by default told by its header.", valueName: "name"))
    var dateColumn: String?

    @Option(
        help: ArgumentHelp(
            "Count ages from this day, yyyy-MM-dd; by default the last day of the column.", valueName: "date"))
    var asOf: Day?

    @Option(
        help: ArgumentHelp("A table that is known to be right: measures accuracy, cell by cell.", valueName: "file"))
    var reference: String?

    @Option(help: ArgumentHelp("The column of ids by which the reference is compared.", valueName: "name"))
    var id: String?

    @Option(help: ArgumentHelp("Cells that a person marked: measures accuracy, see strata audit.", valueName: "file"))
    var audit: String?

    @Flag(help: "Show the values of names, contacts, ids and free text, too.")
    var showValues = false

    @Option(
        help: ArgumentHelp(
            "Where to write the profile: JSON, or one row a column where the name ends in .csv; - is standard output.",
            valueName: "file"))
    var out: String?

    @Option(
        help: ArgumentHelp(
            "Where to write the cells that are improbable given the rest of their row, the worst first, as CSV. They are "
                + "looked for in memory.", valueName: "file"))
    var suspects: String?

    @Option(help: ArgumentHelp("How many of these.", valueName: "n"))
    var budget = 1000

    @Option(
        help: ArgumentHelp(
            "The wrong cells that were planted, truth/cells.csv of strata simulate: prints precision and recall of --suspects.",
            valueName: "file"))
    var truth: String?

    @Flag(help: "Write rules that the table keeps, for strata check, to standard output.")
    var suggestRules = false

    @OptionGroup(title: "History") var history: HistoryOptions
    @OptionGroup(title: "Input") var reading: TableReadingOptions
    @OptionGroup(title: "Running") var threading: ThreadOptions

    @Option(help: ArgumentHelp("Where to write the seconds of each phase, as JSON.", valueName: "file"))
    var timings: String?

    mutating func run() throws {
        try OutputPaths.check([
            ("--out", out), ("--rejects", reading.rows.rejects), ("--history", history.history), ("--timings", timings),
            ("--suspects", suspects), ("--suggest-rules", suggestRules ? "-" : nil),
        ])
        var job = ProfileJob()
        job.input = try reading.input(file, threading)
        job.out = out
        job.showsValues = showValues
        job.required = required?.split(separator: ",").map(String.init)
        job.reference = reference
        job.id = id
        job.audit = audit
        job.timings = timings
        job.suspects = suspects.map { SuspectsStep(out: $0, budget: budget, truth: truth) }
        job.suggestsRules = suggestRules
        (job.history, job.day) = (history.history, history.day)
        job.ages = try Profile.ages(maxAge, dateColumn, asOf)
        try Program.show(try job.run(), onStandardOutput: out != "-" && !suggestRules)
    }

    func validate() throws {
        if reference != nil, audit != nil {
            throw ValidationError("--reference and --audit both measure accuracy: give one of them")
        }
        if truth != nil, suspects == nil {
            throw ValidationError("--truth judges the cells of --suspects: give it, too")
        }
        if budget < 1 { throw ValidationError("--budget must be in 1...; got \(budget)") }
    }

    /// The age limit of the options.
    static func ages(_ maxAge: String?, _ column: String?, _ asOf: Day?) throws -> TableProfiler.AgeLimit? {
        guard let maxAge else {
            if column != nil || asOf != nil {
                throw Problem(.usage, "--date-column and --as-of say how ages are counted: give --max-age, too")
            }
            return nil
        }
        guard let days = Int(maxAge.hasSuffix("d") ? maxAge.dropLast() : maxAge[...]), days >= 0 else {
            throw Problem(.usage, "--max-age must be a number of days, for example 365d; got \(maxAge)")
        }
        return TableProfiler.AgeLimit(column: column, asOf: asOf, maxAgeDays: days)
    }
}
