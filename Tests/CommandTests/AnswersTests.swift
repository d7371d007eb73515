import Foundation
import Testing

/// `strata explain` and `strata diff`.
@Suite struct AnswersTests {
    let folder = Scratch()

    func json(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    @Test func anExplanationSaysWhatTheResultsSay() throws {
        try folder.strata("run", Samples.cdnow, "--out", "out")
        let segments = ResultFile(folder.data("out/segments.csv"))
        let features = ResultFile(folder.data("out/features.csv"))
        let purchases = ResultFile(folder.data("out/purchases.csv"))
        #expect(purchases.rows.count == 67_591)
        #expect(folder.mode("out/purchases.csv") == 0o600 && folder.mode("out/segment-features.csv") == 0o600)
        for id in ["00001", "00021", "11111", "19339", "23570"] {
            let answer = try json(try folder.strata("explain", id, "--run", "out", "--json").output)
            func cell(_ name: String) -> String? { segments[id, name].flatMap { $0.isEmpty ? nil : $0 } }
            #expect(answer["customer"] as? String == id && answer["asOf"] as? String == "1998-07-01")
            #expect(answer["notes"] as? [String] == [])
            #expect(answer["firstPurchase"] as? String == cell("first_purchase"))
            #expect((answer["orders"] as? Int).map(String.init) == cell("frequency"))
            let scores = try #require(answer["scores"] as? [String: Any])
            #expect(scores["segment"] as? String == cell("segment"))
            for (key, column) in [("recencyDays", "r"), ("frequency", "f"), ("monetary", "m")] {
                #expect(((scores[key] as? [String: Any])?["score"] as? Int).map(String.init) == cell(column))
            }
            let lifecycle = try #require(answer["lifecycle"] as? [String: Any])
            #expect(lifecycle["state"] as? String == cell("state") && lifecycle["stage"] as? String == cell("stage"))
            let cluster = try #require(answer["cluster"] as? [String: Any])
            #expect((cluster["cluster"] as? Int).map(String.init) == cell("cluster"))
            #expect((cluster["nextDistance"] as? Double ?? 0) >= (cluster["distance"] as? Double ?? 1) - 1e-6)
            let listed = try #require(answer["features"] as? [[String: Any]])
            #expect(listed.compactMap { $0["feature"] as? String } == Array(features.headers.dropFirst()))
            #expect(answer["purchaseCount"] as? Int == purchases.rows.count { $0[0] == id })
            let text = try folder.strata("explain", id, "--run", "out")
            #expect(text.output.hasPrefix("\(id) as of 1998-07-01, by out\n") && text.errors.isEmpty)
            #expect(text.output.contains("this one"))
        }
    }

    /// What is said of a later day is what a run as of that day says, with the same model.
    @Test func theOutlookIsWhatTheModelSaysLater() throws {
        try folder.strata("run", Samples.cdnow, "--out", "out")
        for id in ["00004", "00018", "00050", "01234"] {
            let answer = try json(try folder.strata("explain", id, "--run", "out", "--json").output)
            let outlook = try #require(answer["outlook"] as? [String: Any])
            let changes = try #require(outlook["ifNothingIsBought"] as? [[String: Any]])
            for change in changes.prefix(2) {
                let day = try #require(change["date"] as? String)
                let scored = ResultFile(
                    try StrataProcess.shell(
                        "(head -1 \(Samples.cdnow); grep '^\(id),' \(Samples.cdnow)) > one.csv; "
                            + "\"$STRATA\" score --model out/model.json one.csv --as-of \(day)", in: folder
                    ).output)
                #expect(scored[id, "state"] == change["state"] as? String, "\(id) \(day)")
                #expect(scored[id, "segment"] == change["segment"] as? String, "\(id) \(day)")
                #expect(scored[id, "rfm"] == change["rfm"] as? String, "\(id) \(day)")
            }
        }
    }

    @Test func peopleWithoutPurchasesAreExplained() throws {
        try folder.write("orders.csv", Samples.orders() + ["r1,x1,2024-01-20,30", "r1,x2,2024-01-25,-30"])
        try folder.write("people.csv", ["id,name", "p8,Bo Ray", "p9,Cy Doe"])
        try folder.write("visits.csv", ["customer_id,date,kind", "p8,2024-02-01,visit"])
        try folder.strata("orders.csv", "people.csv", "visits.csv", "--out", "out")
        let segments = ResultFile(folder.data("out/segments.csv"))
        for id in segments.column("customer_id") {
            let answer = try json(try folder.strata("explain", id, "--run", "out", "--json").output)
            #expect(answer["notes"] as? [String] == [], "\(id)")
            #expect((answer["lifecycle"] as? [String: Any])?["state"] as? String == segments[id, "state"])
            #expect(try !folder.strata("explain", id, "--run", "out").output.contains("Bo"))
        }
        #expect(try folder.strata("explain", "p8", "--run", "out").output.contains("a response within 180 days"))
    }

    @Test func anAnswerGoesWhereItIsTold() throws {
        try folder.write("orders.csv", Samples.orders())
        try folder.strata("run", "orders.csv", "--out", "out")
        let plain = try folder.strata("explain", "c1", "--run", "out/").output
        try folder.strata("explain", "c1", "--run", "out/", "--out", "answer.txt")
        #expect(folder.text("answer.txt") == plain && folder.mode("answer.txt") == 0o600)
        let other = try StrataProcess.run(["explain", "Somebody Else", "--run", "out"], in: folder)
        #expect(other.status == 65 && other.errorLines.count == 1 && !other.errors.contains("Somebody"))
        let cut = folder.text("out/segments.csv").split(separator: "\n").dropLast(3).joined(separator: "\n") + "\n"
        try folder.write("out/segments.csv", Data(cut.utf8))
        let lost = try StrataProcess.run(["explain", "c8", "--run", "out"], in: folder)
        #expect(lost.status == 65 && lost.errors.contains("it is not whole"), "\(lost.errors)")
    }

    @Test func aRunDiffersFromItselfInNothing() throws {
        try folder.write("orders.csv", Samples.orders())
        try folder.strata("run", "orders.csv", "--out", "one")
        try folder.strata("run", "orders.csv", "--out", "two", "--threads", "1")
        for (first, second) in [("one", "one"), ("one", "two"), ("two", "one")] {
            let outcome = try folder.strata("diff", first, second, "--csv", "moved.csv")
            #expect(outcome.output == "nothing changed from \(first) to \(second)\n")
            #expect(ResultFile(folder.data("moved.csv")).rows.isEmpty)
            let answer = try json(try folder.strata("diff", first, second, "--json").output)
            #expect(answer["nothingChanged"] as? Bool == true)
        }
        try folder.strata("run", "orders.csv", "--out", "seeded", "--seed", "2")
        let seeded = try folder.strata("diff", "one", "seeded").output
        #expect(seeded.contains("seed") && !seeded.hasPrefix("nothing"))
    }

    @Test func movedCountsAddUpInBothDirections() throws {
        let lines = String(decoding: try Data(contentsOf: URL(filePath: Samples.cdnow)), as: UTF8.self)
            .split(separator: "\n").map(String.init)
        // The later run has new customers, and lacks some of the earlier one.
        try folder.write(
            "early.csv", lines.filter { $0.hasPrefix("customer") || $0.split(separator: ",")[1] < "1997-02-15" })
        try folder.write("late.csv", lines.filter { !$0.hasPrefix("0001") })
        try folder.strata("run", "early.csv", "--out", "early", "--k", "4")
        try folder.strata("run", "late.csv", "--out", "late")
        let (early, late) = (
            ResultFile(folder.data("early/segments.csv")), ResultFile(folder.data("late/segments.csv"))
        )
        let there = try json(try folder.strata("diff", "early", "late", "--json", "--csv", "moved.csv").output)
        let back = try json(try folder.strata("diff", "late", "early", "--json", "--csv", "back.csv").output)
        #expect(there["nothingChanged"] as? Bool == false)
        let forward = try #require(there["movements"] as? [[String: Any]])
        let backward = try #require(back["movements"] as? [[String: Any]])
        #expect(forward.compactMap { $0["by"] as? String } == ["stage", "state", "segment", "cluster"])
        for (one, other) in zip(forward, backward) {
            let by = try #require(one["by"] as? String)
            let cells = try #require(one["cells"] as? [[String: Any]])
            func sums(_ key: String) -> [String: Int] {
                cells.reduce(into: [:]) { $0[$1[key] as? String ?? "", default: 0] += $1["customers"] as? Int ?? 0 }
            }
            func counts(_ file: ResultFile) -> [String: Int] {
                let names =
                    by == "cluster"
                    ? zip(file.column(by), file.column("cluster_name")).map { "\($0) \($1)" } : file.column(by)
                return names.reduce(into: [:]) {
                    let isEmpty = $1.isEmpty || $1 == " "
                    $0[isEmpty ? "no \(by)" : $1, default: 0] += 1
                }
            }
            var (rows, columns) = (sums("from"), sums("to"))
            let (came, went) = (rows.removeValue(forKey: "not there"), columns.removeValue(forKey: "not there"))
            #expect(rows == counts(early), "\(by)")
            #expect(columns == counts(late), "\(by)")
            #expect(came == there["customersOnlyAfter"] as? Int && went == there["customersOnlyBefore"] as? Int)
            #expect(one["moved"] as? Int == other["moved"] as? Int)
            func text(_ cell: [String: Any], _ from: String, _ to: String, _ before: String, _ after: String) -> String
            {
                [from, to, "customers", before, after].map { "\(cell[$0] ?? "")" }.joined(separator: "|")
            }
            let turned = try #require(other["cells"] as? [[String: Any]])
            #expect(
                Set(cells.map { text($0, "from", "to", "revenueBefore", "revenueAfter") })
                    == Set(turned.map { text($0, "to", "from", "revenueAfter", "revenueBefore") }), "\(by)")
        }
        let (moved, returned) = (ResultFile(folder.data("moved.csv")), ResultFile(folder.data("back.csv")))
        #expect(moved.rows.count == returned.rows.count && moved.headers[1...2] == ["from_stage", "to_stage"])
        #expect(moved.column("customer_id") == moved.column("customer_id").sorted())
        #expect(moved.column("from_state") == returned.column("to_state"))
        #expect(moved.column("to_segment") == returned.column("from_segment"))
        #expect(folder.mode("moved.csv") == 0o600)
    }

    @Test func keyFiguresBesideTheRunAreCompared() throws {
        try folder.write("orders.csv", Samples.orders())
        for (name, revenue) in [("one", "10.50"), ("two", "12.00")] {
            try folder.strata("run", "orders.csv", "--out", name)
            try folder.write(
                "\(name)/kpis.csv",
                ["kpi,scope,value,previous", "revenue,all,\(revenue),3", "orders,all,4,1", "orders,Champions,,"]
                    + (name == "two" ? ["orders,Loyal,7,7"] : []))
        }
        let answer = try json(try folder.strata("diff", "one", "two", "--json").output)
        let kpis = try #require(answer["kpis"] as? [[String: Any]])
        #expect(kpis.compactMap { $0["name"] as? String }.contains("revenue, all"))
        let revenue = kpis.first { $0["name"] as? String == "revenue, all" }
        #expect(revenue?["change"] as? String == "1.50")
        #expect(kpis.first { $0["name"] as? String == "orders, Loyal" }?["before"] == nil)
        #expect(try folder.strata("diff", "one", "two").output.contains("+1.50"))
    }

    @Test func changedFilesAndOptionsAreNamed() throws {
        try folder.write("orders.csv", Samples.orders())
        try folder.strata("run", "orders.csv", "--out", "one")
        try folder.write("orders.csv", Samples.orders(50))
        try folder.strata("run", "orders.csv", "--out", "two", "--horizon", "60")
        let text = try folder.strata("diff", "one", "two").output
        #expect(text.contains("orders.csv: other content") && text.contains("horizon days"))
        try folder.write("renamed.csv", Samples.orders(50))
        try folder.strata("run", "renamed.csv", "--out", "three", "--horizon", "60")
        let renamed = try folder.strata("diff", "two", "three").output
        #expect(renamed.contains("orders.csv is now renamed.csv: renamed, the same content"), "\(renamed)")
    }
}
