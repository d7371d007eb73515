/// How a column writes its dates.
///
/// Gregorian years are read from 1501, Jalali years from 1200 to 1500, so that no value fits both calendars. Any
/// layout may be followed by a time (after `T` or spaces): `H:mm`, `HH:mm:ss`, a fraction of a second, AM or PM, a zone
/// (`Z`, `UTC`, `GMT`, `±hh:mm`, `±hhmm`, `±hh`). **Times are taken as written**: the day is the day that stands in the
/// cell, and the zone is checked but moves nothing, so that a shop's evening stays on its own evening. Epochs have no
/// written day: theirs is the day in UTC.
///
/// Months and days may have one digit or two. Digits may be Persian, Arabic or full-width.
public enum DateLayout: String, CaseIterable, Codable, Sendable {
    /// ISO 8601: `2024-03-20`, `2024-03-20T10:00:00Z`.
    case yearMonthDay = "yyyy-MM-dd"
    /// `2024/03/20`.
    case yearMonthDaySlash = "yyyy/MM/dd"
    /// `2024.03.20`.
    case yearMonthDayDot = "yyyy.MM.dd"
    /// `2024年3月20日`.
    case yearMonthDayChinese = "yyyy年MM月dd日"
    /// ISO 8601 basic: `20240320`, `20240320T101112`, `20240320101112`.
    case compact = "yyyyMMdd"
    /// Day first: `20/03/2024`, `20-03-2024`, `20.03.24`.
    case dayMonthYear = "dd/MM/yyyy"
    /// Month first: `03/20/2024`, `03-20-2024`, `3/20/24`.
    case monthDayYear = "MM/dd/yyyy"
    /// Seconds since 1970, of 9 or 10 digits.
    case epochSeconds = "epoch seconds"
    /// Milliseconds since 1970, of 12 or 13 digits.
    case epochMilliseconds = "epoch milliseconds"
    /// Jalali: `1403-01-01`.
    case jalali = "Jalali yyyy-MM-dd"
    /// Jalali: `1403/01/01`.
    case jalaliSlash = "Jalali yyyy/MM/dd"
    /// Jalali: `1403.01.01`.
    case jalaliDot = "Jalali yyyy.MM.dd"
    /// Jalali: `14030101`.
    case jalaliCompact = "Jalali yyyyMMdd"

    /// Two-digit years up to this one are of the 2000s, later ones of the 1900s (POSIX `strptime`: 68 → 2068,
    /// 69 → 1969).
    public static let twoDigitYearPivot = 68

    /// The `secondOfDay` of a date without a time.
    public static let noTime: Int32 = -1
}
