import CustomerData
import Testing

@testable import Pipeline

/// The warning about dates that would shift every recency.
@Suite struct LoneDateTests {
    /// A hundred days with ten lines each, then further days.
    func warning(_ later: [(day: Int32, lines: Int)]) -> String? {
        let usual = (0..<100).map { (day: Day(number: 19_000 + $0), lines: 10) }
        return HistoryWarnings.loneDate(usual + later.map { (Day(number: 19_000 + $0.day), $0.lines) })
    }

    @Test func aLoneDateFarAfterTheRestIsNamed() {
        // Day 19,000 is 2022-01-08; day 19,099 is 2022-04-17.
        #expect(
            warning([(465, 1)])
                == "1 line lies 366 days or more after all others, up to 2023-04-18: every recency is counted from there; "
                + "if that date is wrong, correct it or give --as-of 2022-04-18")
        #expect(warning([(4000, 1)])?.contains("3,901 days") == true)
    }

    @Test func usualEndsAreNotNamed() {
        #expect(warning([]) == nil)
        #expect(warning([(101, 1)]) == nil, "the next days")
        #expect(warning([(129, 1)]) == nil, "30 days after")
        #expect(warning([(131, 1)]) != nil, "32 days after, ten times the usual day")
        #expect(warning([(465, 10), (466, 10)]) == nil, "too many lines for a slip")
    }

    @Test func shortHistoriesAreNotJudged() {
        #expect(HistoryWarnings.loneDate([]) == nil)
        #expect(HistoryWarnings.loneDate([(Day(number: 1), 1), (Day(number: 5000), 1)]) == nil)
    }

    @Test func seldomSalesAreUsualWhereTheyAreUsual() {
        let monthly = (0..<40).map { (day: Day(number: 10_000 + $0 * 30), lines: 5) }
        let last = (day: Day(number: 10_000 + 39 * 30 + 200), lines: 1)
        #expect(HistoryWarnings.loneDate(monthly + [last]) == nil)
    }
}
