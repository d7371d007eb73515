import CustomerData
import Semantics

/// Brings amounts of money to digits, a decimal point and the currency behind them.
struct AmountForm {
    enum Outcome: Equatable {
        /// It is as it should be.
        case standard
        /// It becomes another text.
        case changed(String)
        /// Whether the sign in it is before decimals or groups digits is open; what it probably is, or nothing.
        case unclear(String)
        /// It is no amount.
        case unknown
    }

    /// What the column's cells, as they came, say about its layout.
    private let decision: NumberTally.Decision

    init(_ decision: NumberTally.Decision) { self.decision = decision }

    /// What becomes of a cell that is not empty.
    func outcome(of cell: UnsafeBufferPointer<UInt8>) -> Outcome {
        if AmountForm.isPlain(cell), pointsAreDecimal || !cell.contains(UInt8(ascii: ".")) { return .standard }
        let readings = NumberReadings(cell)
        let evidence = readings.evidence
        switch (decision, evidence) {
        case (_, .none), (.noNumbers, _): return .unknown
        case (.layout(let layout), _):
            if let number = readings[layout] { return AmountForm.form(number, cell) }
            // The other layout's number among hundreds of this one's.
            return .unclear(AmountForm.text(readings.point ?? readings.comma))
        case (.assumed(let layout), _):
            // `1,234` without other evidence groups thousands.
            if evidence == .neutral || layout == .decimalPoint && cell.contains(UInt8(ascii: ",")) {
                return readings[layout].map { AmountForm.form($0, cell) } ?? .unknown
            }
            return .unclear(AmountForm.text(readings[layout]))
        case (.mixed, .doubtful): return .unclear("")
        case (.mixed, .comma): return .unclear(AmountForm.text(readings.comma))
        case (.mixed, .neutral), (.mixed, .point):
            let text = AmountForm.text(readings.point)
            // What the column says must stay: cleaning it again would else read its doubtful cells.
            guard text.isEmpty || NumberReadings(text).evidence == evidence else { return .unclear(text) }
            return readings.point.map { AmountForm.form($0, cell) } ?? .unknown
        }
    }

    private var pointsAreDecimal: Bool {
        switch decision {
        case .layout(let layout), .assumed(let layout): layout == .decimalPoint
        case .mixed, .noNumbers: false
        }
    }

    private static func form(_ number: ParsedNumber, _ cell: UnsafeBufferPointer<UInt8>) -> Outcome {
        let text = text(number)
        if text.isEmpty { return .unknown }
        return text.utf8.elementsEqual(cell) ? .standard : .changed(text)
    }

    /// A number as it should be written; empty when it has more than four decimals.
    private static func text(_ number: ParsedNumber?) -> String {
        guard let number, !number.isRounded else { return "" }
        var value = Int128(number.tenThousandths)
        var code = ""
        if let mark = number.currency {
            code = CurrencyMark.name(mark.description)
            // One toman is ten rials.
            if code == "toman" {
                value *= 10
                code = "IRR"
            }
            code = " " + code
        }
        return Money(tenThousandths: value).formatted(decimals: number.decimals) + code
    }

    /// Digits with at most a minus before them and a point among them.
    private static func isPlain(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
        var points = 0
        for (place, byte) in cell.enumerated() {
            if byte == 0x2E, place > 0 {
                points += 1
            } else if byte == 0x2D, place == 0 {
                continue
            } else if byte < 0x30 || byte > 0x39 {
                return false
            }
        }
        return points <= 1
    }
}
