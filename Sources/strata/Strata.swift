import ArgumentParser
import Models

/// The program: its commands by what they are for.
struct Strata: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "strata",
        abstract: "Clean, segment and mine customer data.",
        discussion: """
            strata reads a company's customers and transactions, gives every customer recency, frequency and monetary \
            scores, a lifecycle stage and a cluster, and saves a model that scores new data.

            Files may be CSV with , ; | or TAB, plain or gzip, in UTF-8, UTF-16, GB18030, Windows-1256 or Windows-1252; \
            columns are recognised by their headers in English, Persian and Chinese. strata orders.csv is \
            strata run orders.csv.
            """,
        version: "strata \(strataVersion)",
        groupedSubcommands: [
            CommandGroup(name: "Look", subcommands: [Inspect.self, Profile.self, Check.self, Trend.self, Audit.self]),
            CommandGroup(name: "Clean", subcommands: [Clean.self, Match.self]),
            CommandGroup(
                name: "Segment",
                subcommands: [
                    Run.self, RFMScores.self, LifecycleStages.self, SegmentMovement.self, CohortRetention.self,
                    Features.self, Cluster.self,
                ]),
            CommandGroup(name: "Mine", subcommands: [FrequentItemsets.self]),
            CommandGroup(name: "Answer", subcommands: [Explain.self, Diff.self, DealsFunnel.self]),
            CommandGroup(name: "Deliver", subcommands: [Score.self, ExportTable.self]),
            CommandGroup(name: "Try", subcommands: [Simulate.self]),
        ],
        defaultSubcommand: Run.self)
}
