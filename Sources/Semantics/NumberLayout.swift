/// How a column writes its numbers: what stands before the decimals.
///
/// In both layouts a space, a no-break space, an apostrophe and ٬ may group thousands, ٫ is a decimal point, digits may
/// be Persian, Arabic or full-width, a currency's sign or code may stand before or after, and a negative number has a
/// minus (`-` or `−`) before it or after it, or stands in parentheses. An exponent (`1.5E+05`) is read exactly.
public enum NumberLayout: String, CaseIterable, Codable, Sendable {
    /// `1,234.50`: a point before the decimals, commas between thousands.
    case decimalPoint = "1,234.50"
    /// `1.234,50`: a comma before the decimals, points between thousands.
    case decimalComma = "1.234,50"

    var decimal: UInt8 { self == .decimalPoint ? UInt8(ascii: ".") : UInt8(ascii: ",") }

    var group: UInt8 { self == .decimalPoint ? UInt8(ascii: ",") : UInt8(ascii: ".") }
}

/// A number read from a cell, exact to the ten-thousandth.
public struct ParsedNumber: Hashable, Sendable {
    /// The number in ten-thousandths.
    public let tenThousandths: Int64
    /// Decimals that the cell states, 0 to 4.
    public let decimals: Int
    /// Whether further decimals were rounded away (half to even) and changed the number.
    public let isRounded: Bool
    /// The currency's sign or code that stands in the cell.
    public let currency: CurrencyMark?
}
