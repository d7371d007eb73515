import CustomerData
import Ingest
import Report
import Statistics

/// What baskets are read from.
public struct BasketInput: Sendable {
    /// How the files are written.
    public enum Form: String, CaseIterable, Sendable {
        /// As their names say: `.dat` and `.dat.gz` are `dat`, all others tables.
        case auto
        /// A basket a line, whole numbers separated by blanks.
        case dat
        /// A basket a line, names separated by a delimiter.
        case lines
        /// A table of transactions.
        case table
    }

    /// The files, and for a table what a person says about it.
    public var input = InputOptions()
    /// How they are written.
    public var form = Form.auto
    /// What makes a basket of a table; nil for an order.
    public var unit: BasketUnit?

    /// No input.
    public init() {}

    /// Reads the baskets.
    ///
    /// - Throws: `Problem` as the readers; `Problem(.usage)` for options that the files' form doesn't have.
    func load(phases: inout Phases, progress: Progress) throws -> LoadedBaskets {
        let files = input.files + input.transactions
        guard let form = try lineForm(of: files) else {
            let loaded = try LoadedHistory.load(
                input, profile: false, baskets: unit ?? .order, phases: &phases, progress: progress)
            guard let (table, accounts) = loaded.baskets, table.count > 0 else {
                throw Problem(.data, "no basket: every line is without a product, or was given back")
            }
            var report = JobReport()
            report.add(loaded)
            report.lines += BasketInput.lines(of: accounts)
            return LoadedBaskets(table: table, rowCount: loaded.accounts.read, report: report) {
                try loaded.commitRejects()
            }
        }
        if unit != nil {
            throw Problem(.usage, "--basket goes with tables of transactions: the files have a basket a line")
        }
        if input.rejects != nil || !input.columns.isEmpty || input.asOf != nil || input.rates != nil {
            throw Problem(
                .usage,
                "--rejects, --column, --as-of and --rates go with tables of transactions: the files have a basket a line"
            )
        }
        let found = try phases.measure("read") {
            try BasketReader(paths: InputFile.expand(files), form: form, options: input.form).read()
        }
        var report = JobReport()
        let lineCount = found.baskets.count + found.emptyCount
        report.lines.append(
            "\(Figures.counted(lineCount, "line")) read = \(Figures.counted(found.baskets.count, "basket")) + "
                + "\(Figures.count(found.emptyCount)) empty")
        if found.repeatedCount > 0 {
            report.lines.append(
                "note: \(Figures.counted(found.repeatedCount, "item")) stood in a line again and count once")
        }
        return LoadedBaskets(table: found.baskets, rowCount: lineCount, report: report) {}
    }

    /// The form of files with a basket a line; nil for tables.
    private func lineForm(of files: [String]) throws -> BasketForm? {
        guard !files.isEmpty else {
            throw Problem(.usage, "no baskets: name a file of transactions, or one with a basket a line")
        }
        switch form {
        case .dat: return .dat
        case .lines: return .lines
        case .table: return nil
        case .auto:
            let numbers = files.count { $0.hasSuffix(".dat") || $0.hasSuffix(".dat.gz") }
            guard numbers == 0 || numbers == files.count else {
                throw Problem(.usage, "some files are .dat and some are not: give them one by one, or say --format")
            }
            return numbers > 0 ? .dat : nil
        }
    }

    private static func lines(of accounts: BasketAccounts) -> [String] {
        var lines: [String] = []
        func note(_ count: Int, _ one: String, _ many: String) {
            if count > 0 { lines.append("note: \(Figures.count(count)) \(count == 1 ? one : many)") }
        }
        note(accounts.linesWithoutProduct, "line has no product", "lines have no product")
        note(
            accounts.cancelledItems, "item was given back whole and is not in its basket",
            "items were given back whole and are not in their baskets")
        note(accounts.cancelledBaskets, "basket has nothing left", "baskets have nothing left")
        note(
            accounts.unmatchedReturns, "return is of more than was bought before it",
            "returns are of more than was bought before them")
        return lines
    }
}

/// Baskets, and what to say about them.
struct LoadedBaskets {
    let table: BasketTable
    /// Rows or lines that were read.
    let rowCount: Int
    let report: JobReport
    /// Gives the file of the rows that were not used its name.
    let commitRejects: () throws -> Void

    /// The items of the names that a person gave.
    ///
    /// - Throws: `Problem(.usage)` for a name that no basket has.
    func items(named names: [String], option: String) throws -> [UInt32] {
        var items: [UInt32] = []
        for name in names {
            guard let item = table.item(named: name) else {
                throw Problem(.usage, "\(option) \(name): no basket has that item")
            }
            if !items.contains(item) { items.append(item) }
        }
        return items
    }
}
