import CustomerData
import Statistics
import Testing

@testable import Quality

/// What holds between columns, beside a search that tries everything.
@Suite struct ColumnRelationsTests {
    /// Rows of which a postcode determines the city in all but `errors`.
    private func addresses(_ count: Int, errors: Set<Int>) -> [[String]] {
        var random = SeededGenerator(seed: 3)
        return (0..<count).map { row in
            let postcode = random.index(below: 60)
            return [
                String(row), "P\(postcode)", errors.contains(row) ? "City 99" : "City \(postcode / 3)",
                "x\(random.index(below: 50))",
            ]
        }
    }

    /// Violations as one counts them by hand: group by the one value, leave out the most frequent other.
    private func bruteForce(_ rows: [[String]], _ from: Int, _ to: Int) -> (support: Int, violations: Int) {
        var groups: [String: [String]] = [:]
        for row in rows { groups[row[from], default: []].append(row[to]) }
        let counted = groups.values.filter { $0.count > 1 }
        let kept = counted.map { group in
            Dictionary(group.map { ($0, 1) }, uniquingKeysWith: +).values.max() ?? 0
        }
        let support = counted.reduce(0) { $0 + $1.count }
        return (support, support - kept.reduce(0, +))
    }

    @Test func dependenciesThatAlmostHoldAreFound() throws {
        let rows = addresses(3000, errors: [17, 900, 2500])
        let profile = try TableText(["id", "postcode", "city", "noise"], rows).profile()
        let found = try #require(profile.dependencies.first { $0.from == "postcode" && $0.to == "city" })
        let truth = bruteForce(rows, 1, 2)
        #expect(found.support == truth.support && found.violations == truth.violations)
        #expect(found.examples == [18, 901, 2501])
        #expect(!profile.dependencies.contains { $0.from == "noise" || $0.to == "noise" || $0.from == "id" })
        #expect(profile.violatingRows == 3 && profile.applicableRows == 3000)
    }

    @Test func chanceAndConstantsAreNoDependency() throws {
        var random = SeededGenerator(seed: 8)
        let rows = (0..<2000).map { _ in
            ["a\(random.index(below: 40))", random.unit() < 0.98 ? "yes" : "no", "same", "b\(random.index(below: 40))"]
        }
        #expect(try TableText(["a", "mostly", "constant", "b"], rows).profile().dependencies.isEmpty)
    }

    @Test func equalColumnsAreEqualInEveryRow() throws {
        var random = SeededGenerator(seed: 9)
        let rows = (0..<40_000).map { row in
            let word = "w\(random.index(below: 1000))"
            return [word, word, row == 39_999 ? "other" : word, "w\(random.index(below: 1000))"]
        }
        let equal = try TableText(["a", "b", "c", "d"], rows).profile(threads: 3).equalColumns
        #expect(equal.map { [$0.first, $0.second] } == [["a", "b"], ["a", "c"], ["b", "c"]])
        #expect(equal[0].share == 1)
    }

    @Test func missingTogetherIsACorrelation() throws {
        let rows = (0..<1000).map { row in
            let isMissing = row % 4 == 0
            return [
                isMissing ? "" : "a\(row)", isMissing ? "-" : "b\(row)", isMissing ? "c\(row)" : "",
                row % 3 == 0 ? "" : "d",
            ]
        }
        let found = try TableText(["a", "b", "c", "d"], rows).profile().missingTogether
        #expect(found.map { [$0.first, $0.second] } == [["a", "b"], ["a", "c"], ["b", "c"]])
        #expect(found.map { $0.correlation.rounded() } == [1, -1, -1])
    }
}
