import CustomerData
import Statistics
import Testing

@testable import Ingest

@Suite("Exchange rates") struct ExchangeRateTests {
    private func rates(_ text: String, base: String? = nil) throws -> ExchangeRates {
        let folder = try TestFolder()
        return try withExtendedLifetime(folder) {
            try ExchangeRateReader.read(TableFile(path: folder.file(text, name: "rates.csv")), base: base)
        }
    }

    private static let three = """
        date,currency,rate
        2024-01-01,EUR,1
        2024-01-03,usd,0.9
        2024-01-01,US$,0.915
        2024-01-01,IRR,0.0000238

        """

    @Test func `A rate is the latest on or before the day`() throws {
        let rates = try rates(Self.three)
        func rate(_ currency: String, _ day: String) -> ExchangeRate? {
            rates.rate(of: currency, on: Day(day)?.number ?? 0)
        }
        #expect(rates.base == "EUR" && rates.count == 4)
        #expect(rate("USD", "2023-12-31") == nil)
        #expect(rate("USD", "2024-01-02") == ExchangeRate(digits: 915, decimals: 3))
        #expect(rate("USD", "2024-01-03") == ExchangeRate(digits: 9, decimals: 1))
        #expect(rate("USD", "2030-01-01") == ExchangeRate(digits: 9, decimals: 1))
        #expect(rate("EUR", "2020-01-01")?.isOne == true)
        #expect(rate("GBP", "2024-01-03") == nil)
    }

    @Test(arguments: [
        ("1.0842", 10_842, 4), ("0.0000238", 238, 7), ("12", 12, 0), ("1.500", 15, 1), ("100.0", 100, 0),
    ]) func `Rates are exact decimals`(text: String, digits: Int64, decimals: Int) {
        #expect(ExchangeRate(text) == ExchangeRate(digits: digits, decimals: decimals))
    }

    @Test(arguments: ["", "0", "0.0", "-1", "1,5", "1e3", "1.2.3", "0.0000000000001", "1234567890123456789", "."])
    func `Anything else is none`(text: String) {
        #expect(ExchangeRate(text) == nil)
    }

    @Test func `Amounts are rounded half to even`() {
        let half = ExchangeRate(digits: 5, decimals: 1)
        #expect([1, 2, 3, 5, -1, -3].map { half.convert($0) } == [0, 1, 2, 2, 0, -2])
        #expect(ExchangeRate(digits: 1_000_000_000_000, decimals: 0).convert(.max) == nil)
    }

    @Test func `Values are converted, and what has no rate is rejected`() throws {
        let text = #"""
            customer_id,date,amount,currency,note
            a,2024-01-01,10,EUR,"x, ""y"""
            a,2024-01-02,10,USD,
            a,2024-01-04,-1.005,USD,
            b,2024-01-02,10000.01,IRR,
            b,2024-01-02,5,GBP,
            "b",2023-12-31,5,USD,
            b,2024-01-02,5,,
            b,whenever,5,USD,
            ,2024-01-02,5,USD,

            """#
        let rates = try rates(Self.three)
        for threads in [1, 3] {
            let run = try TransactionRun(text, threads: threads) {
                $0.rates = rates
                $0.maxRejectShare = 1
                $0.returns = .net
            }
            #expect(run.accounts.read == 9 && run.accounts.accepted == 4 && run.accounts.convertedAmounts == 3)
            #expect(
                run.accounts.unused == [.noRate: 2, .missing(.currency): 1, .unreadable(.time): 1, .noCustomer: 1])
            #expect(run.accounts.decimals == 4)
            // 10 · 0.915, 10,000.01 · 0.0000238 = 0.238000238, −1.005 · 0.9 = −0.9045.
            #expect(run.accounts.acceptedValue == Money(tenThousandths: 100_000 + 91_500 + 2380))
            #expect(run.history.orderValues == [100_000, 91_500, 2380])
            #expect(run.history.unmatchedReturns.map(\.value) == [-9045])
        }
    }

    @Test func `Without a column the amounts are in the base currency`() throws {
        let rates = try rates(Self.three)
        let run = try TransactionRun("customer_id,date,amount\na,2024-01-01,10\n") { $0.rates = rates }
        #expect(run.accounts.convertedAmounts == 0 && run.accounts.acceptedValue == Money(tenThousandths: 100_000))
        let signs = problem {
            _ = try TransactionRun("customer_id,date,amount\na,2024-01-01,$10\n") { $0.rates = rates }
        }
        #expect(signs?.description.contains("--rates needs the currency in a column of its own") == true)
    }

    @Test func `The base is named, or the one that is always 1`() throws {
        let text = "date,currency,rate\n2024-01-01,USD,0.9\n2024-01-01,GBP,1.2\n"
        #expect(problem { _ = try rates(text) }?.description.contains("no currency has a rate of 1") == true)
        #expect(try rates(text, base: "€").base == "EUR")
        #expect(
            problem { _ = try rates(text, base: "usd") }?.description.contains("USD has rates other than 1") == true)
        let two = "date,currency,rate\n2024-01-01,EUR,1\n2024-01-01,GBP,1\n"
        #expect(problem { _ = try rates(two) }?.description.contains("2 currencies have a rate of 1") == true)
    }

    @Test(arguments: [
        ("date,currency\n2024-01-01,USD\n", "rates.csv: no column for the rate"),
        ("date,currency,rate\n2024-01-01,EUR,1\nsoon,USD,1\n", "rates.csv line 3: expected a date"),
        (
            "date,currency,rate\n2024-01-01,EUR,1\n2024-01-02,USD,\"1,2\"\n",
            "rates.csv line 3: expected a positive rate"
        ),
        ("date,currency,rate\n2024-01-01,EUR,1\n2024-01-02,,2\n", "rates.csv line 3: expected a currency"),
        (
            "date,currency,rate\n2024-01-01,EUR,1\n2024-01-01,USD,2\n2024-01-01,$U,2\n2024-01-01,US$,3\n",
            "line 5: USD has another rate"
        ),
    ]) func `What is wrong is said with its line`(text: String, sentence: String) {
        #expect(problem { _ = try rates(text) }?.description.contains(sentence) == true)
    }
}
