import CustomerData
import Foundation
import Semantics
import Testing

@Suite struct JalaliDateTests {
    /// Golden values: ICU's `Calendar(.persian)`, as Foundation of Swift 6.3 carries it.
    @Test func everyDayOf1200To1500EqualsTheCalendarOfICU() throws {
        var calendar = Calendar(identifier: .persian)
        calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
        let first = try #require(JalaliDate.day(year: 1200, month: 1, day: 1))
        let last = try #require(JalaliDate.day(year: 1500, month: 12, day: JalaliDate.length(ofMonth: 12, year: 1500)))
        var differing = 0
        for number in first.number...last.number {
            let date = Date(timeIntervalSince1970: Double(number) * 86_400)
            let parts = calendar.dateComponents([.year, .month, .day], from: date)
            let day = JalaliDate.day(year: parts.year ?? 0, month: parts.month ?? 0, day: parts.day ?? 0)
            if day?.number != number { differing += 1 }
        }
        #expect(differing == 0)
        #expect(last.number - first.number + 1 == 109_938)
    }

    @Test func knownDays() {
        // 1403-12-30 is 2025-03-20 and 1404 has no 30 Esfand: cleaning notes, checked against Calendar(.persian).
        #expect(JalaliDate.day(year: 1403, month: 12, day: 30) == Day(year: 2025, month: 3, day: 20))
        #expect(JalaliDate.day(year: 1404, month: 12, day: 30) == nil)
        // Nowruz of 1403 and of 1358, the first leap cycle's year after it: 20 March 2024 and 21 March 1979.
        #expect(JalaliDate.day(year: 1403, month: 1, day: 1) == Day(year: 2024, month: 3, day: 20))
        #expect(JalaliDate.day(year: 1358, month: 1, day: 1) == Day(year: 1979, month: 3, day: 21))
    }

    @Test func whatIsNoDateIsRefused() {
        #expect(JalaliDate.day(year: 1199, month: 1, day: 1) == nil)
        #expect(JalaliDate.day(year: 1501, month: 1, day: 1) == nil)
        #expect(JalaliDate.day(year: 1400, month: 0, day: 1) == nil)
        #expect(JalaliDate.day(year: 1400, month: 13, day: 1) == nil)
        #expect(JalaliDate.day(year: 1400, month: 7, day: 31) == nil)
        #expect(JalaliDate.day(year: 1400, month: 6, day: 0) == nil)
    }

    @Test func aYearsMonthsFillIt() {
        for year in JalaliDate.years {
            let days = (1...12).reduce(0) { $0 + JalaliDate.length(ofMonth: $1, year: year) }
            #expect(days == (JalaliDate.isLeap(year) ? 366 : 365))
        }
    }

    @Test func everyDayHasItsDateAndEveryDateItsDay() throws {
        let first = try #require(JalaliDate.day(year: 1200, month: 1, day: 1))
        let last = try #require(JalaliDate.day(year: 1500, month: 12, day: JalaliDate.length(ofMonth: 12, year: 1500)))
        let differing = (first.number...last.number).count { number in
            let date = JalaliDate.civil(Day(number: number))
            return date.flatMap { JalaliDate.day(year: $0.year, month: $0.month, day: $0.day) }?.number != number
        }
        #expect(differing == 0)
        #expect(JalaliDate.civil(first.advanced(byDays: -1)) == nil)
        #expect(JalaliDate.civil(last.advanced(byDays: 1)) == nil)
    }
}
