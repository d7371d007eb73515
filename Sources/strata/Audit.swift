import ArgumentParser
import CustomerData
import Pipeline

/// `strata audit`.
struct Audit: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "How accurate a table is, by a sample that a person marks.",
        discussion: """
            Draws cells of every column into a file; a person writes right or wrong into its column mark; --marks turns \
            that into shares with their intervals. strata profile --audit puts them into the scorecard.

            Example: strata audit customers.csv --sample 200 --out audit.csv
            """)

    @Argument(help: ArgumentHelp("A table: CSV, plain or gzip; - is standard input.", valueName: "file"))
    var file: String?

    @Option(help: ArgumentHelp("Cells that are drawn, as many of every column.", valueName: "n"))
    var sample = 200

    @Option(help: ArgumentHelp("Seed of the draw.", valueName: "n"))
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("A file of marked cells, to be counted.", valueName: "file"))
    var marks: String?

    @Option(
        help: ArgumentHelp(
            "Where the cells go, as CSV; with --marks where the shares go, as JSON. - is standard output.",
            valueName: "file"))
    var out: String?

    @OptionGroup(title: "Input") var reading: TableReadingOptions
    @OptionGroup(title: "Running") var threading: ThreadOptions

    func validate() throws {
        if (file == nil) == (marks == nil) {
            throw ValidationError("name a table to draw cells from, or a file of marks with --marks")
        }
    }

    mutating func run() throws {
        try OutputPaths.check([("--out", out), ("--rejects", reading.rows.rejects)])
        var job = AuditJob()
        job.input = try reading.input(file ?? "", threading)
        job.sampleSize = sample
        job.seed = seed
        job.marks = marks
        job.out = out
        try Program.show(try job.run(), onStandardOutput: out != "-")
    }
}
