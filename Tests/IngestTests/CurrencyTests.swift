import CustomerData
import Statistics
import Testing

@testable import Ingest

@Suite("Currencies are never added") struct CurrencyTests {
    private func accepted(_ rows: [(amount: String, currency: String)]) throws -> Int {
        let lines = rows.map { "A\t2024-01-01\t\($0.amount)\t\($0.currency)\n" }.joined()
        return try TransactionRun("customer_id\tdate\tamount\tcurrency\n" + lines).accounts.accepted
    }

    @Test(arguments: [
        [("1", "EUR"), ("2", "EUR")], [("1", "eur"), ("2", "€")], [("€1", ""), ("2", "EUR")],
        [("$1", ""), ("$2", "USD")],
        [("1", ""), ("2", "")], [("1", "GBP"), ("2", ""), ("3", "N/A"), ("4", "-"), ("5", "null")],
        [("1", "credits"), ("2", "credits")], [("¥1", "CNY"), ("2", "RMB"), ("3", "人民币")],
    ])
    func `One currency, however it is written`(rows: [(amount: String, currency: String)]) throws {
        #expect(try accepted(rows) == rows.count)
    }

    @Test(arguments: [
        [("1", "EUR"), ("2", "USD")], [("€1", ""), ("$2", "")], [("1", "EUR"), ("$2", "")],
        [("1 ریال", ""), ("2 تومان", "")],
        [("¥1", "JPY"), ("2", "RMB")], [("1", "EUR"), ("2", "credits")],
    ])
    func `Two currencies are refused`(rows: [(amount: String, currency: String)]) throws {
        let found = problem { _ = try accepted(rows) }
        #expect(found?.kind == .data)
        #expect(found?.description.contains("amounts are never added across currencies") == true)
        #expect(found?.description.contains("credits") == false)
    }

    @Test func `Names of no known currency are two currencies when they are two`() throws {
        func read(_ names: [String]) throws -> Int {
            let lines = names.map { "A,2024-01-01,1,\($0)\n" }.joined()
            return try TransactionRun("customer_id,date,amount,unit\n" + lines) {
                $0.overrides = [.currency: "unit"]
            }.accounts.accepted
        }
        #expect(try read(["credits", "credits", ""]) == 3)
        let found = problem { _ = try read(["credits", "points"]) }
        #expect(found?.description.contains("the currency column names 2 currencies") == true)
    }

    @Test func `The one row in another currency is found, whoever reads it`() throws {
        var rows = [(amount: String, currency: String)](repeating: ("1", "EUR"), count: 60_000)
        rows[45_000].currency = "SEK"
        let found = problem { _ = try accepted(rows) }
        #expect(found?.description.contains("amounts in EUR and in SEK") == true)
    }

    @Test func `Files in two currencies are refused as one input`() throws {
        let folder = try TestFolder()
        let paths = try ["EUR", "USD"].map {
            try folder.file("customer_id,date,amount,currency\nA,2024-01-01,1,\($0)\n", name: $0)
        }
        #expect(try TransactionRun(paths: [paths[0], paths[0]]).accounts.accepted == 2)
        #expect(problem { _ = try TransactionRun(paths: paths) }?.kind == .data)
    }
}
