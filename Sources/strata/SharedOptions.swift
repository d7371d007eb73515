import ArgumentParser
import CustomerData
import Ingest
import Pipeline
import Segmentation
import Semantics
import Statistics

extension Day: ExpressibleByArgument {
    /// A day from `yyyy-MM-dd`.
    public init?(argument: String) { self.init(argument) }
}

extension ClusterCounts {
    /// The number or range that an argument names.
    static func argument(_ text: String) throws -> ClusterCounts {
        guard let counts = ClusterCounts(text) else {
            throw ValidationError("expected a number, auto, or a range such as 2..8")
        }
        return counts
    }

    /// Refuses numbers that no clustering has.
    func check() throws {
        if smallest < 1 { throw ValidationError("--k must be at least 1; got \(description)") }
    }
}
extension ReturnRule: ExpressibleByArgument {}
extension OrderRule: ExpressibleByArgument {}
extension RFM.Binning: ExpressibleByArgument {}
extension FeatureTransform.Scaling: ExpressibleByArgument {}
extension Progress.Mode: ExpressibleByArgument {}

/// On how many threads a command runs, and where more options stand.
struct ThreadOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Threads; by default one a processor. Results never depend on it.", valueName: "n"))
    var threads: Int?

    @Option(
        help: ArgumentHelp(
            "More options from a YAML file of their names and values; the command line wins.", valueName: "file"))
    var config: String?

    var parallel: Parallel { Parallel(threads: threads) }

    func validate() throws {
        if let threads, !(1...1024).contains(threads) {
            throw ValidationError("--threads must be in 1...1024; got \(threads)")
        }
    }
}

/// How a command runs, and what it tells of that.
struct RunningOptions: ParsableArguments {
    @OptionGroup var threading: ThreadOptions

    @Option(help: ArgumentHelp("Where to write the seconds of each phase, as JSON.", valueName: "file"))
    var timings: String?

    @Option(help: "Whether to show a progress bar: auto shows one on a terminal.")
    var progress = Progress.Mode.auto

    var parallel: Parallel { threading.parallel }
}

/// How text files are written.
struct FormOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Encoding of the files: utf-8, utf-16le, utf-16be, gb18030, windows-1256, windows-1252; detected by default.",
            valueName: "name"))
    var encoding: String?

    @Option(help: ArgumentHelp("Delimiter of the files: , ; | or TAB; detected by default.", valueName: "char"))
    var delimiter: String?

    /// What was said of the files' form.
    func tableForm() throws -> TableFile.Options {
        let known = TextEncoding.allCases.map(\.rawValue).joined(separator: ", ")
        return TableFile.Options(
            encoding: try encoding.map { name in
                guard let encoding = TextEncoding(name: name) else {
                    throw Problem(.usage, "--encoding must be one of \(known); got \(name)")
                }
                return encoding
            }, delimiter: try delimiter.map(Dialect.delimiter(named:)))
    }
}

/// The files of a job and how they are written.
struct SourceOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A file of transactions, one line a purchase; - is standard input, a quoted pattern several files. "
                + "May be given more than once.", valueName: "file"))
    var transactions: [String] = []

    @Option(help: ArgumentHelp("A file of customers, prospects among them.", valueName: "file"))
    var customers: [String] = []

    @Option(help: ArgumentHelp("A file of interactions: visits, opens, clicks, replies, enquiries.", valueName: "file"))
    var interactions: [String] = []

    @Option(
        help: ArgumentHelp(
            "What a column holds, where that is not detected: --column amount=总金额. May be given more than once.",
            valueName: "role=name"))
    var column: [String] = []

    @Option(
        help: ArgumentHelp("Order of day and month in dates that leave it open: dmy or mdy.", valueName: "order"))
    var dateOrder: String?

    @OptionGroup var form: FormOptions

    func options(files: [String], parallel: Parallel) throws -> InputOptions {
        var options = InputOptions()
        options.files = files
        options.transactions = transactions
        options.customers = customers
        options.interactions = interactions
        options.columns = try column.map { try ColumnOverride($0) }
        options.form = try form.tableForm()
        options.parallel = parallel
        options.dateOrder = try SourceOptions.dateLayout(dateOrder)
        return options
    }

    /// The layout that `--date-order` states.
    ///
    /// - Throws: `Problem(.usage)` for another word.
    static func dateLayout(_ order: String?) throws -> DateLayout? {
        switch order {
        case nil: return nil
        case "dmy": return .dayMonthYear
        case "mdy": return .monthDayYear
        case .some(let other): throw Problem(.usage, "--date-order must be dmy or mdy; got \(other)")
        }
    }
}

/// What is done about rows that can't be used.
struct RowOptions: ParsableArguments {
    @Flag(help: "Stop at the first row that can't be read.")
    var strict = false

    @Option(
        help: ArgumentHelp("The largest share of rows that may be rejected, from 0 to 1.", valueName: "share"))
    var maxRejectShare = 0.2

    @Option(help: ArgumentHelp("Where to write the rows that were not used, with line and reason.", valueName: "file"))
    var rejects: String?

    /// - Throws: `Problem(.usage)` when the share is none.
    func apply(to options: inout InputOptions) throws {
        guard (0...1).contains(maxRejectShare) else {
            throw Problem(.usage, "--max-reject-share must be in 0...1; got \(maxRejectShare)")
        }
        options.strict = strict
        options.maxRejectShare = maxRejectShare
        options.rejects = rejects
    }
}

/// What amounts in several currencies are converted by.
struct ConversionOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Exchange rates (date, currency, rate: what one unit is worth), where amounts are in several currencies.",
            valueName: "file"))
    var rates: String?

    @Option(
        help: ArgumentHelp(
            "The currency that the rates are stated in; by default the one whose rate is always 1.", valueName: "code"))
    var baseCurrency: String?

    func apply(to options: inout InputOptions) {
        options.rates = rates
        options.baseCurrency = baseCurrency
    }
}

/// The files of a job, and what is done about rows that can't be used.
struct ReadingOptions: ParsableArguments {
    @OptionGroup var sources: SourceOptions

    @Option(
        help: ArgumentHelp(
            "Compute as of this day, yyyy-MM-dd; by default the day after the last transaction that is used.",
            valueName: "date"))
    var asOf: Day?

    @Option(
        help: ArgumentHelp(
            "The folder of strata match: customers on record under several ids are one, and what they did follows to the id "
                + "of their golden record.", valueName: "folder"))
    var matched: String?

    @OptionGroup var conversion: ConversionOptions

    @OptionGroup var rows: RowOptions

    @OptionGroup var privacy: PrivacyOptions

    /// Where the rows go that were not used.
    var rejects: String? { rows.rejects }

    func options(files: [String], parallel: Parallel) throws -> InputOptions {
        var options = try sources.options(files: files, parallel: parallel)
        options.asOf = asOf
        options.matched = matched
        conversion.apply(to: &options)
        try rows.apply(to: &options)
        options.pseudonyms = try privacy.key()
        return options
    }
}

/// How lines become purchases.
struct PurchaseOptions: ParsableArguments {
    @Option(
        help: """
            What a return does: match takes back the newest earlier purchase of the same customer and product, net \
            subtracts its value, ignore sets it aside.
            """)
    var returns = ReturnRule.match

    @Option(
        help: """
            What makes an order: column (lines with one order id), customer-day, or row; by default the order column, \
            or customer-day where there is none.
            """)
    var order: OrderRule?
}

/// Scores and their segments.
struct ScoreOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Scores run from 1 to this, 2 to 10; by default the map's.", valueName: "n"))
    var bins: Int?

    @Option(help: "independent, or nested: frequency within recency, monetary within both.")
    var binning = RFM.Binning.independent

    @Option(
        help: ArgumentHelp(
            "Segment map: \(SegmentMap.includedNames.joined(separator: " or ")), or a JSON file.", valueName: "map"))
    var map = SegmentMap.includedNames[0]

    func validate() throws {
        if let bins, !RFM.allowedBins.contains(bins) {
            throw ValidationError("--bins must be in 2...10; got \(bins)")
        }
    }

    func apply(to settings: inout SegmentSettings) {
        settings.bins = bins
        settings.binning = binning
        settings.map = map
    }
}
