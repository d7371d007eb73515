import CustomerData
import Semantics

/// Converts the values of a file's batches into one currency, after they were parsed: each by the latest rate of its
/// currency on or before its day. Each worker has one.
struct CurrencyConversion {
    private let table: TransactionTable
    private let rates: ExchangeRates
    private let currency: Int
    private let strict: Bool
    private var latestCell: [UInt8] = []
    private var latestName = ""
    private var latestDay: Int32 = 0
    private var latestRate: ExchangeRate?
    private var isFresh = true

    /// Nil for a file without a column for the currency: its amounts are in the base currency.
    init?(_ table: TransactionTable, _ options: TransactionReader.Options) {
        guard let rates = options.rates, let currency = table.roles[.currency] else { return nil }
        self.table = table
        self.rates = rates
        self.currency = currency
        strict = options.strict
    }

    /// Converts a block's batch. Rows that can't be converted leave the batch and go to `unused`.
    ///
    /// - Returns: for each row that the batch had, whether it stayed.
    /// - Throws: `BlockProblem` on the first such row under `strict`.
    mutating func convert(
        _ block: RecordBlock, _ records: Records, _ batch: TransactionBatch, _ accounts: inout RowAccounts,
        _ unused: inout UnusedRows
    ) throws -> [Bool] {
        var rows = BatchRecords(records, table)
        var stays = [Bool](repeating: true, count: batch.count)
        accounts.acceptedValue = .zero
        // The amounts of such rows are in several currencies; their sum says nothing.
        accounts.noCustomerValue = .zero
        for row in 0..<batch.count {
            let record = rows.next(batch.customers[row])
            let cell = records.field(record, currency)
            var reason: RowAccounts.Reason?
            if records.isMissing(cell) {
                reason = .missing(.currency)
            } else if let rate = rate(records.bytes(cell), batch.days[row]) {
                if !rate.isOne {
                    if let value = rate.convert(batch.values[row]) {
                        batch.values[row] = value
                        accounts.convertedAmounts += 1
                        accounts.decimals = 4
                    } else {
                        reason = .unreadable(.amount)
                    }
                }
            } else {
                reason = .noRate
            }
            guard let reason else {
                let isReturn =
                    batch.values[row] < 0 || (batch.columns.contains(.quantity) && batch.quantities[row] < 0)
                if !isReturn { accounts.acceptedValue.tenThousandths += Int128(batch.values[row]) }
                continue
            }
            stays[row] = false
            accounts.unused[reason, default: 0] += 1
            accounts.accepted -= 1
            unused.add(
                reason, column: reason == .unreadable(.amount) ? nil : currency, record: record, of: records,
                newline: table.file.dialect.newline)
            if strict, let entry = unused.entries.last {
                throw entry.strictProblem(block: block.number, headers: table.file.headers)
            }
        }
        if stays.contains(false) { batch.keep { stays[$0] } }
        return stays
    }

    /// The rate of a cell's currency; rows that follow each other mostly share currency and day.
    private mutating func rate(_ cell: UnsafeBufferPointer<UInt8>, _ day: Int32) -> ExchangeRate? {
        let isSameCell = !isFresh && latestCell.elementsEqual(cell)
        if isSameCell, day == latestDay { return latestRate }
        if !isSameCell {
            latestCell = Array(cell)
            latestName = CurrencyMark.name(String(decoding: cell, as: UTF8.self))
        }
        isFresh = false
        latestDay = day
        latestRate = rates.rate(of: latestName, on: day)
        return latestRate
    }
}
