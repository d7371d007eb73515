import CustomerData

extension SimulatedCompany {
    /// Rows of customers.csv for records `rows` of `0..<recordCount`, in the order of registration, and the cells of
    /// truth/cells.csv: those that do not say what is true.
    ///
    /// - Complexity: O(rows).
    public func records(_ rows: Range<Int>) -> (customers: ResultTable, cells: ResultTable) {
        let maker = CustomerRecords(plan: plan, population: population, standings: standings)
        var columns = CustomerColumn.allCases.map { _ in IdentifierList() }
        var (ids, names, written, truth, kinds) = (IdentifierList(), [String](), [String](), [String](), [String]())
        var recoverable: [Bool] = []
        for row in rows {
            let record = maker.record(row)
            for (column, cell) in record.cells.enumerated() { columns[column].append(cell.utf8) }
            for cell in record.soiled {
                ids.append(CustomerRecords.id(row).utf8)
                names.append(CustomerColumn.allCases[cell.column].name)
                written.append(cell.written)
                truth.append(cell.truth)
                kinds.append(cell.kind.rawValue)
                recoverable.append(cell.isRecoverable)
            }
        }
        return (
            ResultTable(
                name: "customers",
                columns: zip(CustomerColumn.allCases, columns).map { .init($0.name, .identifiers($1)) }),
            ResultTable(
                name: "cells",
                columns: [
                    .init("customer_id", .identifiers(ids)), .init("column", .texts(names)),
                    .init("written", .texts(written)), .init("true", .texts(truth)), .init("kind", .texts(kinds)),
                    .init("recoverable", .flags(recoverable)),
                ])
        )
    }
}
