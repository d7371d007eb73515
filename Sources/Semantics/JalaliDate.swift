import CustomerData

/// The Solar Hijri (Jalali) calendar of Iran and Afghanistan, by arithmetic.
///
/// Leap years follow the 33-year cycle: year y is leap when (25·y + 11) mod 33 < 8. Over the years 1200–1500
/// (1821–2122) this is the calendar as it was and will be observed, and equals ICU's `Calendar(.persian)` on every
/// day; outside of those years a date is refused.
public enum JalaliDate {
    /// The years that are read.
    public static let years = 1200...1500

    /// Whether a year has 366 days.
    public static func isLeap(_ year: Int) -> Bool { (25 * year + 11) % 33 < 8 }

    /// Days in a month: 31 in the first six, 30 in the next five, 29 or 30 in the last.
    public static func length(ofMonth month: Int, year: Int) -> Int {
        month <= 6 ? 31 : month <= 11 || isLeap(year) ? 30 : 29
    }

    /// The day of a Jalali date, or nil when there is no such date (30 Esfand of a common year).
    public static func day(year: Int, month: Int, day: Int) -> Day? {
        guard years.contains(year), month >= 1, month <= 12, day >= 1, day <= length(ofMonth: month, year: year)
        else { return nil }
        let daysBeforeMonth = month <= 7 ? 31 * (month - 1) : 186 + 30 * (month - 7)
        return Day(number: Int32(firstDay(ofYear: year) + daysBeforeMonth + day - 1))
    }

    /// Day number of 1 Farvardin; 1 Farvardin 1403 is 2024-03-20, day 19,802.
    private static func firstDay(ofYear year: Int) -> Int {
        365 * (year - 1403) + (8 * year + 21) / 33 - (8 * 1403 + 21) / 33 + 19_802
    }
}

extension JalaliDate {
    /// Year, month and day of a day in the calendar, or nil outside of `years`.
    public static func civil(_ day: Day) -> (year: Int, month: Int, day: Int)? {
        var year = 1403 + Int((Double(day.number - 19_802) / 365.2422).rounded(.down))
        while firstDay(ofYear: year) > Int(day.number) { year -= 1 }
        while firstDay(ofYear: year + 1) <= Int(day.number) { year += 1 }
        guard years.contains(year) else { return nil }
        var rest = Int(day.number) - firstDay(ofYear: year)
        var month = 1
        while rest >= length(ofMonth: month, year: year) {
            rest -= length(ofMonth: month, year: year)
            month += 1
        }
        return (year, month, rest + 1)
    }
}
