import CustomerData
import Testing

@testable import Quality

/// The six dimensions, each from cells that can be counted by hand.
@Suite struct ScorecardTests {
    private let table = TableText(
        ["id", "email", "city"],
        (0..<20).map { ["\($0)", "p\($0)@example.org", "Bern \($0)"] } + [
            ["20", "nothing", "-"], ["21", "", "Bern 0"], ["22", "p3@example.org", "BERN 3"], ["23", "N/A", "Bern 1"],
        ])

    private func score(_ dimension: Scorecard.Dimension, _ options: Scorecard.Options = .init()) throws
        -> Scorecard.Score
    {
        try #require(Scorecard(of: table.profile(), options).scores.first { $0.dimension == dimension })
    }

    @Test func hiddenMissingIsMissing() throws {
        let all = try score(.completeness)
        #expect(all.good == 69 && all.total == 72)
        #expect(all.worst.map { "\($0.name) \($0.bad)" } == ["email 2", "city 1"])
        let required = try score(.completeness, .init(required: ["city"]))
        #expect(required.good == 23 && required.total == 24)
    }

    @Test func validityIsOfFilledCells() throws {
        let found = try score(.validity)
        #expect(found.good == 68 && found.total == 69 && found.worst.map(\.name) == ["email"])
    }

    @Test func uniquenessCountsWhatIsBeyondTheFirst() throws {
        let found = try score(.uniqueness)
        #expect(found.good == 23 && found.total == 24)
    }

    @Test func whatWasNotMeasuredHasNoScore() throws {
        for dimension in [Scorecard.Dimension.timeliness, .accuracy, .consistency] {
            let found = try score(dimension)
            #expect(found.value == nil && !found.note.isEmpty, "\(dimension)")
        }
        #expect(try Scorecard(of: table.profile()).scores.map(\.dimension) == Scorecard.Dimension.allCases)
    }

    @Test func accuracyIsMeasuredAgainstAReference() throws {
        let reference = [["2", "", "Bern 2"], ["3", "p3@example.org", "Bern 4"], ["99", "x@example.org", "Bern 9"]]
        let comparison = try ReferenceComparison(id: "id", headers: table.headers, reference: ["id", "email", "city"])
        comparison.enter(
            TableText.withBlock(0, reference, columns: 3) { comparison.hashes(of: $0, isReference: true) })
        let counts = TableText.withBlock(0, table.rows, columns: 3) { comparison.compare($0) }
        let found = try score(.accuracy, .init(comparison: comparison.result(counts)))
        #expect(found.good == 2 && found.total == 3 && found.worst.map(\.name) == ["city"])
        #expect(throws: Problem.self) {
            try ReferenceComparison(id: "key", headers: table.headers, reference: ["id"])
        }
    }
}
