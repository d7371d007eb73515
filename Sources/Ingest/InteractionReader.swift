import CustomerData
import Semantics
import Statistics

/// Reads files of interactions: enters each customer's last inbound one into the accumulator of purchases, and all of
/// them into an accumulator of their own where these are wanted.
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
        /// Cells that should hold a mark and could not be read; counted where marks are wanted.
        public var unreadableRatings = 0

        mutating func merge(_ other: Directions) {
            inbound += other.inbound
            outbound += other.outbound
            unknown += other.unknown
            unreadableRatings += other.unreadableRatings
        }
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
    ///   - interactions: takes every interaction that is used; nil when they are not wanted.
    ///   - aliases: under which ids customers go on that are on record under several; nil for as they stand.
    ///   - asOf: rows after this day are set aside.
    ///   - rejects: takes the rows that were not used.
    ///   - limits: what is done about rows that can't be read.
    /// - Throws: `Problem(.data)` when too many rows can't be read.
    public func read(
        into builder: PurchaseHistoryBuilder, interactions: InteractionHistoryBuilder? = nil,
        aliases: CustomerAliases? = nil, asOf: Day, parallel: Parallel, rejects: RejectsWriter? = nil,
        limits: RejectLimits
    ) throws -> (accounts: RowAccounts, directions: Directions) {
        rejects?.isComplete = false
        var total = RowAccounts()
        var directions = Directions()
        for (file, (roles, layout)) in zip(files, zip(roles, dates)) {
            guard let customer = roles[.customer], let time = roles[.time] else { continue }
            let kinds = InteractionKinds(roles)
            let marks = interactions == nil ? nil : InteractionMarks(file, roles, parallel)
            try file.forEachBlock(parallel: parallel) { block, records, _ in
                var accounts = RowAccounts()
                var counts = Directions()
                var unused = UnusedRows(keepsText: rejects != nil)
                var cells = DateCells(layout: layout)
                var kinds = kinds
                let gathered = interactions.map { _ in InteractionHistoryBuilder() }
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
                                let kind = kinds.kind(records, record)
                                let isResponse = kind?.isInbound ?? true
                                if isResponse { counts.inbound += 1 }
                                if kind == .unknown { counts.unknown += 1 }
                                if !isResponse, kind != .unknown { counts.outbound += 1 }
                                let followed = aliases?.id(of: records.bytes(who))
                                if followed != nil { accounts.followed += 1 }
                                let id = followed ?? records.bytes(who)
                                builder.register(
                                    id, response: isResponse ? moment.day : PurchaseHistory.noDay)
                                if let gathered, let marks {
                                    marks.add(
                                        records, record, id, moment.day, kind, to: gathered,
                                        unreadable: &counts.unreadableRatings)
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
                return (accounts, counts, unused, gathered)
            } commit: { outcome, firstLine in
                total.merge(outcome.0)
                directions.merge(outcome.1)
                if let gathered = outcome.3 { interactions?.merge(gathered) }
                try rejects?.add(outcome.2, of: file, firstLine: firstLine)
            }
        }
        rejects?.isComplete = true
        try total.checkRejected(
            maxShare: limits.maxShare, names: files.map(\.input.name).joined(separator: ", "))
        return (total, directions)
    }
}
