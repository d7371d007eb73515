import CustomerData
import Foundation
import Statistics
import Testing

@testable import Segmentation

struct LifecycleReturnChanceTests {
    private let cdnow = RealHistories.cdnow

    private func cdnowDay(_ day: Int) throws -> Day {
        try #require(cdnow.period?.lowerBound).advanced(byDays: day)
    }

    /// scikit-learn 1.9.1, `LogisticRegression(C=1, tol=1e-10, max_iter=1000)` on the standardised predictors of CDNOW,
    /// day 455, snapshots on days 365, 335, 305 and 275.
    @Test func weightsAreThoseOfScikitLearn() throws {
        let model = Lifecycle(try .init(judgedDateCount: 0)).fit(cdnow, asOf: try cdnowDay(455))
        guard case .learnt(let found) = model.chance.formula else {
            Issue.record("CDNOW is long enough to learn from")
            return
        }
        #expect(found.rowCount == 94_004)
        #expect(found.snapshots == (try [365, 335, 305, 275].map { try cdnowDay($0) }))
        #expect(abs(model.chance.usualShare - 0.166737586) < 1e-9)
        #expect(abs(found.silence.mean - 1.75288017) < 1e-8)
        #expect(abs(found.repeats.mean - 0.49165421) < 1e-8)
        #expect(abs(found.tenure.mean - 5.61673669) < 1e-7)
        #expect(abs(found.silence.scale - 0.60685436) < 1e-8)
        #expect(abs(found.repeats.scale - 0.67051651) < 1e-8)
        #expect(abs(found.tenure.scale - 0.15071967) < 1e-8)
        #expect(abs(found.silence.weight + 0.387731382) < 1e-6)
        #expect(abs(found.repeats.weight - 0.840091385) < 1e-6)
        #expect(abs(found.tenure.weight + 0.111470736) < 1e-6)
        #expect(abs(found.intercept + 1.995961128) < 1e-6)
    }

    @Test func snapshotsStandAtLeast45DaysAfterTheFirstDay() {
        let first = Day(number: 1000)
        func ages(_ age: Int, horizonDays: Int) -> [Int] {
            ReturnSnapshot.days(asOf: first.advanced(byDays: age), horizonDays: horizonDays, firstDay: first)
                .map { $0.days(since: first) }
        }
        #expect(ages(455, horizonDays: 90) == [365, 335, 305, 275])
        #expect(ages(181, horizonDays: 90) == [91, 61])
        #expect(ages(135, horizonDays: 90) == [45])
        #expect(ages(134, horizonDays: 90) == [])
        #expect(ages(134, horizonDays: 30) == [104, 74])
    }

    @Test func oneClassIsNotLearntFrom() {
        let rows = (0..<50).map { ReturnRow(0, Float($0), 1, 2) }
        let returned = rows.map { row in
            var row = row
            row[0] = 1
            return row
        }
        let parallel = Parallel(threads: 1)
        #expect(ReturnRegression(blocks: [], snapshots: [], parallel: parallel) == nil)
        #expect(ReturnRegression(blocks: [rows], snapshots: [], parallel: parallel) == nil)
        #expect(ReturnRegression(blocks: [returned], snapshots: [], parallel: parallel) == nil)
    }

    @Test func classesThatAreWhollyApartStillGiveFiniteWeights() throws {
        let rows = (0..<1000).map { ReturnRow($0 < 500 ? 1 : 0, Float($0), 1, 2) }
        let found = try #require(ReturnRegression(blocks: [rows], snapshots: [], parallel: Parallel(threads: 1)))
        #expect(found.silence.weight < -1 && found.silence.weight.isFinite)
        // Columns that never vary have no weight.
        #expect(found.repeats.weight == 0 && found.repeats.scale == 1)
        #expect(abs(found.chance(silence: 499.5, repeats: 1, tenure: 2) - 0.5) < 1e-6)
    }

    /// At the least loss no small step of any weight makes it smaller.
    @Test func theLossIsLeast() throws {
        var generator = SeededGenerator(seed: 3)
        let rows = (0..<400).map { _ -> ReturnRow in
            let (first, second, third) = (generator.unit() * 4, generator.unit(), generator.unit() * 10)
            let chance = 1 / (1 + exp(first - 2 * second))
            return ReturnRow(SIMD4(generator.unit() < chance ? 1 : 0, first, second, third))
        }
        let found = try #require(
            ReturnRegression(
                blocks: [Array(rows[..<150]), Array(rows[150...])], snapshots: [], parallel: Parallel(threads: 2)))
        func loss(_ weights: [Double]) -> Double {
            let terms = [found.silence, found.repeats, found.tenure]
            let ridge = weights.dropFirst().reduce(0) { $0 + $1 * $1 } / 2
            return rows.reduce(ridge) { sum, row in
                var odds = weights[0]
                for (lane, term) in terms.enumerated() {
                    odds += weights[lane + 1] * (Double(row[lane + 1]) - term.mean) / term.scale
                }
                return sum + log(1 + exp(odds)) - Double(row[0]) * odds
            }
        }
        let weights = [found.intercept, found.silence.weight, found.repeats.weight, found.tenure.weight]
        let least = loss(weights)
        for index in weights.indices {
            for step in [-1e-3, 1e-3] {
                var moved = weights
                moved[index] += step
                #expect(loss(moved) > least)
            }
        }
    }

    /// scipy (BFGS, then Nelder-Mead to 1e-10) on CDNOW's first 90 days, the same prior.
    @Test func shortHistoriesGetTheNegativeBinomial() throws {
        let model = Lifecycle(try .init()).fit(cdnow, asOf: try cdnowDay(90))
        guard case .counts(let counts) = model.chance.formula else {
            Issue.record("90 days are too few to learn from")
            return
        }
        #expect(abs(counts.shape - 0.41640967) < 1e-6)
        #expect(abs(counts.days - 58.67243164) < 1e-4)
        #expect(!model.thresholdsJudged)
        let result = model.assign(cdnow, asOf: try cdnowDay(90))
        let row = try #require(result.states.firstIndex { $0.stage == .active })
        #expect(result.reason(row: row).hasSuffix("; thresholds not judged"))
        let chances = result.returnChance.filter { !$0.isNaN }
        #expect(abs(chances.reduce(0, +) / Double(chances.count) - model.chance.usualShare) < 1e-12)
    }

    @Test func countsGiveTheFormulasChance() {
        let counts = PurchaseCounts(shape: 0.4, days: 50)
        let found = counts.chance(repeats: 3, tenureDays: 70, horizonDays: 90)
        #expect(abs(found - (1 - pow(120.0 / 210, 3.4))) < 1e-15)
    }

    @Test func countsStayFiniteWithoutRepeatsAndWithoutScatter() {
        func counts(_ customers: [[Int32]]) -> PurchaseCounts {
            let rows = customers.enumerated().flatMap { number, days in
                days.map { HandOrderRow(customer: "c\(1000 + number)", day: $0, value: 1) }
            }
            let history = PurchaseHistory(rows: rows)
            let asOf = Day(number: 50)
            return history.purchaseDays(asOf: asOf).withTrails(DayLogarithms(history, asOf: asOf)) {
                PurchaseCounts($0, horizonDays: 90)
            }
        }
        let nobody = counts([])
        #expect(abs(nobody.shape - 1) < 1e-9 && abs(nobody.days - 90) < 1e-6)
        let once = counts(Array(repeating: [0], count: 500))
        #expect(once.chance(repeats: 0, tenureDays: 50, horizonDays: 90) < 0.01)
        let alike = counts(Array(repeating: [0, 10, 20, 30, 40], count: 500))
        #expect(alike.shape.isFinite && alike.days.isFinite)
        #expect(alike.chance(repeats: 4, tenureDays: 50, horizonDays: 90) > 0.99)
        for found in [once, alike] { #expect(found.shape > 0 && found.days > 0) }
    }
}
