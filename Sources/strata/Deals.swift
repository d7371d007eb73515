import ArgumentParser
import CustomerData
import Pipeline
import Semantics

/// `strata deals`.
struct DealsFunnel: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deals",
        abstract: "The sales funnel: deals by stage, age, owner and product.",
        discussion: """
            A deal is a line with a stage, and where they are known an id, an account, an amount, when it was opened and \
            closed, an owner and a product. Won and lost stages are known by name in English, Persian and Chinese; every \
            other stage is open.

            Example: strata deals pipeline.csv --out funnel.csv
            """)

    @Argument(help: ArgumentHelp("Files of deals; a quoted pattern is several files.", valueName: "file"))
    var files: [String] = []

    @Option(
        help: ArgumentHelp(
            "A stage whose deals are won, where its name does not say so. May be given more than once.",
            valueName: "name"))
    var won: [String] = []

    @Option(
        help: ArgumentHelp(
            "A stage whose deals are lost, where its name does not say so. May be given more than once.",
            valueName: "name"))
    var lost: [String] = []

    @Option(
        help: ArgumentHelp(
            "Look from this day, yyyy-MM-dd; by default the day after the last day of the deals.", valueName: "date"))
    var asOf: Day?

    @Option(
        help: ArgumentHelp(
            "Where to write all groups as CSV, those by account among them; - is standard output.", valueName: "file"))
    var out: String?

    @Option(
        help: ArgumentHelp(
            "What a column holds, where that is not detected: --column stage=Phase. May be given more than once.",
            valueName: "role=name"))
    var column: [String] = []

    @Option(
        help: ArgumentHelp("Order of day and month in dates that leave it open: dmy or mdy.", valueName: "order"))
    var dateOrder: String?

    @OptionGroup(title: "Input") var form: FormOptions
    @OptionGroup(title: "Input") var rows: RowOptions
    @OptionGroup var privacy: PrivacyOptions
    @OptionGroup(title: "Running") var threading: ThreadOptions

    @Option(help: ArgumentHelp("Where to write the seconds of each phase, as JSON.", valueName: "file"))
    var timings: String?

    mutating func run() throws {
        try OutputPaths.check([("--out", out), ("--rejects", rows.rejects), ("--timings", timings)])
        var job = DealsJob()
        job.input.files = files
        job.input.columns = try column.map { try ColumnOverride($0) }
        job.input.form = try form.tableForm()
        job.input.dateOrder = try SourceOptions.dateLayout(dateOrder)
        job.input.asOf = asOf
        job.input.parallel = threading.parallel
        try rows.apply(to: &job.input)
        job.input.pseudonyms = try privacy.key()
        job.won = won
        job.lost = lost
        job.out = out
        job.timings = timings
        try Program.show(try job.run(), onStandardOutput: out != "-")
    }
}
