import CustomerData
import Statistics
import Testing

@testable import Segmentation

@Suite struct SegmentProfileTests {
    /// A table of one feature.
    func table(_ values: [Double]) -> FeatureTable {
        let definition = FeatureDefinition(name: "f", unit: "days", formula: "", transform: .init())
        return FeatureTable(columns: [definition], ids: nil, idName: "row", values: values, rowCount: values.count)
    }

    @Test func quantilesAreOrderStatisticsAndSharesLieWithin() {
        var random = SeededGenerator(seed: 9)
        for count in [1, 2, 3, 19, 20, 21, 100, 999] {
            let values = (0..<count).map { _ in
                let value = (random.unit() - 0.4) * 20
                return random.index(below: 3) == 0 ? value.rounded() : value
            }
            let segments = values.indices.map { UInt16($0 % 2) }
            let profiles = SegmentProfile.all(
                table(values),
                divisions: [SegmentDivision(by: "x", names: ["even", "odd", "none"], segments: segments)],
                parallel: Parallel(threads: 2))[0]
            #expect(profiles.map(\.segment) == (count > 1 ? ["even", "odd"] : ["even"]))
            for (number, profile) in profiles.enumerated() {
                let own = values.indices.filter { $0 % 2 == number }.map { values[$0] }.sorted()
                #expect(profile.customerCount == own.count)
                #expect(
                    profile.quantiles == SegmentProfile.probabilities.map { Quantiles.inverse($0, sorted: own) })
                let mean = own.reduce(0, +) / Double(own.count)
                #expect(abs((profile.mean ?? .nan) - mean) < 1e-12)
                for value in own + [own[0] - 1, own[own.count - 1] + 1, 0] {
                    let share = Double(own.count { $0 < value }) / Double(own.count)
                    let bounds = profile.shareBelow(value)
                    #expect(bounds.map { $0.least <= share + 1e-12 && share <= $0.most + 1e-12 } == true)
                }
            }
        }
    }

    @Test func gapsAndCustomersWithoutSegmentAreKept() {
        let profiles = SegmentProfile.all(
            table([.nan, 5, -0.0, .nan]),
            divisions: [SegmentDivision(by: "x", names: ["a", "b"], segments: [0, 0, .max, 1])])[0]
        #expect(profiles.map(\.segment) == ["a", "b", ""])
        #expect(profiles.map(\.customerCount) == [1, 0, 1])
        #expect(profiles[0].median == 5 && profiles[1].median == nil && profiles[2].median == 0)
        #expect(profiles[0].mean == 5 && profiles[1].mean == nil && profiles[2].mean == 0)
        #expect(profiles[0].sumShare == 1 && profiles[2].sumShare == nil)
        #expect(profiles.allSatisfy { $0.difference == nil && $0.rank == nil })
        #expect(profiles[1].shareBelow(1) == nil && profiles[0].shareBelow(.nan) == nil)
        let written = SegmentProfile.table(profiles, key: [.init("of", .texts(["a", "b", ""]))], rows: "rows")
        #expect(written.rowCount == 3 && written.columns.last?.name == "p100")
        #expect(written.columns.prefix(4).map(\.name) == ["of", "feature", "unit", "rows"])
    }

    @Test func aSegmentIsHeldAgainstTheRowsOfAllOthers() throws {
        let names = ["flat", "wide", "narrow"]
        let rows: [[Double]] = [
            [1, 10, 0], [1, 12, 0.2], [1, 11, 0], [1, 30, 5], [1, .nan, 5.5], [1, 33, 6], [1, 500, .nan],
        ]
        let features = FeatureTable(
            columns: names.map { FeatureDefinition(name: $0, unit: "", formula: "", transform: .init()) }, ids: nil,
            idName: "row", values: rows.flatMap { $0 }, rowCount: rows.count)
        let division = SegmentDivision(by: "x", names: ["low", "high"], segments: [0, 0, 0, 1, 1, 1, .max])
        let profiles = SegmentProfile.all(features, divisions: [division, division])
        #expect(profiles[0] == profiles[1])
        let low = profiles[0].filter { $0.segment == "low" }
        #expect(low[0].difference == nil && low[0].sumShare == 0.5)
        func moments(_ values: [Double]) -> SampleMoments {
            let mean = values.reduce(0, +) / Double(values.count)
            return SampleMoments(
                count: values.count, mean: mean, squares: values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) })
        }
        let wide = try #require(StandardisedDifference(moments([10, 12, 11]), against: moments([30, 33])))
        #expect(abs((low[1].difference?.value ?? 0) - wide.value) < 1e-12)
        #expect(abs((low[1].difference?.low ?? 0) - wide.low) < 1e-12)
        #expect(abs((low[1].sumShare ?? 0) - 33.0 / 96) < 1e-12)
        let narrow = try #require(low[2].difference)
        #expect(low.map(\.rank) == (narrow.value.magnitude > wide.value.magnitude ? [nil, 2, 1] : [nil, 1, 2]))
        // Who is in no segment is held against nobody.
        #expect(profiles[0].filter { $0.segment.isEmpty }.allSatisfy { $0.difference == nil && $0.rank == nil })
        // On another scale the difference is another, and the mean the same.
        let squared = SegmentProfile.all(
            features, divisions: [division], compared: { column in features.column(column).map { $0 * $0 } })[0]
        #expect(squared[1].mean == low[1].mean && squared[1].difference != low[1].difference)
        for threads in [1, 3] {
            #expect(
                SegmentProfile.all(features, divisions: [division], parallel: Parallel(threads: threads))[0]
                    == profiles[0])
        }
    }
}
