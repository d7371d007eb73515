import CustomerData
import Foundation
import Testing

@Suite("Days") struct DayTests {
    @Test func `Every day of 1900 to 2100 is Foundation's`() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
        let first = try #require(Day(year: 1900, month: 1, day: 1))
        let last = try #require(Day(year: 2100, month: 12, day: 31))
        #expect(last.days(since: first) == 73_413)
        var wrong = 0
        for number in first.number...last.number {
            let date = Date(timeIntervalSince1970: Double(number) * 86_400)
            let parts = calendar.dateComponents([.year, .month, .day, .weekday], from: date)
            let (year, month, day) = (parts.year ?? 0, parts.month ?? 0, parts.day ?? 0)
            let found = Day(number: number)
            // Foundation's week begins with Sunday, 1.
            if found.civil != (year, month, day) || (found.weekday + 1) % 7 + 1 != parts.weekday
                || Day(year: year, month: month, day: day) != found
                || found.description != String(format: "%04d-%02d-%02d", year, month, day)
                || Day(found.description) != found
            {
                wrong += 1
            }
        }
        #expect(wrong == 0)
    }

    @Test func `A day has one date and a date one day, from year 0 to 9999`() throws {
        let first = try #require(Day(year: 0, month: 1, day: 1))
        var expected = first
        for year in 0...9999 {
            for month in 1...12 {
                for day in 1...Day.length(ofMonth: month, year: year) {
                    if Day(year: year, month: month, day: day) != expected || expected.civil != (year, month, day) {
                        Issue.record("\(year)-\(month)-\(day)")
                        return
                    }
                    expected = expected.advanced(byDays: 1)
                }
            }
        }
    }

    @Test func `Dates that are none`() {
        for (year, month, day) in [
            (2023, 2, 29), (1900, 2, 29), (2024, 2, 30), (2024, 4, 31), (2024, 13, 1), (2024, 0, 1), (2024, 1, 0),
            (2024, 1, 32), (-1, 1, 1), (10_000, 1, 1),
        ] {
            #expect(Day(year: year, month: month, day: day) == nil)
        }
        for text in [
            "", "2024-1-01", "2024-01-1", "24-01-01", "2024-01-01 ", "2024-01-01-", "2024/01/01", "-024-01-01",
            "٢٠٢٤-٠١-٠١",
            "2024-02-30", "+024-01-01",
        ] {
            #expect(Day(text) == nil, "\(text)")
        }
    }

    @Test func `JSON holds a date as ISO 8601`() throws {
        let day = try #require(Day("2024-02-29"))
        #expect(String(decoding: try JSONEncoder().encode([day]), as: UTF8.self) == "[\"2024-02-29\"]")
        #expect(try JSONDecoder().decode([Day].self, from: Data("[\"2024-02-29\"]".utf8)) == [day])
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([Day].self, from: Data("[\"2023-02-29\"]".utf8))
        }
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([Day].self, from: Data("[19000]".utf8)) }
    }
}
