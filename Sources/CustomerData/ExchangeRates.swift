/// What one unit of a currency is worth, as an exact decimal.
public struct ExchangeRate: Hashable, Sendable {
    /// The digits of the rate, positive.
    public let digits: Int64
    /// How many of them stand behind the decimal point, 0–12.
    public let decimals: Int

    /// The most decimals that a rate may have.
    public static let mostDecimals = 12

    /// A rate of `digits` / 10^`decimals`.
    public init(digits: Int64, decimals: Int) {
        precondition(digits > 0 && (0...ExchangeRate.mostDecimals).contains(decimals))
        self.digits = digits
        self.decimals = decimals
    }

    /// The rate of a decimal number such as `1.0842`: digits and at most one point, at most twelve decimals and eighteen
    /// digits, and more than 0; nil for anything else.
    public init?(_ text: some StringProtocol) {
        var (digits, decimals, count) = (Int64(0), 0, 0)
        var hasPoint = false
        for byte in text.utf8 {
            if byte == UInt8(ascii: "."), !hasPoint {
                hasPoint = true
                continue
            }
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9"), count < 18 else { return nil }
            digits = digits * 10 + Int64(byte - UInt8(ascii: "0"))
            if digits > 0 { count += 1 }
            if hasPoint { decimals += 1 }
        }
        guard digits > 0 else { return nil }
        while decimals > 0, digits % 10 == 0 {
            digits /= 10
            decimals -= 1
        }
        guard decimals <= ExchangeRate.mostDecimals else { return nil }
        self.init(digits: digits, decimals: decimals)
    }

    /// Whether it is 1.
    public var isOne: Bool { digits == 1 && decimals == 0 }

    /// What so many ten-thousandths are worth, rounded half to even to ten-thousandths; nil when that leaves the range.
    public func convert(_ tenThousandths: Int64) -> Int64? {
        var divisor: Int128 = 1
        for _ in 0..<decimals { divisor *= 10 }
        return Int64(exactly: Money.halfEven(Int128(tenThousandths) * Int128(digits), divisor))
    }
}

/// Exchange rates by currency and day, towards one currency, the base.
public struct ExchangeRates: Sendable {
    /// The currency that amounts are converted to.
    public let base: String
    /// The rates of each currency, ascending by day.
    private let rates: [String: [(day: Int32, rate: ExchangeRate)]]

    /// Rates in any order; a currency without rates has none on any day, save the base.
    public init(base: String, rates: [(currency: String, day: Int32, rate: ExchangeRate)]) {
        self.base = base
        self.rates = Dictionary(grouping: rates, by: \.currency).mapValues { rows in
            rows.map { ($0.day, $0.rate) }.sorted { $0.day < $1.day }
        }
    }

    /// How many rates there are.
    public var count: Int { rates.values.reduce(0) { $0 + $1.count } }

    /// The latest rate of a currency on or before a day; nil when there is none. The base is always worth 1.
    ///
    /// - Complexity: O(log n) for n rates of the currency.
    public func rate(of currency: String, on day: Int32) -> ExchangeRate? {
        if currency == base { return ExchangeRate(digits: 1, decimals: 0) }
        guard let own = rates[currency] else { return nil }
        var (low, high) = (0, own.count)
        while low < high {
            let middle = (low + high) / 2
            if own[middle].day <= day { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? own[low - 1].rate : nil
    }
}
