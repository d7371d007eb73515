import CustomerData
import Semantics

/// What became of the rows of an input. `read = accepted + setAside + rejected`.
public struct RowAccounts: Hashable, Sendable {
    /// Why a row was not used: the first of these, in this order, that holds.
    public enum Reason: Hashable, Sendable, Comparable {
        /// The row has bytes that are no text in the file's encoding.
        case undecodable
        /// The row has a NUL byte, which no text has.
        case nulByte
        /// The row has another number of fields than the header.
        case fieldCount
        /// A cell could not be read as what its column holds.
        case unreadable(ColumnRole)
        /// A cell that must not be empty is.
        case missing(ColumnRole)
        /// No exchange rate of the row's currency is known on or before its day.
        case noRate
        /// The row names no customer.
        case noCustomer
        /// The customer stands on an earlier row of the customers file.
        case duplicateCustomer
        /// The customer goes by another's golden record.
        case mergedCustomer
        /// The deal stands on an earlier row.
        case duplicateDeal
        /// A return, under `ReturnRule.ignore`.
        case isReturn
        /// The row lies after the as-of date.
        case afterAsOf

        /// Whether the row could not be read, rather than being readable and not for this job.
        public var isRejection: Bool {
            switch self {
            case .fieldCount, .undecodable, .nulByte, .unreadable, .missing, .noRate: true
            case .noCustomer, .duplicateCustomer, .mergedCustomer, .duplicateDeal, .isReturn, .afterAsOf: false
            }
        }

        /// The reason in words.
        public var description: String {
            switch self {
            case .fieldCount: "wrong number of fields"
            case .undecodable: "not text in the file's encoding"
            case .nulByte: "a NUL byte"
            case .unreadable(.time): "not a date"
            case .unreadable(.opened): "opened is not a date"
            case .unreadable(.closed): "closed is not a date"
            case .unreadable(let role): "\(role.rawValue) is not a number"
            case .missing(let role): "no \(role.rawValue)"
            case .noRate: "no exchange rate on or before the day"
            case .noCustomer: "no customer"
            case .duplicateCustomer: "customer listed before"
            case .mergedCustomer: "merged into another customer"
            case .duplicateDeal: "deal listed before"
            case .isReturn: "return"
            case .afterAsOf: "after the as-of date"
            }
        }

        private var rank: (Int, String) {
            switch self {
            case .undecodable: (0, "")
            case .nulByte: (1, "")
            case .fieldCount: (2, "")
            case .unreadable(let role): (3, role.rawValue)
            case .missing(let role): (4, role.rawValue)
            case .noRate: (5, "")
            case .noCustomer: (6, "")
            case .duplicateCustomer: (7, "")
            case .mergedCustomer: (8, "")
            case .duplicateDeal: (9, "")
            case .isReturn: (10, "")
            case .afterAsOf: (11, "")
            }
        }

        /// The order in which reasons are tried and shown.
        public static func < (left: Reason, right: Reason) -> Bool { left.rank < right.rank }
    }

    /// Rows, blank lines and headers left out.
    public var read = 0
    /// Rows that were used.
    public var accepted = 0
    /// Rows that were not used, by reason.
    public var unused: [Reason: Int] = [:]
    /// Lines with nothing on them.
    public var blankLines = 0
    /// Value of the purchase lines that were used.
    public var acceptedValue = Money.zero
    /// Value of the purchase lines that name no customer.
    public var noCustomerValue = Money.zero
    /// Amounts that had more than four decimals and were rounded half to even.
    public var roundedAmounts = 0
    /// Amounts that were converted from another currency, rounded half to even to ten-thousandths.
    public var convertedAmounts = 0
    /// The most decimals, 0–4, that a used amount has.
    public var decimals = 0
    /// Used rows that follow their customer to the id of a golden record.
    public var followed = 0
    /// Used rows that repeat an earlier one byte for byte; nil when they were not counted.
    public var duplicates: Int?

    /// No rows.
    public init() {}

    /// Rows that could not be read.
    public var rejected: Int { unused.reduce(0) { $0 + ($1.key.isRejection ? $1.value : 0) } }

    /// Rows that could be read and are not for this job.
    public var setAside: Int { unused.reduce(0) { $0 + ($1.key.isRejection ? 0 : $1.value) } }

    /// Rows not used for a reason.
    public func count(_ reason: Reason) -> Int { unused[reason, default: 0] }

    /// Adds the accounts of another part of the input.
    public mutating func merge(_ other: RowAccounts) {
        read += other.read
        accepted += other.accepted
        unused.merge(other.unused, uniquingKeysWith: +)
        blankLines += other.blankLines
        acceptedValue += other.acceptedValue
        noCustomerValue += other.noCustomerValue
        roundedAmounts += other.roundedAmounts
        convertedAmounts += other.convertedAmounts
        followed += other.followed
        decimals = max(decimals, other.decimals)
    }
}

/// Rows of a block that were not used, as they stand in the file.
struct UnusedRows {
    struct Entry {
        let reason: RowAccounts.Reason
        /// The column at fault, counted from 0; nil when it is the row as a whole.
        let column: Int?
        /// Line in the block, from 0.
        let line: Int
        let bytes: Range<Int>
    }

    private(set) var entries: [Entry] = []
    private var text: [UInt8] = []
    /// Whether the rows themselves are kept, or only why and where.
    let keepsText: Bool
    private var counted = (record: 0, line: 0)

    init(keepsText: Bool) { self.keepsText = keepsText }

    /// Enters a record; records are entered in their order.
    mutating func add(
        _ reason: RowAccounts.Reason, column: Int?, record: Int, of records: Records, newline: UInt8
    ) {
        // Quoted newlines make a record longer than a line.
        for position in records.start(counted.record)..<records.start(record)
        where records.text[position] == newline {
            counted.line += 1
        }
        counted.record = record
        let begin = text.count
        if keepsText { text.append(contentsOf: records.bytes(ofRecord: record)) }
        entries.append(Entry(reason: reason, column: column, line: counted.line, bytes: begin..<text.count))
    }

    /// Forgets the entries for which `isUsed` holds, by their position.
    mutating func remove(where isUsed: (Int) -> Bool) {
        entries = entries.enumerated().filter { !isUsed($0.offset) }.map(\.element)
    }

    func text(of entry: Entry) -> ArraySlice<UInt8> { text[entry.bytes] }
}
