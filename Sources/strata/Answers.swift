import ArgumentParser
import CustomerData
import Pipeline

/// `strata explain`.
struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Why a customer is where a run has them, and what would change it.",
        discussion: """
            Reads the run's folder only: scores with their cuts, the rules of the lifecycle with the customer's numbers, \
            what comes next, the cluster and the next nearest, features beside the segment's, purchases.

            Example: strata explain C01 --run results
            """)

    @Argument(help: ArgumentHelp("The customer's id.", valueName: "customer"))
    var customer: String

    @Option(name: .customLong("run"), help: ArgumentHelp("The folder of the run.", valueName: "folder"))
    var folder = "strata-out"

    @OptionGroup(title: "Output") var answer: AnswerOptions

    mutating func run() throws {
        var job = ExplainJob()
        job.customer = customer
        job.folder = folder
        job.json = answer.json
        job.out = answer.out
        job.pseudonyms = try answer.privacy.key()
        try Program.show(try job.run())
    }
}

/// How an answer is given.
struct AnswerOptions: ParsableArguments {
    @Flag(help: "The answer as JSON.")
    var json = false

    @Option(help: ArgumentHelp("Where the answer goes; - is standard output.", valueName: "file"))
    var out = "-"

    @OptionGroup var privacy: PrivacyOptions

    @Option(
        help: ArgumentHelp(
            "More options from a YAML file of their names and values; the command line wins.", valueName: "file"))
    var config: String?
}

/// What of a person stands in the output.
struct PrivacyOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Write pseudonyms for ids in every output, HMAC-SHA256 by the key in this file, and no names and contacts.",
            valueName: "keyfile"))
    var pseudonymise: String?

    /// The key; nil for ids as they are.
    ///
    /// - Throws: `Problem` when there is no key in the file.
    func key() throws -> PseudonymKey? { try pseudonymise.map { try PseudonymKey(path: $0) } }
}

/// `strata diff`.
struct Diff: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "What changed between two runs, and who moved.",
        discussion: """
            Key figures, options and data; movements between stages, states, segments and clusters. Clusters of two \
            fits are matched by the customers they share.

            Example: strata diff spring summer --csv moved.csv
            """)

    @Argument(help: ArgumentHelp("The folder of the earlier run.", valueName: "run1"))
    var before: String

    @Argument(help: ArgumentHelp("The folder of the later run.", valueName: "run2"))
    var after: String

    @Option(help: ArgumentHelp("Where to write everyone who moved, as CSV.", valueName: "file"))
    var csv: String?

    @OptionGroup(title: "Output") var answer: AnswerOptions

    mutating func run() throws {
        try OutputPaths.check([("--out", answer.out), ("--csv", csv)])
        var job = DiffJob()
        job.before = before
        job.after = after
        job.csv = csv
        job.json = answer.json
        job.out = answer.out
        job.pseudonyms = try answer.privacy.key()
        try Program.show(try job.run())
    }
}
