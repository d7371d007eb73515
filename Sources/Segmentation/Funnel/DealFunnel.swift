import CustomerData
import Semantics

/// The funnel of deals: what has come of them by stage, age, owner, product and account, as of a date.
///
/// ```swift
/// let result = DealFunnel(.init(asOf: day)).result(of: deals)
/// ```
public struct DealFunnel: Sendable {
    /// What a funnel of deals can be told.
    public struct Options: Sendable {
        /// The date that open deals are looked at from; nil for the day after the last day on which a deal was opened,
        /// or a won or lost one closed.
        public let asOf: Day?
        /// What the names of stages say.
        public let stages: DealStages

        /// Options.
        public init(asOf: Day? = nil, stages: DealStages = DealStages()) {
            self.asOf = asOf
            self.stages = stages
        }
    }

    /// What it was told.
    public let options: Options

    /// A funnel of those options.
    public init(_ options: Options) { self.options = options }

    /// The name of the stage of deals that were closed after the date: they were open then, in a stage that is not
    /// known any more, and for an amount that is not known yet.
    public static let closedLater = "(closed later)"

    /// The funnel of deals.
    ///
    /// - Complexity: O(deals · log deals).
    public func result(of deals: Deals) -> DealFunnelResult {
        let statuses = deals.stages.names.map { options.stages.status(of: $0) }
        let asOf = options.asOf ?? DealFunnel.lastDay(of: deals, statuses).map { $0.advanced(byDays: 1) }
        let later = deals.stages.names.count
        var rows: [DealRow] = []
        rows.reserveCapacity(deals.count)
        var accounts = DealFunnelResult.Accounts()
        for deal in 0..<deals.count {
            var stage = Int(deals.stages.codes[deal])
            var status = statuses[stage]
            var amount = deals.amounts[deal]
            var closed = status == .open ? PurchaseHistory.noDay : deals.closed[deal]
            if let asOf, closed != PurchaseHistory.noDay, closed > asOf.number {
                (stage, status, amount, closed) = (later, .open, Deals.noAmount, PurchaseHistory.noDay)
                accounts.closedLater += 1
            }
            let opened = deals.opened[deal]
            var days: Int?
            if status == .open {
                if let asOf, opened != PurchaseHistory.noDay { days = Int(asOf.number) - Int(opened) }
                if opened == PurchaseHistory.noDay { accounts.openWithoutDate += 1 }
            } else if opened == PurchaseHistory.noDay || closed == PurchaseHistory.noDay {
                accounts.closedWithoutDates += 1
            } else if closed < opened {
                accounts.closedBeforeOpened += 1
            } else {
                days = Int(closed) - Int(opened)
            }
            if amount == Deals.noAmount { accounts.withoutAmount += 1 }
            rows.append(DealRow(deal: deal, stage: stage, status: status, amount: amount, days: days))
        }
        func groups(_ names: [String], _ code: (DealRow) -> Int) -> [DealGroup] {
            var tallies = names.map { DealTally(name: $0) }
            for row in rows { tallies[code(row)].add(row) }
            return tallies.filter { $0.count > 0 }.map(\.group)
        }
        func ranked(_ names: Deals.Names) -> [DealGroup] {
            groups(names.names) { Int(names.codes[$0.deal]) }.sorted { $0.precedes($1) }
        }
        var total = DealTally(name: "")
        for row in rows { total.add(row) }
        let ages = groups(DealAge.allCases.map(\.rawValue) + [""]) { row in
            row.status != .open ? DealAge.allCases.count : DealAge.position(ofDays: row.days)
        }.filter { !$0.name.isEmpty }
        return DealFunnelResult(
            asOf: asOf, decimals: deals.decimals, total: total.group,
            stages: DealStageStep.steps(
                groups(deals.stages.names + [DealFunnel.closedLater]) { $0.stage },
                statuses: zip(deals.stages.names, statuses).map { ($0, $1) }, total: rows.count),
            ages: ages, owners: ranked(deals.owners), products: ranked(deals.products),
            accountGroups: ranked(deals.accounts), accounts: accounts)
    }

    /// The last day on which a deal was opened, or a won or lost one closed; nil when there is none. What an open deal
    /// states as its end is a plan.
    private static func lastDay(of deals: Deals, _ statuses: [DealStatus]) -> Day? {
        var last = PurchaseHistory.noDay
        for deal in 0..<deals.count {
            last = max(last, deals.opened[deal])
            if statuses[Int(deals.stages.codes[deal])] != .open { last = max(last, deals.closed[deal]) }
        }
        return last == PurchaseHistory.noDay ? nil : Day(number: last)
    }
}

/// One deal as of the date.
struct DealRow {
    let deal: Int
    let stage: Int
    let status: DealStatus
    let amount: Int64
    /// Days that it has been open, or took to close.
    let days: Int?
}

/// How long open deals have been open.
public enum DealAge: String, CaseIterable, Sendable {
    /// Up to 30 days.
    case month = "0-30 days"
    /// 31 to 90 days.
    case quarter = "31-90 days"
    /// 91 to 180 days.
    case half = "91-180 days"
    /// 181 to 365 days.
    case year = "181-365 days"
    /// Longer.
    case longer = "over 365 days"
    /// No date of opening.
    case unknown = "not known"

    static func position(ofDays days: Int?) -> Int {
        guard let days else { return DealAge.allCases.count - 1 }
        return [30, 90, 180, 365].firstIndex { days <= $0 } ?? 4
    }
}

/// Sums over deals of one group.
private struct DealTally {
    let name: String
    var count = 0
    var counts = [0, 0, 0]
    var amounts = [Money.zero, .zero, .zero]
    var amountCounts = [0, 0, 0]
    var openDays: [Int] = []
    var closingDays: [Int] = []

    init(name: String) { self.name = name }

    mutating func add(_ row: DealRow) {
        let place = row.status.place
        count += 1
        counts[place] += 1
        if row.amount != Deals.noAmount {
            amounts[place] += Money(tenThousandths: Int128(row.amount))
            amountCounts[place] += 1
        }
        if let days = row.days {
            if row.status == .open { openDays.append(days) } else { closingDays.append(days) }
        }
    }

    var group: DealGroup {
        func sums(_ status: DealStatus) -> DealGroup.Sum {
            DealGroup.Sum(
                count: counts[status.place], amount: amounts[status.place], amountCount: amountCounts[status.place])
        }
        return DealGroup(
            name: name, open: sums(.open), won: sums(.won), lost: sums(.lost),
            medianOpenDays: DealTally.median(openDays), medianClosingDays: DealTally.median(closingDays))
    }

    private static func median(_ days: [Int]) -> Double? { Funnel.median(days) }
}

extension DealStatus {
    fileprivate var place: Int {
        switch self {
        case .open: 0
        case .won: 1
        case .lost: 2
        }
    }
}
