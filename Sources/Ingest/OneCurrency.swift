import CustomerData
import Semantics

/// Amounts are never added across currencies.
enum OneCurrency {
    /// Refuses an input whose amounts are in more than one currency.
    ///
    /// - Parameters:
    ///   - cells: what a currency column says.
    ///   - found: currencies written with the amounts.
    ///   - advice: what a person can do.
    /// - Throws: `Problem(.data)`.
    static func check(
        _ cells: Set<String>, _ found: Set<CurrencyMark>, names: String, advice: String
    ) throws {
        let advice = "amounts are never added across currencies; " + advice
        var marks = found
        var unknown: Set<String> = []
        for cell in cells {
            if let mark = CurrencyMark(cell) { marks.insert(mark) } else { unknown.insert(cell) }
        }
        if let (one, other) = CurrencyMark.conflict(in: marks) {
            throw Problem(.data, "\(names): amounts in \(one) and in \(other): \(advice)")
        }
        if unknown.count > 1 || (unknown.count == 1 && !marks.isEmpty) {
            throw Problem(
                .data,
                "\(names): the currency column names \(unknown.count + marks.count) currencies: \(advice)")
        }
    }
}
