import CustomerData
import Statistics
import Testing

@testable import Segmentation

/// An explanation is the model's own answer, and so is what it says of later days.
@Suite struct LifecycleExplanationTests {
    static let asOf = Day(number: 10_408)
    static let model: LifecycleModel? = try? Lifecycle(.init(judgedDateCount: 1)).fit(RealHistories.cdnow, asOf: asOf)

    /// The history of one customer alone.
    func alone(_ history: PurchaseHistory, _ customer: Int) -> PurchaseHistory {
        let orders = (history.orderStarts[customer]..<history.orderStarts[customer + 1]).map {
            PurchaseRecord(
                kind: .order, day: Day(number: history.orderDays[$0]),
                value: Money(tenThousandths: Int128(history.orderValues[$0])))
        }
        return PurchaseHistory(
            customer: history.customers[customer], records: orders, returns: history.returns, decimals: 2)
    }

    @Test func theRuleThatMatchesIsTheFirstThatHolds() throws {
        let model = try #require(Self.model)
        let history = RealHistories.cdnow
        let result = model.assign(history, asOf: Self.asOf)
        var states: Set<LifecycleState> = []
        for row in stride(from: 0, to: history.customers.count, by: 23) {
            let explanation = model.explanation(of: alone(history, row), asOf: Self.asOf)
            #expect(explanation.state == result.states[row])
            #expect(explanation.reason == result.reason(row: row))
            #expect(explanation.thresholdDays == (result.thresholdDays[row].isNaN ? nil : result.thresholdDays[row]))
            #expect(explanation.returnChance == (result.returnChance[row].isNaN ? nil : result.returnChance[row]))
            let matched = try #require(explanation.rules.firstIndex { $0.matches })
            #expect(explanation.rules.count { $0.matches } == 1)
            #expect(explanation.rules[matched].state == explanation.state)
            #expect(explanation.rules[matched].checks.allSatisfy { $0.holds })
            for rule in explanation.rules[..<matched] { #expect(!rule.checks.allSatisfy { $0.holds }) }
            states.insert(explanation.state)
        }
        #expect(states.count >= 6)
    }

    @Test func laterStatesAreThoseOfTheLaterDays() throws {
        let model = try #require(Self.model)
        let history = RealHistories.cdnow
        for row in stride(from: 5, to: history.customers.count, by: 1571) {
            let one = alone(history, row)
            let changes = model.changes(of: one, after: Self.asOf, days: 300)
            var state = model.assign(one, asOf: Self.asOf).states[0]
            var expected: [LifecycleChange] = []
            for step in 1...300 {
                let day = Self.asOf.advanced(byDays: step)
                let next = model.assign(history, asOf: day, parallel: Parallel(threads: 1)).states[row]
                if next != state { expected.append(LifecycleChange(day: day, state: next)) }
                state = next
                if step > 40 { break }
            }
            #expect(changes.filter { $0.day <= Self.asOf.advanced(byDays: 41) } == expected)
        }
    }

    @Test func whoNeverBoughtIsExplainedToo() throws {
        let model = try #require(Self.model)
        func customer(_ records: [PurchaseRecord]) -> PurchaseHistory {
            PurchaseHistory(customer: "p", records: records, returns: .match, decimals: 2)
        }
        let prospect = model.explanation(of: customer([]), asOf: Self.asOf)
        #expect(prospect.state == .prospect && prospect.rules.map(\.number) == ["1a", "1b"])
        #expect(prospect.rules[1].matches && prospect.daysSinceLast == nil && prospect.returnChance == nil)
        let heard = customer([.init(kind: .response, day: Self.asOf.advanced(byDays: -10))])
        #expect(model.explanation(of: heard, asOf: Self.asOf).state == .responder)
        // A response counts for 180 days.
        #expect(
            model.changes(of: heard, after: Self.asOf, days: 200)
                == [LifecycleChange(day: Self.asOf.advanced(byDays: 171), state: .prospect)])
        let value = Money(tenThousandths: 50_000)
        let returned = customer([
            .init(
                kind: .order, day: Self.asOf.advanced(byDays: -400), value: value, takenBack: value,
                takenBackOn: Self.asOf.advanced(byDays: -390))
        ])
        let explanation = model.explanation(of: returned, asOf: Self.asOf)
        #expect(explanation.state == .responder && explanation.code == .everythingTakenBack)
        #expect(explanation.rules[0].matches && explanation.rules[0].checks.isEmpty)
    }
}
