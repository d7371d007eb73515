import CustomerData
import Semantics
import Statistics

/// Reads a file of exchange rates: a day, a currency, and what one unit of it is worth in the base currency.
public enum ExchangeRateReader {
    /// The rates of a file.
    ///
    /// - Parameters:
    ///   - base: the base currency; nil for the one whose rates are all 1.
    ///   - dateOrder: the layout that a person stated for dates that begin with a day or a month.
    /// - Throws: `Problem(.data)` when a column is missing, a row can't be read, a day has two rates of one currency, or
    ///   the base currency can't be told.
    public static func read(
        _ file: TableFile, base: String? = nil, dateOrder: DateLayout? = nil
    ) throws -> ExchangeRates {
        let name = file.input.name
        func column(_ what: String, _ strength: (String) -> Int) throws -> Int {
            let strengths = file.headers.map(strength)
            guard let most = strengths.max(), most > 0, let column = strengths.firstIndex(of: most) else {
                throw Problem(
                    .data,
                    "\(name): no column for the \(what): exchange rates need the columns date, currency and rate")
            }
            return column
        }
        let time = try column("date") { RoleDictionary.strength(of: $0, as: .time, in: .transactions) }
        let currency = try column("currency") { RoleDictionary.strength(of: $0, as: .currency, in: .transactions) }
        let rate = try column("rate") { RoleDictionary.strengthAsRate(of: $0) }
        let layout = try file.dateLayout(column: time, stated: dateOrder, parallel: Parallel(threads: 1))
        var rates: [(currency: String, day: Int32, rate: ExchangeRate)] = []
        var known: [String: [Int32: ExchangeRate]] = [:]
        try file.forEachBlock(parallel: Parallel(threads: 1)) { block, records, _ in
            for record in file.firstRow(block, records)..<records.count where !records.isBlank(record) {
                func refuse(_ sentence: String) -> BlockProblem {
                    let line = block.bytes[..<records.start(record)].count { $0 == file.dialect.newline }
                    return BlockProblem(block: block.number, line: line, sentence: sentence)
                }
                guard records.fieldCount(record) == file.headers.count else {
                    throw refuse("\(records.fieldCount(record)) fields where the header has \(file.headers.count)")
                }
                func text(_ column: Int) -> String {
                    String(decoding: records.bytes(records.field(record, column)), as: UTF8.self)
                }
                guard let day = layout.parse(records.bytes(records.field(record, time)))?.day else {
                    throw refuse("expected a date in column \"\(file.headers[time])\"")
                }
                guard !records.isMissing(records.field(record, currency)) else {
                    throw refuse("expected a currency in column \"\(file.headers[currency])\"")
                }
                guard let worth = ExchangeRate(text(rate)) else {
                    throw refuse(
                        "expected a positive rate with a decimal point and at most \(ExchangeRate.mostDecimals) decimals in "
                            + "column \"\(file.headers[rate])\"")
                }
                let code = CurrencyMark.name(text(currency))
                if let other = known[code]?[day] {
                    guard other == worth else {
                        throw refuse("\(code) has another rate for \(Day(number: day)) in an earlier line")
                    }
                    continue
                }
                known[code, default: [:]][day] = worth
                rates.append((code, day, worth))
            }
        } commit: { _, _ in
        }
        return ExchangeRates(base: try self.base(of: known, stated: base, name), rates: rates)
    }

    /// The base currency: the one that was named, which must be worth 1 where it is listed, or the one that always is.
    private static func base(
        of known: [String: [Int32: ExchangeRate]], stated: String?, _ name: String
    ) throws -> String {
        let ones = known.filter { $0.value.values.allSatisfy(\.isOne) }.keys.sorted()
        if let stated {
            let base = CurrencyMark.name(stated)
            guard known[base] == nil || ones.contains(base) else {
                throw Problem(
                    .data,
                    "\(name): \(base) has rates other than 1, so it is not what the rates are stated in: name the currency "
                        + "that is with --base-currency")
            }
            return base
        }
        guard ones.count == 1 else {
            throw Problem(
                .data,
                "\(name): \(ones.isEmpty ? "no currency has" : "\(ones.count) currencies have") a rate of 1 on every day: "
                    + "name the one that the rates are stated in with --base-currency")
        }
        return ones[0]
    }
}
