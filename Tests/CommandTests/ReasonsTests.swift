import Foundation
import Testing

/// Rules, profiles and typical rows of clusters and segments.
@Suite struct ReasonsTests {
    let folder = Scratch()

    /// The ids that a filter finds in a run's vectors.
    func found(_ filter: String, in table: String) throws -> [String] {
        try folder.strata("export", table, "--where", filter, "--columns", "customer_id", "--out", "found.csv")
        return ResultFile(folder.data("found.csv")).column("customer_id")
    }

    func number(_ text: String?) -> Double { text.flatMap { Double($0) } ?? .nan }

    @Test func aRuleFindsTheCustomersThatTheTreeSends() throws {
        // Two people who have bought nothing: no rule may find them.
        let lines = String(decoding: try Data(contentsOf: URL(filePath: Samples.cdnow)), as: UTF8.self)
        try folder.write("orders.csv", Data(lines.utf8))
        try folder.write("people.csv", ["customer_id,name", "p1,Bo", "p2,Cy"])
        for options in [
            ["--k", "3"], ["--k", "6"], ["--k", "4", "--cluster-on", "monetary,frequency"], ["--k", "1"],
        ] {
            let outcome = try StrataProcess.run(
                ["run", "orders.csv", "people.csv", "--out", "out"] + options, in: folder)
            try #require(outcome.status == 0, "\(outcome.errors)")
            let segments = ResultFile(folder.data("out/segments.csv"))
            let clusters = Dictionary(
                uniqueKeysWithValues: zip(segments.column("customer_id"), segments.column("cluster")))
            let rules = ResultFile(folder.data("out/cluster-rules.csv"))
            var (all, agreeing) = (0, 0)
            for row in rules.rows.indices {
                let cluster = rules.column("cluster")[row]
                for table in ["out/features.csv", "out/segments.csv"] {
                    let ids = try found(rules.column("filter")[row], in: table)
                    #expect(ids.count == Int(rules.column("matched")[row]), "\(options) \(cluster) \(table)")
                    let right = ids.count { clusters[$0] == cluster }
                    #expect(right == Int(rules.column("agreeing")[row]))
                    if table == "out/features.csv" {
                        all += ids.count
                        agreeing += right
                    }
                }
            }
            // Every buyer is found by one rule.
            #expect(all == 23_570)
            let model = try #require(
                try JSONSerialization.jsonObject(with: folder.data("out/model.json") ?? Data()) as? [String: Any])
            let saved = ((model["model"] as? [String: Any])?["clusters"] as? [String: Any])?["rules"] as? [String: Any]
            let quality = try #require(saved?["quality"] as? [String: Any])
            #expect(abs((quality["fidelity"] as? Double ?? 0) - Double(agreeing) / 23_570) < 1e-12)
        }
    }

    @Test func theOverviewAddsUp() throws {
        try folder.strata("run", Samples.cdnow, "--out", "out")
        let overview = ResultFile(folder.data("out/segment-overview.csv"))
        for by in ["segment", "state", "cluster_name"] {
            let rows = overview.rows.filter { $0[0] == by }
            #expect(rows.reduce(0) { $0 + (Int($1[2]) ?? 0) } == 23_570, "\(by)")
            #expect(abs(rows.reduce(0) { $0 + number($1[3]) } - 1) < 1e-9)
            #expect(abs(rows.reduce(0) { $0 + number($1[4]) } - 2_500_315.63) < 0.005)
            #expect(abs(rows.reduce(0) { $0 + number($1[5]) } - 1) < 1e-9)
            let segments = ResultFile(folder.data("out/segments.csv")).tally(by)
            for row in rows { #expect(segments[row[1]] == Int(row[2]), "\(row[1])") }
        }
    }

    @Test func typicalCustomersAreInTheirSegmentsAndDifferencesHaveIntervals() throws {
        try folder.strata("run", Samples.cdnow, "--out", "out")
        let segments = ResultFile(folder.data("out/segments.csv"))
        let typical = ResultFile(folder.data("out/typical-customers.csv"))
        #expect(folder.mode("out/typical-customers.csv") == 0o600)
        #expect(
            typical.headers == [
                "by", "segment", "rank", "customer_id", "distance", "recency_days", "frequency", "monetary",
            ])
        for row in typical.rows {
            #expect(segments[row[3], row[0]] == row[1] && segments[row[3], "recency_days"] == row[5])
        }
        #expect(typical.rows.count { $0[0] == "cluster_name" } == 9)
        let features = ResultFile(folder.data("out/segment-features.csv"))
        let bounds = zip(zip(features.column("low"), features.column("high")), features.column("difference"))
        var known = 0
        for ((low, high), difference) in bounds where !difference.isEmpty {
            known += 1
            #expect(number(low) < number(difference) && number(difference) < number(high))
        }
        #expect(known > 250)
        // Of the revenue, as the overview has it.
        let overview = ResultFile(folder.data("out/segment-overview.csv"))
        for row in features.rows where row[2] == "monetary" && row[0] != "state" && !row[1].isEmpty {
            let share = overview.rows.first { $0[0] == row[0] && $0[1] == row[1] }?[5]
            #expect(abs(number(share) - number(row[6])) < 1e-9, "\(row[1])")
        }
    }

    @Test func anExplanationFollowsTheRulesAndTheSmallestChangeCrosses() throws {
        try folder.strata("run", Samples.cdnow, "--out", "out")
        let rules = ResultFile(folder.data("out/cluster-rules.csv"))
        for id in ["00001", "00021", "11111", "19339"] {
            let text = try folder.strata("explain", id, "--run", "out", "--json").output
            let answer = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
            let cluster = try #require(answer["cluster"] as? [String: Any])
            let path = try #require(cluster["rules"] as? [String: Any])
            let ruled = try #require(path["cluster"] as? Int)
            let filter = try #require(rules[String(ruled), "filter"])
            #expect(try found("\(filter) and customer_id = '\(id)'", in: "out/features.csv") == [id])
            for step in try #require(path["steps"] as? [[String: Any]]) {
                let value = try #require(step["value"] as? Double)
                #expect(step["isAbove"] as? Bool == (value > step["threshold"] as? Double ?? .nan))
            }
            let change = try #require(cluster["smallestChange"] as? [String: Any])
            #expect(change["cluster"] as? Int != cluster["cluster"] as? Int)
            // A customer with that value, a little further on, is scored into the other cluster.
            let table = ResultFile(folder.data("out/features.csv"))
            #expect(number(table[id, change["feature"] as? String ?? ""]) == change["from"] as? Double)
            let plain = try folder.strata("explain", id, "--run", "out").output
            #expect(plain.contains("  by the rules: ") && plain.contains("smallest change of one feature: "))
        }
    }

    @Test func theScoreOfTheTrainingDataHasItsFidelity() throws {
        let run = try folder.strata("run", Samples.cdnow, "--out", "out")
        let fidelity = try #require(run.output.split(separator: "\n").first { $0.contains("that the rules say") })
        let share = fidelity.split(separator: " ")[0]
        let score = try folder.strata("score", "--model", "out/model.json", Samples.cdnow, "--out", "scored.csv")
        #expect(
            score.errors.contains(
                "the clusters' rules are right for \(share) % of 23,570 customers (\(share) % in training)"))
    }

    @Test func clustersOfATableHaveReasons() throws {
        try folder.write(
            "table.csv",
            ["id,x,odd \"name\",word,other", "a,0,0,p,1", "b,10,10,q,5", "c,0,1,r,2", "d,10,11,s,", "e,1,0,t,1"])
        let arguments = [
            "cluster", "table.csv", "--id", "id", "--columns", "x,odd \"name\"", "--k", "2", "--out", "labels.csv",
        ]
        for (threads, end) in [("1", "csv"), ("2", "csv"), ("2", "json")] {
            let outcome = try StrataProcess.run(
                arguments + [
                    "--profile", "profile\(threads).\(end)", "--rules", "rules\(threads).\(end)", "--typical",
                    "typical\(threads).\(end)", "--threads", threads,
                ], in: folder)
            #expect(
                outcome.status == 0 && outcome.errors.contains("100.0 % of rows are in the cluster"),
                "\(outcome.errors)")
        }
        for name in ["profile", "rules", "typical"] {
            #expect(folder.data("\(name)1.csv") == folder.data("\(name)2.csv"))
            #expect(folder.mode("\(name)2.csv") == 0o600)
        }
        let profile = ResultFile(folder.data("profile1.csv"))
        #expect(Set(profile.column("feature")) == ["x", "odd name", "other"])
        #expect(profile.rows.count == 6)
        let typical = ResultFile(folder.data("typical1.csv"))
        #expect(
            Set(typical.column("id")) == ["a", "b", "c", "d", "e"]
                && typical.headers.prefix(3) == ["cluster", "name", "rank"])
        let records = try #require(
            try JSONSerialization.jsonObject(with: folder.data("profile2.json") ?? Data()) as? [[String: Any]])
        #expect(records.count == 6 && records[0]["mean"] is Double && records[0]["cluster"] as? Int == 0)
        let rules = try #require(
            try JSONSerialization.jsonObject(with: folder.data("rules2.json") ?? Data()) as? [String: Any])
        #expect(rules["fidelity"] as? Double == 1 && rules["inertiaRatio"] as? Double == 1)
        for rule in try #require(rules["rules"] as? [[String: Any]]) {
            try folder.strata("export", "table.csv", "--where", rule["filter"] as? String ?? "", "--out", "part.csv")
            #expect(ResultFile(folder.data("part.csv")).rows.count == rule["matched"] as? Int)
            #expect(!(rule["conditions"] as? [[String: Any]] ?? []).isEmpty)
        }
        try folder.write("later.csv", ["x,y", "1,1", "2,2", "9,9"] + (0..<3000).map { "\($0 % 5),1" } + ["4,word"])
        let part = try folder.strata(
            "cluster", "later.csv", "--columns", "x", "--k", "2", "--profile", "p.csv", "--out", "l.csv")
        #expect(part.errors.contains("note: the profile has only the columns clustered on: later.csv line "))
        #expect(Set(ResultFile(folder.data("p.csv")).column("feature")) == ["x"])
        let twice = try StrataProcess.run(arguments + ["--rules", "labels.csv"], in: folder)
        #expect(twice.status == 64 && twice.errors.contains("--out and --rules both name labels.csv"))
    }
}
