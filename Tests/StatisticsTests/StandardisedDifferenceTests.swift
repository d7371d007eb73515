import Statistics
import Testing

@Suite struct StandardisedDifferenceTests {
    func moments(_ values: [Double]) -> SampleMoments {
        var moments = SampleMoments()
        for value in values { moments.merge(SampleMoments(count: 1, mean: value, squares: 0)) }
        return moments
    }

    @Test func hedgesGOfTwoPublishedGroups() throws {
        // Borenstein, Hedges, Higgins & Rothstein 2009, Introduction to Meta-Analysis, chapter 4: means 103 and 100,
        // standard deviations 5.5 and 4.5, 50 each: d = 0.5970, g = 0.5924.
        let first = SampleMoments(count: 50, mean: 103, squares: 49 * 5.5 * 5.5)
        let second = SampleMoments(count: 50, mean: 100, squares: 49 * 4.5 * 4.5)
        let difference = try #require(StandardisedDifference(first, against: second))
        #expect(abs(difference.value - 0.5924) < 5e-5)
    }

    @Test func theIntervalIsThatOfStatsmodels() throws {
        let difference = try #require(
            StandardisedDifference(
                moments([1, 4, 2, 8, 5, 7]), against: moments([3, 9, 12, 6, 14, 10, 11, 5])))
        // statsmodels 0.14, stats.meta_analysis.effectsize_smd, its formula evaluated with numpy 2.
        #expect(abs(difference.value - -1.177535714370985) < 1e-12)
        #expect(abs(difference.standardError - 0.6004853773963401) < 1e-12)
        #expect(abs(difference.low - -2.354465427310754) < 1e-12)
        #expect(abs(difference.high - -0.000606001431216141) < 1e-12)
    }

    @Test func turnedRoundItIsNegativeAndAStretchChangesNothing() throws {
        let (first, second) = ([1.0, 2, 4, 9], [3.0, 3, 5, 8, 12])
        let one = try #require(StandardisedDifference(moments(first), against: moments(second)))
        let other = try #require(StandardisedDifference(moments(second), against: moments(first)))
        #expect(abs(one.value + other.value) < 1e-12 && abs(one.low + other.high) < 1e-12)
        let stretched = try #require(
            StandardisedDifference(
                moments(first.map { $0 * 1e3 + 1e6 }), against: moments(second.map { $0 * 1e3 + 1e6 })))
        #expect(abs(one.value - stretched.value) < 1e-9)
    }

    @Test func withoutSpreadOrWithFewValuesThereIsNone() {
        #expect(StandardisedDifference(moments([]), against: moments([1, 2, 3, 4])) == nil)
        #expect(StandardisedDifference(moments([1, 2]), against: moments([3])) == nil)
        #expect(StandardisedDifference(moments([5, 5]), against: moments([5, 5])) == nil)
        #expect(StandardisedDifference(moments([5, 5]), against: moments([7, 7])) == nil)
        #expect(StandardisedDifference(moments([.infinity, 5]), against: moments([7, 8])) == nil)
        #expect(StandardisedDifference(moments([5]), against: moments([7, 8, 9])) != nil)
    }

    @Test func mergedMomentsAreThoseOfAllValues() {
        var random = SeededGenerator(seed: 4)
        for count in [1, 2, 7, 100] {
            let values = (0..<count).map { _ in 1e6 + random.unit() * 10 }
            let cut = count / 3
            var merged = moments(Array(values[..<cut]))
            merged.merge(moments(Array(values[cut...])))
            let mean = values.reduce(0, +) / Double(count)
            let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            #expect(merged.count == count && abs(merged.mean - mean) < 1e-8 && abs(merged.squares - squares) < 1e-5)
            #expect((merged.variance == nil) == (count < 2))
        }
    }
}
