import ArgumentParser
import CustomerData
import Pipeline
import Simulation

extension Simulation.SegmentPlan: ExpressibleByArgument {}

/// `strata simulate`.
struct Simulate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "A company that never was, with the truth about it.",
        discussion: """
            Writes customers.csv, transactions.csv, interactions.csv and products.csv into a folder, and what was planted \
            in them into truth/: who is the same person, which cells are wrong, where everyone truly stands, segments, \
            rules, fraud. The same options give the same bytes.

            Kinds of --rate, shares of the persons: \(Simulate.kinds(.prospects, .prospects)); of the customers' records: \
            \(Simulate.kinds(.duplicates, .impossible)); of the purchases: \(Simulate.kinds(.returns, .couponAbuse)).

            Example: strata simulate --customers 2000 --seed 7 --out shop
            """)

    @Option(help: ArgumentHelp("Rows of customers.csv.", valueName: "n"))
    var customers: Int

    @Option(help: ArgumentHelp("Seed of everything random.", valueName: "n"))
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("Folder for the files.", valueName: "folder"))
    var out: String

    @Option(
        help: ArgumentHelp("The day after the last one simulated; the truth is as of this day.", valueName: "date"))
    var asOf = Day(number: Day.number(year: 2026, month: 1, day: 1))

    @Option(help: ArgumentHelp("Days simulated.", valueName: "days"))
    var days = 730

    @Option(
        help: ArgumentHelp(
            "Currency of the prices, an ISO 4217 code; up to three, separated by commas, for the customers of Great "
                + "Britain, Iran and China, with their rates in rates.csv.", valueName: "codes"))
    var currency = "EUR"

    @Option(
        help: """
            separable segments differ in how often, how much and how long they buy, and in taste; overlapping ones in \
            taste alone.
            """)
    var segments = Simulation.SegmentPlan.separable

    @Option(
        help: ArgumentHelp(
            "How often something happens, as a share: --rate typos=0.1. May be given more than once.",
            valueName: "kind=share"))
    var rate: [String] = []

    @Option(help: ArgumentHelp("Where to write the seconds of each phase, as JSON.", valueName: "file"))
    var timings: String?

    @OptionGroup(title: "Running") var threading: ThreadOptions

    mutating func run() throws {
        let options = try Simulation.Options(
            customers: customers, seed: seed, asOf: asOf, days: days, currencies: NameList.split(currency),
            segments: segments,
            rates: try rates())
        var job = SimulateJob(options, out: out)
        job.timings = timings
        job.parallel = threading.parallel
        try Program.show(try job.run(), onStandardOutput: true)
    }

    private func rates() throws -> [SimulationRate: Double] {
        var rates: [SimulationRate: Double] = [:]
        for text in rate {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let kind = SimulationRate(rawValue: String(parts[0])) else {
                let known = SimulationRate.allCases.map(\.rawValue).joined(separator: ", ")
                throw Problem(.usage, "--rate must be kind=share with a kind of \(known); got \(text)")
            }
            guard let share = Double(parts[1]), (0...kind.limit).contains(share) else {
                throw Problem(.usage, "--rate \(kind.rawValue) must be in \(kind.range); got \(parts[1])")
            }
            rates[kind] = share
        }
        return rates
    }

    /// The kinds from one to another, with what they are unless told otherwise.
    private static func kinds(_ first: SimulationRate, _ last: SimulationRate) -> String {
        let all = SimulationRate.allCases
        guard let start = all.firstIndex(of: first), let end = all.firstIndex(of: last) else { return "" }
        return all[start...end].map { "\($0.rawValue) (\($0.standard))" }.joined(separator: ", ")
    }
}
