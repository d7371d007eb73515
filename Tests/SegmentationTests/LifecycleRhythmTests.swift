import CustomerData
import Foundation
import Statistics
import Testing

@testable import Segmentation

struct LifecycleRhythmTests {
    private func rhythm(_ customers: [[Int32]], horizonDays: Int = 90) -> Rhythm {
        let rows = customers.enumerated().flatMap { number, days in
            days.map { HandOrderRow(customer: "c\(1000 + number)", day: $0, value: 10_000) }
        }
        let history = PurchaseHistory(rows: rows)
        let asOf = Day(number: 10_000)
        return history.purchaseDays(asOf: asOf).withTrails(DayLogarithms(history, asOf: asOf)) {
            Rhythm($0, horizonDays: horizonDays, parallel: Parallel(threads: 1))
        }
    }

    private func threshold(_ rhythm: Rhythm, gaps: [Double]) -> Double {
        let sum = gaps.reduce(0) { $0 + log($1) }
        return rhythm.thresholdDays(
            gapCount: gaps.count,
            expectedLogGap: rhythm.expectedLogGap(gapCount: gaps.count, logGapSum: sum))
    }

    @Test func variancesAreThoseOfTheDefinition() {
        let found = rhythm([[0, 10, 30], [5, 6, 8, 48], [100, 300], [7]])
        let gaps = [[10.0, 20.0], [1.0, 2.0, 40.0], [200.0]].map { $0.map { log($0) } }
        let means = gaps.map { $0.reduce(0, +) / Double($0.count) }
        let squares = zip(gaps, means).map { gaps, mean in gaps.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } }
        let within = squares.reduce(0, +) / Double(1 + 2)
        let mean = means.reduce(0, +) / 3
        let between =
            means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 2 - within * (1.0 / 2 + 1.0 / 3 + 1) / 3
        #expect(abs(found.spread - within.squareRoot()) < 1e-12)
        #expect(abs(found.meanLogGap - mean) < 1e-12)
        #expect(abs(found.populationWeight - within / max(0.02, between)) < 1e-9)
    }

    /// Python (numpy 2.4.6, pandas 2.3.3) on CDNOW's purchases with a value, day 455.
    @Test func cdnowHasThePeersRhythm() throws {
        let history = RealHistories.cdnow
        let day = try #require(history.period?.lowerBound).advanced(byDays: 455)
        let found = Lifecycle(try .init(judgedDateCount: 0)).fit(history, asOf: day).rhythm
        #expect(abs(found.spread - 1.203621632) < 1e-8)
        #expect(abs(found.populationWeight - 2.947245421) < 1e-8)
        #expect(abs(found.meanLogGap - 3.907757371) < 1e-8)
    }

    @Test func customersWithFewGapsAreDrawnToThePopulation() {
        let found = rhythm([[0, 30, 60, 95, 120], [0, 25, 57, 90], [0, 7, 14, 20, 28, 35]])
        let none = threshold(found, gaps: [])
        let one = threshold(found, gaps: [7])
        let many = threshold(found, gaps: Array(repeating: 7, count: 50))
        #expect(many < one && one < none)
        #expect(many > 7)
    }

    @Test func withoutAnyGapEveryonesThresholdIsTheHorizon() {
        for customers in [[], [[5]], [[5], [7], [900]]] as [[[Int32]]] {
            #expect(abs(threshold(rhythm(customers, horizonDays: 60), gaps: []) - 60) < 1e-9)
        }
    }

    @Test func oneGapInAllHasTheAssumedSpread() {
        let found = rhythm([[0, 20], [3]])
        #expect(found.spread == 1)
        #expect(found.populationWeight == 50)
        #expect(abs(found.meanLogGap - log(20)) < 1e-12)
    }

    @Test func singleGapsGiveTheirScatterToTheSpread() {
        let found = rhythm([[0, 10], [0, 40]])
        #expect(abs(found.spread - (log(40) - log(10)) / 2.0.squareRoot()) < 1e-12)
        #expect(abs(found.populationWeight - found.spread * found.spread / 0.02) < 1e-9)
    }

    @Test func perfectRegularityGivesFiniteThresholdsAtTheGap() {
        let found = rhythm([[0, 10, 20, 30], [1, 11, 21], [5]])
        #expect(found.populationWeight > 0)
        let own = threshold(found, gaps: [10, 10, 10])
        #expect(own >= 10 && own < 10.01)
        #expect(threshold(found, gaps: []).isFinite)
    }
}
