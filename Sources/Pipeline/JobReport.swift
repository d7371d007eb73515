import CustomerData
import Ingest
import Report

/// What a command tells a person when it is done.
public struct JobReport: Sendable {
    /// Lines for standard error, or for standard output where the results are files.
    public var lines: [String] = []
    /// Whether something that was required does not hold: the job is done, and its exit status is 1.
    public var isGateFailed = false

    /// Nothing to tell.
    public init() {}

    /// `12,345 rows read = 12,000 used + 300 set aside (…) + 45 rejected (…)`.
    static func sentence(of accounts: RowAccounts, what: String) -> String {
        func list(_ wanted: Bool) -> String {
            let entries = accounts.unused.filter { $0.key.isRejection == wanted }.sorted { $0.key < $1.key }
            guard !entries.isEmpty else { return "" }
            return " (" + entries.map { "\(Figures.count($0.value)) \($0.key.description)" }.joined(separator: ", ")
                + ")"
        }
        return
            "\(Figures.counted(accounts.read, what)) read = \(Figures.count(accounts.accepted)) used + "
            + "\(Figures.count(accounts.setAside)) set aside\(list(false)) + "
            + "\(Figures.count(accounts.rejected)) rejected\(list(true))"
    }

    /// What became of the rows of each input, and what to know about them.
    mutating func add(_ loaded: LoadedHistory) {
        lines.append(JobReport.sentence(of: loaded.accounts, what: "row"))
        if let accounts = loaded.customerAccounts {
            lines.append(JobReport.sentence(of: accounts, what: "customer row"))
        }
        if let accounts = loaded.interactionAccounts {
            lines.append(JobReport.sentence(of: accounts, what: "interaction row"))
        }
        if let matched = loaded.matched {
            let rows = [
                (loaded.accounts.followed, "transaction row"),
                (loaded.interactionAccounts?.followed ?? 0, "interaction row"),
            ].filter { $0.0 > 0 }.map { Figures.counted($0.0, $0.1) }
            lines.append(
                "\(Figures.counted(matched.aliases.count, "further id")) of \(Figures.counted(matched.mergedCount, "customer")) on "
                    + "record several times; "
                    + (rows.isEmpty ? "no row" : rows.joined(separator: " and ")) + " followed to the golden records")
        }
        if let sentence = JobReport.sentence(ofReturns: loaded.history) { lines.append(sentence) }
        lines += loaded.warnings.map { "note: \($0)" }
    }

    /// What became of the returns, or nil when there are none.
    static func sentence(ofReturns history: PurchaseHistory) -> String? {
        let accounts = history.returnAccounts
        guard accounts.lines > 0 else { return nil }
        let value = Figures.money(accounts.value, decimals: history.decimals)
        switch history.returns {
        case .ignore: return nil
        case .net: return "\(Figures.counted(accounts.lines, "return line")) of \(value) subtracted"
        case .match:
            return
                "\(Figures.counted(accounts.lines, "return line")) of \(value): \(Figures.count(accounts.matchedLines)) whole "
                + "against an earlier purchase; \(Figures.money(accounts.takenBack, decimals: history.decimals)) taken back at the prices paid, "
                + "\(Figures.counted(accounts.reversedOrders, "order")) wholly, "
                + "\(Figures.counted(accounts.reversedCustomers, "customer")) left without a purchase"
        }
    }
}
