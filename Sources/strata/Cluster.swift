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

    @Option(
        help: ArgumentHelp(
            "Clusters: a number, auto (2 to 12), or a range to choose from: 2..8; with --update the model's.",
            valueName: "n"),
        transform: ClusterCounts.argument)
    var k: ClusterCounts?

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

    @Option(
        help: ArgumentHelp(
            "An earlier model whose numbers and names the clusters keep, where they are the same.", valueName: "file"))
    var like: String?

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

    @Option(
        help: ArgumentHelp(
            "Where the figures of the choice of k go: JSON when the name ends in .json, otherwise CSV.",
            valueName: "file"))
    var choice: String?

    @OptionGroup(title: "Reasons") var reasons: ReasonOptions
    @OptionGroup var privacy: PrivacyOptions

    @OptionGroup(title: "Methods") var methods: ClusterMethodOptions

    @OptionGroup(title: "Input") var form: FormOptions
    @OptionGroup(title: "Running") var running: RunningOptions

    func validate() throws {
        try k?.check()
        guard methods.update != nil else {
            if k == nil { throw ValidationError("--k is missing: how many clusters, or auto") }
            if methods.categorical != nil, start != nil {
                throw ValidationError("--init holds no words: leave it out, or --categorical")
            }
            if case .chosen = k, methods.method != .kMeans {
                throw ValidationError("the number of clusters is chosen for plain k-means only: give --k a number")
            }
            if methods.categorical != nil, like != nil || !reasons.outputs.allSatisfy({ $0.1 == nil }) {
                throw ValidationError(
                    "--like, --profile, --rules and --typical are for columns of numbers: leave them or --categorical out"
                )
            }
            return
        }
        if k != nil || columns != nil || start != nil || scale != .none {
            throw ValidationError(
                "--update takes k, columns and scale from the model: leave out --k, --columns, --scale and --init")
        }
        if like != nil || choice != nil || !reasons.outputs.allSatisfy({ $0.1 == nil }) {
            throw ValidationError(
                "--update keeps the clusters' numbers and names: leave out --like, --choice, --profile, --rules, --typical"
            )
        }
        if model == nil { throw ValidationError("--update writes a new model: name its file with --model") }
    }

    mutating func run() throws {
        try OutputPaths.check([("--out", out), ("--model", model), ("--choice", choice)] + reasons.outputs)
        var job = ClusterJob(
            options: try KMeans.Options(
                clusterCount: k?.smallest ?? 1, seed: seed, runs: runs, maxIterations: maxIterations,
                tolerance: tolerance, seeding: methods.seeding))
        job.method = methods.method
        job.table = table
        if case .chosen(let range) = k { job.clusterCounts = range }
        job.choice = choice
        job.form = try form.tableForm()
        job.columns = columns.map(NameList.split)
        job.id = id
        job.scale = scale
        job.weights = weights
        job.start = start
        job.like = like
        job.out = out
        job.model = model
        job.reasons = reasons.paths
        job.timings = running.timings
        job.parallel = running.parallel
        job.pseudonyms = try privacy.key()
        guard let update = methods.update else { return try Program.show(try job.run()) }
        try Program.show(try job.update(update, .init(halfLife: methods.halfLife)))
    }
}
