import CustomerData

/// Dates with the month in letters: `12 May 1985`, `May 12, 1985`, `12-May-85`, `۲۲ اردیبهشت ۱۳۶۴`.
public enum MonthNames {
    /// The day that a cell states with an English or a Jalali month; nil when it states none. Two-digit years as in `DateLayout`.
    public static func parse(_ cell: String) -> Day? {
        guard cell.utf8.count <= 40 else { return nil }
        let isArabic = cell.unicodeScalars.contains(where: PlainText.isArabic)
        let plain = isArabic ? PlainText.standard(cell, persian: true).text : cell
        let words = PlainText.asciiDigits(plain).lowercased().split { " ,،-/.".contains($0) }.map(String.init)
        if isArabic { return jalali(words) }
        guard words.count == 3, let month = words.firstIndex(where: { number(of: $0) != nil }), month < 2 else {
            return nil
        }
        let others = words.indices.filter { $0 != month }.map { words[$0] }
        func day(_ word: String) -> Int? {
            let plain = ["st", "nd", "rd", "th"].contains { word.hasSuffix($0) } ? String(word.dropLast(2)) : word
            return plain.count <= 2 ? Int(plain) : nil
        }
        guard let name = number(of: words[month]) else { return nil }
        if let first = day(others[0]), let year = year(others[1]) { return Day(year: year, month: name, day: first) }
        if month == 1, others[0].count == 4, let year = Int(others[0]), let last = day(others[1]) {
            return Day(year: year, month: name, day: last)
        }
        return nil
    }

    /// `22 اردیبهشت 1364`, the day first or the year.
    private static func jalali(_ words: [String]) -> Day? {
        let words = words.filter { $0 != "ماه" && $0 != "سال" }
        guard words.count == 3, let month = jalaliMonths.firstIndex(of: words[1]), let first = Int(words[0]),
            let last = Int(words[2])
        else { return nil }
        let (day, year) = first > 31 ? (last, first) : (first, last)
        return JalaliDate.day(year: year, month: month + 1, day: day)
    }

    private static let jalaliMonths = [
        "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
    ]

    private static func year(_ word: String) -> Int? {
        guard let number = Int(word) else { return nil }
        switch word.count {
        case 4: return number
        case 2: return number + (number <= DateLayout.twoDigitYearPivot ? 2000 : 1900)
        default: return nil
        }
    }

    private static func number(of word: String) -> Int? {
        guard word.count >= 3 else { return nil }
        let names = [
            "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
            "november", "december",
        ]
        return names.firstIndex { $0 == word || $0.prefix(3) == word || $0.prefix(4) == word }.map { $0 + 1 }
    }
}
