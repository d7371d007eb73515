/// What a cell is as a number with a decimal point, and with a decimal comma.
public struct NumberReadings: Sendable {
    /// What a cell alone says about the layout of its column.
    public enum Evidence: Hashable, Sendable {
        /// It is no number.
        case none
        /// The same number in both layouts: `1200`, `$40`.
        case neutral
        /// A number with a decimal point alone: `1,200.50`, `40.00`.
        case point
        /// A number with a decimal comma alone: `1.200,50`, `300,5`.
        case comma
        /// Two different numbers: `1.200`, `1,200`.
        case doubtful
    }

    /// As a number with a decimal point.
    public let point: ParsedNumber?
    /// As a number with a decimal comma.
    public let comma: ParsedNumber?

    /// Reads a cell's UTF-8 bytes in both layouts.
    public init(_ bytes: UnsafeBufferPointer<UInt8>) {
        point = NumberLayout.decimalPoint.parse(bytes)
        comma = NumberLayout.decimalComma.parse(bytes)
    }

    /// As `init` of the text's UTF-8.
    public init(_ text: String) {
        var text = text
        self = text.withUTF8 { NumberReadings($0) }
    }

    /// What the cell says about the layout.
    public var evidence: Evidence {
        switch (point, comma) {
        case (nil, nil): .none
        case (.some, nil): .point
        case (nil, .some): .comma
        case (.some(let point), .some(let comma)):
            point.tenThousandths == comma.tenThousandths && point.decimals == comma.decimals ? .neutral : .doubtful
        }
    }

    /// The number in a layout.
    public subscript(layout: NumberLayout) -> ParsedNumber? { layout == .decimalComma ? comma : point }
}
