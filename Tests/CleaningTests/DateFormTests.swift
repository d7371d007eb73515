import CustomerData
import Semantics
import Testing

@testable import Cleaning

/// Dates become ISO 8601; what may be two days becomes neither.
@Suite struct DateFormTests {
    private func text(_ cell: String, order: DateOrder = .none, latest: Day? = nil) -> String {
        let form = DateForm(order: order.layout, latest: latest)
        return withPadded(cell) { bytes in
            switch form.outcome(of: bytes) {
            case .standard: "standard"
            case .changed(let text, _, _): text
            case .hiddenMissing: "missing"
            case .ambiguous: "ambiguous"
            case .unknown: "unknown"
            }
        }
    }

    enum DateOrder {
        case none, dayFirst, monthFirst

        var layout: DateLayout? {
            switch self {
            case .none: nil
            case .dayFirst: .dayMonthYear
            case .monthFirst: .monthDayYear
            }
        }
    }

    @Test(arguments: [
        ("1985-05-12", "standard"), ("1985-05-12T10:00:00.000Z", "standard"), ("1985/5/12", "1985-05-12"),
        ("12.05.1985", "ambiguous"), ("25.05.1985", "1985-05-25"), ("05/25/1985", "1985-05-25"),
        // 1403-01-01 is 2024-03-20 (Jalali, ICU's Persian calendar).
        ("1403/01/01", "2024-03-20"), ("۱۹۸۵-۰۵-۱۲", "1985-05-12"), ("１９８５-０５-１２", "1985-05-12"),
        ("01/01/1403", "2024-03-20"), ("۳۱-۰۱-۱۴۰۳", "2024-04-19"), ("01/13/1403", "unknown"),
        ("30.12.1404", "unknown"),
        ("1985年5月12日", "1985-05-12"), ("12 May 1985", "1985-05-12"), ("May 12, 1985", "1985-05-12"),
        ("05/05/1985", "1985-05-05"), ("0000-00-00", "missing"), ("1900-01-01", "missing"), ("n/a", "missing"),
        ("30/02/1985", "unknown"), ("soon", "unknown"), ("1403/12/30", "2025-03-20"), ("1404/12/30", "unknown"),
        // The same day in a spreadsheet, counted from 1899-12-30, and in the Persian calendar (ICU).
        ("31179", "1985-05-12"), ("۲۲ اردیبهشت ۱۳۶۴", "1985-05-12"), ("99999", "unknown"), ("1234", "unknown"),
    ])
    func dates(cell: String, expected: String) { #expect(text(cell) == expected) }

    @Test func theOrderIsThatOfTheOthers() {
        #expect(text("03/04/1985", order: .dayFirst) == "1985-04-03")
        #expect(text("03/04/1985", order: .monthFirst) == "1985-03-04")
        var evidence = DateEvidence()
        for cell in ["25/05/1985", "26/05/1985", "01/02/1985"] { withPadded(cell) { evidence.add($0) } }
        #expect(evidence.order == .dayMonthYear)
        withPadded("05/26/1985") { evidence.add($0) }
        #expect(evidence.order == nil)
    }

    /// Midnight says nothing where days are meant; any other time stays.
    @Test func midnightGoesWhereDaysAreMeant() {
        func text(_ cell: String, isOfDays: Bool) -> String? {
            withPadded(cell) {
                guard
                    case .changed(let text, _, _) = DateForm(order: nil, latest: nil, isOfDays: isOfDays).outcome(
                        of: $0)
                else { return nil }
                return text
            }
        }
        for cell in ["1985-05-12T00:00:00", "1985-05-12 00:00", "1985-05-12T00:00:00.000Z"] {
            #expect(text(cell, isOfDays: true) == "1985-05-12")
            #expect(text(cell, isOfDays: false) == nil)
        }
        #expect(text("1985-05-12T20:30:00Z", isOfDays: true) == nil)
        #expect(text("12/25/1985 00:00", isOfDays: true) == "1985-12-25")
        #expect(text("12/25/1985 08:15", isOfDays: true) == "1985-12-25T08:15:00")
    }

    /// A time must be one.
    @Test(arguments: [
        ("2024-01-05 banana", "unknown"), ("2024-01-05T99:99", "unknown"), ("2024-01-05T20:30", "standard"),
        ("2024-01-05 20:30:15.123+03:30", "standard"), ("2024-01-05T20:30:00Z", "standard"),
        ("2024-01-05T20:30-0800", "standard"),
        ("2024-01-05T20:3", "unknown"),
    ])
    func times(cell: String, expected: String) { #expect(text(cell) == expected) }

    /// The last number of a date that begins with its year is the day.
    @Test(arguments: ["2091/03/25", "2024/12/25", "2091年3月25日", "25 March 2091", "2091 March 25", "25.03.2091"])
    func wholeYearsStay(cell: String) {
        #expect(text(cell, latest: Day("2024-03-05")).hasPrefix(cell.contains("2024") ? "2024-12-25" : "2091-03-25"))
    }

    @Test func twoDigitYearsLieBeforeTheLatestDay() {
        #expect(text("25/05/45", latest: Day("2024-01-01")) == "1945-05-25")
        #expect(text("25/05/12", latest: Day("2024-01-01")) == "2012-05-25")
    }
}
