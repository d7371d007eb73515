import Statistics
import Testing

struct AreaUnderCurveTests {
    /// The definition: the share of (positive, negative) pairs in which the positive ranks higher, ties half.
    private func byPairs(_ scores: [Double], _ positives: [Bool]) -> Double {
        var sum = 0.0
        var pairs = 0.0
        for (high, positive) in zip(scores, positives) where positive {
            for (low, other) in zip(scores, positives) where !other {
                sum += high > low ? 1 : high == low ? 0.5 : 0
                pairs += 1
            }
        }
        return sum / pairs
    }

    @Test func isTheShareOfOrderedPairs() throws {
        var generator = SeededGenerator(seed: 1)
        for levels in [1, 2, 5, 100, 1_000_000] {
            let scores = (0..<200).map { _ in Double(generator.index(below: levels)) - 3 }
            let positives = (0..<200).map { _ in generator.index(below: 3) == 0 }
            let area = try #require(areaUnderCurve(scores: scores, positives: positives))
            #expect(abs(area - byPairs(scores, positives)) < 1e-12)
        }
    }

    @Test func needsBothClasses() {
        #expect(areaUnderCurve(scores: [], positives: []) == nil)
        #expect(areaUnderCurve(scores: [1, 2], positives: [true, true]) == nil)
        #expect(areaUnderCurve(scores: [1, 2], positives: [false, false]) == nil)
    }
}
