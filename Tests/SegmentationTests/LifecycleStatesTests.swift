import CustomerData
import Foundation
import Testing

@testable import Segmentation

/// Customers made by hand for every row of the table of states, in a model made by hand: usual gap 20 days, σ = 0.5,
/// κ = 1; chance of return 1/(1 + e^−z) with z = 2 − 2 ln(1 + s/e^μ) + ln(1 + x); π = 0.4.
struct LifecycleStatesTests {
    private static let today: Int32 = 1000
    private let model: LifecycleModel

    init() throws {
        func term(_ weight: Double) -> ReturnRegression.Term { .init(mean: 0, scale: 1, weight: weight) }
        let regression = ReturnRegression(
            intercept: 2, silence: term(-2), repeats: term(1), tenure: term(0), rowCount: 1, returnedShare: 0.4,
            snapshots: [])
        model = LifecycleModel(
            asOf: Day(number: Self.today), options: try .init(),
            rhythm: Rhythm(spread: 0.5, populationWeight: 1, meanLogGap: log(20)),
            chance: ReturnChance(formula: .learnt(regression), usualShare: 0.4),
            evaluation: LifecycleEvaluation(dates: []))
    }

    private func place(_ history: PurchaseHistory, response: Int32? = nil) -> LifecycleResult {
        model.assign(
            history, asOf: Day(number: Self.today), lastResponses: response.map { [$0] })
    }

    /// A customer that bought so many days ago.
    private func buyer(_ ages: [Int32]) -> PurchaseHistory {
        PurchaseHistory(rows: ages.map { HandOrderRow(customer: "a", day: Self.today - $0, value: 10_000) })
    }

    private func expect(
        _ ages: [Int32], _ state: LifecycleState, overdue: Bool, _ reason: LifecycleReason, _ words: String,
        location: SourceLocation = #_sourceLocation
    ) {
        let result = place(buyer(ages))
        #expect(result.states == [state], sourceLocation: location)
        #expect(result.overdue == [overdue], sourceLocation: location)
        #expect(result.reasons == [reason], sourceLocation: location)
        #expect(result.reason(row: 0) == words, sourceLocation: location)
        #expect(result.daysSinceLast == [ages.min() ?? -1], sourceLocation: location)
        #expect(
            PlainLifecycle(model).state(ages.sorted(by: >).map { Int(Self.today - $0) }, asOf: Int(Self.today))
                == state,
            sourceLocation: location)
    }

    @Test func lostIsOverdueBelowAQuarterOfTheUsualChance() {
        expect(
            [300], .lost, overdue: true, .overdue,
            "no purchase for 300 days; 80 % of gaps like theirs end within 36 days; chance of return 3 %")
    }

    @Test func dormantIsOverdueBelowHalfTheUsualChance() {
        expect(
            [120], .dormant, overdue: true, .overdue,
            "no purchase for 120 days; 80 % of gaps like theirs end within 36 days; chance of return 13 %")
    }

    @Test func atRiskIsOverdueBelowOneHalf() {
        expect(
            [60], .atRisk, overdue: true, .overdue,
            "no purchase for 60 days; 80 % of gaps like theirs end within 36 days; chance of return 32 %")
    }

    @Test func wonBackIsALongGapEndedWithinTheHorizon() {
        expect(
            [10, 210, 230, 250], .wonBack, overdue: false, .longGapEnded,
            "back 10 days ago from a gap of 200 days; 80 % of gaps like theirs end within 32 days; chance of return 95 %"
        )
        // One gap and none before it: the population's threshold.
        expect(
            [10, 110], .wonBack, overdue: false, .longGapEnded,
            "back 10 days ago from a gap of 100 days; 80 % of gaps like theirs end within 36 days; chance of return 91 %"
        )
    }

    @Test func newHasBoughtOnce() {
        expect([1], .new, overdue: false, .oneDay, "first purchase 1 day ago, none since; chance of return 87 %")
        expect([0], .new, overdue: false, .oneDay, "first purchase 0 days ago, none since; chance of return 88 %")
    }

    @Test func growingBuysOnMoreDaysThanBefore() {
        expect(
            [5, 25, 45, 100], .growing, overdue: false, .moreDays,
            "bought on 3 days of the last 90, on 1 of the 90 before; chance of return 95 %")
    }

    @Test func matureIsEveryOtherActiveCustomer() {
        expect(
            [5, 45, 100, 140], .mature, overdue: false, .withinThreshold,
            "last purchase 5 days ago; 80 % of gaps like theirs end within 58 days; chance of return 96 %")
    }

    @Test func overdueAloneIsAFlagBesideTheState() {
        // Sixteen purchases, ten days apart, silent for 26 days, seven of them in the last horizon and nine before.
        let result = place(buyer((0..<16).map { Int32(26 + 10 * $0) }))
        #expect(result.overdue == [true])
        #expect(result.states == [.mature])
        #expect(result.reasons == [.overdueButLikely])
        #expect(
            result.reason(row: 0)
                == "no purchase for 26 days; 80 % of gaps like theirs end within 16 days; chance of return 91 %")
    }

    @Test func theFirstMatchWins() {
        // Back from a long gap within the horizon, but overdue again with a chance below one half.
        #expect(place(buyer([89, 339, 340])).states == [.atRisk])
        #expect(place(buyer([20, 270, 271])).states == [.wonBack])
        // Won back comes before growing: two purchase days against none in the horizon before.
        #expect(place(buyer([10, 210, 230, 250])).states == [.wonBack])
        // A gap of twice the threshold that ended more than a horizon ago is none.
        let (within, after) = (place(buyer([90, 590])), place(buyer([91, 591])))
        #expect(within.overdue == [false] && after.overdue == [false])
        #expect(within.states == [.wonBack])
        #expect(after.states == [.mature])
    }

    @Test func horizonsIncludeTheirLastDay() {
        // Days 0...89 ago are the last horizon, 90...179 the one before.
        #expect(place(buyer([5, 47, 89, 90, 131])).states == [.growing])
        #expect(place(buyer([5, 47, 90, 131])).states == [.mature])
        #expect(place(buyer([5, 45, 90, 179])).states == [.mature])
        #expect(place(buyer([5, 45, 90, 180])).states == [.growing])
    }

    @Test func prospectsHaveNeitherBoughtNorAnswered() {
        let silent = place(PurchaseHistory(rows: [], others: ["a"]))
        #expect(silent.states == [.prospect])
        #expect(silent.reason(row: 0) == "no purchase and no response")
        let old = place(PurchaseHistory(rows: [], others: ["a"]), response: Self.today - 181)
        #expect(old.states == [.prospect])
        #expect(old.reason(row: 0) == "no purchase; last response 181 days ago, more than 180")
        for result in [silent, old] {
            #expect(result.daysSinceLast == [PurchaseHistory.noDay])
            #expect(result.thresholdDays[0].isNaN && result.returnChance[0].isNaN)
            #expect(result.overdue == [false])
        }
    }

    @Test func respondersHaveAnsweredWithinTheWindow() {
        for age: Int32 in [0, 180] {
            let result = place(PurchaseHistory(rows: [], others: ["a"]), response: Self.today - age)
            #expect(result.states == [.responder])
            #expect(result.reason(row: 0) == "no purchase; responded \(age) days ago")
        }
        #expect(
            place(PurchaseHistory(rows: [], others: ["a"]), response: PurchaseHistory.noDay).states == [.prospect])
    }

    @Test func aReturnIsAResponse() {
        let recent = place(PurchaseHistory(rows: [], unmatched: [("a", Self.today - 12)]))
        #expect(recent.states == [.responder])
        #expect(recent.reason(row: 0) == "no purchase; returned goods 12 days ago")
        let old = place(PurchaseHistory(rows: [], unmatched: [("a", Self.today - 300)]))
        #expect(old.states == [.prospect])
        // A later return, after the date, does not hide the earlier one.
        let both = PurchaseHistory(rows: [], unmatched: [("a", Self.today - 12), ("a", Self.today + 5)])
        #expect(place(both).reason(row: 0) == "no purchase; returned goods 12 days ago")
    }

    @Test func everythingTakenBackIsAResponderWhenever() {
        for age: Int32 in [10, 900] {
            let result = place(
                PurchaseHistory(rows: [
                    HandOrderRow(
                        customer: "a", day: Self.today - age, value: 500, takenBackOn: Self.today - age + 1)
                ]))
            #expect(result.states == [.responder])
            #expect(result.reason(row: 0) == "no purchase left: every order was taken back")
        }
        // Taken back after the date only: still a purchase.
        let later = PurchaseHistory(rows: [
            HandOrderRow(customer: "a", day: Self.today - 10, value: 500, takenBackOn: Self.today + 1)
        ])
        #expect(place(later).states == [.new])
        // One order of two taken back: the other counts.
        let other = PurchaseHistory(rows: [
            HandOrderRow(customer: "a", day: Self.today - 10, value: 500, takenBackOn: Self.today - 9),
            HandOrderRow(customer: "a", day: Self.today - 3, value: 500),
        ])
        #expect(place(other).daysSinceLast == [3])
    }

    @Test func anOrderWithoutValueIsAResponse() {
        let result = place(PurchaseHistory(rows: [HandOrderRow(customer: "a", day: Self.today - 4, value: 0)]))
        #expect(result.states == [.responder])
        #expect(result.reason(row: 0) == "no purchase; an order without value 4 days ago")
    }

    @Test func everyNameAndLabelIsItsOwn() {
        #expect(LifecycleStage.allCases.map(\.name) == ["prospect", "responder", "active", "former"])
        #expect(
            LifecycleState.allCases.map(\.name) == [
                "prospect", "responder", "new", "growing", "mature", "at risk", "won back", "dormant", "lost",
            ])
        for labels in [LifecycleState.allCases.map(\.label), LifecycleStage.allCases.map(\.label)] {
            #expect(Set(labels.map(\.english)).count == labels.count)
            #expect(Set(labels.map(\.persian)).count == labels.count)
            #expect(Set(labels.map(\.chinese)).count == labels.count)
        }
    }
}
