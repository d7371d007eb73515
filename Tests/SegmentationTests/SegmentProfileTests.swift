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
                table(values), segments: segments, names: ["even", "odd", "none"], parallel: Parallel(threads: 2))
            #expect(profiles.map(\.segment) == (count > 1 ? ["even", "odd"] : ["even"]))
            for (number, profile) in profiles.enumerated() {
                let own = values.indices.filter { $0 % 2 == number }.map { values[$0] }.sorted()
                #expect(profile.customerCount == own.count)
                #expect(
                    profile.quantiles == SegmentProfile.probabilities.map { Quantiles.inverse($0, sorted: own) })
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
            table([.nan, 5, -0.0, .nan]), segments: [0, 0, .max, 1], names: ["a", "b"])
        #expect(profiles.map(\.segment) == ["a", "b", ""])
        #expect(profiles.map(\.customerCount) == [1, 0, 1])
        #expect(profiles[0].median == 5 && profiles[1].median == nil && profiles[2].median == 0)
        #expect(profiles[1].shareBelow(1) == nil && profiles[0].shareBelow(.nan) == nil)
        let written = SegmentProfile.table(profiles)
        #expect(written.rowCount == 3 && written.columns.last?.name == "p100")
    }
}
