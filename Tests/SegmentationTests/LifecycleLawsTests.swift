import CustomerData
import Foundation
import Statistics
import Testing

@testable import Segmentation

/// What holds for any history.
struct LifecycleLawsTests {
    private let cdnow = RealHistories.cdnow
    private let lifecycle: Lifecycle

    init() throws { lifecycle = Lifecycle(try .init(judgedDateCount: 2)) }

    private func cdnowDay(_ day: Int) throws -> Day {
        try #require(cdnow.period?.lowerBound).advanced(byDays: day)
    }

    /// The result as text, row by row: equal when and only when every column is.
    private func text(_ result: LifecycleResult) -> [String] {
        let words = result.sentences(parallel: Parallel(threads: 2))
        return (0..<result.customers.count).map { row in
            "\(result.customers[row]) \(result.states[row].stage.name) \(result.states[row].name) \(result.overdue[row]) "
                + "\(result.daysSinceLast[row]) \(result.thresholdDays[row]) \(result.returnChance[row]) \(words[row])"
        }
    }

    /// A seeded shop of 300 customers over 500 days, with returns.
    private func shop(seed: UInt64) -> [HandOrderRow] {
        var generator = SeededGenerator(seed: seed)
        return (0..<300).flatMap { number -> [HandOrderRow] in
            let pace = 5 + generator.index(below: 120)
            var day = generator.index(below: 400)
            var rows: [HandOrderRow] = []
            while day < 500 {
                let back = generator.index(below: 8) == 0 ? Int32(day + generator.index(below: 60)) : nil
                rows.append(HandOrderRow(customer: "c\(1000 + number)", day: Int32(day), value: 100, takenBackOn: back))
                if generator.index(below: 10) == 0 { break }
                day += 1 + generator.index(below: 2 * pace)
            }
            return rows
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func nothingAfterTheDateIsUsed(_ seed: UInt64) throws {
        let asOf = Day(number: 400)
        let rows = shop(seed: seed)
        let everyone = Array(Set(rows.map(\.customer)))
        let known = rows.filter { $0.day <= asOf.number }.map { row in
            var row = row
            if let back = row.takenBackOn, back > asOf.number { row.takenBackOn = nil }
            return row
        }
        let whole = PurchaseHistory(rows: rows, unmatched: [("c1000", 450), ("c1001", 390)])
        let cut = PurchaseHistory(rows: known, others: everyone, unmatched: [("c1001", 390)])
        let wholeModel = lifecycle.fit(whole, asOf: asOf)
        let cutModel = lifecycle.fit(cut, asOf: asOf)
        #expect(wholeModel == cutModel)
        #expect(wholeModel.evaluation.dates.count == 2)
        let wholeResult = wholeModel.assign(whole, asOf: asOf)
        #expect(text(wholeResult) == text(cutModel.assign(cut, asOf: asOf)))
        #expect(wholeResult.summary(of: whole) == cutModel.assign(cut, asOf: asOf).summary(of: cut))
        // A judged date stands on its own date's model: the same as when judged from there.
        let judged = try #require(wholeModel.evaluation.newest)
        let earlier = lifecycle.fit(whole, asOf: judged.asOf)
        let placed = earlier.assign(whole, asOf: judged.asOf)
        for outcome in judged.states {
            #expect(placed.states.count { $0 == outcome.state } == outcome.customerCount)
        }
    }

    @Test func threadsChangeNothing() throws {
        let asOf = try cdnowDay(455)
        let one = lifecycle.fit(cdnow, asOf: asOf, parallel: Parallel(threads: 1))
        let wanted = text(one.assign(cdnow, asOf: asOf, parallel: Parallel(threads: 1)))
        for threads in [2, 3, 7] {
            let parallel = Parallel(threads: threads)
            let other = lifecycle.fit(cdnow, asOf: asOf, parallel: parallel)
            #expect(other == one)
            #expect(text(other.assign(cdnow, asOf: asOf, parallel: parallel)) == wanted)
        }
    }

    @Test(arguments: [455, 90])
    func aModelReadBackPlacesAlike(_ day: Int) throws {
        let asOf = try cdnowDay(day)
        let model = lifecycle.fit(cdnow, asOf: asOf)
        let data = try JSONEncoder().encode(model)
        let again = try JSONDecoder().decode(LifecycleModel.self, from: data)
        #expect(again == model)
        #expect(text(again.assign(cdnow, asOf: asOf)) == text(model.assign(cdnow, asOf: asOf)))
    }

    @Test func aDamagedModelIsRefused() throws {
        let model = lifecycle.fit(cdnow, asOf: try cdnowDay(455))
        let text = String(decoding: try JSONEncoder().encode(model), as: UTF8.self)
        for (part, damage) in [
            (#""horizonDays":90"#, #""horizonDays":0"#), (#""responseDays":180"#, #""responseDays":-1"#),
            (#""populationWeight":"#, #""populationWeight":-"#), (#""learnt":"#, #""taught":"#),
            (#""scale":"#, #""scale":-"#),
        ] {
            let damaged = text.replacingOccurrences(of: part, with: damage)
            #expect(damaged != text)
            #expect(throws: DecodingError.self) {
                try JSONDecoder().decode(LifecycleModel.self, from: Data(damaged.utf8))
            }
        }
    }

    @Test func aModelPlacesOtherCustomersAtOtherDates() throws {
        let model = lifecycle.fit(cdnow, asOf: try cdnowDay(455))
        let later = try cdnowDay(500)
        let other = PurchaseHistory(rows: [
            HandOrderRow(customer: "x", day: later.number - 3, value: 100),
            HandOrderRow(customer: "y", day: later.number - 5000, value: 100),
            HandOrderRow(customer: "z", day: later.number + 1, value: 100),
        ])
        #expect(model.assign(other, asOf: later).states == [.new, .lost, .prospect])
    }

    @Test func sentencesOneByOneAreThoseOfTheTable() throws {
        let asOf = try cdnowDay(455)
        let result = lifecycle.fit(cdnow, asOf: asOf).assign(cdnow, asOf: asOf)
        let table = result.table()
        #expect(
            table.columns.map(\.name) == [
                "customer_id", "stage", "state", "overdue", "days_since_last", "threshold_days", "return_chance",
                "reason",
            ])
        guard case .identifiers(let words) = try #require(table.column("reason")).values else {
            Issue.record("reasons are text")
            return
        }
        for row in stride(from: 0, to: table.rowCount, by: 997) { #expect(words[row] == result.reason(row: row)) }
    }

    @Test func tableCellsWithoutAPurchaseAreEmpty() throws {
        let history = PurchaseHistory(
            rows: [HandOrderRow(customer: "a", day: 10, value: 100)], others: ["b"])
        let asOf = Day(number: 20)
        let table = lifecycle.fit(history, asOf: asOf).assign(history, asOf: asOf).table()
        guard case .integers(let days) = try #require(table.column("days_since_last")).values,
            case .fixed(let chances, _) = try #require(table.column("return_chance")).values,
            case .fixed(let thresholds, _) = try #require(table.column("threshold_days")).values
        else {
            Issue.record("numbers are numbers")
            return
        }
        #expect(days == [10, .min])
        #expect(!chances[0].isNaN && chances[1].isNaN)
        #expect(!thresholds[0].isNaN && thresholds[1].isNaN)
    }

    @Test func summariesAddUp() throws {
        let asOf = try cdnowDay(455)
        let result = lifecycle.fit(cdnow, asOf: asOf).assign(cdnow, asOf: asOf)
        let summary = result.summary(of: cdnow)
        #expect(summary.map(\.state) == LifecycleState.allCases)
        #expect(summary.reduce(0) { $0 + $1.customerCount } == 23_570)
        #expect(abs(summary.reduce(0) { $0 + $1.share } - 1) < 1e-12)
        var revenue: Int128 = 0
        cdnow.forEachOrder(asOf: asOf) { _, _, value in revenue += Int128(value) }
        #expect(summary.reduce(0) { $0 + $1.revenue.tenThousandths } == revenue)
        #expect(summary[0].returnChance == nil)
        let lost = try #require(summary.last?.returnChance)
        #expect(lost < 0.1)
    }

    @Test func tablesSayWhatTheNumbersSay() throws {
        let asOf = try cdnowDay(455)
        let model = lifecycle.fit(cdnow, asOf: asOf)
        let result = model.assign(cdnow, asOf: asOf)
        let summary = result.summaryTable(of: cdnow)
        #expect(summary.rowCount == Set(result.states).count)
        guard case .integers(let customers) = try #require(summary.column("customers")).values,
            case .fixed(let areas, _) = try #require(model.evaluation.table.column("auc")).values,
            case .fixed(let shares, _) = try #require(model.evaluation.newest?.table.column("observed_return")).values
        else {
            Issue.record("numbers are numbers")
            return
        }
        #expect(customers.reduce(0, +) == 23_570)
        #expect(areas == model.evaluation.dates.map { $0.areaUnderCurve ?? .nan })
        #expect(shares == model.evaluation.newest?.states.map(\.observedReturn))
    }

    @Test func revenueIsNetOfWhatWasTakenBackByTheDate() throws {
        let rows = [
            HandOrderRow(customer: "a", day: 1, value: 100, takenBackOn: 5),
            HandOrderRow(customer: "a", day: 2, value: 30),
            HandOrderRow(customer: "b", day: 1, value: 7, takenBackOn: 500),
        ]
        for (rule, revenue) in [(ReturnRule.match, 37), (.net, 37 - 10_000)] as [(ReturnRule, Int128)] {
            let history = PurchaseHistory(rows: rows, unmatched: [("b", 9), ("b", 400)], returns: rule)
            let asOf = Day(number: 20)
            let summary = lifecycle.fit(history, asOf: asOf).assign(history, asOf: asOf).summary(of: history)
            #expect(summary.reduce(0) { $0 + $1.revenue.tenThousandths } == revenue)
        }
    }

    @Test func noCustomersGiveNoRows() {
        let history = PurchaseHistory(rows: [])
        let model = lifecycle.fit(history, asOf: Day(number: 100))
        #expect(model.evaluation.dates.isEmpty)
        #expect(!model.thresholdsJudged)
        let result = model.assign(history, asOf: Day(number: 100), lastResponses: [])
        #expect(result.states.isEmpty)
        #expect(result.table().rowCount == 0)
        #expect(result.summary(of: history).allSatisfy { $0.customerCount == 0 && $0.share == 0 })
    }

    @Test func oneCustomerIsPlaced() {
        for days in [[1000], [1, 1000], [1, 500, 700, 1000], [0]] as [[Int32]] {
            let history = PurchaseHistory(rows: days.map { HandOrderRow(customer: "a", day: $0, value: 5) })
            let asOf = Day(number: 1000)
            let result = lifecycle.fit(history, asOf: asOf).assign(history, asOf: asOf)
            #expect(result.states[0].stage == .active || result.states[0].stage == .former)
            #expect(result.returnChance[0] >= 0 && result.returnChance[0] <= 1)
            #expect(result.thresholdDays[0] > 0 && result.thresholdDays[0].isFinite)
        }
    }

    @Test func returnsOnlyAndEverythingReversedArePlacedByTheNoPurchaseRule() {
        let returnsOnly = PurchaseHistory(rows: [], unmatched: [("a", 950), ("b", 100), ("c", 900)])
        let reversed = PurchaseHistory(
            rows: (0..<900).map { HandOrderRow(customer: "c\($0 % 7)", day: $0, value: 5, takenBackOn: $0 + 3) })
        let asOf = Day(number: 1000)
        let first = lifecycle.fit(returnsOnly, asOf: asOf).assign(returnsOnly, asOf: asOf)
        #expect(first.states == [.responder, .prospect, .responder])
        let second = lifecycle.fit(reversed, asOf: asOf).assign(reversed, asOf: asOf)
        #expect(second.states.allSatisfy { $0 == .responder })
        #expect(second.reasons.allSatisfy { $0 == .everythingTakenBack })
    }

    @Test func nobodyOrEverybodyReturningIsNotLearntFrom() throws {
        let asOf = Day(number: 800)
        let once = PurchaseHistory(
            rows: (0..<100).map { HandOrderRow(customer: "c\(1000 + $0)", day: $0, value: 5) })
        let always = PurchaseHistory(
            rows: (0..<100).flatMap { number in
                stride(from: Int32(0), through: 800, by: 10).map {
                    HandOrderRow(customer: "c\(1000 + number)", day: $0, value: 5)
                }
            })
        for history in [once, always] {
            let model = lifecycle.fit(history, asOf: asOf)
            #expect(!model.thresholdsJudged)
            let judgement = try #require(model.evaluation.newest)
            #expect(judgement.areaUnderCurve == nil && judgement.recencyAreaUnderCurve == nil)
            #expect(judgement.informationGained == 0)
            #expect(model.assign(history, asOf: asOf).states.count == 100)
        }
    }

    @Test func optionsAreCheckedOnce() {
        #expect(throws: Problem(.usage, "Lifecycle.horizonDays must be in 1...3650; got 0")) {
            try Lifecycle.Options(horizonDays: 0)
        }
        #expect(throws: Problem(.usage, "Lifecycle.responseDays must be in 0...3650; got -1")) {
            try Lifecycle.Options(responseDays: -1)
        }
        #expect(throws: Problem(.usage, "Lifecycle.judgedDateCount must be in 0...100; got 101")) {
            try Lifecycle.Options(judgedDateCount: 101)
        }
    }
}
