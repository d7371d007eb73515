import ArgumentParser
import Baskets
import CustomerData
import Pipeline

extension BasketInput.Form: ExpressibleByArgument {}
extension Itemsets.Target: ExpressibleByArgument {}

extension BasketUnit: ExpressibleByArgument {
    /// `order`, `day`, `customer`, or `window:7d`.
    public init?(argument: String) {
        switch argument {
        case "order": self = .order
        case "day": self = .day
        case "customer": self = .customer
        default:
            guard argument.hasPrefix("window:"), argument.hasSuffix("d"),
                let days = Int(argument.dropFirst(7).dropLast()), (1...36_500).contains(days)
            else { return nil }
            self = .window(days: days)
        }
    }
}

/// What baskets are made of.
struct BasketOptions: ParsableArguments {
    @Option(
        help: """
            What makes a basket of a table: order (a customer's day where there is no order column), day, customer, or \
            window:7d (seven days from a purchase on); by default order.
            """)
    var basket: BasketUnit?

    @Option(
        help: """
            What a return does: match takes back the newest earlier purchase of the same customer and product, net \
            counts against its own basket, ignore sets it aside.
            """)
    var returns = ReturnRule.match

    @Option(
        help: """
            How the files are written: table (transactions), dat (a basket a line, numbers and blanks), lines (a basket \
            a line, names and a delimiter); auto takes .dat for dat, all others for tables.
            """)
    var format = BasketInput.Form.auto

    func input(_ files: [String], _ reading: ReadingOptions, _ running: RunningOptions) throws -> BasketInput {
        var baskets = BasketInput()
        baskets.input = try reading.options(files: files, parallel: running.parallel)
        baskets.input.returns = returns
        baskets.form = format
        baskets.unit = basket
        return baskets
    }
}

/// `strata itemsets`.
struct FrequentItemsets: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "itemsets",
        abstract: "Which items are often together in baskets.",
        discussion: """
            Exact, each set once: all frequent sets, closed ones (no larger set is in the same baskets), maximal ones (no \
            larger set is frequent) or generators (no smaller set is in the same baskets).

            Example: strata itemsets orders.csv --support 0.1% --target closed --out sets.csv
            """)

    @Argument(help: ArgumentHelp("Files of transactions, or with a basket a line.", valueName: "file"))
    var files: [String] = []

    @Option(
        help: ArgumentHelp(
            "In how many baskets a set must be: 89 is a number of them, 0.1% a share, rounded up.", valueName: "support"
        ))
    var support: String?

    @Option(help: "Which sets.")
    var target = Itemsets.Target.all

    @Option(
        help: ArgumentHelp(
            "Only so many of the most frequent sets, of all or closed ones, and those as frequent as the last.",
            valueName: "n"))
    var top: Int?

    @Option(help: ArgumentHelp("Items of the smallest set that is wanted.", valueName: "n"))
    var minLength = 1

    @Option(
        help: ArgumentHelp("Items of the largest set that is wanted; by default there is no limit.", valueName: "n"))
    var maxLength: Int?

    @Option(help: ArgumentHelp("An item that every set has. May be given more than once.", valueName: "item"))
    var include: [String] = []

    @Option(
        help: ArgumentHelp("An item that is left out of the baskets. May be given more than once.", valueName: "item"))
    var exclude: [String] = []

    @Flag(help: "Print only how many sets there are.")
    var count = false

    @Option(
        help: ArgumentHelp(
            "Memory that the process may hold, such as 2G; what does not fit is refused before the search.",
            valueName: "size"))
    var memory: String?

    @OptionGroup(title: "Baskets") var baskets: BasketOptions
    @OptionGroup(title: "Input") var reading: ReadingOptions

    @Option(help: ArgumentHelp("Where the sets go, as CSV; - is standard output.", valueName: "file"))
    var out = "-"

    @OptionGroup(title: "Running") var running: RunningOptions

    mutating func run() throws {
        try OutputPaths.check([("--out", out), ("--rejects", reading.rejects), ("--timings", running.timings)])
        // Of the top sets the support is what it comes to.
        guard let written = support ?? (top == nil ? nil : "1") else {
            throw Problem(.usage, "--support is missing: 89 is a number of baskets, 0.1% a share of them")
        }
        guard let least = Support(written) else {
            throw Problem(
                .usage, "--support must be a number of baskets, such as 89, or a share, such as 0.1%; got \(written)")
        }
        if minLength < 1 { throw Problem(.usage, "--min-length must be at least 1; got \(minLength)") }
        if let maxLength, maxLength < minLength {
            throw Problem(.usage, "--max-length must be at least \(minLength); got \(maxLength)")
        }
        if let top {
            if top < 1 { throw Problem(.usage, "--top must be at least 1; got \(top)") }
            if target == .maximal || target == .generators {
                throw Problem(.usage, "--top goes with all or closed sets; got --target \(target.rawValue)")
            }
        }
        var search = Itemsets.Options(support: least)
        search.target = target
        search.minimumLength = minLength
        search.maximumLength = maxLength
        search.top = top
        var job = ItemsetsJob(search: search)
        job.baskets = try baskets.input(files, reading, running)
        job.included = include
        job.excluded = exclude
        job.onlyCounts = count
        job.memory = try memory.map { text in
            guard let bytes = ItemsetMemory.bytes(text) else {
                throw Problem(.usage, "--memory must be a size such as 512M or 2G; got \(text)")
            }
            return bytes
        }
        job.out = out
        job.timings = running.timings
        job.progress = running.progress
        try Program.show(try job.run(), onStandardOutput: out != "-")
    }
}
