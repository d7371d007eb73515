import Foundation
import Testing

/// The quality before and after, which is what `strata profile` says of the same files.
@Suite struct CleanQualityTests {
    let folder = Scratch()

    private struct Profile: Decodable {
        let scorecard: Card
    }

    private struct Card: Decodable, Equatable {
        struct Score: Decodable, Equatable {
            let dimension: String
            let value: Double?
            let good: Int
            let total: Int
        }
        let scores: [Score]
    }

    /// The scores of a table in `quality.csv`, in the form of the profile's.
    private func card(_ table: String, _ path: String = "out/quality.csv") -> Card {
        Card(
            scores: ResultFile(folder.data(path)).rows.filter { $0[0] == table }.compactMap {
                guard let good = Int($0[3]), let total = Int($0[4]) else { return nil }
                return Card.Score(
                    dimension: $0[1], value: total > 0 ? Double(good) / Double(total) : nil, good: good, total: total)
            })
    }

    @Test func scorecardsAreThoseOfTheProfile() throws {
        try folder.strata("simulate", "--customers", "1500", "--days", "30", "--seed", "5", "--out", "company")
        let outcome = try folder.strata("clean", "company/customers.csv", "--out", "out")
        for name in ["company/customers.csv", "out/customers.csv"] {
            try folder.strata("profile", name, "--out", "profile.json")
            let profile = try JSONDecoder().decode(Profile.self, from: try #require(folder.data("profile.json")))
            #expect(card(name) == profile.scorecard, "\(name)")
        }
        let lines = outcome.output.split(separator: "\n")
        let first = try #require(
            lines.firstIndex { $0.contains("before") && $0.contains("after") && $0.contains("quality") })
        let names = lines[(first + 1)...(first + 6)].compactMap { $0.split(separator: " ").first }
        #expect(names == ["completeness", "validity", "uniqueness", "consistency", "timeliness", "accuracy"])
        #expect(lines[first + 6].contains("not measured"))
        // More cells are as they should be, and no fewer say something.
        let (before, after) = (card("company/customers.csv").scores[1], card("out/customers.csv").scores[1])
        #expect(try #require(after.value) >= (try #require(before.value)))
    }

    @Test func ageIsMeasuredWhereStaleRecordsAreArchived() throws {
        try folder.write(
            "in.csv", ["id,name,last_contact", "1,Ann Lee,2019-01-02", "2,Bob Ray,2024-01-02", "3,Eve Fox,2023-01-02"])
        try folder.strata("clean", "in.csv", "--out", "out", "--archive-after", "730d")
        let before = card("in.csv").scores[4]
        #expect(before.good == 2 && before.total == 3)
        #expect(card("out/customers.csv").scores[4].value == 1)
    }

    /// When no row is left, there is nothing to measure.
    @Test func anEmptyResultHasNoScorecard() throws {
        try folder.write("in.csv", ["id,name,last_contact", "1,Ann Lee,2019-01-02", "2,,2019-01-02"])
        let outcome = try folder.strata(
            "clean", "in.csv", "--out", "out", "--archive-after", "730d", "--as-of", "2024-01-01")
        #expect(card("out/customers.csv").scores.isEmpty && card("in.csv").scores.count == 6)
        // What was worst before is not told of what is not there.
        #expect(outcome.output.split(separator: "name 1").count == 2)
    }
}
