import ArgumentParser
import CustomerData
import Ingest
import Pipeline
import Segmentation

/// `strata cluster`.
struct Cluster: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cluster",
        abstract: "k-means over any table of numbers, CSV or .npy.",
        discussion: """
            The result has one row a row of the input, in its order. Columns are taken as they stand unless --scale \
            says otherwise.

            Example: strata cluster features.csv --columns recency_days,frequency,monetary --k 5 --scale robust \
            --out clusters.csv
            """)

    @Argument(help: ArgumentHelp("A table of numbers: CSV, or .npy.", valueName: "file"))
    var table: String

    @Option(help: ArgumentHelp("Clusters.", valueName: "n"))
    var k: Int

    @Option(
        help: ArgumentHelp(
            "Columns to cluster on, separated by commas; all but the id by default.", valueName: "names"))
    var columns: String?

    @Option(help: ArgumentHelp("The id column.", valueName: "name"))
    var id: String?

    @Option(help: "none, standard (mean and standard deviation) or robust (median and interquartile range).")
    var scale = FeatureTransform.Scaling.none

    @Option(help: ArgumentHelp("A column of weights.", valueName: "name"))
    var weights: String?

    @Option(
        name: .customLong("init"),
        help: ArgumentHelp("Centres to start from, CSV or .npy, in the table's units.", valueName: "file"))
    var start: String?

    @Option(help: ArgumentHelp("Seed of the starts.", valueName: "n"))
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("Runs from different starts, of which the best is kept.", valueName: "n"))
    var runs = 10

    @Option(help: ArgumentHelp("Iterations a run may take.", valueName: "n"))
    var maxIterations = 300

    @Option(
        help: ArgumentHelp(
            "The run ends when the centres move less than this, relative to the mean variance of the columns.",
            valueName: "x"))
    var tolerance = 1e-4

    @Option(help: ArgumentHelp("Where the labels go; - is standard output.", valueName: "file"))
    var out = "-"

    @Option(help: ArgumentHelp("Where the model goes.", valueName: "file"))
    var model: String?

    @OptionGroup(title: "Reasons") var reasons: ReasonOptions
    @OptionGroup var privacy: PrivacyOptions

    @OptionGroup(title: "Input") var form: FormOptions
    @OptionGroup(title: "Running") var running: RunningOptions

    func validate() throws {
        if k < 1 { throw ValidationError("--k must be at least 1; got \(k)") }
    }

    mutating func run() throws {
        try OutputPaths.check([("--out", out), ("--model", model)] + reasons.outputs)
        var job = ClusterJob(
            options: try KMeans.Options(
                clusterCount: k, seed: seed, runs: runs, maxIterations: maxIterations, tolerance: tolerance))
        job.table = table
        job.form = try form.tableForm()
        job.columns = columns.map(NameList.split)
        job.id = id
        job.scale = scale
        job.weights = weights
        job.start = start
        job.out = out
        job.model = model
        job.reasons = reasons.paths
        job.timings = running.timings
        job.parallel = running.parallel
        job.pseudonyms = try privacy.key()
        try Program.show(try job.run())
    }
}
