import CustomerData
import Semantics

/// What a cell that is filled can be read as.
enum CellKind: UInt8, BitwiseCopyable {
    case number, code, date, jalaliDate, email, text
}

/// A cell read: its kind, and its number or day.
struct CellReading {
    var kind = CellKind.text
    /// Ten-thousandths, or the day.
    var value: Int64 = 0
    var decimals = 0
    var hasCurrency = false
}

/// Reads the cells of a column: numbers, dates, addresses.
struct CellReader {
    private let plan: ColumnPlan

    init(_ plan: ColumnPlan) { self.plan = plan }

    /// Reads a cell that is filled.
    func read(_ bytes: UnsafeBufferPointer<UInt8>, _ scan: inout CellScan) -> CellReading {
        if scan.ats == 1, EmailAddress.isValid(bytes) { return CellReading(kind: .email) }
        guard scan.digits > 0 else { return CellReading() }
        if let layout = plan.digitLayout, let parsed = layout.parse(bytes) {
            return date(parsed.day, isJalali: layout == .jalaliCompact, &scan)
        }
        if scan.isPlainNumber {
            let first = bytes[0] == UInt8(ascii: "-") && bytes.count > 1 ? bytes[1] : bytes[0]
            let isCode = first == UInt8(ascii: "0") && scan.decimals == 0 && scan.digits > 1
            if isCode { scan.suspicions |= SuspicionBits.leadingZero }
            return CellReading(kind: isCode ? .code : .number, value: scan.number, decimals: scan.decimals)
        }
        if scan.digits == bytes.count { return CellReading(kind: .code) }
        if let found = readDate(bytes, &scan) { return found }
        guard scan.upper + scan.lower + scan.letters == 0 || plan.isNumeric, bytes.count <= 40 else {
            return CellReading()
        }
        guard let number = plan.numbers.parse(bytes) else { return CellReading() }
        if bytes.contains(where: { $0 | 0x20 == UInt8(ascii: "e") }), number.currency == nil {
            scan.suspicions |= SuspicionBits.roundedNumber
        }
        return CellReading(
            kind: .number, value: number.tenThousandths, decimals: number.decimals, hasCurrency: number.currency != nil)
    }

    /// A date by the shape of its beginning, in any layout that has separators.
    private func readDate(_ bytes: UnsafeBufferPointer<UInt8>, _ scan: inout CellScan) -> CellReading? {
        guard scan.digits >= 3, bytes.count >= 6, bytes.count <= 48 else { return nil }
        var position = 0
        var digits = 0
        while position < bytes.count {
            let byte = bytes[position]
            if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
                position += 1
            } else if scan.suspicions & (SuspicionBits.foreignDigits | SuspicionBits.fullWidth) != 0, byte >= 0xD9,
                let length = CellReader.digitLength(bytes, at: position)
            {
                position += length
            } else {
                break
            }
            digits += 1
        }
        guard position < bytes.count else { return nil }
        let separator = bytes[position]
        if digits == 4 {
            let layouts: (DateLayout, DateLayout?)
            switch separator {
            case UInt8(ascii: "-"): layouts = (.yearMonthDay, .jalali)
            case UInt8(ascii: "/"): layouts = (.yearMonthDaySlash, .jalaliSlash)
            case UInt8(ascii: "."): layouts = (.yearMonthDayDot, .jalaliDot)
            case 0xE5: layouts = (.yearMonthDayChinese, nil)
            default: return nil
            }
            if let parsed = layouts.0.parse(bytes) { return date(parsed.day, isJalali: false, &scan) }
            if let parsed = layouts.1?.parse(bytes) { return date(parsed.day, isJalali: true, &scan) }
        } else if digits == 1 || digits == 2, "/-.".utf8.contains(separator) {
            let dayFirst = DateLayout.dayMonthYear.parse(bytes)
            let monthFirst = DateLayout.monthDayYear.parse(bytes)
            guard let either = plan.dayOrder == .dayMonthYear ? dayFirst ?? monthFirst : monthFirst ?? dayFirst else {
                return nil
            }
            if let dayFirst, let monthFirst, dayFirst.day != monthFirst.day {
                scan.suspicions |= SuspicionBits.eitherOrder
            }
            return date(either.day, isJalali: false, &scan)
        }
        return nil
    }

    /// Bytes of a Persian, Arabic or full-width digit that stands here; nil for anything else.
    private static func digitLength(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> Int? {
        let left = bytes.count - position
        switch bytes[position] {
        case 0xDB where left >= 2 && (0xB0...0xB9).contains(bytes[position + 1]): return 2
        case 0xD9 where left >= 2 && (0xA0...0xA9).contains(bytes[position + 1]): return 2
        case 0xEF where left >= 3 && bytes[position + 1] == 0xBC && (0x90...0x99).contains(bytes[position + 2]):
            return 3
        default: return nil
        }
    }

    /// Days of 1900-01-01 and 2101-01-01.
    private static let usualDays: Range<Int32> = -25_567..<47_847

    private func date(_ day: Int32, isJalali: Bool, _ scan: inout CellScan) -> CellReading {
        if !CellReader.usualDays.contains(day) { scan.suspicions |= SuspicionBits.farDate }
        return CellReading(kind: isJalali ? .jalaliDate : .date, value: Int64(day))
    }
}
