import CustomerData
import Semantics
import Statistics

/// Reads files of customers: their ids, each once, and the columns that are asked for.
public struct CustomerReader: Sendable {
    /// The files.
    public let files: [TableFile]
    /// Which column of each file has which role.
    public let roles: [RoleAssignment]

    /// Opens files of customers.
    ///
    /// - Throws: `Problem` when a file has no id column, or several.
    public init(files: [TableFile], overrides: [ColumnRole: String]) throws {
        self.files = files
        roles = try files.map { try $0.roles(as: .customers, overrides: overrides) }
    }

    private struct Rows {
        var accounts = RowAccounts()
        var unused: UnusedRows
        var ids = IdentifierList()
        var cells: [IdentifierList]
    }

    /// Reads all files.
    ///
    /// - Parameters:
    ///   - attributes: headers of the columns to keep, besides the ids.
    ///   - rejects: takes the rows that were not used.
    /// - Throws: `Problem(.usage)` when a file has no column of an attribute's name; `Problem(.data)` when no row has
    ///   an id.
    public func read(
        attributes: [String] = [], parallel: Parallel, rejects: RejectsWriter? = nil
    ) throws -> (customers: Customers, accounts: RowAccounts) {
        var total = RowAccounts()
        var ids = IdentifierList()
        var cells = attributes.map { _ in IdentifierList() }
        var known: Set<String> = []
        for (file, roles) in zip(files, roles) {
            guard let idColumn = roles[.customer] else { preconditionFailure("the id is a required role") }
            let columns = try attributes.map { try file.column(named: $0, option: "--attribute") }
            try file.forEachBlock(parallel: parallel) { block, records, _ in
                var rows = Rows(unused: UnusedRows(keepsText: true), cells: attributes.map { _ in IdentifierList() })
                for record in file.firstRow(block, records)..<records.count {
                    guard records.fieldCount(record) == file.headers.count else {
                        if records.isBlank(record) {
                            rows.accounts.blankLines += 1
                        } else {
                            rows.accounts.unused[.fieldCount, default: 0] += 1
                            rows.unused.add(
                                .fieldCount, column: nil, record: record, of: records, newline: file.dialect.newline)
                        }
                        continue
                    }
                    let id = records.field(record, idColumn)
                    if records.isMissing(id) {
                        rows.accounts.unused[.noCustomer, default: 0] += 1
                        rows.unused.add(
                            .noCustomer, column: idColumn, record: record, of: records, newline: file.dialect.newline)
                        continue
                    }
                    rows.ids.append(records.bytes(id))
                    for (position, column) in columns.enumerated() {
                        rows.cells[position].append(records.bytes(records.field(record, column)))
                    }
                }
                return rows
            } commit: { rows, firstLine in
                var accounts = rows.accounts
                for row in 0..<rows.ids.count {
                    let id = rows.ids[row]
                    guard known.insert(id).inserted else {
                        accounts.unused[.duplicateCustomer, default: 0] += 1
                        continue
                    }
                    accounts.accepted += 1
                    ids.append(id.utf8)
                    for position in cells.indices { cells[position].append(rows.cells[position][row].utf8) }
                }
                accounts.read = accounts.accepted + accounts.unused.values.reduce(0, +)
                total.merge(accounts)
                try rejects?.add(rows.unused, of: file, firstLine: firstLine)
            }
        }
        guard total.accepted > 0 else {
            let names = files.map(\.input.name).joined(separator: ", ")
            throw Problem(.data, "\(names): none of \(total.read) rows has a customer id")
        }
        let kept = zip(attributes, cells).map { Customers.Attribute(name: $0, cells: $1) }
        return (Customers(ids: ids, attributes: kept), total)
    }
}

extension TableFile {
    /// The column of a header, which must be there.
    ///
    /// - Throws: `Problem(.usage)` with the headers there are.
    func column(named name: String, option: String) throws -> Int {
        guard let column = headers.firstIndex(of: name) else {
            throw Problem(
                .usage,
                "\(option) \(name): \(input.name) has no such column; its columns are "
                    + headers.joined(separator: ", "))
        }
        return column
    }
}
