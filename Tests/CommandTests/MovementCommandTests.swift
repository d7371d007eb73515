import Foundation
import Testing

/// `strata movement` and `strata cohorts`, and clusters that keep their numbers.
@Suite(.serialized) struct MovementCommandTests {
    let folder = Scratch()

    /// People with and without dates of registration and purchases, contacts among them.
    private func writeCompany() throws {
        try folder.write("orders.csv", Samples.orders(160))
        try folder.write(
            "people.csv",
            ["customer_id,registered", "c1,2023-12-01", "p1,2024-02-10", "p2,", "p3,2024-09-01", "c5,2024-08-01"])
        try folder.write(
            "visits.csv",
            ["customer_id,date,kind", "p1,2024-03-01,visit", "v1,2024-04-15,sent", "v2,2024-05-02,click"])
    }

    /// Every date of the flow is what the commands say as of it, from the same files.
    @Test func everyDateIsThatOfTheOtherCommands() throws {
        try writeCompany()
        let files = ["orders.csv", "people.csv", "visits.csv"]
        let outcome = try StrataProcess.run(
            ["movement"] + files + ["--as-of", "2024-02-01..2024-06-01", "--out", "moved"], in: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("note: 1 customer of the customers file has no date of registration"))
        #expect(
            folder.names(in: "moved") == ["flow.csv", "movement.json", "moves.csv", "transitions.csv"])
        #expect(folder.mode("moved/moves.csv") == 0o600)
        let flow = ResultFile(folder.data("moved/flow.csv"))
        let moves = ResultFile(folder.data("moved/moves.csv"))
        var states: [String: String] = [:]
        for month in 2...6 {
            let date = "2024-0\(month)-01"
            let stages = try StrataProcess.run(["lifecycle"] + files + ["--as-of", date], in: folder)
            let scores = try StrataProcess.run(["rfm"] + files + ["--as-of", date], in: folder)
            let (lifecycle, rfm) = (ResultFile(stages.output), ResultFile(scores.output))
            let rows = flow.rows.filter { $0[1] == date }
            for by in ["stage", "state"] {
                for (label, count) in lifecycle.tally(by) {
                    #expect(rows.first { $0[0] == by && $0[2] == label }?[3] == String(count), "\(date) \(label)")
                }
                #expect(
                    rows.filter { $0[0] == by }.reduce(0) { $0 + (Int($1[3]) ?? 0) } == lifecycle.rows.count, "\(date)")
            }
            for (label, count) in rfm.tally("segment") where !label.isEmpty {
                #expect(rows.first { $0[0] == "segment" && $0[2] == label }?[3] == String(count), "\(date) \(label)")
            }
            // And move by move, everybody is where the lifecycle says.
            let now = Dictionary(
                uniqueKeysWithValues: zip(lifecycle.column("customer_id"), lifecycle.column("state")))
            if month == 2 { states = now }
            for row in moves.rows where row[2] == date {
                #expect(states[row[0], default: ""] == row[5], "\(date) \(row[0])")
                states[row[0]] = row[6]
            }
            #expect(states == now, "\(date)")
        }
        let json = try #require(
            try JSONSerialization.jsonObject(with: folder.data("moved/movement.json") ?? Data()) as? [String: Any])
        #expect((json["dates"] as? [String])?.count == 5 && json["every"] as? String == "month")
        #expect((json["by"] as? [[String: Any]])?.compactMap { $0["by"] as? String } == ["stage", "state", "segment"])
        // From each month to the next, and from the first to the last.
        let transitions = ResultFile(folder.data("moved/transitions.csv"))
        #expect(Set(transitions.rows.map { "\($0[1]) \($0[2])" }).count == 5)
    }

    @Test func rowsInAnyOrderAndAnyThreadsGiveTheSameBytes() throws {
        try writeCompany()
        let lines = Samples.orders(160)
        try folder.write("turned.csv", [lines[0]] + lines.dropFirst().reversed())
        func written(_ orders: String, _ threads: String, _ out: String) throws -> [Data?] {
            try folder.strata(
                "movement", orders, "people.csv", "--every", "30 days", "--out", out, "--threads", threads)
            try folder.strata("cohorts", orders, "people.csv", "--out", "\(out).csv", "--threads", threads)
            return ["transitions.csv", "flow.csv", "moves.csv", "movement.json"].map { folder.data("\(out)/\($0)") }
                + [folder.data("\(out).csv")]
        }
        let one = try written("orders.csv", "1", "one")
        #expect(!one.contains(nil))
        #expect(try written("orders.csv", "3", "three") == one)
        #expect(try written("turned.csv", "2", "turned") == one)
    }

    @Test func idsAreNoIdsUnderAKey() throws {
        try writeCompany()
        try folder.write("key", Data("0123456789abcdef0123456789abcdef".utf8))
        _ = try StrataProcess.shell("chmod 600 key", in: folder)
        let arguments = ["movement", "orders.csv", "people.csv", "--as-of", "2024-02-01..2024-06-01", "--out"]
        _ = try StrataProcess.run(arguments + ["plain"], in: folder)
        let outcome = try StrataProcess.run(arguments + ["secret", "--pseudonymise", "key"], in: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let (plain, secret) = (
            ResultFile(folder.data("plain/moves.csv")), ResultFile(folder.data("secret/moves.csv"))
        )
        #expect(plain.rows.count == secret.rows.count && !plain.rows.isEmpty)
        #expect(secret.column("customer_id").allSatisfy { $0.count == 64 })
        #expect(folder.data("plain/flow.csv") == folder.data("secret/flow.csv"))
        // Within a date in the order of what stands in the file.
        for date in Set(secret.column("date_to")) {
            let ids = secret.rows.filter { $0[2] == date }.map { $0[0] }
            #expect(ids == ids.sorted())
        }
    }

    @Test func cohortsAreWrittenAsCSVOrJSON() throws {
        try folder.write("orders.csv", Samples.orders(160))
        let shown = try folder.strata("cohorts", "orders.csv")
        #expect(shown.output.contains("by months since the first purchase") && shown.errors.isEmpty)
        let table = ResultFile(try folder.strata("cohorts", "orders.csv", "--out", "-").output)
        #expect(
            table.headers == [
                "cohort", "age", "period", "customers", "active", "retention", "retention_low", "retention_high",
                "revenue", "revenue_per_customer", "cumulative_revenue", "cumulative_per_customer", "mature",
            ])
        try folder.strata("cohorts", "orders.csv", "--measure", "revenue", "--out", "cohorts.json")
        let rows = try #require(
            try JSONSerialization.jsonObject(with: folder.data("cohorts.json") ?? Data()) as? [[String: Any]])
        #expect(rows.count == table.rows.count)
        for (row, cells) in zip(rows, table.rows) {
            #expect(row["cohort"] as? String == cells[0] && row["revenue"] as? String == cells[8])
            #expect(row["mature"] as? Bool == (cells[12] == "true"))
        }
        // A run has the same by month.
        try folder.strata("run", "orders.csv", "--out", "out")
        #expect(ResultFile(folder.data("out/cohorts.csv")).rows == table.rows)
    }

    @Test func clustersKeepTheirNumbersAndNames() throws {
        try folder.write(
            "spring.csv",
            ["customer_id,x,y"] + (0..<60).map { "r\($0),\($0 % 3 * 100 + $0 % 7),\($0 % 3 % 2 * 50 + $0 % 5)" })
        // The same groups in other rows, moved a little, in other columns; and a fourth.
        try folder.write(
            "summer.csv",
            ["customer_id,y,x"]
                + (0..<80).map { row in
                    let group = (row + 1) % 4
                    return group == 3
                        ? "r\(row),\(400 + row % 5),\(900 + row % 7)"
                        : "r\(row),\(group % 2 * 50 + row % 5 + 3),\(group * 100 + row % 7 + 5)"
                })
        try folder.strata("cluster", "spring.csv", "--k", "3", "--out", "spring.labels", "--model", "spring.json")
        let outcome = try folder.strata(
            "cluster", "summer.csv", "--k", "4", "--scale", "standard", "--like", "spring.json", "--out",
            "summer.labels",
            "--model", "summer.json", "--seed", "9")
        #expect(outcome.errors.contains("numbers as in spring.json") && outcome.errors.contains("new: 3"))
        let (spring, summer) = (ResultFile(folder.data("spring.labels")), ResultFile(folder.data("summer.labels")))
        /// The numbers that the rows of a group have.
        func numbers(_ result: ResultFile, _ rows: Range<Int>, _ isMember: (Int) -> Bool) -> Set<String> {
            Set(rows.filter(isMember).map { result.rows[$0][1] })
        }
        for group in 0..<3 {
            let before = numbers(spring, 0..<60) { $0 % 3 == group }
            let after = numbers(summer, 0..<80) { ($0 + 1) % 4 == group }
            #expect(before.count == 1, "group \(group)")
            #expect(before == after, "group \(group)")
        }
        let newcomers = numbers(summer, 0..<80) { ($0 + 1) % 4 == 3 }
        #expect(newcomers == ["3"])
        // Back to three: the number of the one that is gone is not given again.
        let autumn = try folder.strata(
            "cluster", "spring.csv", "--k", "4", "--like", "summer.json", "--out", "autumn.labels")
        #expect(autumn.errors.contains("gone: 3") && autumn.errors.contains("new: 4"), "\(autumn.errors)")
        let other = try StrataProcess.run(
            ["cluster", "summer.csv", "--k", "2", "--columns", "x", "--like", "spring.json"], in: folder)
        #expect(other.status == 65 && other.errors.contains("on the same columns"))
    }

    @Test func aRunKeepsTheNumbersOfAnEarlierOne() throws {
        try folder.strata("run", Samples.cdnow, "--as-of", "1998-04-01", "--out", "spring")
        let plain = try folder.strata("run", Samples.cdnow, "--out", "plain", "--seed", "5")
        let outcome = try folder.strata(
            "run", Samples.cdnow, "--out", "summer", "--seed", "5", "--like", "spring/model.json")
        #expect(outcome.output.contains("numbers as in spring/model.json") && !plain.output.contains("numbers as in"))
        let (spring, summer) = (
            ResultFile(folder.data("spring/segments.csv")), ResultFile(folder.data("summer/segments.csv"))
        )
        func names(_ result: ResultFile) -> [String: String] {
            Dictionary(zip(result.column("cluster"), result.column("cluster_name")), uniquingKeysWith: { $1 })
        }
        let (before, after) = (names(spring), names(summer))
        for (number, name) in after { #expect(before[number] == nil || before[number] == name) }
        // Most customers stay where they are.
        let stayed = zip(spring.column("cluster"), summer.column("cluster")).count { $0 == $1 }
        #expect(stayed > spring.rows.count * 3 / 4)
        // The numbers go with the model.
        try folder.strata("score", "--model", "summer/model.json", Samples.cdnow, "--out", "scored.csv")
        #expect(folder.data("scored.csv") == folder.data("summer/segments.csv"))
        let id = summer.rows[17][0]
        let answer = try folder.strata("explain", id, "--run", "summer")
        #expect(answer.output.contains(summer[id, "cluster_name"] ?? "?"))
    }
}
