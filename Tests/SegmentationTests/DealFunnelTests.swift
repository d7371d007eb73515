import CustomerData
import Semantics
import Testing

@testable import Segmentation

@Suite struct DealFunnelTests {
    typealias Row = (stage: String, account: String, owner: String, amount: Int64?, opened: Int32?, closed: Int32?)

    private func deals(_ rows: [Row]) -> Deals {
        let builder = DealsBuilder()
        // Eight bytes behind a name are readable.
        func with(_ text: String, _ body: (UnsafeBufferPointer<UInt8>?) -> Void) {
            guard !text.isEmpty else { return body(nil) }
            let bytes = Array(text.utf8) + [UInt8](repeating: 0, count: 8)
            bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[..<text.utf8.count])) }
        }
        for row in rows {
            with(row.stage) { stage in
                with(row.account) { account in
                    with(row.owner) { owner in
                        guard let stage else { return }
                        builder.add(
                            stage: stage, account: account, owner: owner, product: nil,
                            amount: row.amount.map { ($0 * 10_000, 0) }, opened: row.opened, closed: row.closed)
                    }
                }
            }
        }
        return builder.finish()
    }

    private static func count(_ groups: [DealGroup], _ part: (DealGroup) -> Int) -> Int {
        groups.reduce(0) { $0 + part($1) }
    }

    private let rows: [Row] = [
        ("Negotiation", "x", "Ann", 50, 80, nil), ("Prospecting", "y", "Ann", nil, nil, nil),
        ("Prospecting", "x", "Bob", 10, 60, 200), ("Closed Won", "x", "Ann", 100, 50, 70),
        ("Closed Won", "", "Bob", 7, 60, 100), ("Closed Lost", "y", "Bob", 30, 90, 80),
        ("Closed Lost", "y", "", nil, 1, nil),
    ]

    @Test func stagesStandOnTheirWayAndCountThoseWhoCameSoFar() {
        let result = DealFunnel(.init()).result(of: deals(rows))
        // The planned end of an open deal is no last day.
        #expect(result.asOf == Day(number: 101))
        #expect(result.stages.map(\.group.name) == ["Prospecting", "Negotiation", "Closed Won", "Closed Lost"])
        #expect(result.stages.map(\.group.count) == [2, 1, 2, 2])
        #expect(result.stages.map(\.reachedCount) == [7, 5, 2, 2])
        let conversions: [Double?] = [1, 5.0 / 7, 0.5, 0.5]
        #expect(result.stages.map(\.conversion) == conversions)
        #expect(result.total.winRate == 0.5)
        #expect(result.total.won.amount == Money(tenThousandths: 1_070_000))
        #expect(result.total.meanWon(decimals: 2) == Money(tenThousandths: 535_000))
        #expect(result.total.medianClosingDays == 30)
        #expect(result.ages.map(\.name) == ["0-30 days", "31-90 days", "not known"])
        #expect(result.accounts.closedBeforeOpened == 1 && result.accounts.closedWithoutDates == 1)
        #expect(result.accounts.withoutAmount == 2 && result.accounts.openWithoutDate == 1)
    }

    @Test func everyGroupingAddsUpToAll() {
        let result = DealFunnel(.init()).result(of: deals(rows))
        for groups in [result.stages.map(\.group), result.owners, result.products, result.accountGroups] {
            #expect(Self.count(groups) { $0.open.count } == result.total.open.count)
            #expect(Self.count(groups) { $0.won.count } == result.total.won.count)
            #expect(Self.count(groups) { $0.lost.count } == result.total.lost.count)
            let won = groups.reduce(into: Money.zero) { $0 += $1.won.amount }
            #expect(won == result.total.won.amount)
        }
        #expect(Self.count(result.ages) { $0.count } == result.total.open.count)
        #expect(result.owners.map(\.name) == ["Ann", "Bob", ""])
    }

    /// A deal that closed after the date was open as of it, for an amount that was not known.
    @Test func whatWasClosedLaterIsOpen() {
        let result = DealFunnel(.init(asOf: Day(number: 75))).result(of: deals(rows))
        #expect(result.accounts.closedLater == 2)
        #expect(result.total.open.count == 5 && result.total.won.count == 1)
        let later = result.stages.first { $0.group.name == DealFunnel.closedLater }
        #expect(later?.group.count == 2 && later?.status == .open && later?.conversion == nil)
        #expect(later?.group.open.amountCount == 0)
    }

    @Test func statedStagesWin() {
        let stages = DealStages(won: ["negotiation"], lost: ["Prospecting"])
        let result = DealFunnel(.init(stages: stages)).result(of: deals(rows))
        #expect(result.total.open.count == 0 && result.total.won.count == 3 && result.total.lost.count == 4)
    }
}
