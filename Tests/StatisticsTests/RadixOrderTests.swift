import Statistics
import Testing

@Suite struct RadixOrderTests {
    @Test func theOrderIsThatOfAStableSort() {
        var random = SeededGenerator(seed: 1)
        for count in [0, 1, 2, 3, 100, 5000] {
            for bound: UInt64 in [1, 2, 50, 5000, .max] {
                let keys = (0..<count).map { _ in random.next() % bound }
                let expected = keys.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
                #expect(RadixSort.order(of: keys).map(Int.init) == expected)
            }
        }
    }

    @Test func keysOrderAsTheirDoubles() {
        let values = [-Double.infinity, -1e300, -2.5, -1, -5e-324, 0, 5e-324, 1, 2.5, 1e300, .infinity]
        let keys = values.map(RadixSort.key)
        #expect(keys == keys.sorted() && Set(keys).count == keys.count)
        #expect(keys.map(RadixSort.value(ofKey:)) == values)
        #expect(RadixSort.key(-0.0) == RadixSort.key(0))
    }
}
