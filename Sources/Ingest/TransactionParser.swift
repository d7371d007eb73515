import CustomerData
import Semantics

/// Turns the records of a transaction file's blocks into batches. Each worker has one.
final class TransactionParser {
    private let table: TransactionTable
    private let options: TransactionReader.Options
    private let numbers: NumberCells
    private var dates: DateCells
    private let fieldCount: Int
    private let customer: Int
    private let time: Int
    private let order: Int?
    private let product: Int?
    private let channel: Int?
    private let currency: Int?
    private let quantity: Int?
    /// The amount, or else the unit price.
    private let money: Int
    private let moneyRole: ColumnRole
    /// Whether money is the price of a unit, to be multiplied by the quantity.
    private let isPrice: Bool
    /// Whether products of purchases are read as well as those of returns.
    private let readsAllProducts: Bool
    /// The rows that were accepted.
    let batch: TransactionBatch
    /// Currencies met, as the cells have them.
    private(set) var currencies: Set<String> = []
    private(set) var marks: Set<CurrencyMark> = []
    private var latestCurrency: [UInt8] = []
    /// Digests of the accepted rows of the latest block; empty unless they are wanted.
    private(set) var digests: [UInt64] = []

    /// A parser that fills those columns; products of purchases only where `allProducts` are wanted.
    init(
        _ table: TransactionTable, _ options: TransactionReader.Options, columns: TransactionColumns, allProducts: Bool
    ) {
        readsAllProducts = allProducts
        self.table = table
        self.options = options
        numbers = NumberCells(layout: table.numbers)
        dates = DateCells(layout: table.dates)
        fieldCount = table.file.headers.count
        guard let customer = table.roles[.customer], let time = table.roles[.time],
            let money = table.roles[.amount] ?? table.roles[.unitPrice]
        else { preconditionFailure("required roles have columns") }
        self.customer = customer
        self.time = time
        self.money = money
        isPrice = table.roles[.amount] == nil
        moneyRole = isPrice ? .unitPrice : .amount
        order = columns.contains(.order) ? table.roles[.order] : nil
        product = columns.contains(.product) ? table.roles[.product] : nil
        channel = columns.contains(.channel) ? table.roles[.channel] : nil
        quantity = table.roles[.quantity]
        currency = table.roles[.currency]
        batch = TransactionBatch(columns: columns)
    }

    /// Parses a block into `batch`; what was not used goes to `unused`.
    ///
    /// - Throws: `BlockProblem` on the first rejected row under `strict`.
    func parse(_ block: RecordBlock, _ records: Records, _ unused: inout UnusedRows) throws -> RowAccounts {
        var accounts = RowAccounts()
        batch.removeAll(reserving: records.count)
        batch.text = UnsafePointer(records.text)
        digests.removeAll(keepingCapacity: true)
        let wantsDigests = options.wantsProfile
        var accepted = 0
        var acceptedValue: Int128 = 0
        var decimals = 0
        // Members of a class are checked at every access; constants of the loop are not.
        var dates = self.dates
        defer { self.dates = dates }
        let (customers, orders, products, channels) = (batch.customers, batch.orders, batch.products, batch.channels)
        let (days, seconds, quantities, values) = (batch.days, batch.seconds, batch.quantities, batch.values)
        let keepsQuantity = batch.columns.contains(.quantity)
        let (customer, time, money, quantity) = (customer, time, money, quantity)
        let (order, product, channel, currency) = (order, product, channel, currency)
        let (fieldCount, readsAllProducts, isPrice) = (fieldCount, readsAllProducts, isPrice)
        let asOf = options.asOf?.number ?? Int32.max
        let ignoresReturns = options.returns == .ignore
        for record in table.file.firstRow(block, records)..<records.count {
            var reason: RowAccounts.Reason
            var column: Int?
            parsing: do {
                let fields = records.fields(record)
                if fields.count != fieldCount {
                    if records.isBlank(record) {
                        accounts.blankLines += 1
                        continue
                    }
                    reason = .fieldCount
                    break parsing
                }
                let who = fields[customer]
                guard let moment = dates.parse(records, fields[time]) else {
                    (reason, column) = (.unreadable(.time), time)
                    break parsing
                }
                var units = Number(tenThousandths: 10_000)
                if let quantity {
                    let cell = fields[quantity]
                    if let number = number(records, cell) {
                        units = number
                    } else if isPrice || !records.isMissing(cell) {
                        (reason, column) = (.unreadable(.quantity), quantity)
                        break parsing
                    }
                    // An amount without a number of units is one unit.
                }
                guard let stated = number(records, fields[money]) else {
                    (reason, column) = (.unreadable(moneyRole), money)
                    break parsing
                }
                guard let value = TransactionParser.value(stated, units, isPrice: isPrice) else {
                    (reason, column) = (.unreadable(moneyRole), money)
                    break parsing
                }
                if let currency { note(records, fields[currency]) }
                if let order {
                    let id = fields[order]
                    if records.isMissing(id) {
                        (reason, column) = (.missing(.order), order)
                        break parsing
                    }
                    orders[accepted] = id
                }
                // The row can be read. Is it for this job?
                let isReturn = value.tenThousandths < 0 || units.tenThousandths < 0
                if records.isMissing(who) {
                    if !isReturn { accounts.noCustomerValue.tenThousandths += Int128(value.tenThousandths) }
                    (reason, column) = (.noCustomer, customer)
                    break parsing
                }
                if ignoresReturns, value.tenThousandths <= 0 || units.tenThousandths <= 0 {
                    reason = .isReturn
                    break parsing
                }
                if moment.day > asOf {
                    (reason, column) = (.afterAsOf, time)
                    break parsing
                }
                customers[accepted] = who
                days[accepted] = moment.day
                seconds[accepted] = moment.second
                values[accepted] = value.tenThousandths
                if keepsQuantity { quantities[accepted] = units.tenThousandths }
                if let product, isReturn || readsAllProducts { products[accepted] = fields[product] }
                if let channel { channels[accepted] = fields[channel] }
                accepted += 1
                if wantsDigests {
                    let start = records.start(record)
                    digests.append(ByteHash.hash(records.text + start, records.end(record) - start))
                }
                if !isReturn { acceptedValue += Int128(value.tenThousandths) }
                if value.decimals > decimals { decimals = value.decimals }
                if value.isRounded { accounts.roundedAmounts += 1 }
                continue
            }
            accounts.unused[reason, default: 0] += 1
            if options.strict, reason.isRejection {
                var counter = UnusedRows(keepsText: false)
                counter.add(reason, column: column, record: record, of: records, newline: table.file.dialect.newline)
                throw counter.entries[0].strictProblem(block: block.number, headers: table.file.headers)
            }
            if unused.keepsText {
                unused.add(reason, column: column, record: record, of: records, newline: table.file.dialect.newline)
            }
        }
        batch.count = accepted
        batch.block = block.number
        accounts.accepted = accepted
        accounts.acceptedValue.tenThousandths = acceptedValue
        accounts.decimals = decimals
        accounts.read = accepted + accounts.unused.values.reduce(0, +)
        return accounts
    }

    @inline(__always)
    private func number(_ records: Records, _ span: Span) -> Number? {
        if let number = NumberCells.plain(records, span, numbers.layout) { return number }
        guard let slow = numbers.parse(records, span) else { return nil }
        if let mark = slow.currency { marks.insert(mark) }
        return Number(tenThousandths: slow.tenThousandths, decimals: slow.decimals, isRounded: slow.isRounded)
    }

    /// The value of a line: the amount, with the sign of a return where either is negative; or price × quantity.
    @inline(__always)
    private static func value(_ stated: Number, _ units: Number, isPrice: Bool) -> Number? {
        guard isPrice else {
            var value = stated
            // A return may state its units as negative and its amount as positive.
            if units.tenThousandths < 0, value.tenThousandths > 0 { value.tenThousandths = -value.tenThousandths }
            return value
        }
        if units.decimals == 0 {
            let (product, overflow) = stated.tenThousandths.multipliedReportingOverflow(
                by: units.tenThousandths / Money.scale)
            return overflow
                ? nil : Number(tenThousandths: product, decimals: stated.decimals, isRounded: stated.isRounded)
        }
        let exact = Int128(stated.tenThousandths) * Int128(units.tenThousandths)
        let rounded = Money.halfEven(exact, Int128(Money.scale))
        guard let value = Int64(exactly: rounded) else { return nil }
        return Number(
            tenThousandths: value, decimals: min(4, stated.decimals + units.decimals),
            isRounded: stated.isRounded || units.isRounded || rounded * Int128(Money.scale) != exact)
    }

    /// Notes a row's currency; nearly always it is that of the row before.
    @inline(__always)
    private func note(_ records: Records, _ span: Span) {
        let cell = records.bytes(span)
        if cell.count == latestCurrency.count, cell.elementsEqual(latestCurrency) { return }
        latestCurrency = Array(cell)
        if !records.isMissing(span), currencies.count < 64 { currencies.insert(String(decoding: cell, as: UTF8.self)) }
    }
}

/// A number of a cell.
struct Number {
    var tenThousandths: Int64
    var decimals = 0
    var isRounded = false
}
