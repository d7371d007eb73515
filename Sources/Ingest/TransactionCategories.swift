import CustomerData

/// The categories of a batch's rows.
struct TransactionCategories {
    private let table: TransactionTable
    private let category: Int
    /// The category of each row of the batch, of length 0 where it is not known.
    private(set) var spans: [Span] = []

    /// Nil for a file without categories.
    init?(_ table: TransactionTable) {
        guard let category = table.roles[.category] else { return nil }
        self.table = table
        self.category = category
    }

    /// Fills `spans` for the batch of a block.
    mutating func read(_ records: Records, _ batch: TransactionBatch) {
        spans.removeAll(keepingCapacity: true)
        var rows = BatchRecords(records, table)
        for row in 0..<batch.count {
            let cell = records.field(rows.next(batch.customers[row]), category)
            spans.append(records.isMissing(cell) ? Span(start: 0, length: 0) : cell)
        }
    }
}
