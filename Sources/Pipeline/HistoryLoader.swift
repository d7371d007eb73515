import CustomerData
import Export
import Features
import Ingest
import Report
import Semantics
import Statistics

/// Reads everything that a job asks for into one history, one kind of file after the other.
struct HistoryLoader {
    private let options: InputOptions
    private let profile: Bool
    private let leads: Bool
    private let prepares: RunCustomers?
    private let unit: BasketUnit?
    private let files: InputFiles
    private let rates: (rates: ExchangeRates, file: InputFile)?
    private let rejectsFile: OutputFile?
    private let rejects: RejectsWriter?
    private let limits: RejectLimits

    private var parallel: Parallel { options.parallel }

    /// As `LoadedHistory.load`.
    ///
    /// - Throws: `Problem` when an input can't be opened or an option does not fit it.
    init(
        _ options: InputOptions, profile: Bool, leads: Bool, customers: RunCustomers?, baskets unit: BasketUnit?
    ) throws {
        self.options = options
        self.profile = profile
        self.leads = leads
        prepares = customers
        self.unit = unit
        files = try InputFiles(options)
        guard !files.transactions.isEmpty else {
            throw Problem(.usage, "no transactions: name a file of them with --transactions FILE")
        }
        rates = try options.readRates()
        for attribute in options.attributes
        where FeatureSet.isReserved(attribute) || attribute == "customer_id" {
            throw Problem(.usage, "the attribute \(attribute) has the name of a feature: name its column otherwise")
        }
        limits = RejectLimits(strict: options.strict, maxShare: options.maxRejectShare)
        rejectsFile = try options.rejects.map { try OutputFile(path: $0, personal: true) }
        let redaction = options.pseudonyms.map { _ in RejectsRedaction() }
        rejects = rejectsFile.map { file in
            RejectsWriter { bytes in
                guard let redaction else { return try file.write(bytes) }
                try redaction.pass(bytes).withUnsafeBytes { try file.write($0) }
            }
        }
    }

    /// Reads all files.
    ///
    /// - Throws: `Problem` as the readers.
    func load(_ phases: inout Phases, _ progress: Progress) throws -> LoadedHistory {
        let matched = try matchedCustomers(&phases)
        let transactions = try TransactionReader(
            files: files.transactions, options: reading(matched), parallel: parallel)
        if unit != nil, !transactions.hasProducts {
            throw Problem(
                .data,
                "\(files.transactions.map(\.input.name).joined(separator: ", ")): no column for the product; name one with "
                    + "--column product=NAME")
        }
        let people = try CustomerReader(files: files.customers, overrides: options.overrides(for: .customers))
        let contacts = try InteractionReader(
            files: files.interactions, overrides: options.overrides(for: .interactions), dateOrder: options.dateOrder,
            parallel: parallel)
        let builder = PurchaseHistoryBuilder(
            orderRule: transactions.orderRule, returns: options.returns, keepsProfiles: profile,
            countsProducts: profile && transactions.hasProducts, threads: parallel.threadCount)
        let products = profile && transactions.hasProducts ? ProductHistoryBuilder(threads: parallel.threadCount) : nil
        let baskets = unit.map {
            BasketBuilder(
                unit: $0, orderRule: transactions.orderRule, returns: options.returns, threads: parallel.threadCount)
        }
        progress.begin(byteCount: files.transactions.reduce(0) { $0 + $1.input.byteCount })
        defer { progress.end() }
        let accounts = try read(&phases) {
            try transactions.read(
                into: builder, products: products, baskets: baskets, parallel: parallel, rejects: rejects
            ) {
                progress.update(rows: $0, bytes: $1)
            }
        }
        progress.end()

        let (asOf, lateness) = asOf(builder)
        let customers = try readCustomers(people, into: builder, matched, asOf: asOf, &phases)
        let gathered = (profile || leads) && !files.interactions.isEmpty ? InteractionHistoryBuilder() : nil
        let interactions = try readInteractions(
            contacts, into: builder, gathered, aliases: matched?.aliases, asOf: asOf, &phases)
        try rejects?.flush()

        let history = try phases.measure("group") {
            try builder.finish(decimals: accounts.decimals, parallel: parallel)
        }
        let records = phases.measure("group") {
            var records = CustomerRecords(customers?.customers, of: history, lists: leads)
            if options.pseudonyms != nil, people.hasPrivateSources { records.sources = nil }
            records.interactions = gathered?.finish(customers: history.customers, parallel: parallel)
            records.products = products?.finish(customers: history.customers, parallel: parallel)
            return records
        }
        let warnings = HistoryWarnings(
            repeated: files.transactions, lateness: lateness, notes: customers?.customers.notes ?? [],
            transactions: transactions, statedRule: options.orderRule, accounts: accounts,
            directions: interactions?.directions, rates: rates?.rates,
            strangers: strangers(matched, [accounts, customers?.accounts, interactions?.accounts]))
        let loaded = LoadedHistory(
            history: history, asOf: asOf, accounts: accounts, customerAccounts: customers?.accounts,
            interactionAccounts: interactions?.accounts, directions: interactions?.directions, matched: matched,
            rates: rates, orderRule: transactions.orderRule, warnings: warnings.lines, records: records,
            baskets: phases.measure("group") { baskets?.finish(parallel: parallel) },
            detected: transactions.tables.map { DetectedFile($0) }
                + zip(people.files, people.roles).map { DetectedFile($0, $1) }
                + zip(contacts.files, contacts.roles).map { DetectedFile($0, $1) },
            inputs: transactions.tables.map(\.file.input) + people.files.map(\.input) + contacts.files.map(\.input),
            rejects: UncheckedSendable(rejectsFile))
        guard let key = options.pseudonyms else { return loaded }
        let dropped = people.privateAttributes(among: options.attributes)
        return phases.measure("group") { loaded.pseudonymised(by: key, dropped: dropped, parallel: parallel) }
    }

    /// Reads an input. When it was read to its end and too much of it was bad, the rejects are wanted most: they appear
    /// although the job fails.
    private func read<Result>(_ phases: inout Phases, _ body: () throws -> Result) throws -> Result {
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

    /// Which customers are one, as an earlier matching found or as this run finds.
    private func matchedCustomers(_ phases: inout Phases) throws -> MatchedCustomers? {
        if let folder = options.matched { return try MatchedCustomers(folder: folder) }
        return try prepares?.match(files.customers, asOf: options.asOf, &phases)
    }

    /// The folder of a matching of whose ids nothing was read; nil where there is none.
    private func strangers(_ matched: MatchedCustomers?, _ accounts: [RowAccounts?]) -> String? {
        guard let folder = options.matched, let matched, matched.aliases.count > 0 else { return nil }
        let known = accounts.reduce(0) { $0 + ($1?.followed ?? 0) + ($1?.count(.mergedCustomer) ?? 0) }
        return known == 0 ? folder : nil
    }

    private func reading(_ matched: MatchedCustomers?) -> TransactionReader.Options {
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
        reading.rates = rates?.rates
        reading.aliases = matched?.aliases
        return reading
    }

    /// The date as of which everything is computed, and what is to be said of it.
    private func asOf(_ builder: PurchaseHistoryBuilder) -> (day: Day, warning: String?) {
        if let stated = options.asOf { return (stated, nil) }
        let days = builder.dayCounts
        // The calendar of ISO dates ends with the year 9999.
        let day = min(
            days[days.count - 1].day.advanced(byDays: 1), Day(number: Day.number(year: 9999, month: 12, day: 31)))
        return (day, HistoryWarnings.loneDate(days))
    }

    private func readCustomers(
        _ people: CustomerReader, into builder: PurchaseHistoryBuilder, _ matched: MatchedCustomers?, asOf: Day,
        _ phases: inout Phases
    ) throws -> (customers: Customers, accounts: RowAccounts)? {
        guard !files.customers.isEmpty else {
            guard let attribute = options.attributes.first else { return nil }
            throw Problem(
                .usage,
                "the attribute \(attribute) is a column of the customers file, and there is none: name one with --customers FILE"
            )
        }
        let dropped = options.pseudonyms == nil ? [] : people.privateAttributes(among: options.attributes)
        let wanted = options.attributes.filter { !dropped.contains($0) }
        let overrides = options.overrides(for: .customers)
        var files = files.customers
        // What holds the golden rows until they are read.
        var held: [OutputFile] = []
        func takeGolden(_ matched: MatchedCustomers) throws {
            let golden = try files.map { try matched.golden($0, parallel: parallel) }
            held = golden.map(\.bytes)
            files = golden.map(\.file)
        }
        // An earlier matching may be of customers as they came: its golden records are cleaned as they are.
        if let matched, options.matched != nil { try takeGolden(matched) }
        if let prepares { files = try files.map { try prepares.prepared($0, asOf: asOf, &phases) } }
        if let matched, options.matched == nil { try takeGolden(matched) }
        let reader = try CustomerReader(files: files, overrides: overrides)
        defer { withExtendedLifetime(held) {} }
        let found = try read(&phases) {
            try reader.read(
                attributes: wanted, readsPersonal: profile || leads, readsOrigins: leads,
                dateOrder: options.dateOrder, aliases: matched?.aliases, asOf: asOf, parallel: parallel,
                rejects: rejects, limits: limits)
        }
        for row in 0..<found.customers.ids.count {
            found.customers.ids.withBytes(at: row) { builder.register($0) }
        }
        return found
    }

    private func readInteractions(
        _ contacts: InteractionReader, into builder: PurchaseHistoryBuilder, _ gathered: InteractionHistoryBuilder?,
        aliases: CustomerAliases?, asOf: Day, _ phases: inout Phases
    ) throws -> (accounts: RowAccounts, directions: InteractionReader.Directions)? {
        guard !files.interactions.isEmpty else { return nil }
        return try read(&phases) {
            try contacts.read(
                into: builder, interactions: gathered, aliases: aliases, asOf: asOf, parallel: parallel,
                rejects: rejects, limits: limits)
        }
    }
}
