import CustomerData
import Testing

@testable import Quality

/// What a metric's past says of its latest value.
@Suite struct MetricTrendTests {
    /// Records from 2024-01-01, a Monday.
    private func trend(_ values: [Double]) -> MetricTrend? {
        let start = Day("2024-01-01") ?? Day(number: 0)
        let records = values.enumerated().map {
            MetricRecord(day: start.advanced(byDays: $0), file: "a.csv", metrics: ["rows": $1])
        }
        return MetricTrend.trends(of: records).first
    }

    @Test func aShortPastIsNotJudged() {
        #expect(trend([1, 1, 1, 1, 9])?.z == nil)
        #expect(MetricTrend.trends(of: []).isEmpty)
    }

    /// Median 12, deviations 2 1 0 1 2, their median 1: z = (20 − 12) / 1.4826.
    @Test func zIsOfTheMedianAndItsDeviation() throws {
        let found = try #require(trend([10, 11, 12, 13, 14, 20]))
        #expect(found.usual == 12 && found.z.map { abs($0 - 8 / 1.4826) < 1e-12 } == true && !found.isByWeekday)
    }

    @Test func aMetricThatNeverMovedHasAFloor() {
        #expect(trend([100, 100, 100, 100, 100, 101])?.z == 1)
        #expect(trend([0, 0, 0, 0, 0, 0.001])?.z == 1)
    }

    /// Few rows on Mondays are usual on Mondays, and many would not be.
    @Test func weekdaysAreComparedWithTheirOwn() throws {
        let weeks = (0..<36).map { (day: Int) -> Double in
            day % 7 == 0 ? Double(100 + day % 3) : Double(1000 + day % 5)
        }
        let monday = try #require(trend(weeks))
        #expect(monday.isByWeekday && abs(monday.z ?? 9) < 3.5)
        let wrong = try #require(trend(Array(weeks.dropLast()) + [1000]))
        #expect(wrong.isByWeekday && (wrong.z ?? 0) > 100)
    }

    /// A column that is gone has no metrics on the last day.
    @Test func aMetricThatIsGoneIsMissing() {
        let records = (0..<7).map { day in
            MetricRecord(
                day: Day(number: Int32(day)), file: "a",
                metrics: day < 6 ? ["rows": 1, "city.completeness": 1] : ["rows": 1])
        }
        let trends = MetricTrend.trends(of: records)
        #expect(trends.map(\.metric) == ["city.completeness", "rows"])
        #expect(trends.map(\.isMissing) == [true, false] && trends[0].z == nil)
    }

    /// A profile and a check of one day have metrics of their own.
    @Test func recordsOfADayAreOneDay() {
        let day = Day(number: 1)
        let records = [["city.completeness": 1.0], ["rule": 0.5]].map { MetricRecord(day: day, file: "a", metrics: $0) }
        #expect(MetricTrend.trends(of: records).map(\.metric) == ["city.completeness", "rule"])
    }

    @Test func theLastRecordOfADayCounts() {
        let day = Day(number: 1)
        let records = [1.0, 2].map { MetricRecord(day: day, file: "a", metrics: ["rows": $0]) }
        #expect(MetricTrend.trends(of: records).map(\.values) == [[2]])
    }
}
