import CustomerData
import Testing

@testable import Segmentation

/// The way from prospect to repeat customer, on five customers made by hand.
@Suite struct LifecycleFunnelTests {
    /// a: registered 10, visited 20, bought 25 and 40. b: registered 12, wrote in on 30. c: bought on 15, never seen
    /// otherwise. d: registered 50. e: registered before the data, bought on 60.
    private func company() -> (PurchaseHistory, LeadFacts) {
        let history = PurchaseHistory(
            orders: [("a", 25, 1), ("a", 40, 1), ("c", 15, 1), ("e", 60, 1)],
            prospects: ["b", "d"])
        var facts = LeadFacts(registeredDays: [10, 12, PurchaseHistory.noDay, 50, -900])
        facts.interactions = InteractionHistory(
            starts: [0, 2, 3, 3, 3, 3],
            events: [
                Interaction(customer: 0, day: 5, kind: .sent), Interaction(customer: 0, day: 20, kind: .visit),
                Interaction(customer: 1, day: 30, kind: .enquiry),
            ], channels: [])
        return (history, facts)
    }

    @Test func everyStageCountsThoseWhoCameSoFarOrFurther() {
        let (history, facts) = company()
        let funnel = LifecycleFunnel(of: history, facts, asOf: Day(number: 100))
        #expect(funnel.steps.map(\.name) == ["prospect", "responder", "customer", "repeat customer"])
        #expect(funnel.steps.map(\.count) == [5, 4, 3, 1])
        let conversions: [Double?] = [1, 0.8, 0.75, 1.0 / 3]
        #expect(funnel.steps.map(\.conversion) == conversions)
    }

    /// e registered before the data begins (day 15): what it did first is not known. a and b registered on days 10 and
    /// 12, before the first order, so that they don't count either; with an order on day 5 they do.
    @Test func stepsAreTimedWhereTheBeginningIsInTheData() {
        let (history, facts) = company()
        #expect(LifecycleFunnel(of: history, facts, asOf: Day(number: 100)).steps.map(\.timedCount) == [0, 0, 0, 0])
        let earlier = PurchaseHistory(
            orders: [("a", 25, 1), ("a", 40, 1), ("c", 5, 1), ("c", 15, 1), ("e", 60, 1)],
            prospects: ["b", "d"])
        let funnel = LifecycleFunnel(of: earlier, facts, asOf: Day(number: 100))
        // a: known on 5, heard on 20, bought on 25, again on 40; b: known on 12, heard on 30; c: 5 and 15.
        #expect(funnel.steps.map(\.timedCount) == [0, 2, 1, 2])
        #expect(funnel.steps.map(\.medianDays) == [nil, 16.5, 5, 12.5])
    }

    @Test func nothingAfterTheDateCounts() {
        let (history, facts) = company()
        let funnel = LifecycleFunnel(of: history, facts, asOf: Day(number: 24))
        #expect(funnel.steps.map(\.count) == [5, 2, 1, 0])
    }
}
