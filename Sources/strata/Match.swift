import ArgumentParser
import CustomerData
import Pipeline

/// `strata match`.
struct Match: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Find the records that are one person or company, and merge them.",
        discussion: """
            Records are compared column by column (names in three scripts, emails, phones, dates, codes, addresses); how \
            much each column says is estimated from the records themselves, without labels. The folder has pairs.csv \
            (every likely pair with the bits that each column gives), clusters.csv (id and entity), golden.csv (one row \
            an entity, each value with the record it comes from), review.csv (the doubtful pairs, those first whose \
            answer tells most), model.json and summary.json. The id is never compared.

            Example: strata match customers.csv --id customer_id --out matched
            """)

    @Argument(help: ArgumentHelp("The file to match.", valueName: "file"))
    var file: String?

    @Option(
        help: ArgumentHelp(
            "The folder of an earlier matching: only what is new is matched, against what is known; entities keep their "
                + "ids, and log.csv gets the merges.", valueName: "folder"))
    var known: String?

    @Option(
        help: ArgumentHelp(
            "With --known: take back the merge of that number in log.csv; the records stay apart from then on.",
            valueName: "n"))
    var undo: Int?

    @Flag(
        help:
            "With --known: tell who of the known each record is, as CSV to --out or standard output, and change nothing; exit status 1 when any is known."
    )
    var check = false

    @Option(
        help: ArgumentHelp(
            "A second file of the same columns: only pairs across the two are looked for, and written to links.csv.",
            valueName: "file"))
    var link: String?

    @Flag(help: "With --link: a record is linked with at most one of the other file.")
    var oneToOne = false

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Two ids: why these are one, or not, in words.", valueName: "id"))
    var explain: [String] = []

    @Option(
        help: ArgumentHelp(
            "A review.csv whose column decision says same or different: that binds, and the model is estimated anew.",
            valueName: "file"))
    var decisions: String?

    @Option(
        help: ArgumentHelp(
            "The column that tells records apart; by default the one that a header names so, else the rows' numbers.",
            valueName: "header"))
    var id: String?

    @Option(
        help: ArgumentHelp(
            "The folder for the results; by default strata-match, with --known that folder.", valueName: "folder"))
    var out: String?

    @Option(
        help: ArgumentHelp(
            "How a column is compared, where that is not detected: --column phone=Tel. The kinds are given_name, "
                + "family_name, name, company, email, phone, date, code, place_code, number, address, words, category, ignored. May be "
                + "given more than once.", valueName: "kind=header"))
    var column: [String] = []

    @Option(
        help: ArgumentHelp(
            "The expected share of right pairs among those merged; pairs below it go to review.csv.",
            valueName: "share"))
    var precision = 0.95

    @Option(
        help: ArgumentHelp(
            "Pairs to compare, about; by default 100 a record, and at least 5 million.", valueName: "n"))
    var pairs: Int?

    @Option(
        help: ArgumentHelp(
            "A YAML file of rules by which records are brought together, in place of those chosen from the data; the "
                + "blocking.yml of a run may be edited.", valueName: "file"))
    var blocking: String?

    @Option(
        help: ArgumentHelp(
            "What survives into golden records where values differ: recent, frequent, complete, longest or "
                + "source:A,B. By default frequent. May be given more than once.", valueName: "header=rule"))
    var survivor: [String] = []

    @Option(help: ArgumentHelp("The column that says when a record was changed last.", valueName: "header"))
    var modified: String?

    @Option(help: ArgumentHelp("The column that says which source a record is from.", valueName: "header"))
    var source: String?

    @Option(
        help: ArgumentHelp(
            "A column of true entities: precision, recall, F1 and B³ are told. It is never compared.",
            valueName: "header"))
    var truth: String?

    @Option(
        help: ArgumentHelp(
            "A model.json of an earlier run to match by; by default one is estimated.", valueName: "file"))
    var model: String?

    @Option(help: ArgumentHelp("Seed of the pairs taken at random.", valueName: "n"))
    var seed: UInt64 = 1

    @OptionGroup(title: "Input") var form: FormOptions
    @OptionGroup(title: "Rows") var rows: RowOptions
    @OptionGroup(title: "Running") var threading: ThreadOptions

    @Option(help: ArgumentHelp("Where to write the seconds of each phase, as JSON.", valueName: "file"))
    var timings: String?

    mutating func run() throws {
        var job = MatchJob()
        job.input.form = try form.tableForm()
        job.input.strict = rows.strict
        job.input.maxRejectShare = rows.maxRejectShare
        job.input.rejects = rows.rejects
        job.input.parallel = threading.parallel
        job.id = id
        job.columns = column
        job.out = out ?? known ?? job.out
        job.known = known
        job.decisionsFile = decisions
        guard precision >= 0.5, precision < 1 else {
            throw Problem(.usage, "--precision must be at least 0.5 and below 1; got \(precision)")
        }
        job.precision = precision
        job.pairBudget = pairs
        job.blocking = try blocking.map(BlockingFile.read)
        job.seed = seed
        job.survivors = survivor
        job.modified = modified
        job.source = source
        job.truth = truth
        job.model = model
        job.timings = timings
        if let undo {
            guard let known, file == nil else {
                throw Problem(.usage, "--undo takes a merge of a folder back: strata match --undo N --known FOLDER")
            }
            var undoing = MatchUndoJob()
            undoing.folder = known
            undoing.number = undo
            undoing.match = job
            return try Program.show(try undoing.run(), onStandardOutput: true)
        }
        guard let file else { throw Problem(.usage, "no file to match: strata match FILE --out DIR") }
        job.input.file = file
        if check {
            let report = try job.check(to: out ?? "-")
            try Program.show(report, onStandardOutput: false)
            if report.isGateFailed { throw ExitCode(1) }
            return
        }
        if !explain.isEmpty {
            guard explain.count == 2 else {
                throw Problem(.usage, "--explain takes two ids; got \(explain.count)")
            }
            return try Program.show(try job.explain(explain[0], explain[1]), onStandardOutput: true)
        }
        guard link != nil || !oneToOne else {
            throw Problem(.usage, "--one-to-one goes with --link FILE")
        }
        if let link { return try Program.show(try job.link(link, oneToOne: oneToOne), onStandardOutput: true) }
        try Program.show(try job.run(), onStandardOutput: true)
    }
}
