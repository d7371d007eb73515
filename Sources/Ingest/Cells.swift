import CustomerData
import Semantics

/// Reads numbers: plain ones by a short loop, all others by `NumberLayout`.
struct NumberCells {
    let layout: NumberLayout

    /// A number of digits with at most a minus before them, and a point with one to four decimals: what nearly all
    /// cells are. Nil for everything else.
    @inline(__always)
    static func plain(_ records: Records, _ span: Span, _ layout: NumberLayout) -> Number? {
        var cursor = records.text + Int(span.start)
        let end = cursor + Int(span.length)
        // Fifteen digits may leave the range of money.
        guard span.length > 0, span.length <= 14 else { return nil }
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
        if cursor == end {
            value = value &* Money.scale
            return Number(tenThousandths: isNegative ? -value : value)
        }
        guard cursor.pointee == UInt8(ascii: "."), layout == .decimalPoint else { return nil }
        cursor += 1
        let decimals = end - cursor
        guard decimals >= 1, decimals <= 4 else { return nil }
        while cursor < end {
            let digit = cursor.pointee &- UInt8(ascii: "0")
            if digit > 9 { return nil }
            value = value &* 10 &+ Int64(digit)
            cursor += 1
        }
        switch decimals {
        case 1: value = value &* 1000
        case 2: value = value &* 100
        case 3: value = value &* 10
        default: break
        }
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
