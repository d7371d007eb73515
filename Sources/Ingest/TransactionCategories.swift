import CustomerData

/// Reads the categories of a block's accepted rows after the block was parsed: what the parser, which every job needs,
/// does not read.
struct TransactionCategories {
    private let category: Int
    private let customer: Int
    private let fieldCount: Int
    /// The category of each row of the batch, of length 0 where it is not known.
    private(set) var spans: [Span] = []

    /// Nil for a file without categories.
    init?(_ table: TransactionTable) {
        guard let category = table.roles[.category], let customer = table.roles[.customer] else { return nil }
        self.category = category
        self.customer = customer
        fieldCount = table.file.headers.count
    }

    /// Fills `spans`: a batch's rows stand in the order of the block's records, and a row's customer lies in its record.
    mutating func read(_ records: Records, _ batch: TransactionBatch) {
        spans.removeAll(keepingCapacity: true)
        var record = 0
        for row in 0..<batch.count {
            let wanted = batch.customers[row]
            while record < records.count {
                if records.fieldCount(record) == fieldCount, records.field(record, customer).start == wanted.start {
                    break
                }
                record += 1
            }
            guard record < records.count else { preconditionFailure("every row of a batch has a record") }
            let cell = records.field(record, category)
            spans.append(records.isMissing(cell) ? Span(start: 0, length: 0) : cell)
            record += 1
        }
    }
}
