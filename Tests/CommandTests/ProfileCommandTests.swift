import Foundation
import Testing

/// `strata profile`, run as a user runs it.
@Suite struct ProfileCommandTests {
    let folder = Scratch()

    private func run(_ arguments: String...) throws -> StrataProcess.Outcome {
        try StrataProcess.run(arguments, in: folder)
    }

    static let samples = StrataProcess.root.deletingLastPathComponent().appending(path: "shared/data/crm_samples")
    static let pipeline = samples.appending(path: "maven_crm_sales_pipeline.csv").path
    static let accounts = samples.appending(path: "salesforce_dataloader_accountData.csv").path
    static let hasSamples = FileManager.default.fileExists(atPath: accounts)

    private func profile(_ arguments: String...) throws -> [String: [String: String]] {
        let outcome = try StrataProcess.run(["profile"] + arguments + ["--out", "profile.csv"], in: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let file = ResultFile(folder.data("profile.csv"))
        return Dictionary(
            uniqueKeysWithValues: file.rows.map { row in
                (row[0], Dictionary(uniqueKeysWithValues: zip(file.headers, row)))
            })
    }

    /// pandas 2.3.3 on the same file: `describe()`, `std(ddof=0)`, `isna().sum()`, `nunique()`, and
    /// `quantile(interpolation='lower')` at the ranks of type 1.
    @Test(.enabled(if: hasSamples, "shared/data/crm_samples is not beside the package"))
    func theFiguresAreThoseOfPandas() throws {
        let columns = try profile(Self.pipeline)
        let value = try #require(columns["close_value"])
        #expect(value["filled"] == "6711" && value["empty"] == "2089" && value["distinct"] == "2051")
        #expect(value["smallest"] == "0" && value["largest"] == "30288")
        #expect(value["median"] == "472" && value["quartile_3"] == "3225")
        #expect(value["mean"].flatMap(Double.init).map { abs($0 - 1490.915512) < 1e-5 } == true)
        #expect(value["deviation"].flatMap(Double.init).map { abs($0 - 2320.4978664606506) < 1e-6 } == true)
        #expect(
            columns.mapValues { $0["distinct"] ?? "" } == [
                "opportunity_id": "8800", "sales_agent": "30", "product": "7", "account": "85", "deal_stage": "4",
                "engage_date": "421", "close_date": "306", "close_value": "2051", "engage_quarter": "5",
                "close_quarter": "4",
            ])
        #expect(columns["account"]?["empty"] == "1425" && columns["engage_date"]?["type"] == "date")
    }

    /// pandas 2.3.3 with `dtype=str, keep_default_na=False`, cells stripped; cells of nothing but `-`, `?` and `.` taken
    /// out (regular expression `[-?. ]*`).
    @Test(.enabled(if: hasSamples, "shared/data/crm_samples is not beside the package"))
    func marksOfLostTextAreMissing() throws {
        let columns = try profile(Self.accounts)
        for (name, empty, hidden, distinct) in [
            ("NAME", 0, 5, 418), ("BILLINGCITY", 3, 5, 270), ("BILLINGSTATE", 25, 5, 49),
        ] {
            #expect(columns[name]?["empty"] == String(empty), "\(name)")
            #expect(columns[name]?["hidden_missing"] == String(hidden), "\(name)")
            #expect(columns[name]?["distinct"] == String(distinct), "\(name)")
        }
        #expect(columns["BILLINGPOSTALCODE"]?["meaning"] == "postcode" && columns["PHONE"]?["meaning"] == "phone")
    }

    private func writePeople() throws {
        var text = "customer_id,given_name,email,city,updated_at\n"
        for row in 0..<50 {
            text +=
                "C\(row),Annabel\(row % 9),annabel\(row)@example.org,\(row % 2 == 0 ? "Bern" : "Zug"),2024-01-\(10 + row % 20)\n"
        }
        try folder.write("people.csv", Data(text.utf8))
    }

    @Test func personsAreNotShownUnlessAskedFor() throws {
        try writePeople()
        for arguments in [
            ["profile", "people.csv"], ["profile", "people.csv", "--out", "-"],
            ["profile", "people.csv", "--suggest-rules"],
        ] {
            let outcome = try StrataProcess.run(arguments, in: folder)
            #expect(outcome.status == 0)
            #expect(
                !outcome.output.lowercased().contains("annabel") && !outcome.errors.lowercased().contains("annabel"))
            #expect(outcome.output.contains("Bern"))
        }
        #expect(try run("profile", "people.csv", "--out", "-", "--show-values").output.contains("annabel0@example.org"))
    }

    @Test func theScorecardMeasuresAgeAndAccuracyWhereAsked() throws {
        try writePeople()
        try folder.write("right.csv", Data("customer_id,city\nC0,Bern\nC1,Bern\nC2,Bern\nX,Bern\n".utf8))
        let outcome = try run(
            "profile", "people.csv", "--max-age", "5d", "--as-of", "2024-01-29", "--reference", "right.csv", "--out",
            "p.json")
        #expect(outcome.status == 0)
        let document = try #require(
            try JSONSerialization.jsonObject(with: folder.data("p.json") ?? Data()) as? [String: Any])
        let scores = try #require((document["scorecard"] as? [String: Any])?["scores"] as? [[String: Any]])
        let byName = Dictionary(uniqueKeysWithValues: scores.map { ($0["dimension"] as? String ?? "", $0) })
        // Days 24 to 29 are six of twenty, which come twice or three times in fifty rows: 2 · 6.
        #expect(byName["timeliness"]?["good"] as? Int == 12 && byName["timeliness"]?["total"] as? Int == 50)
        #expect(byName["accuracy"]?["good"] as? Int == 2 && byName["accuracy"]?["total"] as? Int == 3)
        #expect(folder.mode("p.json") == 0o600)
    }

    @Test func suspectsAreWrittenAndJudgedByTheTruth() throws {
        // Two cells that contradict each other: the third tells which of them is wrong.
        var text = "customer_id,city,country,prefix\n"
        let places = [
            ("London", "GB", 44), ("Leeds", "GB", 44), ("Paris", "FR", 33), ("Lyon", "FR", 33), ("Rome", "IT", 39),
        ]
        for row in 0..<600 {
            let place = places[row % 5]
            text += "C\(row),\(row == 100 ? "Lodnon" : place.0),\(row == 203 ? "IT" : place.1),\(place.2)\n"
        }
        try folder.write("places.csv", Data(text.utf8))
        try folder.write(
            "cells.csv", Data("customer_id,column,true\nC100,city,London\nC203,country,FR\nC5,city,Rome\n".utf8))
        let outcome = try run(
            "profile", "places.csv", "--suspects", "s.csv", "--budget", "2", "--truth", "cells.csv", "--threads", "2")
        #expect(outcome.status == 0)
        #expect(
            outcome.output.contains(
                "2 suspicious cells in s.csv: 2 are wrong (precision 100.0 %), of 3 wrong cells (recall 66.7 %)"))
        let file = ResultFile(folder.data("s.csv"))
        #expect(Set(file.rows.map { "\($0[0]) \($0[1])" }) == ["102 city", "205 country"])
        #expect(folder.mode("s.csv") == 0o600)
    }

    /// A table of some sixty blocks.
    @Test func threadsChangeNoByteOfALargeTable() throws {
        var text = "id,name,amount,day\n"
        for row in 0..<600_000 {
            text +=
                "K\(row),name \(row % 70_001),\(row * 7919 % 99_991).25,20\(10 + row % 15)-0\(1 + row % 9)-1\(row % 10)\n"
        }
        try folder.write("large.csv", Data(text.utf8))
        var outputs: Set<String> = []
        for threads in ["1", "2", "5"] {
            let outcome = try run("profile", "large.csv", "--threads", threads, "--out", "large.json")
            #expect(outcome.status == 0)
            outputs.insert(folder.text("large.json") + outcome.output)
        }
        #expect(outputs.count == 1)
    }

    @Test func rejectedRowsAreWrittenAndThreadsChangeNothing() throws {
        var text = "id,name,amount\n"
        for row in 0..<40_000 { text += row % 1000 == 7 ? "\(row)\n" : "\(row),name \(row % 700),\(row % 977).25\n" }
        try folder.write("big.csv", Data(text.utf8))
        var outputs: Set<String> = []
        for threads in ["1", "3"] {
            let outcome = try run(
                "profile", "big.csv", "--threads", threads, "--out", "big.json", "--rejects", "rejects.csv")
            #expect(outcome.output.hasPrefix("40,000 rows read = 39,960 used + 0 set aside + 40 rejected"))
            outputs.insert(folder.text("big.json") + outcome.output)
            #expect(ResultFile(folder.data("rejects.csv")).rows.count == 40)
        }
        #expect(outputs.count == 1)
    }
}
