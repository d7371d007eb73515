import Glibc
import Statistics

/// What the currencies are worth in the first of them, day by day: random walks.
struct CurrencyRates: Sendable {
    /// Spread of the logarithm of a rate from one day to the next: about 7 % in a year, as between large currencies.
    static let dailySpread = 0.0045

    /// ISO 4217 codes; the rates are in the first.
    let codes: [String]
    /// Rates of each currency by day, with nine decimals.
    private let rates: [[Double]]

    init(_ options: Simulation.Options) {
        codes = options.currencies
        let base = CurrencyRates.euros(options.currencies[0])
        rates = options.currencies.enumerated().map { index, code in
            guard index > 0 else { return [] }
            var random = SeededGenerator(seed: options.seed, purpose: .currencies, thing: UInt64(index))
            var logarithm = log(CurrencyRates.euros(code) / base)
            return (0..<options.days).map { _ in
                logarithm += CurrencyRates.dailySpread * random.normal()
                return max(1, (exp(logarithm) * 1e9).rounded()) / 1e9
            }
        }
    }

    /// The number of the currency that persons of a script pay in.
    func currency(script: UInt8) -> Int { Int(script) % codes.count }

    /// What a unit of a currency is worth on a day.
    @inline(__always)
    func rate(_ currency: Int, day: Int) -> Double { currency == 0 ? 1 : rates[currency][day] }

    /// About what a unit was worth in euros at the end of 2024; 1 for others.
    private static func euros(_ code: String) -> Double {
        let known = [
            "EUR": 1, "USD": 0.96, "GBP": 1.2, "CNY": 0.132, "IRR": 0.000_023, "CHF": 1.06, "JPY": 0.0061,
            "INR": 0.0113,
        ]
        return known[code] ?? 1
    }
}
