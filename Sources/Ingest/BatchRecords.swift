import CustomerData

/// Finds the records of a batch's rows, one after the other: for columns that the parser, which every job needs, does
/// not read. The rows stand in the order of the records, and a row's customer is a field of its record.
struct BatchRecords {
    private let records: Records
    private let customer: Int
    private let fieldCount: Int
    private var record = -1

    init(_ records: Records, _ table: TransactionTable) {
        guard let customer = table.roles[.customer] else { preconditionFailure("the customer is a required role") }
        self.records = records
        self.customer = customer
        fieldCount = table.file.headers.count
    }

    /// The record of the next row, which has that customer.
    mutating func next(_ wanted: Span) -> Int {
        repeat {
            record += 1
            precondition(record < records.count, "every row of a batch has a record")
        } while records.fieldCount(record) != fieldCount || records.field(record, customer).start != wanted.start
        return record
    }
}
