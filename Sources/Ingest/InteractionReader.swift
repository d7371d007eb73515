import CustomerData
import Semantics
import Statistics

/// Reads files of interactions and enters each customer's last inbound one into the accumulator.
public struct InteractionReader: Sendable {
    /// The files.
    public let files: [TableFile]
    /// Which column of each file has which role.
    public let roles: [RoleAssignment]
    private let dates: [DateLayout]

    /// Rows by direction.
    public struct Directions: Hashable, Sendable {
        /// Contacts that came from customers.
        public var inbound = 0
        /// Contacts that went to customers.
        public var outbound = 0
        /// Contacts of a kind that is not known, which count as no response.
        public var unknown = 0
    }

    /// Opens files of interactions.
    ///
    /// - Throws: `Problem` when a file has no customer or time column, or its dates can't be told.
    public init(
        files: [TableFile], overrides: [ColumnRole: String], dateOrder: DateLayout?, parallel: Parallel
    ) throws {
        self.files = files
        let roles = try files.map { try $0.roles(as: .interactions, overrides: overrides) }
        self.roles = roles
        dates = try zip(files, roles).map { file, roles in
            guard let time = roles[.time] else { preconditionFailure("the time is a required role") }
            return try file.dateLayout(column: time, stated: dateOrder, parallel: parallel)
        }
    }

    /// Reads all files. A file without a column for the kind has inbound interactions only.
    ///
    /// - Parameters:
    ///   - asOf: rows after this day are set aside.
    ///   - rejects: takes the rows that were not used.
    ///   - limits: what is done about rows that can't be read.
    /// - Throws: `Problem(.data)` when too many rows can't be read.
    public func read(
        into builder: PurchaseHistoryBuilder, asOf: Day, parallel: Parallel, rejects: RejectsWriter? = nil,
        limits: RejectLimits
    ) throws -> (accounts: RowAccounts, directions: Directions) {
        rejects?.isComplete = false
        var total = RowAccounts()
        var directions = Directions()
        for (file, (roles, layout)) in zip(files, zip(roles, dates)) {
            guard let customer = roles[.customer], let time = roles[.time] else { continue }
            let kind = roles[.kind]
            try file.forEachBlock(parallel: parallel) { block, records, _ in
                var accounts = RowAccounts()
                var counts = Directions()
                var unused = UnusedRows(keepsText: rejects != nil)
                var cells = DateCells(layout: layout)
                var latest: (kind: [UInt8], direction: InteractionDirection)?
                for record in file.firstRow(block, records)..<records.count {
                    var reason: (RowAccounts.Reason, Int?)?
                    if records.fieldCount(record) != file.headers.count {
                        if records.isBlank(record) {
                            accounts.blankLines += 1
                            continue
                        }
                        reason = (.fieldCount, nil)
                    } else {
                        let who = records.field(record, customer)
                        if let moment = cells.parse(records, records.field(record, time)) {
                            if records.isMissing(who) {
                                reason = (.noCustomer, customer)
                            } else if moment.day > asOf.number {
                                reason = (.afterAsOf, time)
                            } else {
                                var direction = InteractionDirection.inbound
                                if let kind {
                                    let cell = records.bytes(records.field(record, kind))
                                    if let latest, latest.kind.elementsEqual(cell) {
                                        direction = latest.direction
                                    } else {
                                        direction = InteractionDirection(kind: String(decoding: cell, as: UTF8.self))
                                        latest = (Array(cell), direction)
                                    }
                                }
                                switch direction {
                                case .inbound:
                                    counts.inbound += 1
                                    builder.register(records.bytes(who), response: moment.day)
                                case .outbound:
                                    counts.outbound += 1
                                    builder.register(records.bytes(who))
                                case .unknown:
                                    counts.unknown += 1
                                    builder.register(records.bytes(who))
                                }
                                accounts.accepted += 1
                            }
                        } else {
                            reason = (.unreadable(.time), time)
                        }
                    }
                    if let (reason, column) = reason {
                        accounts.unused[reason, default: 0] += 1
                        unused.add(reason, column: column, record: record, of: records, newline: file.dialect.newline)
                        if limits.strict, reason.isRejection, let entry = unused.entries.last {
                            throw entry.strictProblem(block: block.number, headers: file.headers)
                        }
                    }
                }
                accounts.read = accounts.accepted + accounts.unused.values.reduce(0, +)
                return (accounts, counts, unused)
            } commit: { outcome, firstLine in
                total.merge(outcome.0)
                directions.inbound += outcome.1.inbound
                directions.outbound += outcome.1.outbound
                directions.unknown += outcome.1.unknown
                try rejects?.add(outcome.2, of: file, firstLine: firstLine)
            }
        }
        rejects?.isComplete = true
        try total.checkRejected(
            maxShare: limits.maxShare, names: files.map(\.input.name).joined(separator: ", "))
        return (total, directions)
    }
}
