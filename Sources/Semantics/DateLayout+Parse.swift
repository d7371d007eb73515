import CustomerData

extension DateLayout {
    /// The day and the second of the day (0–86,399, or `noTime`) that a cell's UTF-8 bytes state in this layout; nil
    /// when they state none. Strict: no 30 February, no hour 24, nothing after the date but a time. Spaces around the
    /// cell do not count.
    ///
    /// - Complexity: O(bytes); no allocation for up to 1 KiB.
    public func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> (day: Int32, secondOfDay: Int32)? {
        guard bytes.count >= 6, bytes.count <= 256 else { return nil }
        return CellFolding.withFolded(bytes) { folded in
            var cursor = DateCursor(folded)
            switch self {
            case .epochSeconds: return cursor.epoch(digits: 9...10, perSecond: 1)
            case .epochMilliseconds: return cursor.epoch(digits: 12...13, perSecond: 1000)
            default: break
            }
            guard let day = day(&cursor),
                let second = cursor.time(isCompact: self == .compact || self == .jalaliCompact)
            else { return nil }
            return (day.number, second)
        }
    }

    /// As `parse` of the text's UTF-8.
    public func parse(_ text: String) -> (day: Int32, secondOfDay: Int32)? {
        var text = text
        return text.withUTF8 { parse($0) }
    }

    /// Reads the date at the cursor.
    private func day(_ cursor: inout DateCursor) -> Day? {
        switch self {
        case .yearMonthDay, .jalali: yearFirst(&cursor, separator: UInt8(ascii: "-"))
        case .yearMonthDaySlash, .jalaliSlash: yearFirst(&cursor, separator: UInt8(ascii: "/"))
        case .yearMonthDayDot, .jalaliDot: yearFirst(&cursor, separator: UInt8(ascii: "."))
        case .yearMonthDayChinese: chinese(&cursor)
        case .compact, .jalaliCompact: compactDay(&cursor)
        case .dayMonthYear, .monthDayYear: yearLast(&cursor)
        case .epochSeconds, .epochMilliseconds: nil
        }
    }

    private func yearFirst(_ cursor: inout DateCursor, separator: UInt8) -> Day? {
        guard let year = cursor.number(digits: 4...4), cursor.take(separator),
            let month = cursor.number(digits: 1...2), cursor.take(separator),
            let day = cursor.number(digits: 1...2)
        else { return nil }
        return date(year, month, day)
    }

    private func chinese(_ cursor: inout DateCursor) -> Day? {
        guard let year = cursor.number(digits: 4...4), cursor.take("年"),
            let month = cursor.number(digits: 1...2), cursor.take("月"),
            let day = cursor.number(digits: 1...2), cursor.take("日")
        else { return nil }
        return date(year, month, day)
    }

    private func compactDay(_ cursor: inout DateCursor) -> Day? {
        guard let year = cursor.number(exactly: 4), let month = cursor.number(exactly: 2),
            let day = cursor.number(exactly: 2)
        else { return nil }
        return date(year, month, day)
    }

    private func yearLast(_ cursor: inout DateCursor) -> Day? {
        guard let first = cursor.number(digits: 1...2), let separator = cursor.take(anyOf: "/-."),
            let second = cursor.number(digits: 1...2), cursor.take(separator)
        else { return nil }
        let start = cursor.position
        guard var year = cursor.number(digits: 2...4) else { return nil }
        switch cursor.position - start {
        case 2: year += year <= DateLayout.twoDigitYearPivot ? 2000 : 1900
        case 4: break
        default: return nil
        }
        return self == .dayMonthYear ? date(year, second, first) : date(year, first, second)
    }

    /// The day of a civil date in the layout's calendar.
    private func date(_ year: Int, _ month: Int, _ day: Int) -> Day? {
        switch self {
        case .jalali, .jalaliSlash, .jalaliDot, .jalaliCompact:
            JalaliDate.day(year: year, month: month, day: day)
        default:
            year > JalaliDate.years.upperBound ? Day(year: year, month: month, day: day) : nil
        }
    }
}
