import CustomerData
import Semantics

/// What a column's dates say about the order of day and month: an accumulator.
struct DateEvidence: Sendable {
    /// Dates that are possible with the day first only.
    var dayFirst = 0
    /// Dates that are possible with the month first only.
    var monthFirst = 0
    /// Dates of ISO 8601 without a time, and with one.
    var plain = 0
    var timed = 0

    mutating func add(_ cell: UnsafeBufferPointer<UInt8>) {
        if DateForm.isISO(cell) {
            if cell.count == 10 { plain += 1 } else { timed += 1 }
            return
        }
        // Dates that begin with the year have a digit in the fourth place.
        guard cell.count >= 6, cell.count <= 64 else { return }
        let first = DateLayout.dayMonthYear.parse(cell) != nil
        let second = DateLayout.monthDayYear.parse(cell) != nil
        if first, !second { dayFirst += 1 }
        if second, !first { monthFirst += 1 }
    }

    mutating func merge(_ other: DateEvidence) {
        dayFirst += other.dayFirst
        monthFirst += other.monthFirst
        plain += other.plain
        timed += other.timed
    }

    /// Whether a time at midnight says nothing: nine in ten dates of the column have none.
    var isOfDays: Bool { plain >= 10 && timed * 9 <= plain }

    /// The order of dates that leave it open: that of all others, where those of the other order are at most one in
    /// twenty; nil when there are none or both.
    var order: DateLayout? {
        if dayFirst > 0, monthFirst * 20 <= dayFirst { return .dayMonthYear }
        return monthFirst > 0 && dayFirst * 20 <= monthFirst ? .monthDayYear : nil
    }
}

/// Brings dates to ISO 8601.
struct DateForm {
    enum Outcome {
        /// It is as it should be.
        case standard
        /// It becomes another text.
        case changed(String, CleaningRules, UInt8)
        /// It stands for none.
        case hiddenMissing
        /// Day and month can't be told apart.
        case ambiguous(String)
        /// It is no date.
        case unknown
    }

    /// The order of day and month where a date leaves it open.
    let order: DateLayout?
    /// Two-digit years behind this day lie a century earlier; nil for no bound.
    let latest: Day?
    /// Whether times at midnight go.
    var isOfDays = false

    /// Whether bytes are a date of ISO 8601 after 1500, or one with a time behind it.
    static func isISO(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
        guard cell.count >= 10, cell[4] == 0x2D, cell[7] == 0x2D,
            cell.count == 10 || cell[10] == 0x54 || cell[10] == 0x20
        else { return false }
        func digit(_ place: Int) -> Int? {
            let value = Int(cell[place]) - 0x30
            return (0...9).contains(value) ? value : nil
        }
        guard let a = digit(0), let b = digit(1), let c = digit(2), let d = digit(3), let e = digit(5),
            let f = digit(6), let g = digit(8), let h = digit(9)
        else { return false }
        let (year, month, day) = (a * 1000 + b * 100 + c * 10 + d, e * 10 + f, g * 10 + h)
        return year > 1500 && month >= 1 && month <= 12 && day >= 1 && day <= Day.length(ofMonth: month, year: year)
            && (cell.count == 10 || isTime(UnsafeBufferPointer(rebasing: cell[11...])))
    }

    /// Whether bytes are a time of the day, `20:30`, `20:30:00.000`, and an offset behind it or none: `Z`, `+03:30`, `+0330`.
    private static func isTime(_ time: UnsafeBufferPointer<UInt8>) -> Bool {
        var place = 0
        func number(_ limit: UInt8) -> Bool {
            guard place + 1 < time.count, time[place] >= 0x30, time[place] <= 0x39, time[place + 1] >= 0x30,
                time[place + 1] <= 0x39, (time[place] - 0x30) * 10 + time[place + 1] - 0x30 <= limit
            else { return false }
            place += 2
            return true
        }
        func take(_ byte: UInt8) -> Bool {
            guard place < time.count, time[place] == byte else { return false }
            place += 1
            return true
        }
        guard number(24), take(0x3A), number(59) else { return false }
        if take(0x3A) {
            guard number(60) else { return false }
            if take(0x2E) { while place < time.count, time[place] >= 0x30, time[place] <= 0x39 { place += 1 } }
        }
        if place == time.count || take(0x5A) { return place == time.count }
        _ = take(0x20)
        guard take(0x2B) || take(0x2D), number(14) else { return false }
        if take(0x3A) || place < time.count { return number(59) && place == time.count }
        return place == time.count
    }

    /// What becomes of a cell that is not empty.
    func outcome(of cell: UnsafeBufferPointer<UInt8>) -> Outcome {
        if DateForm.isISO(cell) {
            guard cell.count == 10 else {
                guard isOfDays, DateForm.isMidnight(cell) else { return .standard }
                return .changed(String(decoding: cell[..<10], as: UTF8.self), CleaningRules(.date), 98)
            }
            return DateForm.isPlaceholder(cell) ? .hiddenMissing : .standard
        }
        if HiddenMissing.isZeroDate(cell) || HiddenMissing.isWord(cell) { return .hiddenMissing }
        for layout in DateForm.yearFirst {
            guard let (day, second) = layout.parse(cell) else { continue }
            if DateForm.isHidden(day) { return .hiddenMissing }
            let isJalali = DateForm.jalali.contains(layout)
            return changed(cell, day, second, CleaningRules(isJalali ? .jalali : .date), isJalali ? 98 : 100)
        }
        let dayFirst = DateLayout.dayMonthYear.parse(cell)
        let monthFirst = DateLayout.monthDayYear.parse(cell)
        switch (dayFirst, monthFirst) {
        case (let first?, let second?):
            if first.day == second.day { return changed(cell, first.day, first.secondOfDay, CleaningRules(.date), 100) }
            guard let order else { return .ambiguous(Day(number: first.day).description) }
            let chosen = order == .dayMonthYear ? first : second
            return changed(cell, chosen.day, chosen.secondOfDay, CleaningRules(.date), 95)
        case (let first?, nil): return changed(cell, first.day, first.secondOfDay, CleaningRules(.date), 99)
        case (nil, let second?): return changed(cell, second.day, second.secondOfDay, CleaningRules(.date), 99)
        case (nil, nil): break
        }
        if let day = DateForm.jalaliDayFirst(cell) {
            return changed(cell, day.number, DateLayout.noTime, CleaningRules(.jalali), 95)
        }
        if let day = MonthNames.parse(String(decoding: cell, as: UTF8.self)) {
            return changed(cell, day.number, DateLayout.noTime, CleaningRules(.date), 99)
        }
        if let (day, second) = DateLayout.epochMilliseconds.parse(cell) {
            return changed(cell, day, second, CleaningRules(.date), 97)
        }
        if let day = DateForm.spreadsheetDay(cell) {
            return .changed(day.description, CleaningRules(.date), 90)
        }
        return .unknown
    }

    /// The day of a Jalali date whose year stands last, `05/01/1402`: day, month, year, as Persian says it; nil for any other
    /// cell.
    private static func jalaliDayFirst(_ cell: UnsafeBufferPointer<UInt8>) -> Day? {
        guard cell.count >= 8, cell.count <= 32 else { return nil }
        let text = PlainText.asciiDigits(String(decoding: cell, as: UTF8.self))
        for separator in "/-." {
            let parts = text.split(separator: separator, omittingEmptySubsequences: false)
            guard parts.count == 3, parts[0].count <= 2, parts[1].count <= 2, parts[2].count == 4,
                let day = Int(parts[0]), let month = Int(parts[1]), let year = Int(parts[2])
            else { continue }
            return JalaliDate.day(year: year, month: month, day: day)
        }
        return nil
    }

    /// The day that five digits are the number of in a spreadsheet, counted from 1899-12-30 (ECMA-376, 18.17.4.1): from
    /// 1927 to 2064.
    private static func spreadsheetDay(_ cell: UnsafeBufferPointer<UInt8>) -> Day? {
        guard cell.count == 5, cell.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
        let number = cell.reduce(0) { $0 * 10 + Int32($1 - 0x30) }
        // Day 25569 is 1970-01-01.
        return (10_000...60_000).contains(number) ? Day(number: number - 25_569) : nil
    }

    /// Whether the time behind a date is midnight, in any zone that is written or in none.
    private static func isMidnight(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
        let time = cell[11...]
        var digits = 0
        for byte in time {
            if byte == 0x30 { digits += 1 } else if byte != 0x3A, byte != 0x2E, byte != 0x5A { return false }
        }
        return digits >= 3
    }

    private func changed(
        _ cell: UnsafeBufferPointer<UInt8>, _ number: Int32, _ second: Int32, _ rules: CleaningRules,
        _ confidence: UInt8
    ) -> Outcome {
        var rules = rules
        var day = Day(number: number)
        if let latest, latest < day, DateForm.hasTwoDigitYear(cell) {
            let (year, month, date) = day.civil
            day = Day(year: year - 100, month: month, day: date) ?? day
        }
        if cell.contains(where: { $0 >= 0x80 }) { rules.insert(.digits) }
        guard second > 0 || second == 0 && !isOfDays else { return .changed(day.description, rules, confidence) }
        func two(_ value: Int32) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let time = "\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))"
        // The zone stays as it was written.
        let text = String(decoding: cell, as: UTF8.self)
        let zone = text.hasSuffix("Z") ? "Z" : DateForm.offset(text)
        return .changed(day.description + "T" + time + zone, rules, confidence)
    }

    /// The offset at the end of a time, `+03:30`; empty when there is none.
    private static func offset(_ text: String) -> String {
        guard let colon = text.firstIndex(of: ":"), let sign = text[colon...].lastIndex(where: { "+-".contains($0) })
        else { return "" }
        return String(text[sign...])
    }

    /// Whether no number of a date, its time left out, has more than two digits.
    private static func hasTwoDigitYear(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
        let text = PlainText.asciiDigits(String(decoding: cell, as: UTF8.self))
        return !text.prefix { $0 != ":" }.split { !$0.isNumber }.contains { $0.count > 2 }
    }

    private static func isPlaceholder(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
        isHidden(CleaningSurvey.day(cell))
    }

    static func isHidden(_ number: Int32) -> Bool {
        let (year, month, day) = Day(number: number).civil
        return HiddenMissing.isDate(year: year, month: month, day: day)
    }

    private static let jalali: Set<DateLayout> = [.jalali, .jalaliSlash, .jalaliDot, .jalaliCompact]
    private static let yearFirst: [DateLayout] = [
        .yearMonthDay, .yearMonthDaySlash, .yearMonthDayDot, .yearMonthDayChinese, .jalali, .jalaliSlash, .jalaliDot,
        .compact, .jalaliCompact,
    ]
}
