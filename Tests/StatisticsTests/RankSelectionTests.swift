import Statistics
import Testing

@Suite struct RankSelectionTests {
    @Test(arguments: [1, 2, 255, 4096, 20_000]) func valuesStandWhereASortPutsThem(count: Int) {
        var random = SeededGenerator(seed: UInt64(count))
        for shift in [0, 1, 31, 51, 52, 53, 63] {
            // Most share their leading bits with many others.
            let keys = (0..<count).map { _ -> UInt64 in
                let key = random.next() >> UInt64(shift)
                return random.index(below: 3) == 0 ? key : key & 0xFFFF
            }
            let sorted = keys.sorted()
            var ranks = (0..<7).map { _ in random.index(below: count) } + [0, count - 1, count / 2, count / 2]
            ranks.sort()
            #expect(RankSelection.values(keys, at: ranks) == ranks.map { sorted[$0] })
        }
    }

    @Test func equalKeysAreOneValue() {
        #expect(RankSelection.values([UInt64](repeating: .max, count: 500), at: [0, 250, 499]) == [.max, .max, .max])
        #expect(RankSelection.values([0, 0, 0], at: [1]) == [0])
        #expect(RankSelection.values([5], at: []).isEmpty)
    }
}
