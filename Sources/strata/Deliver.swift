import ArgumentParser
import CustomerData
import Export
import Pipeline
import Segmentation

extension CSVWriter.Mode: ExpressibleByArgument {}

/// `strata score`.
struct Score: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "score",
        abstract: "Score new data with a saved model.",
        discussion: """
            Gives the columns of segments.csv. The date is the data's own: by default the day after its last transaction. \
            A model of strata cluster takes one table, and gives the columns of strata cluster.

            Example: strata score --model results/model.json --transactions new.csv --out new-segments.csv
            """)

    @Option(help: ArgumentHelp("The model: model.json of a run.", valueName: "file"))
    var model: String

    @Argument(help: ArgumentHelp("Files of transactions, customers or interactions.", valueName: "file"))
    var files: [String] = []

    @OptionGroup(title: "Input") var reading: ReadingOptions

    @Option(help: ArgumentHelp("Where the table goes; - is standard output.", valueName: "file"))
    var out = "-"

    @OptionGroup(title: "Running") var running: RunningOptions

    mutating func run() throws {
        try OutputPaths.check([("--out", out), ("--rejects", reading.rejects), ("--timings", running.timings)])
        if ClusterJob.isModel(at: model) { return try scoreClusters() }
        var job = ScoreJob()
        job.input = try reading.options(files: files, parallel: running.parallel)
        job.model = model
        job.out = out
        job.timings = running.timings
        job.progress = running.progress
        try Program.show(try job.run())
    }

    private func scoreClusters() throws {
        guard files.count == 1, let table = files.first else {
            throw Problem(.usage, "\(model) is a model of clusters: give one table to score by it, got \(files.count)")
        }
        var job = ClusterJob(options: try .init(clusterCount: 1))
        job.table = table
        job.form = try reading.sources.form.tableForm()
        job.out = out
        job.timings = running.timings
        job.parallel = running.parallel
        job.pseudonyms = try reading.privacy.key()
        try Program.show(try job.score(by: model))
    }
}

/// `strata export`.
struct ExportTable: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Chosen columns and rows of a result, for a spreadsheet or a machine.",
        discussion: """
            Example: strata export results/segments.csv --where "segment = 'At Risk' and monetary > 100" \
            --columns customer_id,monetary --for spreadsheet --out at-risk.csv
            """)

    @Argument(help: ArgumentHelp("A table as CSV, for example segments.csv.", valueName: "file"))
    var table: String

    @Option(
        help: ArgumentHelp("Columns, separated by commas, in the order wanted; all by default.", valueName: "names"))
    var columns: String?

    @Option(
        name: .customLong("where"),
        help: ArgumentHelp("A condition on rows, quoted as in SQL: \"monetary > 100\".", valueName: "condition"))
    var condition: String?

    @Option(
        name: .customLong("for"),
        help: "machine (UTF-8, cells as they are) or spreadsheet (byte order mark, no cell becomes a formula).")
    var mode = CSVWriter.Mode.machine

    @Option(
        help: ArgumentHelp(
            "The column of customers' ids that --pseudonymise turns into pseudonyms; told by its header by default.",
            valueName: "name"))
    var id: String?

    @OptionGroup var privacy: PrivacyOptions

    @Option(help: ArgumentHelp("Where the table goes; - is standard output.", valueName: "file"))
    var out = "-"

    @OptionGroup(title: "Input") var form: FormOptions
    @OptionGroup(title: "Running") var threading: ThreadOptions

    mutating func run() throws {
        var job = ExportJob()
        job.table = table
        job.form = try form.tableForm()
        job.columns = columns.map(NameList.split)
        job.condition = condition
        job.mode = mode
        job.id = id
        job.pseudonyms = try privacy.key()
        job.out = out
        job.parallel = threading.parallel
        try Program.show(try job.run())
    }
}

/// `strata inspect`.
struct Inspect: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Show what files are taken for: roles, rows as they are read, options to copy.",
        discussion: "Example: strata inspect orders.csv people.csv")

    @Argument(help: ArgumentHelp("Files to look at.", valueName: "file"))
    var files: [String] = []

    @OptionGroup var privacy: PrivacyOptions

    @OptionGroup(title: "Input") var sources: SourceOptions
    @OptionGroup(title: "Running") var threading: ThreadOptions

    mutating func run() throws {
        var job = InspectJob()
        job.input = try sources.options(files: files, parallel: threading.parallel)
        job.input.pseudonyms = try privacy.key()
        try Program.show(try job.run(), onStandardOutput: true)
    }
}
