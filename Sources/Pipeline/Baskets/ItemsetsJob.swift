import Baskets
import CustomerData
import Export
import Report
import Statistics

/// `strata itemsets`: which items are together in baskets often.
public struct ItemsetsJob: Sendable {
    /// What the baskets are read from.
    public var baskets = BasketInput()
    /// What is looked for; included and excluded items are named below.
    public var search: Itemsets.Options
    /// Names of items that every set has.
    public var included: [String] = []
    /// Names of items that are left out.
    public var excluded: [String] = []
    /// Whether only the number of sets is wanted.
    public var onlyCounts = false
    /// The memory budget in bytes; nil for none.
    public var memory: Int?
    /// Where the sets go; `-` is standard output.
    public var out = "-"
    /// Where the timings go.
    public var timings: String?
    /// When there is a progress bar.
    public var progress = Progress.Mode.auto

    /// A job that looks for sets.
    public init(search: Itemsets.Options) { self.search = search }

    /// Reads the baskets, writes the sets, or their number, and tells what was found.
    public func run() throws -> JobReport {
        // What can be refused without the baskets is refused before they are read.
        _ = try Itemsets(search)
        if let name = included.first(where: excluded.contains) {
            throw Problem(.usage, "--include and --exclude both name \(name)")
        }
        if search.target == .generators, !included.isEmpty {
            throw Problem(.usage, "--include goes with all, closed or maximal sets, not with generators")
        }
        let parallel = baskets.input.parallel
        var phases = Phases()
        let file = onlyCounts ? nil : try OutputFile(path: out, personal: true)
        let loaded = try baskets.load(phases: &phases, progress: Progress(progress))
        var wanted = search
        wanted.included = try loaded.items(named: included, option: "--include")
        wanted.excluded = try loaded.items(named: excluded, option: "--exclude")
        let method = try Itemsets(wanted)
        var found: (search: ItemsetSearch, outcome: ItemsetSearch.Outcome)?
        try phases.measure("mine") {
            let search = try method.search(loaded.table)
            let budget = memory.map { ItemsetMemory(byteCount: $0, heldBytes: Phases.residentBytes) }
            guard let file else {
                found = (search, try search.count(parallel: parallel, memory: budget))
                return
            }
            let text = ItemsetText(search, loaded.table)
            try file.write(ItemsetText.header)
            let outcome = try search.list(parallel: parallel, memory: budget) {
                text.rows($0)
            } take: { rows in
                try rows.withUnsafeBytes { try file.write($0) }
            }
            found = (search, outcome)
        }
        guard let (search, outcome) = found else { preconditionFailure("the search ends with an outcome") }
        if let file {
            try phases.measure("write") { try file.commit() }
        } else {
            try TextOutput.write("\(outcome.setCount)\n", to: out, personal: true)
        }
        try loaded.commitRejects()
        if let timings {
            try TextOutput.write(try phases.timings(rows: loaded.rowCount), to: timings, personal: false)
        }
        var report = loaded.report
        report.lines += lines(loaded.table, search, outcome)
        return report
    }

    private func lines(
        _ table: BasketTable, _ search: ItemsetSearch, _ outcome: ItemsetSearch.Outcome
    ) -> [String] {
        var lines = [
            "\(Figures.counted(table.count, "basket")) of \(Figures.counted(table.names.count, "item")); the largest has "
                + Figures.count(table.largestCount),
            "in at least \(Figures.counted(search.minimumCount, "basket")) (\(self.search.support)): "
                + "\(Figures.counted(search.frequentItemCount, "item")), \(ItemsetsJob.name(of: self.search.target, outcome.setCount))",
        ]
        if let top = self.search.top {
            lines[1] =
                "the \(Figures.count(top)) most frequent: \(ItemsetsJob.name(of: self.search.target, outcome.setCount)), "
                + "in at least \(Figures.counted(outcome.minimumCount, "basket"))"
            if outcome.setCount > top {
                lines.append("note: sets as frequent as the last of the \(Figures.count(top)) are there, too")
            }
        }
        if let most = self.search.maximumLength {
            lines.append("note: sets of more than \(Figures.counted(most, "item")) were not looked for")
        }
        if self.search.minimumLength > 1 {
            lines.append("note: sets of fewer than \(Figures.count(self.search.minimumLength)) items are left out")
        }
        return lines
    }

    private static func name(of target: Itemsets.Target, _ count: Int) -> String {
        switch target {
        case .all: Figures.counted(count, "set")
        case .closed: Figures.counted(count, "closed set")
        case .maximal: Figures.counted(count, "maximal set")
        case .generators: Figures.counted(count, "generator")
        }
    }
}
