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
        var personal = PersonalCells.Columns()
        var origins = Origins()
        /// Where in `unused` each row with an id stands, in case the id is known already; empty when no one asks.
        var entries: [Int] = []
    }

    /// When and from where customers came.
    private struct Origins {
        var registeredDays: [Int32] = []
        var sources = IdentifierList()
        var unreadable = 0
    }

    /// Reads all files.
    ///
    /// - Parameters:
    ///   - attributes: headers of the columns to keep, besides the ids.
    ///   - readsPersonal: whether birth dates and consents are kept, too.
    ///   - readsOrigins: whether dates of registration and sources are kept, too.
    ///   - dateOrder: the layout that a person stated for dates that begin with a day or a month.
    ///   - aliases: rows of customers that go by another's golden record are set aside; nil for none.
    ///   - asOf: customers registered after this day are set aside; nil for none. A date of registration that can't be
    ///     read counts as none.
    ///   - rejects: takes the rows that were not used.
    ///   - limits: what is done about rows that can't be read.
    /// - Throws: `Problem(.usage)` when a file has no column of an attribute's name; `Problem(.data)` when no row has
    ///   an id, or too many rows can't be read.
    public func read(
        attributes: [String] = [], readsPersonal: Bool = false, readsOrigins: Bool = false,
        dateOrder: DateLayout? = nil, aliases: CustomerAliases? = nil, asOf: Day? = nil,
        parallel: Parallel, rejects: RejectsWriter? = nil, limits: RejectLimits
    ) throws -> (customers: Customers, accounts: RowAccounts) {
        rejects?.isComplete = false
        var total = RowAccounts()
        var ids = IdentifierList()
        var cells = attributes.map { _ in IdentifierList() }
        var personal = PersonalCells.Columns()
        var origins = Origins()
        var notes: [String] = []
        var known: Set<ExactID> = []
        for (file, roles) in zip(files, roles) {
            guard let idColumn = roles[.customer] else { preconditionFailure("the id is a required role") }
            let columns = try attributes.map { try file.column(named: $0, option: "--attribute") }
            let registered = asOf == nil ? nil : roles[.registered]
            let layout = registered.flatMap { column in
                try? file.dateLayout(column: column, stated: dateOrder, parallel: parallel)
            }
            if readsOrigins, let registered, layout == nil {
                notes.append(
                    "\(file.input.name): column \"\(file.headers[registered])\" holds no dates that can be told; "
                        + "registrations are not known")
            }
            let source = readsOrigins ? roles[.source] : nil
            let personalCells =
                readsPersonal ? PersonalCells(file, roles, dateOrder: dateOrder, parallel) : nil
            if let problem = personalCells?.problem { notes.append("\(problem); ages are not known") }
            try file.forEachBlock(parallel: parallel) { block, records, _ in
                var dates = layout.map { DateCells(layout: $0) }
                var rows = Rows(
                    unused: UnusedRows(keepsText: rejects != nil), cells: attributes.map { _ in IdentifierList() })
                func note(_ reason: RowAccounts.Reason, _ column: Int?, _ record: Int) {
                    rows.unused.add(
                        reason, column: column, record: record, of: records, newline: file.dialect.newline)
                }
                for record in file.firstRow(block, records)..<records.count {
                    if records.isBlank(record) {
                        rows.accounts.blankLines += 1
                        continue
                    }
                    guard records.fieldCount(record) == file.headers.count else {
                        rows.accounts.unused[.fieldCount, default: 0] += 1
                        note(.fieldCount, nil, record)
                        if limits.strict, let entry = rows.unused.entries.last {
                            throw entry.strictProblem(block: block.number, headers: file.headers)
                        }
                        continue
                    }
                    let id = records.field(record, idColumn)
                    if records.isMissing(id) {
                        rows.accounts.unused[.noCustomer, default: 0] += 1
                        note(.noCustomer, idColumn, record)
                        continue
                    }
                    if let aliases, aliases.id(of: records.bytes(id)) != nil {
                        rows.accounts.unused[.mergedCustomer, default: 0] += 1
                        note(.mergedCustomer, idColumn, record)
                        continue
                    }
                    let cell = registered.map { records.field(record, $0) }
                    let day = cell.flatMap { dates?.parse(records, $0)?.day }
                    if let registered, let asOf, let day, day > asOf.number {
                        rows.accounts.unused[.afterAsOf, default: 0] += 1
                        note(.afterAsOf, registered, record)
                        continue
                    }
                    if rejects != nil {
                        rows.entries.append(rows.unused.entries.count)
                        note(.duplicateCustomer, idColumn, record)
                    }
                    rows.ids.append(records.bytes(id))
                    for (position, column) in columns.enumerated() {
                        rows.cells[position].append(records.bytes(records.field(record, column)))
                    }
                    personalCells?.add(records, record, to: &rows.personal)
                    if readsOrigins {
                        rows.origins.registeredDays.append(day ?? PurchaseHistory.noDay)
                        if day == nil, let cell, layout != nil, !records.isMissing(cell) {
                            rows.origins.unreadable += 1
                        }
                        let origin = source.map { records.field(record, $0) }.flatMap { cell in
                            records.isMissing(cell) ? nil : records.bytes(cell)
                        }
                        rows.origins.sources.append(origin ?? UnsafeBufferPointer(start: nil, count: 0))
                    }
                }
                return rows
            } commit: { rows, firstLine in
                var accounts = rows.accounts
                var unused = rows.unused
                var used: Set<Int> = []
                for row in 0..<rows.ids.count {
                    let id = rows.ids[row]
                    guard known.insert(ExactID(text: id)).inserted else {
                        accounts.unused[.duplicateCustomer, default: 0] += 1
                        continue
                    }
                    accounts.accepted += 1
                    ids.append(id.utf8)
                    if !rows.entries.isEmpty { used.insert(rows.entries[row]) }
                    for position in cells.indices {
                        rows.cells[position].withBytes(at: row) { cells[position].append($0) }
                    }
                    if readsPersonal {
                        personal.birthDays.append(rows.personal.birthDays[row])
                        personal.consents.append(rows.personal.consents[row])
                    }
                    if readsOrigins {
                        origins.registeredDays.append(rows.origins.registeredDays[row])
                        rows.origins.sources.withBytes(at: row) { origins.sources.append($0) }
                    }
                }
                origins.unreadable += rows.origins.unreadable
                personal.unreadableBirthDates += rows.personal.unreadableBirthDates
                accounts.read = accounts.accepted + accounts.unused.values.reduce(0, +)
                total.merge(accounts)
                unused.remove { used.contains($0) }
                try rejects?.add(unused, of: file, firstLine: firstLine)
            }
        }
        let names = files.map(\.input.name).joined(separator: ", ")
        rejects?.isComplete = true
        try total.checkRejected(maxShare: limits.maxShare, names: names)
        guard total.accepted > 0 else {
            throw Problem(.data, "\(names): none of \(total.read) rows has a customer id")
        }
        let kept = zip(attributes, cells).map { Customers.Attribute(name: $0, cells: $1) }
        let unreadable = personal.unreadableBirthDates
        if unreadable > 0 {
            notes.append(
                unreadable == 1
                    ? "1 birth date can't be read and counts as none"
                    : "\(unreadable) birth dates can't be read and count as none")
        }
        if origins.unreadable > 0 {
            notes.append(
                origins.unreadable == 1
                    ? "1 date of registration can't be read and counts as none"
                    : "\(origins.unreadable) dates of registration can't be read and count as none")
        }
        func has(_ role: ColumnRole) -> Bool { readsPersonal && roles.contains { $0[role] != nil } }
        var customers = Customers(
            ids: ids, attributes: kept, birthDays: has(.birthDate) ? personal.birthDays : nil,
            consents: has(.consent) ? personal.consents : nil)
        if readsOrigins {
            if roles.contains(where: { $0[.registered] != nil }) { customers.registeredDays = origins.registeredDays }
            if roles.contains(where: { $0[.source] != nil }) { customers.sources = origins.sources }
        }
        customers.notes = notes
        return (customers, total)
    }
}

/// An id that is compared by its bytes: as text, é would equal e with an accent behind it.
private struct ExactID: Hashable {
    let text: String

    static func == (left: ExactID, right: ExactID) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

    func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
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
