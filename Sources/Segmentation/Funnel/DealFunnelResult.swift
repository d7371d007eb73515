import CustomerData
import Semantics

/// What has come of deals as of a date.
public struct DealFunnelResult: Sendable {
    /// The date that open deals were looked at from; nil when no date is known.
    public let asOf: Day?
    /// Decimals in which the input states money.
    public let decimals: Int
    /// All deals.
    public let total: DealGroup
    /// By stage, on the way, then won, then lost.
    public let stages: [DealStageStep]
    /// Open deals by how long they have been open, youngest first.
    public let ages: [DealGroup]
    /// By owner, the one that won most first.
    public let owners: [DealGroup]
    /// By product.
    public let products: [DealGroup]
    /// By account.
    public let accountGroups: [DealGroup]
    /// What to know about the deals' dates and amounts.
    public let accounts: Accounts

    /// Deals of which something is not known.
    public struct Accounts: Hashable, Sendable {
        /// Closed after the date: open as of it.
        public var closedLater = 0
        /// Open, without a date of opening: of no known age.
        public var openWithoutDate = 0
        /// Won or lost, without one of the two dates.
        public var closedWithoutDates = 0
        /// Won or lost, and closed before they were opened: the days are left out.
        public var closedBeforeOpened = 0
        /// Without an amount.
        public var withoutAmount = 0
    }
}

extension DealFunnelResult {
    /// All groups, one under the other: `by` says of which kind (`all`, `stage`, `age`, `owner`, `product`, `account`),
    /// and every kind but `age`, which has open deals only, adds up to `all`.
    public var table: ResultTable {
        var rows: [(by: String, group: DealGroup, step: DealStageStep?)] = [("all", total, nil)]
        rows += stages.map { ("stage", $0.group, $0) }
        for (by, groups) in [("age", ages), ("owner", owners), ("product", products), ("account", accountGroups)] {
            rows += groups.map { (by, $0, nil) }
        }
        func counts(_ count: (DealGroup) -> Int) -> ResultTable.Values {
            .integers(rows.map { Int64(count($0.group)) })
        }
        let meanDecimals = max(2, decimals)
        func money(_ amount: (DealGroup) -> Money?, decimals: Int? = nil) -> ResultTable.Values {
            .money(rows.map { amount($0.group)?.tenThousandths ?? .min }, decimals: decimals ?? self.decimals)
        }
        func known(_ sum: DealGroup.Sum) -> Money? { sum.amountCount > 0 ? sum.amount : nil }
        return ResultTable(
            name: "deals",
            columns: [
                .init("by", .texts(rows.map(\.by))), .init("name", .texts(rows.map(\.group.name))),
                .init("status", .texts(rows.map { $0.step?.status.rawValue ?? "" })),
                .init("deals", unit: "deals", counts(\.count)), .init("open", unit: "deals", counts(\.open.count)),
                .init("won", unit: "deals", counts(\.won.count)), .init("lost", unit: "deals", counts(\.lost.count)),
                .init("win_rate", unit: "share", .fixed(rows.map { $0.group.winRate ?? .nan }, decimals: 4)),
                .init("open_amount", unit: "money", money { known($0.open) }),
                .init("won_amount", unit: "money", money { known($0.won) }),
                .init("lost_amount", unit: "money", money { known($0.lost) }),
                .init(
                    "mean_won_amount", unit: "money",
                    money({ $0.meanWon(decimals: meanDecimals) }, decimals: meanDecimals)),
                .init(
                    "median_open_days", unit: "days",
                    .fixed(rows.map { $0.group.medianOpenDays ?? .nan }, decimals: 1)),
                .init(
                    "median_days_to_close", unit: "days",
                    .fixed(rows.map { $0.group.medianClosingDays ?? .nan }, decimals: 1)),
                .init("reached", unit: "deals", .integers(rows.map { $0.step.map { Int64($0.reachedCount) } ?? .min })),
                .init("conversion", unit: "share", .fixed(rows.map { $0.step?.conversion ?? .nan }, decimals: 4)),
            ])
    }
}
