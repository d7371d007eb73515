import Foundation
import Testing

/// `strata check` and `strata trend`, run as a user runs them.
@Suite struct CheckTests {
    let folder = Scratch()

    private func run(_ arguments: String...) throws -> StrataProcess.Outcome {
        try StrataProcess.run(arguments, in: folder)
    }

    private func writePeople() throws {
        try folder.write(
            "people.csv",
            Data(
                """
                id,email,country,joined,left,score
                1,ann@example.org,DE,2024-01-05,,10
                2,bob@example,DE,2024-02-01,2024-01-15,20
                3,,XX,2024-03-01,2024-04-01,300
                3,dora@example.org,FR,2024-03-09,,40

                """.utf8))
    }

    private func findings(_ rules: String, status: Int32) throws -> [String: [String: Any]] {
        try writePeople()
        try folder.write("rules.yml", Data(("rules:\n" + rules).utf8))
        let outcome = try run("check", "people.csv", "--rules", "rules.yml", "--out", "f.json")
        #expect(outcome.status == status, "\(outcome.errors)\(outcome.output)")
        let document = try #require(
            try JSONSerialization.jsonObject(with: folder.data("f.json") ?? Data()) as? [String: Any])
        let list = try #require(document["findings"] as? [[String: Any]])
        return Dictionary(list.map { ($0["check"] as? String ?? "", $0) }, uniquingKeysWith: { first, _ in first })
    }

    @Test(arguments: [
        ("{column: id, unique: true}", "unique", 4, 1, [5]), ("{column: email, required: true}", "required", 4, 1, [4]),
        ("{column: email, is: email}", "is", 3, 1, [3]), ("{column: country, one_of: [DE, FR]}", "one_of", 4, 1, [4]),
        ("{column: country, is: country}", "is", 4, 1, [4]),
        ("{column: score, min: 15, max: 100}", "range", 4, 2, [2, 4]),
        ("{column: joined, min: 2024-02-01}", "range", 4, 1, [2]),
        ("{column: email, pattern: '[a-z]+@.*[.]org'}", "pattern", 3, 1, [3]),
        ("{order: [joined, left]}", "order", 2, 1, [3]), ("{column: joined, fresh: 10d}", "fresh", 4, 2, [2, 3]),
        ("{column: joined, fresh: 10d, as_of: 2024-03-01}", "fresh", 4, 3, [2, 3, 5]),
        ("{row_count: {min: 5}}", "row_count", 1, 1, []),
        ("{column: score, max: 100, where: \"country <> 'XX' and score > 10\"}", "range", 2, 0, []),
        ("{column: email, required: true, max_share: 0.25}", "required", 4, 1, [4]),
    ])
    func rulesCountWhatBreaksThem(
        _ rule: String, _ check: String, _ applicable: Int, _ failing: Int, _ lines: [Int]
    ) throws {
        let isAllowed = failing == 0 || rule.contains("max_share")
        let found = try #require(try findings("  - \(rule)\n", status: isAllowed ? 0 : 1)[check])
        #expect(found["applicable"] as? Int == applicable && found["failing"] as? Int == failing)
        #expect(found["examples"] as? [Int] == lines && found["is_kept"] as? Bool == isAllowed)
        #expect(found["line"] as? Int == 2)
    }

    @Test func aReferenceLiesBesideTheRules() throws {
        try folder.write("codes.csv", Data("code\nDE\nFR\n".utf8))
        let found = try findings("  - {column: country, reference: {file: codes.csv, column: code}}\n", status: 1)
        #expect(found["reference"]?["failing"] as? Int == 1)
    }

    @Test func warningsDoNotFailAndAlertsGetTheFindings() throws {
        try writePeople()
        try folder.write("w.yml", Data("rules:\n  - {column: email, required: true, severity: warning}\n".utf8))
        let outcome = try run(
            "check", "people.csv", "--rules", "w.yml", "--on-alert", "cat > alert.json", "--out", "f.xml")
        #expect(outcome.status == 0 && outcome.output.contains("1 rule: 0 kept, 1 broken (0 errors, 1 warning)"))
        #expect(folder.text("alert.json").contains("\"broken\" : 1"))
        let junit = folder.text("f.xml")
        #expect(
            junit.contains("tests=\"1\" failures=\"0\"") && junit.contains("<system-out>1 of 4 rows break it; lines 4"))
        #expect(!outcome.output.contains("@") && !junit.contains("@"))
    }

    @Test(arguments: [
        ("  - {column: id, min: 3, max: 2}\n", "line 2: min is above max"),
        (
            "  - {column: id, one_of: [a]}\n  - {column: id, one_of: [b]}\n",
            "lines 2 and 3: column \"id\" has two lists"
        ),
        ("  - {column: id, one_of: [a], pattern: '[0-9]'}\n", "line 2: no value of one_of matches"),
        ("  - {column: id, one_of: ['1'], min: 2}\n", "line 2: no value of one_of lies within"),
        ("  - {column: joined, min: 2024-01-01, max: 3}\n", "line 2: min and max must both be"),
        (
            "  - order: [joined, left]\n  - order: [left, joined]\n",
            "lines 2 and 3: \"left\" and \"joined\" are asked for in both"
        ),
        ("  - {required: true}\n", "line 2: required is asked of a column"),
        ("  - {column: id}\n", "line 2: the rule asks for nothing"),
        ("  - {column: id, severity: fatal, required: true}\n", "line 2: severity must be"),
        ("  - {column: id, required: true, where: 'nothing > 1'}\n", "line 2: where: "),
    ])
    func contradictionsAreRefusedWithTheirLine(_ rules: String, _ sentence: String) throws {
        try writePeople()
        try folder.write("bad.yml", Data(("rules:\n" + rules).utf8))
        let outcome = try run("check", "people.csv", "--rules", "bad.yml")
        #expect(outcome.status == 64 && outcome.errors.contains("bad.yml \(sentence)"), "\(outcome.errors)")
    }

    @Test func suggestedRulesAreKeptByTheirTable() throws {
        var text = "customer_id,email,country,score,city\n"
        for row in 0..<300 {
            text +=
                "C\(row),\(row % 90 == 0 ? "none" : "p\(row)@example.org"),\(row % 3 == 0 ? "DE" : "FR"),\(row % 50),c\(row % 4)\n"
        }
        try folder.write("t.csv", Data(text.utf8))
        let rules = try run("profile", "t.csv", "--suggest-rules")
        #expect(rules.output.contains("one_of: [\"DE\", \"FR\"]") && rules.output.contains("unique: true"))
        try folder.write("suggested.yml", Data(rules.output.utf8))
        let outcome = try run("check", "t.csv", "--rules", "suggested.yml")
        #expect(outcome.status == 0 && outcome.output.contains(", 0 broken"), "\(outcome.output)\(outcome.errors)")
    }

    @Test func aMetricThatBreaksFromItsPastIsTold() throws {
        try writePeople()
        for day in 1...6 {
            let outcome = try run("profile", "people.csv", "--history", "h.jsonl", "--day", "2024-06-0\(day)")
            #expect(outcome.status == 0)
        }
        let quiet = try run("trend", "h.jsonl")
        #expect(
            quiet.status == 0 && quiet.output.contains("people.csv: 6 days, ")
                && quiet.output.contains(" 0 broke from it"))
        #expect(folder.mode("h.jsonl") == 0o600)
        try folder.write("people.csv", Data("id,email,country,joined,left,score\n1,,,,,\n".utf8))
        _ = try run("profile", "people.csv", "--history", "h.jsonl", "--day", "2024-06-07", "--max-reject-share", "1")
        let loud = try run("trend", "h.jsonl", "--out", "t.json")
        #expect(loud.status == 1 && loud.output.contains("email.completeness") && loud.output.contains("BROKE"))
        #expect(folder.text("t.json").contains("\"is_by_weekday\""))
    }
}
