import Foundation
import Testing

/// `kpis.csv` and `--targets`.
@Suite struct KeyFigureTests {
    let folder = Scratch()

    @Test func everyRunHasThem() throws {
        try folder.strata("run", Samples.cdnow, "--out", "out", "--period", "30")
        let figures = ResultFile(folder.data("out/kpis.csv"))
        #expect(
            figures.headers == ["kpi", "segment", "unit", "value", "previous", "change", "numerator", "denominator"])
        #expect(figures.rows.count == 11 * 13)
        #expect(figures["customers", "value"] == "23570")
        #expect(figures["mean_rating", "value"] == "")
        let manifest = try #require(
            try JSONSerialization.jsonObject(with: folder.data("out/manifest.json") ?? Data()) as? [String: Any])
        let about = try #require(manifest["keyFigures"] as? [String: Any])
        #expect(about["periodDays"] as? Int == 30)
        #expect((about["period"] as? [String: String]) == ["from": "1998-06-01", "to": "1998-06-30"])
    }

    @Test func aRequiredTargetThatIsMissedFailsTheRunAfterItsResults() throws {
        try folder.write("orders.csv", Samples.orders())
        try folder.write(
            "kpis.yml", ["- {kpi: orders, min: 1}", "- kpi: mean_rating", "  min: 4", "- {kpi: customers, max: 2}"])
        let open = try folder.strata("run", "orders.csv", "--targets", "kpis.yml", "--out", "out")
        #expect(open.output.contains("not known") && open.output.contains("missed") && open.output.contains("met"))
        try folder.write("required.yml", ["- {kpi: customers, max: 2, required: true}"])
        let missed = try StrataProcess.run(
            ["run", "orders.csv", "--targets", "required.yml", "--out", "missed"], in: folder)
        #expect(missed.status == 1 && missed.errors.isEmpty && missed.output.contains("missed (required)"))
        #expect(folder.data("missed/kpis.csv") == folder.data("out/kpis.csv"))
        #expect(folder.text("missed/manifest.json").contains("\"outcome\" : \"missed\""))
        // What is not known is not met.
        try folder.write("unknown.yml", ["- {kpi: mean_rating, min: 1, required: true}"])
        #expect(
            try StrataProcess.run(["run", "orders.csv", "--targets", "unknown.yml", "--out", "u"], in: folder).status
                == 1)
    }

    @Test func scoringTheTrainingDataGivesTheTrainingResultWithEverythingThatIsKnown() throws {
        try folder.write(
            "orders.csv",
            ["order_id,customer_id,date,sku,category,amount"]
                + (0..<60).map {
                    "\($0),c\($0 % 7),2024-0\(1 + $0 % 5)-1\($0 % 9),p\($0 % 4 + $0 % 7),g\($0 % 3),\(5 + $0)"
                })
        try folder.write(
            "people.csv",
            ["id,name,birth_date,consent"] + (0..<9).map { "c\($0),N\($0),19\(60 + $0)-02-0\(1 + $0),yes" })
        try folder.write(
            "contacts.csv",
            ["customer_id,date,kind,channel,rating"]
                + (0..<40).map {
                    "c\($0 % 9),2024-0\(1 + $0 % 5)-05,\(["sent", "open", "rating"][$0 % 3]),mail,\($0 % 5)"
                })
        let files = ["orders.csv", "people.csv", "contacts.csv"]
        for (name, extra) in [("plain", []), ("wide", ["--cluster-on", "sent,opens,affinity=g0,age_years"])] {
            let run = try StrataProcess.run(["run"] + files + ["--out", name] + extra, in: folder)
            #expect(run.status == 0, "\(run.errors)")
            let segments = ResultFile(folder.data("\(name)/segments.csv"))
            #expect(segments.headers.suffix(2) == ["favourite_product", "favourite_category"])
            #expect(segments.rows.count == 9)
            let scored = try StrataProcess.run(
                ["score", "--model", "\(name)/model.json"] + files + ["--out", "scored.csv"], in: folder)
            #expect(scored.status == 0, "\(scored.errors)")
            #expect(folder.data("scored.csv") == folder.data("\(name)/segments.csv"))
        }
        // Prospects and responders have vectors, too.
        let features = ResultFile(folder.data("wide/features.csv"))
        #expect(features.rows.count == 9 && features["c8", "sent"] != "" && features["c8", "recency_days"] == "")
        // Clusters on interactions can't be found without them.
        let less = try StrataProcess.run(["score", "--model", "wide/model.json", "orders.csv"], in: folder)
        #expect(less.status == 65 && less.errors.contains("the clusters are made on sent, which 7 of the 7"))
    }
}
