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

    private struct Quality: Decodable {
        struct File: Decodable {
            let file: String
            let rows: Int
            let scorecard: Card
        }
        let before: [File]
        let after: File?
    }

    @Test func scorecardsAreThoseOfTheProfile() throws {
        try folder.strata("simulate", "--customers", "1500", "--days", "30", "--seed", "5", "--out", "company")
        let outcome = try folder.strata("clean", "company/customers.csv", "--out", "out")
        let quality = try JSONDecoder().decode(Quality.self, from: try #require(folder.data("out/quality.json")))
        for (name, card) in [
            ("company/customers.csv", quality.before.first?.scorecard), ("out/customers.csv", quality.after?.scorecard),
        ] {
            try folder.strata("profile", name, "--out", "profile.json")
            let profile = try JSONDecoder().decode(Profile.self, from: try #require(folder.data("profile.json")))
            #expect(card == profile.scorecard, "\(name)")
        }
        let lines = outcome.output.split(separator: "\n")
        let first = try #require(
            lines.firstIndex { $0.contains("before") && $0.contains("after") && $0.contains("quality") })
        let names = lines[(first + 1)...(first + 6)].compactMap { $0.split(separator: " ").first }
        #expect(names == ["completeness", "validity", "uniqueness", "consistency", "timeliness", "accuracy"])
        #expect(lines[first + 6].contains("not measured"))
        // More cells are as they should be, and no fewer say something.
        let scores = try #require(quality.after).scorecard.scores
        #expect(try #require(scores[1].value) >= (try #require(quality.before[0].scorecard.scores[1].value)))
        #expect(folder.mode("out/quality.json") == 0o600)
    }

    @Test func ageIsMeasuredWhereStaleRecordsAreArchived() throws {
        try folder.write(
            "in.csv", ["id,name,last_contact", "1,Ann Lee,2019-01-02", "2,Bob Ray,2024-01-02", "3,Eve Fox,2023-01-02"])
        try folder.strata("clean", "in.csv", "--out", "out", "--archive-after", "730d")
        let quality = try JSONDecoder().decode(Quality.self, from: try #require(folder.data("out/quality.json")))
        #expect(quality.before[0].scorecard.scores[4].good == 2 && quality.before[0].scorecard.scores[4].total == 3)
        #expect(quality.after?.scorecard.scores[4].value == 1)
    }

    /// When no row is left, there is nothing to measure.
    @Test func anEmptyResultHasNoScorecard() throws {
        try folder.write("in.csv", ["id,name,last_contact", "1,Ann Lee,2019-01-02", "2,Bob Ray,2019-01-02"])
        try folder.strata(
            "clean", "in.csv", "--out", "out", "--archive-after", "730d", "--as-of", "2024-01-01")
        let quality = try JSONDecoder().decode(Quality.self, from: try #require(folder.data("out/quality.json")))
        #expect(quality.after == nil && quality.before.count == 1)
    }
}
