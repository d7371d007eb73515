import CustomerData
import Segmentation
import Testing

@Suite struct CadenceTests {
    private func day(_ text: String) throws -> Day { try #require(Day(text)) }

    @Test func monthsKeepTheDayOfTheMonthWhereThereIsOne() throws {
        let start = try day("2024-01-31")
        let days = (0...3).map { Cadence.month.day($0, after: start).description }
        #expect(days == ["2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30"])
        #expect(Cadence.month.day(-2, after: start).description == "2023-11-30")
        #expect(Cadence.quarter.day(1, after: start).description == "2024-04-30")
        #expect(Cadence.year.day(-1, after: try day("2024-02-29")).description == "2023-02-28")
        #expect(Cadence.week.day(2, after: start).description == "2024-02-14")
        #expect(Cadence.days(10).day(-1, after: start).description == "2024-01-21")
    }

    @Test func periodsBeginWhereTheCalendarSays() throws {
        let some = try day("2024-11-22")
        let origin = try day("2024-11-01")
        #expect(Cadence.month.period(of: some, origin: origin).description == "2024-11-01")
        #expect(Cadence.quarter.period(of: some, origin: origin).description == "2024-10-01")
        #expect(Cadence.year.period(of: some, origin: origin).description == "2024-01-01")
        // 22 November 2024 is a Friday.
        #expect(Cadence.week.period(of: some, origin: origin).description == "2024-11-18")
        #expect(Cadence.days(10).period(of: some, origin: origin).description == "2024-11-21")
        #expect(Cadence.days(10).period(of: try day("2024-10-31"), origin: origin).description == "2024-10-22")
    }

    @Test func everyDayIsInThePeriodThatBeginsLast() {
        for cadence in [Cadence.week, .month, .quarter, .year, .days(9)] {
            let origin = Day(number: 10_000)
            for number in Int32(9_000)...11_000 {
                let start = cadence.period(of: Day(number: number), origin: origin)
                #expect(start.number <= number && cadence.day(1, after: start).number > number)
                #expect(cadence.period(of: start, origin: origin) == start)
            }
        }
    }

    @Test func wordsAreReadBackAndOthersRefused() {
        for cadence in [Cadence.week, .month, .quarter, .year, .days(1), .days(30)] {
            #expect(Cadence(cadence.description) == cadence)
        }
        #expect(Cadence("30") == .days(30) && Cadence("30days") == .days(30))
        for text in ["", "fortnight", "0 days", "3651", "-3", "30 weeks", "days", "Month"] {
            #expect(Cadence(text) == nil, "\(text)")
        }
    }

    @Test func seriesAreOfTwoToAThousandDates() throws {
        let (first, last) = (try day("2011-06-01"), try day("2011-12-01"))
        let series = try DateSeries(first...last, every: .month)
        #expect(series.dates.count == 7 && series.dates.last == last && series.remainingDays == 0)
        #expect(try DateSeries(first...last.advanced(byDays: 9), every: .month).remainingDays == 9)
        #expect(throws: Problem.self) { try DateSeries(first...first.advanced(byDays: 6), every: .week) }
        #expect(throws: Problem.self) { try DateSeries(first...first.advanced(byDays: 1000), every: .days(1)) }
        #expect(try DateSeries(first...first.advanced(byDays: 999), every: .days(1)).dates.count == 1000)
        let back = try #require(DateSeries(ending: last, every: .month, steps: 12, after: first))
        // The first day of the data is none: nobody is known as of the day before.
        #expect(back.dates.first?.description == "2011-07-01" && back.dates.count == 6)
        #expect(DateSeries(ending: first, every: .month, steps: 12, after: first) == nil)
    }
}
