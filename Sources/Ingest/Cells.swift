import CustomerData
import Semantics

/// Reads numbers: plain ones by a short loop, all others by `NumberLayout`.
struct NumberCells {
    let layout: NumberLayout

    /// A number of digits with at most a minus before them, and a point with one to four decimals: what nearly all
    /// cells are. Nil for everything else.
    @inline(__always)
    static func plain(_ records: Records, _ span: Span, _ layout: NumberLayout) -> Number? {
        let raw = UnsafeRawPointer(records.text + Int(span.start))
        if span.length == 1 {
            // Most numbers of units.
            let digit = raw.load(as: UInt8.self) &- UInt8(ascii: "0")
            return digit <= 9 ? Number(tenThousandths: Int64(digit) &* Money.scale) : nil
        }
        if span.length > 0, span.length <= 8, let number = short(raw, UInt64(span.length), layout) { return number }
        return long(raw, span.length, layout)
    }

    /// As `plain`, of up to eight bytes without a minus, at once instead of digit by digit: prices are of all lengths,
    /// and a processor guesses wrong where their digits end.
    @inline(__always)
    private static func short(_ raw: UnsafeRawPointer, _ length: UInt64, _ layout: NumberLayout) -> Number? {
        // The last character in the highest byte, zeros below the first.
        var word = raw.loadUnaligned(as: UInt64.self) &<< (64 &- 8 &* length)
        var unused = 64 &- 8 &* length
        var decimals = 0
        let points = word ^ 0x2E2E_2E2E_2E2E_2E2E
        let found = (points &- 0x0101_0101_0101_0101) & ~points & 0x8080_8080_8080_8080
        if found != 0 {
            let place = UInt64(truncatingIfNeeded: found.trailingZeroBitCount) & ~7
            // What stands before the point moves up over it.
            let before = word & (1 &<< place &- 1)
            word = (((word &>> place) &>> 8) &<< place) &<< 8 | before &<< 8
            decimals = Int(truncatingIfNeeded: 7 &- place / 8)
            guard layout == .decimalPoint, place > unused, decimals >= 1, decimals <= 4 else { return nil }
            unused &+= 8
        }
        let digits = word ^ ((0x3030_3030_3030_3030 &>> unused) &<< unused)
        guard (digits &+ 0x7676_7676_7676_7676 | digits) & 0x8080_8080_8080_8080 == 0 else { return nil }
        // Pairs of digits, of pairs, of fours.
        var value = (digits &* 2561) &>> 8 & 0x00FF_00FF_00FF_00FF
        value = (value &* 6_553_601) &>> 16 & 0x0000_FFFF_0000_FFFF
        value = (value &* 42_949_672_960_001) &>> 32
        return Number(tenThousandths: Int64(value) &* scale(decimals), decimals: decimals)
    }

    /// Ten-thousandths of a unit of the last of so many decimals, 0 to 4: a table of 14 bits each.
    @inline(__always)
    private static func scale(_ decimals: Int) -> Int64 {
        let table: UInt64 = 10_000 | 1000 << 14 | 100 << 28 | 10 << 42 | 1 << 56
        return Int64(table &>> UInt64(truncatingIfNeeded: 14 &* decimals) & 0x3FFF)
    }

    /// As `plain`, digit by digit.
    private static func long(_ raw: UnsafeRawPointer, _ length: UInt32, _ layout: NumberLayout) -> Number? {
        var cursor = raw.assumingMemoryBound(to: UInt8.self)
        let end = cursor + Int(length)
        // Fifteen digits may leave the range of money.
        guard length > 0, length <= 14 else { return nil }
        let isNegative = cursor.pointee == UInt8(ascii: "-")
        if isNegative { cursor += 1 }
        var value: Int64 = 0
        let first = cursor
        while cursor < end {
            let digit = cursor.pointee &- UInt8(ascii: "0")
            if digit > 9 { break }
            value = value &* 10 &+ Int64(digit)
            cursor += 1
        }
        guard cursor > first else { return nil }
        var decimals = 0
        if cursor < end {
            guard cursor.pointee == UInt8(ascii: "."), layout == .decimalPoint else { return nil }
            cursor += 1
            decimals = end - cursor
            guard decimals >= 1, decimals <= 4 else { return nil }
            while cursor < end {
                let digit = cursor.pointee &- UInt8(ascii: "0")
                if digit > 9 { return nil }
                value = value &* 10 &+ Int64(digit)
                cursor += 1
            }
        }
        value = value &* scale(decimals)
        return Number(tenThousandths: isNegative ? -value : value, decimals: decimals)
    }

    /// Any number that the layout knows.
    @inline(never)
    func parse(_ records: Records, _ span: Span) -> ParsedNumber? { layout.parse(records.bytes(span)) }
}

/// Reads dates: ISO dates with and without a plain time at once, all others by `DateLayout`. Rows that follow each
/// other mostly share the moment, or at least the day, which is then read once.
struct DateCells {
    let layout: DateLayout
    /// The latest cell of up to 24 bytes and what it says; none has this length.
    private var latestCell = (first: UInt64(0), second: UInt64(0), third: UInt64(0), length: UInt32.max)
    private var latestMoment = (day: Int32(0), second: Int32(0))
    // Bytes that are no text, so that no cell has them.
    private var latestHead = UInt64.max
    private var latestTail: UInt16 = 0
    private var latestDay: Int32 = 0

    init(layout: DateLayout) { self.layout = layout }

    /// The day and the second of the day (−1 without a time) of a cell, or nil when it is no date of the layout.
    @inline(__always)
    mutating func parse(_ records: Records, _ span: Span) -> (day: Int32, second: Int32)? {
        guard span.length > 8, span.length <= 24 else { return slow(records, span) }
        let raw = UnsafeRawPointer(records.text + Int(span.start))
        let first = raw.loadUnaligned(as: UInt64.self)
        let second = DateCells.word(raw + 8, Int(span.length) - 8)
        let third = DateCells.word(raw + 16, Int(span.length) - 16)
        if first == latestCell.first, second == latestCell.second, third == latestCell.third,
            span.length == latestCell.length
        {
            return latestMoment
        }
        guard let moment = read(records, span, raw) else { return nil }
        latestCell = (first, second, third, span.length)
        latestMoment = moment
        return moment
    }

    /// The first `length` bytes, at most eight, as a number.
    @inline(__always)
    private static func word(_ raw: UnsafeRawPointer, _ length: Int) -> UInt64 {
        guard length > 0 else { return 0 }
        let word = raw.loadUnaligned(as: UInt64.self)
        return length >= 8 ? word : word & (1 << UInt64(truncatingIfNeeded: 8 * length) - 1)
    }

    @inline(__always)
    private mutating func read(
        _ records: Records, _ span: Span, _ raw: UnsafeRawPointer
    ) -> (day: Int32, second: Int32)? {
        guard layout == .yearMonthDay, span.length == 10 || span.length == 19 else { return slow(records, span) }
        let head = raw.loadUnaligned(as: UInt64.self)
        let tail = raw.loadUnaligned(fromByteOffset: 8, as: UInt16.self)
        if head != latestHead || tail != latestTail {
            guard let day = layout.parse(UnsafeBufferPointer(rebasing: records.bytes(span)[..<10]))?.day else {
                return slow(records, span)
            }
            (latestHead, latestTail, latestDay) = (head, tail, day)
        }
        if span.length == 10 { return (latestDay, -1) }
        // "Thh:mm:ss" or " hh:mm:ss".
        let text = raw.assumingMemoryBound(to: UInt8.self)
        guard text[10] == UInt8(ascii: "T") || text[10] == UInt8(ascii: " "), text[13] == UInt8(ascii: ":"),
            text[16] == UInt8(ascii: ":"), let hour = DateCells.pair(text + 11), hour < 24,
            let minute = DateCells.pair(text + 14), minute < 60, let second = DateCells.pair(text + 17), second < 60
        else { return slow(records, span) }
        return (latestDay, hour * 3600 + minute * 60 + second)
    }

    @inline(__always)
    private static func pair(_ text: UnsafePointer<UInt8>) -> Int32? {
        let tens = text[0] &- UInt8(ascii: "0")
        let ones = text[1] &- UInt8(ascii: "0")
        return tens <= 9 && ones <= 9 ? Int32(tens) * 10 + Int32(ones) : nil
    }

    @inline(never)
    private func slow(_ records: Records, _ span: Span) -> (day: Int32, second: Int32)? {
        layout.parse(records.bytes(span)).map { ($0.day, $0.secondOfDay) }
    }
}

extension Records {
    /// Whether a cell says that there is no value: it is empty, or one of `NULL`, `NaN`, `NA`, `N/A`, `None`, `nil`,
    /// `\N`, `-` in any case.
    @inline(__always)
    func isMissing(_ span: Span) -> Bool {
        if span.length == 0 { return true }
        return span.length <= 4 && isMissingWord(span)
    }

    /// Compares words of up to four bytes: ids are often as short as these, so there is no array here.
    @inline(never)
    private func isMissingWord(_ span: Span) -> Bool {
        let mask = UInt32.max >> (32 - 8 * span.length)
        let word = UnsafeRawPointer(text + Int(span.start)).loadUnaligned(as: UInt32.self) & mask
        // A letter's case is the bit 0x20.
        let lowered = word | (0x2020_2020 & mask)
        switch span.length {
        case 4: return lowered == Records.word("null") || lowered == Records.word("none")
        case 3:
            return lowered == Records.word("nan") || lowered == Records.word("nil")
                || word | 0x20_0020 == Records.word("n/a")
        case 2: return lowered == Records.word("na") || word | 0x2000 == Records.word("\\n")
        default: return word == Records.word("-")
        }
    }

    /// Up to four ASCII characters as a number.
    @inline(__always)
    private static func word(_ text: StaticString) -> UInt32 {
        var word: UInt32 = 0
        for offset in (0..<text.utf8CodeUnitCount).reversed() { word = word << 8 | UInt32(text.utf8Start[offset]) }
        return word
    }
}
