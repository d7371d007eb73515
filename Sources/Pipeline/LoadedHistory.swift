import CustomerData
import Export
import Features
import Ingest
import Report
import Semantics
import Statistics

/// Everything that a job reads, as one history, with its accounts.
public struct LoadedHistory: Sendable {
    /// The purchase history of all customers, those of the customers and interactions files among them.
    public let history: PurchaseHistory
    /// The date as of which everything is computed.
    public let asOf: Day
    /// What became of the transaction rows.
    public let accounts: RowAccounts
    /// What became of the customer rows; nil without such a file.
    public let customerAccounts: RowAccounts?
    /// What became of the interaction rows; nil without such a file.
    public let interactionAccounts: RowAccounts?
    /// Interactions by direction.
    public let directions: InteractionReader.Directions?
    /// The exchange rates that amounts were converted by, and their file; nil where none were given.
    let rates: (rates: ExchangeRates, file: InputFile)?
    /// What makes an order.
    public let orderRule: OrderRule
    /// What a person should know, a sentence each.
    public let warnings: [String]
    /// What is known of the history's customers besides their orders; only chosen columns of the customers file where a
    /// profile is not wanted.
    public let records: CustomerRecords
    /// The baskets, where they were wanted, and what became of the lines on their way there.
    let baskets: (table: BasketTable, accounts: BasketAccounts)?
    /// What was detected, file by file.
    public let detected: [DetectedFile]
    /// The opened files, in the same order.
    let inputs: [InputFile]
    /// Where the rows went that were not used: complete, and to be committed with the results.
    let rejects: UncheckedSendable<OutputFile?>

    /// Reads the input.
    ///
    /// - Parameters:
    ///   - profile: whether products, channels, hours and interactions are wanted beside orders.
    ///   - leads: whether interactions are wanted, and whom the customers file names since when.
    ///   - cleaning: cleans the customers files before they are read; nil to read them as they are.
    ///   - baskets: what makes a basket; nil where none are wanted.
    ///   - progress: is told rows and bytes read so far.
    /// - Throws: `Problem` as the readers; also when there is no transactions file.
    static func load(
        _ options: InputOptions, profile: Bool, leads: Bool = false, cleaning: RunCleaning? = nil,
        baskets unit: BasketUnit? = nil, phases: inout Phases, progress: Progress = Progress(.never)
    ) throws -> LoadedHistory {
        let files = try InputFiles(options)
        guard !files.transactions.isEmpty else {
            throw Problem(.usage, "no transactions: name a file of them with --transactions FILE")
        }
        let parallel = options.parallel
        var reading = TransactionReader.Options()
        reading.form = options.form
        reading.overrides = options.overrides(for: .transactions)
        reading.dateOrder = options.dateOrder
        reading.returns = options.returns
        reading.orderRule = options.orderRule
        reading.asOf = options.asOf
        reading.strict = options.strict
        reading.maxRejectShare = options.maxRejectShare
        reading.wantsProfile = profile
        reading.wantsProducts = unit != nil
        let rates = try options.readRates()
        reading.rates = rates?.rates
        for attribute in options.attributes
        where FeatureSet.isReserved(attribute) || attribute == "customer_id" {
            throw Problem(.usage, "the attribute \(attribute) has the name of a feature: name its column otherwise")
        }
        let limits = RejectLimits(strict: options.strict, maxShare: options.maxRejectShare)
        let rejectsFile = try options.rejects.map { try OutputFile(path: $0, personal: true) }
        let redaction = options.pseudonyms.map { _ in RejectsRedaction() }
        let rejects = rejectsFile.map { file in
            RejectsWriter { bytes in
                guard let redaction else { return try file.write(bytes) }
                try redaction.pass(bytes).withUnsafeBytes { try file.write($0) }
            }
        }
        /// Reads an input. When it was read to its end and too much of it was bad, the rejects are wanted most: they
        /// appear although the job fails.
        func read<Result>(_ body: () throws -> Result) throws -> Result {
            do {
                return try phases.measure("read", body)
            } catch {
                if let rejects, rejects.isComplete {
                    try rejects.flush()
                    try rejectsFile?.commit()
                }
                throw error
            }
        }

        let transactions = try TransactionReader(files: files.transactions, options: reading, parallel: parallel)
        let people = try CustomerReader(files: files.customers, overrides: options.overrides(for: .customers))
        let contacts = try InteractionReader(
            files: files.interactions, overrides: options.overrides(for: .interactions), dateOrder: options.dateOrder,
            parallel: parallel)
        let builder = PurchaseHistoryBuilder(
            orderRule: transactions.orderRule, returns: options.returns, keepsProfiles: profile,
            countsProducts: profile && transactions.hasProducts, threads: parallel.threadCount)
        let productLines =
            profile && transactions.hasProducts ? ProductHistoryBuilder(threads: parallel.threadCount) : nil
        if unit != nil, !transactions.hasProducts {
            throw Problem(
                .data,
                "\(files.transactions.map(\.input.name).joined(separator: ", ")): no column for the product; name one with "
                    + "--column product=NAME")
        }
        let baskets = unit.map {
            BasketBuilder(
                unit: $0, orderRule: transactions.orderRule, returns: options.returns, threads: parallel.threadCount)
        }
        progress.begin(byteCount: files.transactions.reduce(0) { $0 + $1.input.byteCount })
        defer { progress.end() }
        let accounts = try read {
            try transactions.read(
                into: builder, products: productLines, baskets: baskets, parallel: parallel, rejects: rejects
            ) {
                progress.update(rows: $0, bytes: $1)
            }
        }
        progress.end()

        var warnings = repeated(files.transactions)
        let asOf: Day
        if let stated = options.asOf {
            asOf = stated
        } else {
            let days = builder.dayCounts
            // The calendar of ISO dates ends with the year 9999.
            asOf = min(
                days[days.count - 1].day.advanced(byDays: 1), Day(number: Day.number(year: 9999, month: 12, day: 31)))
            if let warning = loneDateWarning(days) { warnings.append(warning) }
        }

        let dropped = options.pseudonyms == nil ? [] : people.privateAttributes(among: options.attributes)
        let wanted = options.attributes.filter { !dropped.contains($0) }
        var customers: (customers: Customers, accounts: RowAccounts)?
        if !files.customers.isEmpty {
            let overrides = options.overrides(for: .customers)
            let cleaned = try cleaning.map { cleaning in
                try CustomerReader(
                    files: files.customers.map { try cleaning.clean($0, asOf: asOf, &phases) }, overrides: overrides)
            }
            let found = try read {
                try (cleaned ?? people).read(
                    attributes: wanted, readsPersonal: profile || leads, readsOrigins: leads,
                    dateOrder: options.dateOrder, asOf: asOf, parallel: parallel, rejects: rejects, limits: limits)
            }
            for row in 0..<found.customers.ids.count {
                found.customers.ids.withBytes(at: row) { builder.register($0) }
            }
            customers = found
        } else if let attribute = options.attributes.first {
            throw Problem(
                .usage,
                "the attribute \(attribute) is a column of the customers file, and there is none: name one with --customers FILE"
            )
        }
        var interactions: (accounts: RowAccounts, directions: InteractionReader.Directions)?
        let gathered = (profile || leads) && !files.interactions.isEmpty ? InteractionHistoryBuilder() : nil
        if !files.interactions.isEmpty {
            interactions = try read {
                try contacts.read(
                    into: builder, interactions: gathered, asOf: asOf, parallel: parallel, rejects: rejects,
                    limits: limits)
            }
        }
        try rejects?.flush()

        let history = try phases.measure("group") {
            try builder.finish(decimals: accounts.decimals, parallel: parallel)
        }
        let records = phases.measure("group") {
            var records = CustomerRecords(customers?.customers, of: history, lists: leads)
            if options.pseudonyms != nil, people.hasPrivateSources { records.sources = nil }
            records.interactions = gathered?.finish(customers: history.customers, parallel: parallel)
            records.products = productLines?.finish(customers: history.customers, parallel: parallel)
            return records
        }
        warnings += customers?.customers.notes ?? []
        if transactions.orderRule == .customerDay, options.orderRule == nil {
            warnings.append(
                "there is no order column: a customer's purchases of one day count as one order (--order row counts rows)"
            )
        }
        if let unknown = interactions?.directions.unknown, unknown > 0 {
            let verb = unknown == 1 ? "is of an unknown kind and counts" : "are of an unknown kind and count"
            warnings.append("\(Figures.counted(unknown, "interaction")) \(verb) as no response")
        }
        if let unreadable = interactions?.directions.unreadableRatings, unreadable > 0 {
            warnings.append(
                "\(Figures.counted(unreadable, "mark")) of interactions can't be read as a number and \(unreadable == 1 ? "counts" : "count") as none"
            )
        }
        if let duplicates = accounts.duplicates, duplicates > 0 {
            warnings.append(
                duplicates == 1
                    ? "1 row repeats an earlier row exactly; it is kept"
                    : "\(Figures.count(duplicates)) rows repeat an earlier row exactly; they are kept")
        }
        if accounts.roundedAmounts > 0 {
            warnings.append(
                "\(Figures.counted(accounts.roundedAmounts, "amount")) of more than four decimals "
                    + "\(accounts.roundedAmounts == 1 ? "was" : "were") rounded half to even")
        }
        if let rates {
            if accounts.convertedAmounts > 0 {
                let verb = accounts.convertedAmounts == 1 ? "was" : "were"
                warnings.append(
                    "\(Figures.counted(accounts.convertedAmounts, "amount")) \(verb) converted to \(rates.rates.base), rounded "
                        + "half to even to the ten-thousandth")
            }
            for table in transactions.tables where table.roles[.currency] == nil {
                warnings.append(
                    "\(table.file.input.name) has no column for the currency: its amounts are taken as \(rates.rates.base)"
                )
            }
        }
        for table in transactions.tables where table.numbersAreAssumed {
            warnings.append(
                "\(table.file.input.name): every number with a separator has three digits behind it; they are read as "
                    + "\(table.numbers.rawValue)")
        }
        let loaded = LoadedHistory(
            history: history, asOf: asOf, accounts: accounts, customerAccounts: customers?.accounts,
            interactionAccounts: interactions?.accounts, directions: interactions?.directions,
            rates: rates, orderRule: transactions.orderRule, warnings: warnings, records: records,
            baskets: phases.measure("group") { baskets?.finish(parallel: parallel) },
            detected: transactions.tables.map { DetectedFile($0) }
                + zip(people.files, people.roles).map { DetectedFile($0, $1) }
                + zip(contacts.files, contacts.roles).map { DetectedFile($0, $1) },
            inputs: transactions.tables.map(\.file.input) + people.files.map(\.input) + contacts.files.map(\.input),
            rejects: UncheckedSendable(rejectsFile))
        guard let key = options.pseudonyms else { return loaded }
        return phases.measure("group") { loaded.pseudonymised(by: key, dropped: dropped, parallel: parallel) }
    }

    /// Gives the file of the rows that were not used its name.
    func commitRejects() throws { try rejects.value?.commit() }

    /// A warning for every file that stands in the list more than once.
    private static func repeated(_ files: [TableFile]) -> [String] {
        var counts: [String: Int] = [:]
        for file in files { counts[file.input.name, default: 0] += 1 }
        return counts.filter { $0.value > 1 }.sorted { $0.key < $1.key }.map {
            "\($0.key) is given \($0.value) times, and its rows count each time"
        }
    }

    /// A warning when few lines lie far after the rest: more than 30 days and ten times the longest usual silence (the
    /// 99th percentile of the gaps between days with lines) after the day before, with less than a thousandth of the
    /// lines.
    static func loneDateWarning(_ days: [(day: Day, lines: Int)]) -> String? {
        guard days.count >= 3 else { return nil }
        let gaps = zip(days.dropFirst(), days).map { $0.day.days(since: $1.day) }
        let usual = Quantiles.inverse(0.99, sorted: gaps.dropLast().sorted())
        let total = days.reduce(0) { $0 + $1.lines }
        var late = 0
        for position in stride(from: days.count - 1, to: 0, by: -1) {
            late += days[position].lines
            if late * 1000 > total, late > 1 { return nil }
            let gap = gaps[position - 1]
            if gap > 30, gap > 10 * usual {
                let lines = late == 1 ? "1 line lies" : "\(Figures.count(late)) lines lie"
                return
                    "\(lines) \(Figures.count(gap)) days or more after all others, up to \(days[days.count - 1].day): every recency is "
                    + "counted from there; if that date is wrong, correct it or give --as-of "
                    + "\(days[position - 1].day.advanced(byDays: 1))"
            }
        }
        return nil
    }
}
