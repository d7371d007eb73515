import Statistics
import Testing

@Suite struct RadixSortTests {
    @Test(arguments: [0, 1, 2, 255, 256, 257, 5000]) func keysAscend(count: Int) {
        var random = SeededGenerator(seed: UInt64(count))
        for shift in [0, 1, 22, 31, 53, 63] {
            var keys = (0..<count).map { _ in random.next() >> UInt64(shift) }
            let expected = keys.sorted()
            RadixSort.sort(&keys)
            #expect(keys == expected)
        }
    }

    @Test func equalKeysStay() {
        var keys = [UInt64](repeating: 0, count: 1000)
        RadixSort.sort(&keys)
        #expect(keys == [UInt64](repeating: 0, count: 1000))
    }
}
