import ArgumentParser
import CustomerData
import Pipeline

/// `strata clean`.
struct Clean: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make a table of customers right, with every change in a ledger.",
        discussion: """
            Names, emails, phones, dates, countries, cities and categories are brought to one form; values that other \
            rows prove wrong are corrected; what is doubtful goes to review.csv and not into the data. The folder has \
            customers.csv, ledger.csv (every changed cell: before, after, rule, confidence), rejects.csv, review.csv, \
            to-contact.csv, mapping.csv and manifest.json. --undo gives the original back.

            Example: strata clean customers.csv --out cleaned --region IR
            """)

    @Argument(help: ArgumentHelp("The file to clean.", valueName: "file"))
    var file: String?

    @Option(
        help: ArgumentHelp(
            "A further file about the same customers, known by their ids; the file named first counts most. May be given "
                + "more than once. With --undo: which of them is given back.", valueName: "file"))
    var source: [String] = []

    @Option(
        help: ArgumentHelp(
            "What wins where sources disagree about a column: newest, first, longest or a source's name. By default the "
                + "newest row where a column says when it was changed, else the file named first.",
            valueName: "header=policy"))
    var policy: [String] = []

    @Option(help: ArgumentHelp("The column that says when a row was changed last.", valueName: "header"))
    var modified: String?

    @Option(
        help: ArgumentHelp(
            "A folder that strata clean wrote: gives back the original, cell for cell, to --out.", valueName: "folder"))
    var undo: String?

    @Option(
        help: ArgumentHelp(
            "The folder for the results; with --undo the file for the original, - for standard output.",
            valueName: "path"))
    var out: String?

    @Option(
        help: ArgumentHelp(
            "What a column is, where that is not detected: --column city=Town; text leaves it alone. The kinds are id, "
                + "name, given_name, family_name, salutation, company, email, phone, birth_date, date, country, region, "
                + "city, postcode, address, national_id, amount, category, text. May be given more than once.",
            valueName: "kind=header"))
    var column: [String] = []

    @Option(
        help: ArgumentHelp(
            "Country of phones in rows that name none: two letters, ISO 3166.", valueName: "code"))
    var region: String?

    @Option(
        help: ArgumentHelp("Order of day and month in dates that leave it open: dmy or mdy.", valueName: "order"))
    var dateOrder: String?

    @Option(
        help: ArgumentHelp(
            "The day from which ages and days are told, yyyy-MM-dd; by default the latest date in the table.",
            valueName: "date"))
    var asOf: Day?

    @Option(
        help: ArgumentHelp(
            "What becomes of spellings: a mapping.csv of an earlier run, edited.", valueName: "file"))
    var mapping: String?

    @Option(
        help: ArgumentHelp(
            "Fill the empty cells of a column: value:TEXT, dependency:HEADER, median, median:HEADER, mode, mode:HEADER, "
                + "knn. Never ids, names or contact data. May be given more than once.", valueName: "header=method"))
    var fill: [String] = []

    @Option(
        help: ArgumentHelp(
            "Put records without contact for so many days into archive.csv, for example 730d.", valueName: "days"))
    var archiveAfter: String?

    @Option(help: ArgumentHelp("The column of the last contact.", valueName: "header"))
    var contacted: String?

    @Flag(
        help:
            "Add columns that follow from others: contact_country, contact_region, address_as, age_band, customer_kind, …"
    )
    var enrich = false

    @Flag(help: "Find the cleaned records that are one person or company, as strata match does: folder matched.")
    var match = false

    @Option(
        help: ArgumentHelp(
            "Add the columns of a file whose first column is one of the table's.", valueName: "file"))
    var lookup: String?

    @Option(
        help: ArgumentHelp(
            "The column of a customer's value: who is worth most stands first in to-contact.csv.", valueName: "header"))
    var value: String?

    @Flag(help: "Leave phones as they are.")
    var noPhones = false

    @Option(
        help: ArgumentHelp("The largest share of rows that may be rejected, from 0 to 1.", valueName: "share"))
    var maxRejectShare = 0.2

    @OptionGroup(title: "Input") var form: FormOptions
    @OptionGroup(title: "Running") var threading: ThreadOptions

    @Option(help: ArgumentHelp("Where to write the seconds of each phase, as JSON.", valueName: "file"))
    var timings: String?

    mutating func run() throws {
        if let undo {
            guard file == nil else {
                throw Problem(.usage, "--undo takes no file to clean: strata clean --undo FOLDER --out FILE")
            }
            guard let out else { throw Problem(.usage, "--undo needs --out FILE: where the original goes") }
            var job = UndoJob(folder: undo, out: out)
            job.source = source.last
            return try Program.show(try job.run(), onStandardOutput: out != "-")
        }
        guard (0...1).contains(maxRejectShare) else {
            throw Problem(.usage, "--max-reject-share must be in 0...1; got \(maxRejectShare)")
        }
        var job = CleanJob()
        job.files = [file].compactMap(\.self) + source
        job.policies = policy
        job.modified = modified
        job.out = out ?? job.out
        job.form = try form.tableForm()
        job.columns = column
        job.region = region ?? ""
        job.dateOrder = try SourceOptions.dateLayout(dateOrder)
        job.asOf = asOf
        job.mapping = mapping
        job.fills = fill
        job.archiveAfterDays = try archiveAfter.map(Clean.days)
        job.contacted = contacted
        job.enriches = enrich
        job.matches = match
        job.lookup = lookup
        job.value = value
        job.skipsPhones = noPhones
        job.maxRejectShare = maxRejectShare
        job.timings = timings
        job.parallel = threading.parallel
        try Program.show(try job.run(), onStandardOutput: true)
    }

    /// The days of `730d` or `730`.
    private static func days(_ text: String) throws -> Int {
        guard let days = Int(text.hasSuffix("d") ? String(text.dropLast()) : text), days > 0 else {
            throw Problem(.usage, "--archive-after must be a number of days, such as 730d; got \(text)")
        }
        return days
    }
}
