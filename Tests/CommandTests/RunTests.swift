import Foundation
import Testing

/// `strata run`: the folder and its manifest.
@Suite struct RunTests {
    let folder = Scratch()

    static let segmentHeaders =
        RFMTests.headers + [
            "stage", "state", "overdue", "days_since_last", "threshold_days", "return_chance", "cluster",
            "cluster_name",
        ]

    @Test func cdnowGivesEveryCustomerAStageAndACluster() throws {
        let outcome = try folder.strata("run", Samples.cdnow, "--out", "out")
        let result = ResultFile(folder.data("out/segments.csv"))
        #expect(result.headers == Self.segmentHeaders)
        #expect(result.rows.count == 23_570)
        #expect(Set(result.column("stage")).isSubset(of: ["prospect", "responder", "active", "former"]))
        #expect(result.tally("cluster").keys.sorted() == ["0", "1", "2"])
        #expect(Set(result.column("cluster_name")).count == 3)
        #expect(
            folder.names(in: "out") == [
                "cluster-choice.csv", "cluster-rules.csv", "cohorts.csv", "features.csv", "kpis.csv", "manifest.json",
                "model.json", "purchases.csv", "rejects.csv", "segment-features.csv", "segment-overview.csv",
                "segments.csv", "typical-customers.csv",
            ])
        #expect(["features.csv", "rejects.csv", "segments.csv"].allSatisfy { folder.mode("out/\($0)") == 0o600 })
        #expect(outcome.errors.isEmpty)
        let lines = outcome.output.split(separator: "\n", omittingEmptySubsequences: false)
        #expect((25...45).contains(lines.count), "\(outcome.output)")
        for words in [
            "1997-01-01 to 1998-06-30, as of 1998-07-01", "23,570 customers", "67,591 orders", "revenue 2,500,316",
            "Active customer", "AUC 0.841, recency alone 0.828", "Champions", "out/model.json",
        ] {
            #expect(outcome.output.contains(words), "\(words)")
        }
    }

    @Test func theManifestAddsUp() throws {
        try folder.write(
            "orders.csv",
            Samples.orders() + ["c1,x,2024-02-30,5", ",y,2024-01-05,5", "c2,z,2024-01-05,-5.00", "c3,w", ""])
        try folder.strata("run", "orders.csv", "--returns", "ignore", "--out", "out", "--seed", "7")
        let manifest = try #require(
            try JSONSerialization.jsonObject(with: folder.data("out/manifest.json") ?? Data()) as? [String: Any])
        let input = try #require((manifest["inputs"] as? [[String: Any]])?.first)
        let sum = try StrataProcess.shell("sha256sum orders.csv | cut -d ' ' -f 1", in: folder).output
        #expect((input["sha256"] as? String).map { $0 + "\n" } == sum)
        let file = try #require(input["file"] as? [String: Any])
        #expect(file["bytes"] as? Int == folder.data("orders.csv")?.count)
        #expect(file["role"] as? String == "transactions" && file["dates"] as? String == "yyyy-MM-dd")
        let rows = try #require(manifest["transactions"] as? [String: Any])
        #expect(rows["read"] as? Int == 44 && rows["accepted"] as? Int == 40)
        #expect(rows["setAside"] as? Int == 2 && rows["rejected"] as? Int == 2)
        #expect((rows["unused"] as? [String: Int])?.values.reduce(0, +) == 4)
        let options = try #require(manifest["options"] as? [String: Any])
        #expect(options["seed"] as? Int == 7 && options["returns"] as? String == "ignore")
        let counts = try #require(manifest["counts"] as? [String: Any])
        #expect(counts["customers"] as? Int == 9)
        for name in ["stages", "states", "segments"] {
            #expect((counts[name] as? [String: Int])?.values.reduce(0, +) == 9, "\(name)")
        }
        #expect((counts["clusters"] as? [Int])?.reduce(0, +) == 9)
        let phases = try #require(manifest["phases"] as? [[String: Any]])
        #expect(phases.compactMap { $0["name"] as? String } == ["read", "group", "fit", "write"])
        #expect(phases.allSatisfy { ($0["seconds"] as? Double ?? -1) >= 0 && ($0["peakMemoryBytes"] as? Int ?? 0) > 0 })
        #expect(manifest["strata"] as? String == "0.1.0")
        #expect(
            ResultFile(folder.data("out/rejects.csv")).rows == [
                ["orders.csv", "42", "rejected", "date", "not a date", "c1,x,2024-02-30,5"],
                ["orders.csv", "43", "set aside", "customer_id", "no customer", ",y,2024-01-05,5"],
                ["orders.csv", "44", "set aside", "", "return", "c2,z,2024-01-05,-5.00"],
                ["orders.csv", "45", "rejected", "", "wrong number of fields", "c3,w"],
            ])
    }

    @Test func standardInputHasItsDigestToo() throws {
        let text = Data(Samples.orders().map { $0 + "\n" }.joined().utf8)
        try folder.write("orders.csv", text)
        try folder.strata("run", "-", "--out", "out", input: text)
        let sum = try StrataProcess.shell("sha256sum orders.csv | cut -d ' ' -f 1", in: folder).output
        #expect(folder.text("out/manifest.json").contains(sum.dropLast()))
    }

    @Test func filesWithoutOptionsAreSniffedAndPeopleWithoutPurchasesStaged() throws {
        try folder.write("orders.csv", Samples.orders())
        try folder.write(
            "people.csv",
            [
                "id,name,email,country", "c1,Ann Lee,ann@example.org,FR", "p8,Bo Ray,bo@example.org,DE",
                "p9,Cy Doe,cy@example.org,DE",
            ])
        try folder.write(
            "visits.csv",
            [
                "customer_id,date,kind,channel", "p8,2024-02-01,visit,web", "p9,2024-02-01,email sent,mail",
                "p9,2024-02-02,frobnicated,mail", "c1,2024-02-02,open,mail",
            ])
        let outcome = try folder.strata("orders.csv", "people.csv", "visits.csv", "--out", "out")
        #expect(outcome.output.contains("note: 1 interaction is of an unknown kind and counts as no response"))
        let result = ResultFile(folder.data("out/segments.csv"))
        #expect(result.rows.count == 11)
        #expect(result["p8", "stage"] == "responder" && result["p9", "stage"] == "prospect")
        #expect(result["p9", "frequency"] == "0" && result["p9", "rfm"] == "" && result["p9", "cluster"] == "")
        #expect(!result.column("stage").contains(""))
        let stages = ResultFile(
            try folder.strata(
                "lifecycle", "--transactions", "orders.csv", "--customers", "people.csv", "--interactions", "visits.csv"
            ).output)
        #expect(
            stages.headers == [
                "customer_id", "stage", "state", "overdue", "days_since_last", "threshold_days", "return_chance",
                "lead_chance", "reason",
            ])
        #expect(stages.column("stage") == result.column("stage"))
        #expect(stages["p9", "reason"] == "no purchase and no response")
        #expect(!stages.column("reason").contains(""))
        // A customer's attribute becomes features.
        let table = ResultFile(
            try folder.strata("features", "orders.csv", "people.csv", "--attribute", "country").output)
        #expect(table.headers.count(where: { $0.hasPrefix("country") }) == 2, "\(table.headers)")
    }

    @Test func aFileOfOrdersAloneIsEnough() throws {
        try folder.write("orders.csv", Samples.orders())
        let outcome = try folder.strata("orders.csv")
        #expect(folder.names(in: "strata-out").count == 13)
        #expect(outcome.output.contains("strata-out/segments.csv"))
    }

    @Test func optionsMayStandInAFileAndTheCommandLineWins() throws {
        try folder.write("orders.csv", Samples.orders())
        try folder.write(
            "config.yaml",
            ["transactions: orders.csv", "as_of: 2024-05-01", "k: 2", "out: from-file", "column:", "  amount: amount"])
        try folder.strata("run", "--config", "config.yaml")
        #expect(folder.text("from-file/manifest.json").contains("\"asOf\" : \"2024-05-01\""))
        #expect(Set(ResultFile(folder.data("from-file/segments.csv")).column("cluster")).count == 2)
        try folder.strata("run", "--config=config.yaml", "--as-of", "2024-06-01", "--out", "stated")
        #expect(folder.text("stated/manifest.json").contains("\"asOf\" : \"2024-06-01\""))
        try folder.write("wrong.yaml", ["transactions: [orders.csv", "k: 2"])
        let wrong = try StrataProcess.run(["run", "--config", "wrong.yaml"], in: folder)
        #expect(wrong.status == 64 && wrong.errorLines.count == 1, "\(wrong.errors)")
        try folder.write("unknown.yaml", ["transactions: orders.csv", "clusterz: 3"])
        let unknown = try StrataProcess.run(["run", "--config", "unknown.yaml"], in: folder)
        #expect(unknown.status == 64 && unknown.errors.contains("clusterz"))
    }

    @Test func aRunOverAnEarlierOneReplacesIt() throws {
        try folder.write("orders.csv", Samples.orders())
        try folder.strata("run", "orders.csv", "--out", "out")
        let first = folder.data("out/segments.csv")
        try folder.write("more.csv", Samples.orders(80))
        try folder.strata("run", "more.csv", "--out", "out/")
        #expect(folder.data("out/segments.csv") != first)
        #expect(folder.names(in: "out").count == 13)
    }

    @Test func scoringNeedsOnlyWhatTheClustersAreMadeOn() throws {
        try folder.write("orders.csv", Samples.orders())
        try folder.write("people.csv", ["id,age"] + (0..<9).map { "c\($0),\(20 + $0 * $0)" })
        try folder.strata("run", "orders.csv", "people.csv", "--attribute", "age", "--out", "told")
        try folder.strata("score", "--model", "told/model.json", "orders.csv", "--out", "scored.csv")
        #expect(folder.data("scored.csv") == folder.data("told/segments.csv"))
        try folder.strata(
            "run", "orders.csv", "people.csv", "--attribute", "age", "--cluster-on", "age,monetary", "--out", "made")
        let missing = try StrataProcess.run(["score", "--model", "made/model.json", "orders.csv"], in: folder)
        #expect(missing.status == 64 && missing.errors.contains("age is a column of the customers file"))
        try folder.write("fewer.csv", ["id,age", "c1,20"])
        let gaps = try StrataProcess.run(
            ["score", "--model", "made/model.json", "orders.csv", "fewer.csv"], in: folder)
        #expect(gaps.status == 65 && gaps.errors.contains("age, which 8 of the 9 customers"), "\(gaps.errors)")
        try folder.strata("score", "--model", "made/model.json", "orders.csv", "people.csv", "--out", "scored.csv")
        #expect(folder.data("scored.csv") == folder.data("made/segments.csv"))
    }

    @Test func aFileGivenTwiceIsNamed() throws {
        try folder.write("orders.csv", Samples.orders())
        let outcome = try folder.strata("rfm", "orders.csv", "orders.csv")
        #expect(outcome.errors.contains("note: orders.csv is given 2 times, and its rows count each time"))
    }
}
