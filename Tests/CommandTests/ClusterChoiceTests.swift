import Foundation
import Testing

/// `strata cluster --k auto`, `--choice`, and the choice of a run.
@Suite struct ClusterChoiceTests {
    let folder = Scratch()

    /// Two heaps of 40 rows each, far apart.
    private func writeHeaps(_ name: String) throws {
        try folder.write(
            name, ["id,x,y"] + (0..<80).map { "c\($0),\($0 % 2 * 100 + $0 * 7 % 11),\($0 * 5 % 13)" })
    }

    @Test func theChoiceIsShownAndWrittenAndItsClustersAreThoseOfTheirNumber() throws {
        try writeHeaps("heaps.csv")
        let outcome = try folder.strata(
            "cluster", "heaps.csv", "--id", "id", "--k", "auto", "--out", "auto.csv", "--choice", "choice.csv",
            "--model",
            "model.json")
        #expect(outcome.errors.contains("2 groups, by the gap statistic: highly stable in resamples"))
        #expect(outcome.errors.contains("→   2"))
        let choice = ResultFile(folder.data("choice.csv"))
        #expect(choice.column("clusters") == (1...12).map(String.init))
        #expect(choice.column("chosen") == (1...12).map { $0 == 2 ? "true" : "false" })
        #expect(choice.column("stability")[1] == "highly stable")
        try folder.strata("cluster", "heaps.csv", "--id", "id", "--k", "2", "--out", "two.csv")
        #expect(folder.data("auto.csv") == folder.data("two.csv"))
        #expect(folder.text("model.json").contains("\"structure\" : \"groups\""))

        try folder.strata(
            "cluster", "heaps.csv", "--id", "id", "--k", "3..5", "--out", "range.csv", "--choice", "choice.json")
        let json = try JSONSerialization.jsonObject(with: folder.data("choice.json") ?? Data()) as? [String: Any]
        #expect((json?["candidates"] as? [Any])?.count == 4)
        #expect(json?["rowCount"] as? Int == 80)
    }

    @Test func theSameBytesForAnyNumberOfThreads() throws {
        try writeHeaps("heaps.csv")
        for threads in ["1", "2", "3"] {
            try folder.strata(
                "cluster", "heaps.csv", "--id", "id", "--k", "auto", "--out", "\(threads).csv", "--choice",
                "\(threads).json", "--threads", threads)
            #expect(folder.data("\(threads).csv") == folder.data("1.csv"))
            #expect(folder.data("\(threads).json") == folder.data("1.json"))
        }
    }

    @Test func degenerateTablesAreChosenForToo() throws {
        try folder.write("equal.csv", ["x,y"] + Array(repeating: "1,2", count: 20))
        let equal = try folder.strata("cluster", "equal.csv", "--k", "auto", "--out", "labels.csv")
        #expect(equal.errors.contains("one cluster: there are too few distinct rows to choose from"))
        try folder.write("one.csv", ["x,y", "1,2"])
        let one = try folder.strata("cluster", "one.csv", "--k", "auto", "--out", "labels.csv")
        #expect(one.errors.contains("one cluster: there are too few distinct rows to choose from"))
        try folder.write("two.csv", ["x"] + (0..<100).map { "\($0 % 2)" })
        let two = try folder.strata("cluster", "two.csv", "--k", "auto", "--out", "labels.csv")
        #expect(two.errors.contains("2 groups"))
    }

    @Test func whatCannotBeChosenIsRefused() throws {
        try writeHeaps("heaps.csv")
        try folder.write("start.csv", ["x,y", "0,0", "100,0"])
        for (arguments, status, words) in [
            (["--k", "2", "--choice", "c.json"], 64, "--choice needs a choice"),
            (["--k", "auto", "--columns", "x,y", "--init", "start.csv"], 64, "nothing to choose"),
            (["--k", "auto", "--choice", "-"], 64, "both name -"),
            (["--k", "0..3"], 64, "--k must be at least 1"), (["--k", "5..2"], 64, "--k"),
            (["--k", "many"], 64, "--k"),
            (["--k", "90..99", "--out", "l.csv"], 65, "80 distinct rows, fewer than the 90 clusters"),
            (["--k", "auto", "--choice", "absent/c.csv", "--out", "l.csv"], 73, "absent"),
        ] {
            let outcome = try StrataProcess.run(["cluster", "heaps.csv", "--id", "id"] + arguments, in: folder)
            #expect(outcome.status == Int32(status), "\(arguments): \(outcome.errors)")
            #expect(outcome.errors.contains(words), "\(outcome.errors)")
            #expect(!folder.names().contains("l.csv"))
        }
    }

    @Test func aRunOnCDNOWFindsThreeGroups() throws {
        let outcome = try folder.strata("run", Samples.cdnow, "--out", "out")
        // The same three as in decision 5.
        #expect(outcome.output.contains("3 groups, by the gap statistic: highly stable in resamples"))
        let choice = ResultFile(folder.data("out/cluster-choice.csv"))
        #expect(choice.column("chosen")[2] == "true")
        #expect(folder.mode("out/cluster-choice.csv") == 0o644)
        #expect(folder.text("out/manifest.json").contains("\"clusterChoice\""))
        try folder.strata("run", Samples.cdnow, "--out", "four", "--k", "4")
        #expect(!folder.names(in: "four").contains("cluster-choice.csv"))
        #expect(!folder.text("four/manifest.json").contains("cluster-choice.csv"))
    }
}
