import Foundation
import Testing

/// `strata features`, `strata cluster` and `strata export`.
@Suite struct TableTests {
    let folder = Scratch()

    @Test func featuresAreOneRowACustomer() throws {
        let outcome = try folder.strata("features", Samples.cdnow, "--out", "features.csv")
        let table = ResultFile(folder.data("features.csv"))
        #expect(table.rows.count == 23_570)
        for name in [
            "customer_id", "recency_days", "frequency", "monetary", "tenure_days", "average_order", "gap_mean_days",
            "gap_spread_days", "trend", "basket_size", "return_share", "weekend_share", "sunday_share",
        ] {
            #expect(table.headers.contains(name), "\(name)")
            #expect(name == "customer_id" || outcome.errors.contains(name.replacing("_", with: "_")))
        }
        let rfm = ResultFile(try folder.strata("rfm", Samples.cdnow).output)
        #expect(table.column("customer_id") == rfm.column("customer_id"))
        #expect(table.column("frequency").map { Double($0) } == rfm.column("frequency").map { Double($0) })
        try folder.strata("features", Samples.cdnow, "--out", "features.npy")
        let bytes = [UInt8](folder.data("features.npy") ?? Data())
        #expect(bytes.starts(with: [0x93] + Array("NUMPY".utf8)))
        #expect((bytes.count - 64) / 8 / 23_570 == table.headers.count - 1)
        #expect(folder.mode("features.npy") == 0o600)
    }

    @Test func clustersFollowTheRowsOfTheTable() throws {
        try folder.write("table.csv", ["x,y", "0,0", "10,10", "0,1", "10,11", "1,0"])
        let outcome = try folder.strata(
            "cluster", "table.csv", "--k", "2", "--out", "labels.csv", "--model", "model.json")
        let labels = ResultFile(folder.data("labels.csv"))
        #expect(labels.headers == ["row", "cluster", "distance"])
        #expect(labels.column("row") == ["0", "1", "2", "3", "4"])
        let cluster = labels.column("cluster")
        #expect(
            cluster[0] == cluster[2] && cluster[0] == cluster[4] && cluster[1] == cluster[3] && cluster[0] != cluster[1]
        )
        #expect(outcome.errors.contains("5 rows × 2 columns, 2 clusters: inertia "))
        #expect(folder.text("model.json").contains("\"kind\" : \"clusters\""))
        try folder.write("named.csv", ["name,x", "a,1", "b,1.5", "c,9"])
        let named = try folder.strata("cluster", "named.csv", "--id", "name", "--k", "2")
        #expect(ResultFile(named.output).headers == ["name", "cluster", "distance"])
        try folder.write("start.csv", ["x,y", "0,0", "10,10"])
        let one = try folder.strata(
            "cluster", "table.csv", "--k", "2", "--init", "start.csv", "--max-iterations", "1", "--tolerance", "0")
        #expect(ResultFile(one.output).column("cluster") == ["0", "1", "0", "1", "0"])
    }

    @Test func theSameSeedGivesTheSameClusters() throws {
        try folder.strata("features", Samples.cdnow, "--out", "features.csv")
        func labels(_ threads: String, _ seed: String) throws -> String {
            try folder.strata(
                "cluster", "features.csv", "--columns", "recency_days,frequency,monetary", "--scale", "robust", "--k",
                "4",
                "--runs", "2", "--threads", threads, "--seed", seed
            ).output
        }
        let one = try labels("1", "5")
        #expect(ResultFile(one).headers[0] == "customer_id")
        #expect(try labels("2", "5") == one && labels("3", "5") == one)
    }

    @Test func numbersOfAnySizeEndInASentence() throws {
        try folder.write("huge.csv", ["a,b", "1e20,1", "2e20,2", "-3e30,5", "1e300,4"])
        for scale in ["none", "standard", "robust"] {
            let outcome = try StrataProcess.run(["cluster", "huge.csv", "--k", "2", "--scale", scale], in: folder)
            #expect(outcome.status == 0 || outcome.status == 65, "\(scale): \(outcome.errors)")
        }
        try folder.write("large.csv", ["a,b", "1e20,1", "2e20,2", "-3e20,5", "1e19,4"])
        try folder.strata("cluster", "large.csv", "--k", "2")
    }

    @Test func exportsChooseColumnsAndRows() throws {
        try folder.strata("run", Samples.cdnow, "--out", "out")
        let all = ResultFile(folder.data("out/segments.csv"))
        let outcome = try folder.strata(
            "export", "out/segments.csv", "--where", "segment = 'At Risk' and monetary > 100", "--columns",
            "monetary,customer_id", "--out", "chosen.csv")
        let chosen = ResultFile(folder.data("chosen.csv"))
        #expect(chosen.headers == ["monetary", "customer_id"])
        let wanted = all.rows.filter { $0[11] == "At Risk" && (Double($0[5]) ?? 0) > 100 }
        #expect(!wanted.isEmpty && chosen.column("customer_id") == wanted.map { $0[0] })
        #expect(outcome.errors.contains("\(wanted.count) of 23,570 rows, 2 columns"))
        #expect(folder.mode("chosen.csv") == 0o600)
        #expect(try folder.strata("export", "out/segments.csv").output == folder.text("out/segments.csv"))
        let none = try folder.strata("export", "out/segments.csv", "--where", "segment = 'Nobody'").output
        #expect(none == all.headers.joined(separator: ",") + "\n")
        for condition in ["segmen = 'x'", "segment = ", "segment = 'x' or", "monetary >"] {
            let wrong = try StrataProcess.run(["export", "out/segments.csv", "--where", condition], in: folder)
            #expect(wrong.status == 64 && wrong.errorLines.count == 1, "\(condition): \(wrong.errors)")
        }
    }

    @Test func spreadsheetsGetAMarkAndNoFormulas() throws {
        try folder.write("table.csv", ["id,note", "1,=1+1", "2,@x", "3,-5", "4,plain"])
        let machine = try folder.strata("export", "table.csv").output
        #expect(machine == "id,note\n1,=1+1\n2,@x\n3,-5\n4,plain\n")
        try folder.strata("export", "table.csv", "--for", "spreadsheet", "--out", "sheet.csv")
        let bytes = [UInt8](folder.data("sheet.csv") ?? Data())
        #expect(bytes.starts(with: [0xEF, 0xBB, 0xBF]))
        let sheet = folder.text("sheet.csv")
        #expect(!sheet.contains(",=1+1") && !sheet.contains(",@x") && sheet.contains("plain") && sheet.contains(",-5"))
    }
}
