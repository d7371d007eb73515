import Foundation
import Testing

/// The kinds of `strata cluster`, updates, and scoring by their models.
@Suite struct ClusterVariantTests {
    let folder = Scratch()

    private let columns = ["--columns", "recency_days,frequency,monetary", "--scale", "standard"]

    private func run(_ arguments: [String]) throws {
        let outcome = try StrataProcess.run(arguments, in: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
    }

    private func features() throws {
        try folder.strata("features", Samples.cdnow, "--out", "features.csv")
    }

    private func sizes(_ file: String) -> [Int] {
        Dictionary(grouping: ResultFile(folder.data(file)).column("cluster")) { $0 }.values.map(\.count).sorted()
    }

    @Test func sizesAreWhatWasAskedFor() throws {
        try features()
        try run(["cluster", "features.csv", "--k", "4", "--balance", "--out", "even.csv"] + columns)
        #expect(sizes("even.csv") == [5892, 5892, 5893, 5893])
        try run(
            [
                "cluster", "features.csv", "--k", "4", "--min-size", "3000", "--max-size", "9000", "--out",
                "limited.csv",
                "--model", "limited.json",
            ] + columns)
        #expect(sizes("limited.csv").allSatisfy { (3000...9000).contains($0) })
        #expect(folder.text("limited.json").contains("\"kind\" : \"balanced clusters\""))
    }

    @Test func scoringTheTrainingTableGivesTheTrainingBytes() throws {
        let towns = ["a", "b", ""]
        let rows: [String] = (0..<60).map { row in
            let (x, town) = (row % 3 * 10 + row % 7, towns[row % 3])
            return "\(row),\(x),\(row % 5),\(town)"
        }
        try folder.write("words.csv", ["id,x,y,town"] + rows)
        let choices: [[String]] = [
            [], ["--balance"], ["--mini-batch", "16"], ["--categorical", "town"],
            ["--categorical", "town", "--gamma", "3", "--scale", "robust"], ["--seeding", "k-means||"],
        ]
        for options in choices {
            let columns = options.contains("--categorical") ? [] : ["--columns", "x,y"]
            try run(
                ["cluster", "words.csv", "--id", "id", "--k", "3", "--out", "one.csv", "--model", "m.json"] + options
                    + columns)
            let outcome = try folder.strata("score", "words.csv", "--model", "m.json", "--out", "two.csv")
            let (one, two) = (ResultFile(folder.data("one.csv")), ResultFile(folder.data("two.csv")))
            #expect(one.column("cluster") == two.column("cluster"), "\(options)")
            #expect(one.column("distance") == two.column("distance"), "\(options)")
            #expect(outcome.errors.contains("60 rows by a model of 3 clusters"))
        }
    }

    @Test func updatesKeepNumbersAndNames() throws {
        let old: [String] = (0..<100).map { row in "\(row % 2 * 50 + row % 5),\(row % 3)" }
        let new: [String] = (0..<100).map { row in "\(row % 3),\(row % 2 * 50 + row % 5 + 4)" }
        try folder.write("old.csv", ["x,y"] + old)
        try folder.write("new.csv", ["y,x"] + new)
        let fit = try folder.strata("cluster", "old.csv", "--k", "2", "--model", "a.json", "--out", "a.csv")
        let update = try folder.strata(
            "cluster", "new.csv", "--update", "a.json", "--model", "b.json", "--out", "b.csv", "--half-life", "100")
        #expect(sizes("b.csv") == [50, 50])
        #expect(
            ResultFile(folder.data("a.csv")).column("cluster") == ResultFile(folder.data("b.csv")).column("cluster"))
        for name in ["low x", "high x"] { #expect(fit.errors.contains(name) && update.errors.contains(name)) }
        // 50 rows of weight 1/2 each and 50 new ones, 4 further on: each centre moves by 8/3.
        #expect(update.errors.contains("centres moved by 2.67, 2.67"))
        #expect(folder.text("b.json").contains("75"))
    }
}
