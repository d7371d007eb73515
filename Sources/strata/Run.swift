import ArgumentParser
import CustomerData
import Pipeline
import Segmentation

/// `strata run`.
struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Score, stage and cluster every customer, and save a model.",
        discussion: """
            Writes segments.csv (one row a customer), features.csv, kpis.csv, segment-overview.csv, \
            segment-features.csv, typical-customers.csv, cluster-rules.csv, cluster-choice.csv, cohorts.csv, \
            purchases.csv, rejects.csv, model.json and manifest.json into a folder; where there is a customers file, also \
            quality.csv and the folder customers of strata clean. Files given without an option are looked at to find \
            out what they hold.

            Example: strata run orders.csv people.csv --out results
            """)

    @Argument(help: ArgumentHelp("Files of transactions, customers or interactions.", valueName: "file"))
    var files: [String] = []

    @OptionGroup(title: "Input") var reading: ReadingOptions
    @OptionGroup(title: "Purchases") var purchases: PurchaseOptions
    @OptionGroup(title: "Scores") var scores: ScoreOptions

    @Option(help: ArgumentHelp("The horizon of the lifecycle, in days.", valueName: "days"))
    var horizon = 90

    @Option(
        help: ArgumentHelp(
            "Clusters: a number, auto (2 to 12; the default), or a range to choose from: 2..8.", valueName: "n"),
        transform: ClusterCounts.argument)
    var k = ClusterCounts.auto

    @Option(
        help: ArgumentHelp(
            "Features to cluster on, separated by commas; by default recency_days,frequency,monetary.",
            valueName: "names"))
    var clusterOn: String?

    @Option(
        help: ArgumentHelp(
            "The model of an earlier run whose numbers and names the clusters keep, where they are the same.",
            valueName: "file"))
    var like: String?

    @Option(
        help: ArgumentHelp(
            "A column of the customers file that becomes a feature. May be given more than once.", valueName: "name"))
    var attribute: [String] = []

    @Option(
        help: ArgumentHelp("Days of a period of the key figures; by default the horizon.", valueName: "days"))
    var period: Int?

    @Option(
        help: ArgumentHelp(
            "What the key figures are to be, as YAML; exit status 1 when a required target is missed.",
            valueName: "file"))
    var targets: String?

    @Flag(
        inversion: .prefixedNo,
        help:
            "Clean customers files before they are read, as strata clean does, and tell their quality before and after."
    )
    var clean = true

    @Flag(
        help: "Find customers on record several times, as strata match does, and take each for one: folder matched.")
    var match = false

    @Option(help: ArgumentHelp("Seed of everything random.", valueName: "n"))
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("Runs of k-means, of which the best is kept.", valueName: "n"))
    var runs = 10

    @Option(help: ArgumentHelp("Folder for the results.", valueName: "folder"))
    var out = "strata-out"

    @OptionGroup(title: "Running") var running: RunningOptions

    func validate() throws {
        try k.check()
        if let period, !KeyFigures.Options.allowedPeriodDays.contains(period) {
            throw ValidationError("--period must be in 1...3650; got \(period)")
        }
    }

    mutating func run() throws {
        var job = RunJob()
        job.input = try reading.options(files: files, parallel: running.parallel)
        job.input.returns = purchases.returns
        job.input.orderRule = purchases.order
        job.input.attributes = attribute
        job.cleansCustomers = clean
        job.matchesCustomers = match
        scores.apply(to: &job.segments)
        job.segments.horizonDays = horizon
        job.segments.clusterCounts = k
        job.segments.clusterOn = clusterOn.map(NameList.split)
        job.segments.like = like
        job.segments.seed = seed
        job.segments.runs = runs
        job.periodDays = period
        job.targets = try targets.map(TargetsFile.read) ?? []
        job.out = out
        job.timings = running.timings
        job.progress = running.progress
        let report = try job.run()
        try Program.show(report, onStandardOutput: true)
        if report.isGateFailed { throw ExitCode(1) }
    }
}

/// Names separated by commas.
enum NameList {
    static func split(_ text: String) -> [String] {
        text.split(separator: ",").map { name in
            String(name.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
    }
}
