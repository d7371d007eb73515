/// A calendar day of the proleptic Gregorian calendar, without time and zone.
///
/// Arithmetic follows the civil-day algorithms of Howard Hinnant ("chrono-Compatible Low-Level Date
/// Algorithms", 2013): no calendar object, no allocation.
public struct Day: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01; negative before it.
    public let number: Int32

    /// The day that lies `number` days after 1970-01-01.
    @inlinable
    public init(number: Int32) { self.number = number }

    /// The day of a civil date, or nil when there is no such date (a 30 February).
    ///
    /// - Parameters:
    ///   - year: in `0...9999`.
    ///   - month: in `1...12`.
    ///   - day: in `1...31`.
    @inlinable
    public init?(year: Int, month: Int, day: Int) {
        guard year >= 0, year <= 9999, month >= 1, month <= 12, day >= 1,
            day <= Day.length(ofMonth: month, year: year)
        else { return nil }
        self.number = Day.number(year: year, month: month, day: day)
    }

    /// The number of the day with that civil date; the date must exist.
    @inlinable
    public static func number(year: Int, month: Int, day: Int) -> Int32 {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return Int32(truncatingIfNeeded: era * 146_097 + dayOfEra - 719_468)
    }

    /// Days in a month, 28 to 31.
    @inlinable
    public static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Year, month (1–12) and day of the month (1–31).
    @inlinable
    public var civil: (year: Int, month: Int, day: Int) {
        let shifted = Int(number) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    /// Day of the week: 0 is Monday, 6 is Sunday.
    @inlinable
    public var weekday: Int {
        let remainder = (Int(number) + 3) % 7
        return remainder < 0 ? remainder + 7 : remainder
    }

    /// The day `days` later, or earlier when negative.
    @inlinable
    public func advanced(byDays days: Int) -> Day { Day(number: number + Int32(days)) }

    /// Days from `other` to this day; negative when `other` is later.
    @inlinable
    public func days(since other: Day) -> Int { Int(number) - Int(other.number) }

    /// Whether the left day is earlier.
    @inlinable
    public static func < (left: Day, right: Day) -> Bool { left.number < right.number }
}

extension Day: LosslessStringConvertible {
    /// ISO 8601: `2024-03-20`.
    public var description: String {
        let (year, month, day) = civil
        func padded(_ value: Int, _ width: Int) -> String {
            let digits = String(value)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    /// The day of an ISO 8601 date `yyyy-MM-dd`; nil for anything else.
    public init?(_ description: String) {
        let parts = description.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].count == 4, parts[1].count == 2, parts[2].count == 2,
            parts.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }
}

extension Day: Codable {
    /// Reads an ISO 8601 date string.
    ///
    /// - Throws: `DecodingError.dataCorrupted` when the string is no date.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let day = Day(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "expected a date yyyy-MM-dd")
        }
        self = day
    }

    /// Writes an ISO 8601 date string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
