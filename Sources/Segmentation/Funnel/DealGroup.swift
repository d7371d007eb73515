import CustomerData
import Semantics

/// Deals that have something in common, summed up.
public struct DealGroup: Hashable, Sendable {
    /// Deals of one status.
    public struct Sum: Hashable, Sendable {
        /// Deals.
        public let count: Int
        /// What those of them are worth together whose amount is known.
        public let amount: Money
        /// Deals whose amount is known.
        public let amountCount: Int
    }

    /// What they have in common; empty where the cell is.
    public let name: String
    /// Those that are being worked on.
    public let open: Sum
    /// Those that were won.
    public let won: Sum
    /// Those that were lost.
    public let lost: Sum
    /// Median days since the opening of those that are open; nil when no date is known.
    public let medianOpenDays: Double?
    /// Median days from opening to closing of those that were won or lost; nil when no two dates are known.
    public let medianClosingDays: Double?

    /// All of them.
    public var count: Int { open.count + won.count + lost.count }

    /// The share of the won among the won and lost; nil when there are neither.
    public var winRate: Double? {
        let closed = won.count + lost.count
        return closed > 0 ? Double(won.count) / Double(closed) : nil
    }

    /// The mean of the known amounts of the won; nil when none is known.
    public func meanWon(decimals: Int) -> Money? {
        won.amountCount > 0 ? won.amount.divided(by: won.amountCount, decimals: decimals) : nil
    }

    /// The order in which groups are listed: the one that won most first.
    func precedes(_ other: DealGroup) -> Bool {
        if won.amount != other.won.amount { return won.amount > other.won.amount }
        if won.count != other.won.count { return won.count > other.won.count }
        if count != other.count { return count > other.count }
        return name.utf8.lexicographicallyPrecedes(other.name.utf8)
    }
}

/// A stage of the funnel of deals.
public struct DealStageStep: Hashable, Sendable {
    /// The deals whose stage it is.
    public let group: DealGroup
    /// What has become of them.
    public let status: DealStatus
    /// Deals that are at this stage or further on; won and lost ones are taken to have passed every open stage, since a
    /// deal's file has only its last one. Of a won or lost stage, and of `DealFunnel.closedLater`: its deals.
    public let reachedCount: Int
    /// Those that reached the stage among those that reached the open stage before, or among all for the first; for won
    /// and lost the share among all that were won or lost. Nil when there are none, and for `DealFunnel.closedLater`.
    public let conversion: Double?

    /// The steps of groups by stage: open stages on their way (those with a usual place in its order, the others where
    /// the file first names them), then won, then lost.
    static func steps(
        _ groups: [DealGroup], statuses: [(name: String, status: DealStatus)], total: Int
    ) -> [DealStageStep] {
        let known = Dictionary(statuses, uniquingKeysWith: { first, _ in first })
        let entries = groups.map { (group: $0, status: known[$0.name] ?? .open) }
        let open = way(entries.filter { $0.status == .open }.map(\.group))
        let closed = entries.filter { $0.status != .open }
        let closedCount = closed.reduce(0) { $0 + $1.group.count }
        // Of deals that were closed later it is not known how far they had come.
        var reached = total - open.reduce(0) { $0 + ($1.name == DealFunnel.closedLater ? $1.count : 0) }
        var before = reached
        var steps: [DealStageStep] = []
        for group in open where group.name != DealFunnel.closedLater {
            steps.append(
                DealStageStep(
                    group: group, status: .open, reachedCount: reached,
                    conversion: before > 0 ? Double(reached) / Double(before) : nil))
            before = reached
            reached -= group.count
        }
        // No step of the way.
        for group in open where group.name == DealFunnel.closedLater {
            steps.append(DealStageStep(group: group, status: .open, reachedCount: group.count, conversion: nil))
        }
        for status in [DealStatus.won, .lost] {
            for entry in closed where entry.status == status {
                steps.append(
                    DealStageStep(
                        group: entry.group, status: status, reachedCount: entry.group.count,
                        conversion: closedCount > 0 ? Double(entry.group.count) / Double(closedCount) : nil))
            }
        }
        return steps
    }

    /// Open stages by their usual place; one without a place stays behind the one that the file names before it.
    private static func way(_ groups: [DealGroup]) -> [DealGroup] {
        var place = -1
        let placed = groups.map { group -> (Int, DealGroup) in
            place = DealStages.rank(of: group.name) ?? place
            return (place, group)
        }
        return placed.enumerated().sorted { ($0.element.0, $0.offset) < ($1.element.0, $1.offset) }.map(\.element.1)
    }
}
