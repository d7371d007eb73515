import CustomerData
import Semantics
import Statistics
import Synchronization

/// Reads files of transactions into a purchase history's accumulator, block by block on every core.
public struct TransactionReader: Sendable {
    /// What a person says about the input and what is to be read of it.
    public struct Options: Sendable {
        /// Form of the files, where it is not to be detected.
        public var form = TableFile.Options()
        /// Columns that a person named.
        public var overrides: [ColumnRole: String] = [:]
        /// The layout of dates that begin with a day or a month.
        public var dateOrder: DateLayout?
        /// What a return does.
        public var returns = ReturnRule.match
        /// What makes an order; nil for the order column, or a customer's day where there is none.
        public var orderRule: OrderRule?
        /// Lines after this date are set aside.
        public var asOf: Day?
        /// Whether the first row that can't be read ends the run.
        public var strict = false
        /// The largest share of rows that may be rejected.
        public var maxRejectShare = 0.2
        /// Rates by which amounts in several currencies are converted; nil where there is one currency.
        public var rates: ExchangeRates?
        /// Under which ids customers go on that are on record under several; nil for as they stand.
        public var aliases: CustomerAliases?
        /// Whether products, channels and the number of duplicate rows are wanted, too.
        public var wantsProfile = false
        /// Whether the products of all lines are wanted.
        public var wantsProducts = false

        /// The defaults.
        public init() {}
    }

    /// The options.
    public let options: Options
    /// The files.
    public let tables: [TransactionTable]
    /// What makes an order in these files.
    public let orderRule: OrderRule

    /// Opens files of transactions and finds out how they are written.
    ///
    /// - Throws: `Problem` as `TableFile` and `TransactionTable`; also when some files have an order column and some
    ///   have none.
    public init(files: [TableFile], options: Options, parallel: Parallel) throws {
        self.options = options
        tables = try files.map {
            try TransactionTable(
                $0, overrides: options.overrides, dateOrder: options.dateOrder, parallel: parallel)
        }
        let withOrder = tables.count { $0.roles[.order] != nil }
        if let rule = options.orderRule {
            if rule == .column, let table = tables.first(where: { $0.roles[.order] == nil }) {
                throw Problem(
                    .data, "\(table.file.input.name): no column for the order; name one with --column order=NAME")
            }
            orderRule = rule
        } else {
            if withOrder > 0, withOrder < tables.count,
                let table = tables.first(where: { $0.roles[.order] == nil })
            {
                throw Problem(
                    .data,
                    "\(table.file.input.name): no column for the order, which the other files have; "
                        + "name one with --column order=NAME")
            }
            orderRule = withOrder > 0 ? .column : .customerDay
        }
    }

    private var wantsProducts: Bool { options.wantsProfile || options.wantsProducts }

    /// The columns that the batches need.
    private func columns(of table: TransactionTable) -> TransactionColumns {
        var columns: TransactionColumns = []
        if orderRule == .column { columns.insert(.order) }
        if table.roles[.quantity] != nil { columns.insert(.quantity) }
        if wantsProducts || options.returns == .match, table.roles[.product] != nil { columns.insert(.product) }
        if options.wantsProfile, table.roles[.channel] != nil { columns.insert(.channel) }
        return columns
    }

    /// Whether every file has a product column.
    public var hasProducts: Bool { tables.allSatisfy { $0.roles[.product] != nil } }

    /// Reads all files into an accumulator; where returns are to be matched, once more for the lines that they might
    /// take back.
    ///
    /// - Parameters:
    ///   - builder: made for at least as many workers as `parallel` has threads.
    ///   - products: takes the purchase lines by product, made for as many workers; nil when they are not wanted.
    ///   - baskets: takes the lines by basket, made for as many workers; nil when they are not wanted.
    ///   - rejects: takes the rows that were not used.
    ///   - progress: is told the rows and the bytes (as they lie on the disk) read so far, from one thread at a time.
    /// - Throws: `Problem(.data)` when nothing was accepted, too much was rejected, or there is more than one currency.
    public func read(
        into builder: PurchaseHistoryBuilder, products: ProductHistoryBuilder? = nil,
        baskets: BasketBuilder? = nil, parallel: Parallel, rejects: RejectsWriter? = nil,
        progress: ((_ rows: Int, _ bytes: Int) -> Void)? = nil
    ) throws -> RowAccounts {
        rejects?.isComplete = false
        var total = RowAccounts()
        let duplicates = options.wantsProfile ? DuplicateRows(threads: parallel.threadCount) : nil
        var firstBlock = 0
        var bytesBefore = 0
        var currencies: Set<String> = []
        var marks: Set<CurrencyMark> = []
        for table in tables {
            let parsers = (0..<parallel.threadCount).map { _ in
                TransactionParser(
                    table, options, columns: columns(of: table), allProducts: wantsProducts)
            }
            var blockCount = 0
            try table.file.forEachBlock(parallel: parallel) { block, records, worker in
                var unused = UnusedRows(keepsText: rejects != nil)
                var unconverted = UnusedRows(keepsText: rejects != nil)
                var accounts = try parsers[worker].parse(block, records, &unused)
                var digests = parsers[worker].digests
                var conversion = CurrencyConversion(table, options)
                if let stays = try conversion?.convert(
                    block, records, parsers[worker].batch, &accounts, &unconverted), !digests.isEmpty
                {
                    digests = digests.indices.filter { stays[$0] }.map { digests[$0] }
                }
                // Categories are found by where a row's customer stands.
                let categories = categories(of: parsers[worker].batch, table, records, products)
                if let aliases = options.aliases {
                    accounts.followed = parsers[worker].batch.follow(aliases, extent: records.extent)
                }
                parsers[worker].batch.block = firstBlock + block.number
                builder.add(parsers[worker].batch, worker: worker)
                baskets?.add(parsers[worker].batch, worker: worker)
                if let products, parsers[worker].batch.columns.contains(.product) {
                    categories.withUnsafeBufferPointer {
                        products.add(
                            parsers[worker].batch, categories: $0.isEmpty ? nil : $0.baseAddress, worker: worker)
                    }
                }
                duplicates?.add(digests, worker: worker)
                return (accounts, [unused, unconverted], block.sourceOffset)
            } commit: { outcome, firstLine in
                blockCount += 1
                total.merge(outcome.0)
                for unused in outcome.1 { try rejects?.add(unused, of: table.file, firstLine: firstLine) }
                progress?(total.read, bytesBefore + outcome.2)
            }
            firstBlock += blockCount
            bytesBefore += table.file.input.byteCount
            for parser in parsers {
                currencies.formUnion(parser.currencies)
                marks.formUnion(parser.marks)
            }
        }
        total.duplicates = duplicates?.count(parallel: parallel)
        rejects?.isComplete = true
        try checkCurrencies(currencies, marks)
        try check(total)
        if builder.needsCandidates(parallel: parallel) { try readCandidates(into: builder, parallel) }
        return total
    }

    /// The category of each row of a batch; none where they are not wanted or there is no column for them.
    private func categories(
        of batch: TransactionBatch, _ table: TransactionTable, _ records: Records, _ products: ProductHistoryBuilder?
    ) -> [Span] {
        guard products != nil, batch.columns.contains(.product), var categories = TransactionCategories(table) else {
            return []
        }
        categories.read(records, batch)
        return categories.spans
    }

    private func readCandidates(into builder: PurchaseHistoryBuilder, _ parallel: Parallel) throws {
        var firstBlock = 0
        for table in tables {
            let parsers = (0..<parallel.threadCount).map { _ in
                TransactionParser(table, options, columns: columns(of: table), allProducts: true)
            }
            var blockCount = 0
            try table.file.forEachBlock(parallel: parallel) { block, records, worker in
                var unused = UnusedRows(keepsText: false)
                var accounts = try parsers[worker].parse(block, records, &unused)
                var conversion = CurrencyConversion(table, options)
                _ = try conversion?.convert(block, records, parsers[worker].batch, &accounts, &unused)
                if let aliases = options.aliases {
                    _ = parsers[worker].batch.follow(aliases, extent: records.extent)
                }
                parsers[worker].batch.block = firstBlock + block.number
                builder.addCandidates(parsers[worker].batch, worker: worker)
            } commit: { _, _ in
                blockCount += 1
            }
            firstBlock += blockCount
        }
    }

    private var names: String { tables.map(\.file.input.name).joined(separator: ", ") }

    private func check(_ accounts: RowAccounts) throws {
        try accounts.checkRejected(maxShare: options.maxRejectShare, names: names)
        if accounts.accepted == 0 {
            let reasons = accounts.unused.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key.description)" }
            throw Problem(
                .data, "\(names): none of \(accounts.read) rows can be used (\(reasons.joined(separator: ", ")))")
        }
    }

    private func checkCurrencies(_ cells: Set<String>, _ found: Set<CurrencyMark>) throws {
        if options.rates != nil {
            guard found.isEmpty else {
                throw Problem(
                    .data,
                    "\(names): amounts are written with currency signs: --rates needs the currency in a column of its own"
                )
            }
            return
        }
        try OneCurrency.check(
            cells, found, names: names,
            advice: "give their exchange rates with --rates FILE, or split the files by currency")
    }
}
