import CustomerData

/// How time is divided: calendar months, quarters, years, weeks from Monday, or so many days.
public enum Cadence: Hashable, Sendable {
    /// Weeks from Monday to Sunday.
    case week
    /// Calendar months.
    case month
    /// Calendar quarters.
    case quarter
    /// Calendar years.
    case year
    /// So many days, at least 1.
    case days(Int)

    /// Numbers of days that may be chosen.
    public static let allowedDays = 1...3650

    /// The day `count` steps after a day; before it when negative. Steps of months go to the same day of the month, or to
    /// the month's last day where it has no such day, always counted from `day`: 31 January, 28 February, 31 March.
    public func day(_ count: Int, after day: Day) -> Day {
        switch self {
        case .week: return day.advanced(byDays: 7 * count)
        case .days(let days): return day.advanced(byDays: days * count)
        case .month, .quarter, .year:
            let date = day.civil
            let month = date.year * 12 + date.month - 1 + count * monthCount
            let (year, rest) = (month.floorDivided(by: 12), month - month.floorDivided(by: 12) * 12 + 1)
            return Day(
                number: Day.number(year: year, month: rest, day: min(date.day, Day.length(ofMonth: rest, year: year))))
        }
    }

    /// The first day of the period that a day lies in. Periods of days are counted from `origin`.
    public func period(of day: Day, origin: Day) -> Day {
        switch self {
        case .week: return day.advanced(byDays: -day.weekday)
        case .days(let days):
            return origin.advanced(byDays: day.days(since: origin).floorDivided(by: days) * days)
        case .month, .quarter, .year:
            let date = day.civil
            let month = (date.month - 1) / monthCount * monthCount + 1
            return Day(number: Day.number(year: date.year, month: month, day: 1))
        }
    }

    /// Months of a period of months.
    private var monthCount: Int {
        switch self {
        case .quarter: 3
        case .year: 12
        default: 1
        }
    }
}

extension Cadence: LosslessStringConvertible {
    /// `week`, `month`, `quarter`, `year`, or `30 days`.
    public var description: String {
        switch self {
        case .week: "week"
        case .month: "month"
        case .quarter: "quarter"
        case .year: "year"
        case .days(let days): days == 1 ? "1 day" : "\(days) days"
        }
    }

    /// The cadence of a word, or of a number of days (`30 days`, `30days`, `30`); nil for anything else.
    public init?(_ description: String) {
        switch description {
        case "week": self = .week
        case "month": self = .month
        case "quarter": self = .quarter
        case "year": self = .year
        default:
            let digits = description.prefix { $0.isASCII && $0.isNumber }
            let unit = description.dropFirst(digits.count).drop { $0 == " " }
            guard let days = Int(digits), Cadence.allowedDays.contains(days), ["", "day", "days"].contains(unit) else {
                return nil
            }
            self = .days(days)
        }
    }
}

extension Int {
    /// The quotient rounded down; the divisor is positive.
    fileprivate func floorDivided(by divisor: Int) -> Int {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
