import Statistics
import Testing

@testable import CustomerData

@Suite("Tables of the accumulator") struct TableStructureTests {
    /// Ids of all lengths that share beginnings.
    private func ids(_ random: inout SeededGenerator, count: Int) -> [[UInt8]] {
        (0..<count).map { _ in
            let length = random.index(below: 41)
            var id = [UInt8](repeating: UInt8(ascii: "0"), count: length)
            for _ in 0..<min(length, random.index(below: 4)) {
                id[length - 1 - random.index(below: min(length, 9))] = UInt8(truncatingIfNeeded: random.next())
            }
            return id
        }
    }

    @Test(arguments: 0..<8 as Range<UInt64>)
    func `Bytes are numbered once each, whatever lies behind them`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var table = ByteTable()
        var known: [[UInt8]: Int] = [:]
        for id in ids(&random, count: 20_000) {
            // Eight bytes of anything behind.
            let padded = id + (0..<8).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            let number = padded.withUnsafeBufferPointer { bytes in
                bytes.baseAddress.map { table.number($0, id.count) } ?? -1
            }
            let expected = known[id] ?? known.count
            known[id] = expected
            if number != expected || !table[number].elementsEqual(id) { Issue.record("\(id)") }
        }
        let count = table.count
        #expect(count == known.count)
    }

    @Test(arguments: 0..<8 as Range<UInt64>)
    func `Keys of orders are equal when the ids are`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var ids = ids(&random, count: 3000)
        for _ in 0..<3000 {
            let digits = (0..<random.index(below: 22)).map { _ in UInt8(ascii: "0") + UInt8(random.index(below: 10)) }
            ids.append(digits)
        }
        var known: [UInt64: [UInt8]] = [:]
        for id in ids {
            let padded = id + (0..<8).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            let key = padded.withUnsafeBufferPointer { $0.baseAddress.flatMap { OrderKey.short($0, id.count) } }
            guard let key else {
                #expect(id.count > 7)
                continue
            }
            #expect(known[key] == nil || known[key] == id)
            #expect(OrderKey.longNumber(key) == nil)
            known[key] = id
        }
        #expect(OrderKey.longNumber(OrderKey.long(77)) == 77)
    }

    @Test(arguments: 0..<6 as Range<UInt64>)
    func `Pairs are a set`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var pairs = PairSet()
        var known: Set<[UInt32]> = []
        let products: [UInt32] = [0, 1, 7, .max - 1, .max]
        var has = pairs.contains(0, 0)
        #expect(!has)
        for _ in 0..<5000 {
            let pair = [UInt32(random.index(below: 300)), products[random.index(below: products.count)]]
            has = pairs.contains(pair[0], pair[1])
            #expect(has == known.contains(pair))
            pairs.insert(pair[0], pair[1])
            known.insert(pair)
            has = pairs.contains(pair[0], pair[1])
            #expect(has)
        }
        let count = pairs.count
        #expect(count == known.count)
        var counts = [UInt32](repeating: 0, count: 300)
        pairs.countProducts(&counts)
        #expect(counts == (0..<300).map { customer in UInt32(known.count { $0[0] == customer }) })
    }
}
