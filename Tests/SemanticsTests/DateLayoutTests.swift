import CustomerData
import Semantics
import Testing

@Suite struct DateLayoutTests {
    /// Every day from 1900 to 2100, written in a layout, is read back as itself, and by no other layout as another day
    /// (dd/MM and MM/dd aside).
    @Test func everyDayComesBack() {
        let first = Day.number(year: 1900, month: 1, day: 1)
        let last = Day.number(year: 2100, month: 12, day: 31)
        var wrong: [String] = []
        for number in first...last {
            let (year, month, day) = Day(number: number).civil
            let mm = month < 10 ? "0\(month)" : "\(month)"
            let dd = day < 10 ? "0\(day)" : "\(day)"
            let written: [(DateLayout, String)] = [
                (.yearMonthDay, "\(year)-\(mm)-\(dd)"), (.yearMonthDaySlash, "\(year)/\(month)/\(day)"),
                (.yearMonthDayDot, "\(year).\(mm).\(dd)"), (.yearMonthDayChinese, "\(year)年\(month)月\(day)日"),
                (.compact, "\(year)\(mm)\(dd)"), (.dayMonthYear, "\(dd)/\(mm)/\(year)"),
                (.monthDayYear, "\(month)-\(day)-\(year)"),
            ]
            for (layout, text) in written where layout.parse(text)?.day != number { wrong.append(text) }
        }
        #expect(wrong.isEmpty)
    }

    @Test func layoutsExcludeEachOther() {
        let samples = [
            "2024-03-20", "2024/03/20", "2024.03.20", "2024年3月20日", "20240320", "1710892800", "1710892800000",
            "1403-01-01", "1403/01/01", "1403.01.01", "14030101", "20/03/2024", "03/20/2024",
        ]
        for sample in samples {
            #expect(DateLayout.candidates(for: [sample]).count == 1, "\(sample)")
        }
        #expect(DateLayout.candidates(for: ["03/04/2024"]) == [.dayMonthYear, .monthDayYear])
    }

    @Test(arguments: [
        ("2024-03-20T10:11:12", 36_672), ("2024-03-20 10:11:12", 36_672), ("2024-03-20 10:11", 36_660),
        ("2024-03-20  9:05", 32_700), ("2024-03-20T10:11:12.345", 36_672), ("2024-03-20T10:11:12,5Z", 36_672),
        ("2024-03-20T10:11:12Z", 36_672), ("2024-03-20T10:11:12+03:30", 36_672), ("2024-03-20 10:11:12 -0500", 36_672),
        ("2024-03-20 10:11:12+08", 36_672), ("2024-03-20 10:11:12 UTC", 36_672), ("2024-03-20t00:00:00z", 0),
        ("2024-03-20 12:05 AM", 300), ("2024-03-20 12:05 pm", 43_500), ("2024-03-20 1:00PM", 46_800),
        ("2024-03-20T23:59:59", 86_399), (" 2024-03-20 ", -1), ("2024-03-20", -1),
        ("۲۰۲۴-۰۳-۲۰ ۱۰:۱۱", 36_660), ("٢٠٢٤-٠٣-٢٠", -1), ("２０２４－０３－２０　１０：１１", 36_660),
    ])
    func isoTimesAreTakenAsWritten(text: String, second: Int32) {
        let parsed = DateLayout.yearMonthDay.parse(text)
        #expect(parsed?.day == Day.number(year: 2024, month: 3, day: 20))
        #expect(parsed?.secondOfDay == second)
    }

    @Test(arguments: [
        "", " ", "2024-02-30", "2023-02-29", "2024-13-01", "2024-00-10", "2024-01-00", "2024-01-32", "2024-1-1x",
        "24-01-01",
        "2024-01-01T", "2024-01-01T24:00", "2024-01-01T10:60", "2024-01-01T10:00:60", "2024-01-01T10",
        "2024-01-0110:00",
        "2024-01-01 10:00:00.", "2024-01-01 10:00 +3", "2024-01-01 10:00 +03:60", "2024-01-01 10:00 +25:00",
        "2024-01-01 13:00 PM", "2024-01-01 0:30 AM", "2024-01-01 10:00 CETX", "2024/01-01", "2024--01-01",
        "-2024-01-01",
        "1500-01-01", "12024-01-01", "2024-01-01 10:00:00 10:00", "2024-01-001",
    ])
    func whatIsNoIsoDateIsRefused(text: String) {
        #expect(DateLayout.yearMonthDay.parse(text) == nil)
    }

    @Test func compactTimes() {
        let day = Day.number(year: 2024, month: 3, day: 20)
        for (text, second) in [
            ("20240320", -1), ("20240320T101112", 36_672), ("20240320101112", 36_672), ("20240320 10:11", 36_660),
            ("20240320T101112Z", 36_672),
        ] as [(String, Int32)] {
            let parsed = DateLayout.compact.parse(text)
            #expect(parsed?.day == day && parsed?.secondOfDay == second, "\(text)")
        }
        for text in ["2024032", "202403201", "2024032010", "20240320250000", "20240230", "2024-03-20"] {
            #expect(DateLayout.compact.parse(text) == nil, "\(text)")
        }
    }

    @Test func dayFirstAndMonthFirst() {
        let day = Day.number(year: 2010, month: 12, day: 1)
        for text in ["01/12/2010", "1/12/2010", "1-12-2010", "01.12.2010", "1/12/10", "1/12/2010 8:26"] {
            #expect(DateLayout.dayMonthYear.parse(text)?.day == day, "\(text)")
        }
        for text in ["12/01/2010", "12/1/2010 8:26", "12-1-10", "12.01.2010"] {
            #expect(DateLayout.monthDayYear.parse(text)?.day == day, "\(text)")
        }
        #expect(DateLayout.monthDayYear.parse("12/1/2010 8:26 PM")?.secondOfDay == 73_560)
        #expect(DateLayout.monthDayYear.parse("13/1/2010") == nil)
        #expect(DateLayout.dayMonthYear.parse("1/13/2010") == nil)
        #expect(DateLayout.dayMonthYear.parse("29/2/2023") == nil)
        #expect(DateLayout.dayMonthYear.parse("1/2-2023") == nil)
        #expect(DateLayout.dayMonthYear.parse("1/2/023") == nil)
        #expect(DateLayout.dayMonthYear.parse("1/2/1402") == nil)
    }

    /// POSIX `strptime` %y: 69–99 are 1969–1999, 00–68 are 2000–2068.
    @Test func twoDigitYearsTurnAt68() {
        #expect(DateLayout.dayMonthYear.parse("1/1/68")?.day == Day.number(year: 2068, month: 1, day: 1))
        #expect(DateLayout.dayMonthYear.parse("1/1/69")?.day == Day.number(year: 1969, month: 1, day: 1))
        #expect(DateLayout.dayMonthYear.parse("1/1/00")?.day == Day.number(year: 2000, month: 1, day: 1))
        #expect(DateLayout.dayMonthYear.parse("1/1/99")?.day == Day.number(year: 1999, month: 1, day: 1))
    }

    @Test func epochs() {
        // date -u -d @1710929472: 2024-03-20 10:11:12.
        let day = Day.number(year: 2024, month: 3, day: 20)
        for (layout, text) in [
            (.epochSeconds, "1710929472"), (.epochSeconds, "1710929472.75"), (.epochMilliseconds, "1710929472345"),
        ] as [(DateLayout, String)] {
            let parsed = layout.parse(text)
            #expect(parsed?.day == day && parsed?.secondOfDay == 36_672, "\(text)")
        }
        #expect(DateLayout.epochSeconds.parse("100000000")?.day == Day.number(year: 1973, month: 3, day: 3))
        for text in ["12345678", "17109294720", "-1710929472", "1710929472 10:00", "1710929472."] {
            #expect(DateLayout.epochSeconds.parse(text) == nil, "\(text)")
        }
    }

    @Test func jalaliDates() {
        let day = Day.number(year: 2024, month: 3, day: 20)
        for (layout, text) in [
            (.jalali, "1403-01-01"), (.jalaliSlash, "1403/1/1"), (.jalaliSlash, "۱۴۰۳/۰۱/۰۱"),
            (.jalaliDot, "١٤٠٣.٠١.٠١"),
            (.jalaliCompact, "14030101"),
        ] as [(DateLayout, String)] {
            #expect(layout.parse(text)?.day == day, "\(text)")
        }
        #expect(DateLayout.jalaliSlash.parse("۱۴۰۳/۰۱/۰۱ ۱۰:۱۱:۱۲")?.secondOfDay == 36_672)
        #expect(DateLayout.jalaliSlash.parse("1404/12/30") == nil)
        #expect(DateLayout.jalaliSlash.parse("2024/01/01") == nil)
        #expect(DateLayout.yearMonthDaySlash.parse("1403/01/01") == nil)
    }

    /// No bytes whatever stop the parser, and what it accepts states a day that exists.
    @Test func anyBytesAreParsedOrRefused() {
        var state: UInt64 = 42
        let alphabet = Array("0123456789-/.: TZ+AMP年月日۱٫".utf8) + [0xFF, 0xC2, 0xE5, 0xF0, 0x00]
        for _ in 0..<200_000 {
            var bytes: [UInt8] = []
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            for position in 0..<Int(state >> 60) + 4 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let choice = position < 8 ? Int(state >> 33) % 14 : Int(state >> 33) % alphabet.count
                bytes.append(alphabet[choice])
            }
            bytes.withUnsafeBufferPointer { buffer in
                for layout in DateLayout.allCases {
                    if let parsed = layout.parse(buffer) {
                        #expect(parsed.secondOfDay >= -1 && parsed.secondOfDay < 86_400)
                        #expect(Day(number: parsed.day).civil.year >= 1501)
                    }
                }
            }
        }
    }
}
