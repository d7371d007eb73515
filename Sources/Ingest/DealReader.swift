import CustomerData
import Semantics
import Statistics

/// Reads files of deals: a line a deal, with the stage that it has come to.
public struct DealReader: Sendable {
    /// The files.
    public let files: [TableFile]
    /// Which column of each file has which role.
    public let roles: [RoleAssignment]
    private let forms: [Form]

    /// How a file writes its dates and amounts.
    private struct Form {
        var opened: DateLayout?
        var closed: DateLayout?
        var numbers = NumberLayout.decimalPoint
        var numbersAreAssumed = false
    }

    /// Opens files of deals.
    ///
    /// - Throws: `Problem` when a file has no column for the stage, or its dates or numbers can't be told.
    public init(
        files: [TableFile], overrides: [ColumnRole: String], dateOrder: DateLayout?, parallel: Parallel
    ) throws {
        self.files = files
        let roles = try files.map { try $0.roles(as: .deals, overrides: overrides) }
        self.roles = roles
        forms = try zip(files, roles).map { file, roles in
            var form = Form()
            func layout(_ role: ColumnRole) throws -> DateLayout? {
                // A column without a date, such as the end of deals that are all open, says nothing.
                guard let column = roles[role], try file.hasValue(in: column) else { return nil }
                return try file.dateLayout(column: column, stated: dateOrder, parallel: parallel)
            }
            form.opened = try layout(.opened)
            form.closed = try layout(.closed)
            if let amount = roles[.amount] {
                (form.numbers, form.numbersAreAssumed) = try file.numberLayout(columns: [amount], parallel: parallel)
            }
            return form
        }
    }

    /// What a person should know about how the files are read, a sentence each.
    public var notes: [String] {
        zip(files, forms).filter(\.1.numbersAreAssumed).map { file, form in
            "\(file.input.name): every number with a separator has three digits behind it; they are read as "
                + form.numbers.rawValue
        }
    }

    /// Reads all files, one after the other.
    ///
    /// A row needs a stage, and an id where there is a column for it; an account, an owner, a product, an amount and
    /// the dates may be empty. Of rows of one id the first is used.
    ///
    /// - Parameters:
    ///   - asOf: deals opened after this day are set aside; nil for none.
    ///   - rejects: takes the rows that were not used.
    ///   - limits: what is done about rows that can't be read.
    /// - Throws: `Problem(.data)` when too many rows can't be read, none can be used, or the amounts are in more than
    ///   one currency.
    public func read(
        asOf: Day?, rejects: RejectsWriter? = nil, limits: RejectLimits
    ) throws -> (deals: Deals, accounts: RowAccounts) {
        rejects?.isComplete = false
        let builder = DealsBuilder()
        var total = RowAccounts()
        var currencies = Currencies()
        for (file, (roles, form)) in zip(files, zip(roles, forms)) {
            guard let stage = roles[.stage] else { preconditionFailure("the stage is a required role") }
            // Deals are few, and the first of an id counts: one thread enters them in their order.
            try file.forEachBlock(parallel: Parallel(threads: 1)) { block, records, _ in
                var accounts = RowAccounts()
                var unused = UnusedRows(keepsText: rejects != nil)
                var cells = DealCells(records, roles, opened: form.opened, closed: form.closed, numbers: form.numbers)
                for record in file.firstRow(block, records)..<records.count {
                    if records.isBlank(record) {
                        accounts.blankLines += 1
                        continue
                    }
                    let outcome: (RowAccounts.Reason, Int?)?
                    if records.fieldCount(record) != file.headers.count {
                        outcome = (.fieldCount, nil)
                    } else {
                        outcome = cells.add(
                            record, stage: stage, asOf: asOf, to: builder, &accounts, currencies: &currencies)
                    }
                    guard let (reason, column) = outcome else {
                        accounts.accepted += 1
                        continue
                    }
                    accounts.unused[reason, default: 0] += 1
                    unused.add(reason, column: column, record: record, of: records, newline: file.dialect.newline)
                    if limits.strict, reason.isRejection, let entry = unused.entries.last {
                        throw entry.strictProblem(block: block.number, headers: file.headers)
                    }
                }
                accounts.read = accounts.accepted + accounts.unused.values.reduce(0, +)
                return (accounts, unused)
            } commit: { outcome, firstLine in
                total.merge(outcome.0)
                try rejects?.add(outcome.1, of: file, firstLine: firstLine)
            }
        }
        rejects?.isComplete = true
        let names = files.map(\.input.name).joined(separator: ", ")
        try OneCurrency.check(
            currencies.cells, currencies.marks, names: names, advice: "split the file by currency")
        try total.checkRejected(maxShare: limits.maxShare, names: names)
        guard total.accepted > 0 else {
            let reasons = total.unused.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key.description)" }
            throw Problem(
                .data, "\(names): none of \(total.read) rows can be used (\(reasons.joined(separator: ", ")))")
        }
        return (builder.finish(), total)
    }

    /// Currencies met.
    struct Currencies {
        var cells: Set<String> = []
        var marks: Set<CurrencyMark> = []
    }
}

/// Reads the cells of a block's deals.
private struct DealCells {
    let records: Records
    let roles: RoleAssignment
    let numbers: NumberCells
    private var opened: DateCells?
    private var closed: DateCells?

    init(_ records: Records, _ roles: RoleAssignment, opened: DateLayout?, closed: DateLayout?, numbers: NumberLayout) {
        self.records = records
        self.roles = roles
        self.numbers = NumberCells(layout: numbers)
        self.opened = opened.map { DateCells(layout: $0) }
        self.closed = closed.map { DateCells(layout: $0) }
    }

    /// Adds a record's deal; the reason, and the column at fault, when it can't be used.
    mutating func add(
        _ record: Int, stage: Int, asOf: Day?, to builder: DealsBuilder, _ accounts: inout RowAccounts,
        currencies: inout DealReader.Currencies
    ) -> (RowAccounts.Reason, Int?)? {
        var days: [Int32?] = [nil, nil]
        for (position, role) in [ColumnRole.opened, .closed].enumerated() {
            guard let column = roles[role] else { continue }
            let cell = records.field(record, column)
            if records.isMissing(cell) { continue }
            let parsed = role == .opened ? opened?.parse(records, cell) : closed?.parse(records, cell)
            guard let parsed else { return (.unreadable(role), column) }
            days[position] = parsed.day
        }
        var amount: Number?
        if let column = roles[.amount] {
            let cell = records.field(record, column)
            if !records.isMissing(cell) {
                guard let found = self.amount(cell, &currencies) else { return (.unreadable(.amount), column) }
                amount = found
            }
        }
        let name = records.field(record, stage)
        if records.isMissing(name) { return (.missing(.stage), stage) }
        if let column = roles[.deal] {
            let id = records.field(record, column)
            if records.isMissing(id) { return (.missing(.deal), column) }
            if let asOf, let day = days[0], day > asOf.number { return (.afterAsOf, roles[.opened]) }
            guard builder.enter(id: records.bytes(id)) else { return (.duplicateDeal, column) }
        } else if let asOf, let day = days[0], day > asOf.number {
            return (.afterAsOf, roles[.opened])
        }
        if amount != nil, let column = roles[.currency] {
            let cell = records.field(record, column)
            if !records.isMissing(cell), currencies.cells.count < 64 { currencies.cells.insert(records.string(cell)) }
        }
        if amount?.isRounded == true { accounts.roundedAmounts += 1 }
        builder.add(
            stage: records.bytes(name), account: bytes(record, .customer), owner: bytes(record, .owner),
            product: bytes(record, .product), amount: amount.map { ($0.tenThousandths, $0.decimals) },
            opened: days[0], closed: days[1])
        return nil
    }

    private func amount(_ cell: Span, _ currencies: inout DealReader.Currencies) -> Number? {
        if let number = NumberCells.plain(records, cell, numbers.layout) { return number }
        guard let slow = numbers.parse(records, cell) else { return nil }
        if let mark = slow.currency { currencies.marks.insert(mark) }
        return Number(tenThousandths: slow.tenThousandths, decimals: slow.decimals, isRounded: slow.isRounded)
    }

    /// The bytes of a role's cell; nil where there is none.
    private func bytes(_ record: Int, _ role: ColumnRole) -> UnsafeBufferPointer<UInt8>? {
        guard let column = roles[role] else { return nil }
        let cell = records.field(record, column)
        return records.isMissing(cell) ? nil : records.bytes(cell)
    }
}

extension TableFile {
    /// Whether any cell of a column holds something.
    fileprivate func hasValue(in column: Int) throws -> Bool {
        if sampleCells(column).contains(where: { !$0.allSatisfy(\.isWhitespace) }) { return true }
        var found = false
        try forEachBlock(parallel: Parallel(threads: 1)) { block, records, _ in
            (firstRow(block, records)..<records.count).contains { record in
                records.fieldCount(record) == headers.count && !records.isMissing(records.field(record, column))
            }
        } commit: { holds, _ in
            found = found || holds
        }
        return found
    }
}
