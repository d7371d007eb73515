import Foundation
import Testing

/// `strata simulate`: files that every other command reads.
@Suite struct SimulateTests {
    let folder = Scratch()

    static let files = [
        "customers.csv", "interactions.csv", "products.csv", "transactions.csv", "truth/cells.csv", "truth/fraud.csv",
        "truth/parameters.json", "truth/persons.csv", "truth/rules.csv", "truth/segments.csv", "truth/stages.csv",
    ]

    func files(in out: String) -> [Data?] { Self.files.map { folder.data("\(out)/\($0)") } }

    @Test func theCornerStoreIsWhatItsCommandGives() throws {
        let store = StrataProcess.root.appending(path: "notebooks-data/corner-store")
        let readme = try String(contentsOf: store.appending(path: "README.md"), encoding: .utf8)
        let command = try #require(readme.split(separator: "\n").first { $0.hasPrefix("strata simulate ") })
        let options = command.split(separator: " ").dropFirst(2).map(String.init)
        let place = try #require(options.firstIndex(of: "--out"))
        #expect(options[place + 1] == "notebooks-data/corner-store")
        try folder.strata("simulate", "--customers", "2000", "--seed", "1", "--days", "365", "--out", "shop")
        #expect(options.dropLast(2).joined(separator: " ") == "--customers 2000 --seed 1 --days 365")
        for (name, made) in zip(Self.files, files(in: "shop")) {
            #expect(made == FileManager.default.contents(atPath: store.appending(path: name).path), "\(name)")
        }
    }

    @Test func threadsDoNotMatterAndSeedsDo() throws {
        for (out, seed, threads) in [("a", "4", "1"), ("b", "4", "2"), ("c", "4", "3"), ("d", "5", "2")] {
            try folder.strata(
                "simulate", "--customers", "3000", "--days", "200", "--seed", seed, "--threads", threads, "--out", out)
        }
        #expect(!files(in: "a").contains(nil))
        #expect(files(in: "a") == files(in: "b") && files(in: "b") == files(in: "c"))
        #expect(folder.data("a/transactions.csv") != folder.data("d/transactions.csv"))
    }

    @Test func everythingIsReadWithoutAnOption() throws {
        let told = try folder.strata("simulate", "--customers", "800", "--days", "365", "--out", "shop").output
        let outcome = try folder.strata(
            "run", "shop/customers.csv", "shop/transactions.csv", "shop/interactions.csv", "--out", "out")
        #expect(outcome.errors.isEmpty)
        // Birth dates are soiled, among others in ways that no reader can tell.
        let notes = outcome.output.split(separator: "\n").filter { $0.hasPrefix("note:") }
        #expect(notes.allSatisfy { $0.hasSuffix("birth dates can't be read and count as none") }, "\(notes)")
        let result = ResultFile(folder.data("out/segments.csv"))
        #expect(result.rows.count == 800)
        #expect(Set(result.column("stage")) == ["prospect", "responder", "active", "former"])
        #expect(ResultFile(folder.data("out/rejects.csv")).rows.isEmpty)
        // The summary counts what the files hold.
        let lines = ResultFile(folder.data("shop/transactions.csv"))
        let orders = Set(lines.column("order_id")).count
        func grouped(_ count: Int) -> String { count.formatted(.number.locale(Locale(identifier: "en"))) }
        #expect(told.contains("\(grouped(orders)) orders of \(grouped(lines.rows.count)) lines"), "\(told)")
        #expect(told.contains("\(grouped(ResultFile(folder.data("shop/truth/cells.csv")).rows.count)) cells"))
        #expect(told.contains("\(grouped(ResultFile(folder.data("shop/truth/fraud.csv")).rows.count)) orders of fraud"))
        #expect(told.contains("\(grouped(ResultFile(folder.data("shop/interactions.csv")).rows.count)) interactions"))
    }

    /// The bar is 90 %: Benchmarks/simulated.py has five seeds of 50,000 customers, and the clusters.
    @Test func theLifecycleFindsTheTruth() throws {
        try folder.strata("simulate", "--customers", "4000", "--seed", "21", "--out", "shop")
        try folder.strata(
            "run", "shop/customers.csv", "shop/transactions.csv", "shop/interactions.csv", "--out", "out")
        let truth = ResultFile(folder.data("shop/truth/stages.csv"))
        let found = ResultFile(folder.data("out/segments.csv"))
        let stages = Dictionary(uniqueKeysWithValues: zip(found.column("customer_id"), found.column("stage")))
        #expect(stages.count == 4000)
        let agreed = truth.rows.count { stages[$0[0]] == $0[1] }
        #expect(Double(agreed) / 4000 >= 0.9)
    }

    @Test func optionsReachTheFiles() throws {
        try folder.strata(
            "simulate", "--customers", "50", "--days", "60", "--as-of", "2024-03-01", "--currency", "CNY", "--rate",
            "typos=1", "--rate", "prospects=0", "--rate", "duplicates=0", "--segments", "overlapping", "--out", "shop")
        let lines = ResultFile(folder.data("shop/transactions.csv"))
        #expect(Set(lines.column("currency")) == ["CNY"])
        #expect(lines.column("order_time").allSatisfy { $0 >= "2024-01-01" && $0 < "2024-03-01" })
        #expect(ResultFile(folder.data("shop/truth/cells.csv")).tally("kind")["typos", default: 0] > 30)
        #expect(folder.text("shop/truth/parameters.json").contains("\"segmentPlan\" : \"overlapping\""))
    }

    @Test func severalCurrenciesComeWithTheirRates() throws {
        let told = try folder.strata(
            "simulate", "--customers", "60", "--days", "90", "--currency", "EUR, USD", "--out", "shop"
        ).output
        #expect(told.contains("rates.csv"))
        let rates = ResultFile(folder.data("shop/rates.csv"))
        #expect(rates.headers == ["date", "currency", "rate"] && rates.rows.count == 180)
        #expect(rates.rows.allSatisfy { ($0[1] == "EUR") == ($0[2] == "1.000000000") })
    }

    @Test func aRefusalLeavesNothing() throws {
        try folder.write("file", ["x"])
        for arguments in [
            ["--customers", "0", "--out", "shop"], ["--customers", "5", "--out", "shop", "--rate", "typos=2"],
            ["--customers", "5", "--out", "shop", "--rate", "bogus=0.1"], ["--customers", "5", "--out", "-"],
            ["--customers", "5", "--out", "file"], ["--out", "shop"],
        ] {
            let outcome = try StrataProcess.run(["simulate"] + arguments, in: folder)
            #expect([64, 73].contains(outcome.status) && outcome.errorLines.count == 1, "\(outcome.errors)")
        }
        #expect(folder.names() == ["file"])
    }
}
