import Testing

@testable import Cleaning

/// Beyond the limit a sample of the values is kept, with all their counts, whatever came first.
@Suite struct ValueCountsTests {
    private func counts(_ numbers: some Sequence<Int>, parts: Int) -> ValueCounts {
        let all = (0..<parts).map { _ in ValueCounts(samples: true) }
        for (place, number) in numbers.enumerated() { all[place % parts].add("value \(number)", count: 1 + number % 3) }
        for other in all.dropFirst() { all[0].merge(other) }
        return all[0]
    }

    @Test func theSampleIsTheSameForAnyParts() {
        let numbers = 0..<(ValueCounts.limit + 200_000)
        let (one, three) = (counts(numbers, parts: 1), counts(numbers.reversed(), parts: 3))
        #expect(one.isSample && three.isSample && one.count == three.count)
        #expect(one.count > ValueCounts.limit / 3 && one.count <= ValueCounts.limit)
        let known = Set((0..<one.count).map(one.text))
        #expect((0..<three.count).allSatisfy { known.contains(three.text($0)) })
        for number in stride(from: 0, to: 3000, by: 7) where known.contains("value \(number)") {
            #expect(one.count(of: "value \(number)") == 1 + number % 3)
            #expect(three.count(of: "value \(number)") == 1 + number % 3)
        }
    }

    @Test func belowTheLimitAllAreKept() {
        let few = counts(0..<1000, parts: 4)
        #expect(!few.isSample && few.count == 1000)
    }
}
