import CustomerData

extension NumberLayout {
    /// The number that a cell's UTF-8 bytes state in this layout; nil when they state none, or one of more than about
    /// 9.2 · 10^14.
    ///
    /// Strict about groups: between two separators stand three digits (two are taken too where commas group, as in
    /// India: `1,23,456`), the first group has one to three digits and does not begin with a zero, and one number has
    /// one kind of separator.
    ///
    /// - Complexity: O(bytes); no allocation for up to 256 bytes, and a longer cell is no number.
    public func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> ParsedNumber? {
        guard !bytes.isEmpty, bytes.count <= 256 else { return nil }
        return CellFolding.withFolded(bytes) { folded in
            guard let frame = NumberFrame(folded) else { return nil }
            return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: frame.digits.count) { scratch in
                guard let decimal = DecimalDigits(frame.digits, layout: self, scratch: scratch) else { return nil }
                return decimal.parsed(isNegative: frame.isNegative, currency: frame.currency)
            }
        }
    }

    /// As `parse` of the text's UTF-8.
    public func parse(_ text: String) -> ParsedNumber? {
        var text = text
        return text.withUTF8 { parse($0) }
    }
}

/// A number's digits and separators, without its sign, parentheses and currency.
private struct NumberFrame {
    var digits: UnsafeBufferPointer<UInt8>
    var isNegative = false
    var currency: CurrencyMark?

    /// Takes off what stands around the digits; nil when something stands there twice or nothing is left.
    init?(_ folded: UnsafeBufferPointer<UInt8>) {
        digits = folded
        var hasSign = false
        var isInParentheses = false
        while let first = digits.first, let last = digits.last {
            if first == UInt8(ascii: " ") {
                digits = UnsafeBufferPointer(rebasing: digits.dropFirst())
            } else if last == UInt8(ascii: " ") {
                digits = UnsafeBufferPointer(rebasing: digits.dropLast())
            } else if first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
                guard !hasSign else { return nil }
                hasSign = true
                isNegative = first == UInt8(ascii: "-")
                digits = UnsafeBufferPointer(rebasing: digits.dropFirst())
            } else if last == UInt8(ascii: "-") || last == UInt8(ascii: "+") {
                guard !hasSign else { return nil }
                hasSign = true
                isNegative = last == UInt8(ascii: "-")
                digits = UnsafeBufferPointer(rebasing: digits.dropLast())
            } else if first == UInt8(ascii: "("), last == UInt8(ascii: ")") {
                guard !hasSign, !isInParentheses else { return nil }
                hasSign = true
                isInParentheses = true
                isNegative = true
                digits = UnsafeBufferPointer(rebasing: digits.dropFirst().dropLast())
            } else if currency == nil, let (mark, length) = CurrencyMark.leading(in: digits) {
                currency = mark
                digits = UnsafeBufferPointer(rebasing: digits.dropFirst(length))
            } else if currency == nil, let (mark, length) = CurrencyMark.trailing(in: digits) {
                currency = mark
                digits = UnsafeBufferPointer(rebasing: digits.dropLast(length))
            } else {
                return
            }
        }
        return nil
    }
}

/// Significant digits with the place of the decimal point.
private struct DecimalDigits {
    private let digits: UnsafeMutableBufferPointer<UInt8>
    /// Digits before the decimal point; may lie outside of the digits when there is an exponent.
    private var pointPosition = 0
    private var count = 0

    /// Reads digits, separators and an exponent in a layout.
    ///
    /// - Parameter scratch: room for as many bytes as `text` has.
    init?(_ text: UnsafeBufferPointer<UInt8>, layout: NumberLayout, scratch: UnsafeMutableBufferPointer<UInt8>) {
        digits = scratch
        var separator: UInt8?
        var groupLength = 0
        var hasPoint = false
        var position = 0
        scan: while position < text.count {
            let byte = text[position]
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                digits[count] = byte - UInt8(ascii: "0")
                count += 1
                groupLength += 1
            case layout.decimal, CellFolding.decimalSeparator:
                guard !hasPoint, separator == nil || groupLength == 3 else { return nil }
                hasPoint = true
                pointPosition = count
            case layout.group, CellFolding.groupSeparator, UInt8(ascii: " "), UInt8(ascii: "'"):
                guard !hasPoint, separator == nil || separator == byte else { return nil }
                if separator == nil {
                    guard groupLength >= 1, groupLength <= 3, digits[0] != 0 else { return nil }
                } else {
                    guard groupLength == 3 || (groupLength == 2 && byte == UInt8(ascii: ",")) else { return nil }
                }
                separator = byte
                groupLength = 0
            case UInt8(ascii: "e"), UInt8(ascii: "E"):
                break scan
            default:
                return nil
            }
            position += 1
        }
        if !hasPoint {
            guard separator == nil || groupLength == 3 else { return nil }
            pointPosition = count
        }
        guard count > 0 else { return nil }
        if position < text.count {
            guard let exponent = DecimalDigits.exponent(text[(position + 1)...]) else { return nil }
            pointPosition += exponent
        }
    }

    /// A signed number of one or two digits that fills the rest.
    private static func exponent(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
        var rest = text
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
        guard rest.count >= 1, rest.count <= 2 else { return nil }
        var value = 0
        for byte in rest {
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return isNegative ? -value : value
    }

    /// The number in ten-thousandths, rounded half to even; nil when it is out of range.
    func parsed(isNegative: Bool, currency: CurrencyMark?) -> ParsedNumber? {
        var value: UInt64 = 0
        let kept = pointPosition + 4
        var position = min(0, pointPosition)
        while position < kept {
            let digit = position >= 0 && position < count ? digits[position] : 0
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            guard !overflow, product <= UInt64(Int64.max) - 9 else { return nil }
            value = product + UInt64(digit)
            position += 1
        }
        let tail = max(kept, 0)
        let next = kept >= 0 && tail < count ? digits[tail] : 0
        let hasMore = tail < count && digits[(kept >= 0 ? tail + 1 : tail)..<count].contains { $0 != 0 }
        if next > 5 || (next == 5 && (hasMore || value & 1 == 1)) { value += 1 }
        return ParsedNumber(
            tenThousandths: isNegative ? -Int64(value) : Int64(value),
            decimals: min(4, max(0, count - pointPosition)), isRounded: next != 0 || hasMore, currency: currency)
    }
}
