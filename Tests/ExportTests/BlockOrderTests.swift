import Statistics
import Testing

@testable import Export

@Suite struct BlockOrderTests {
    @Test(arguments: [1, 2, 5]) func blocksAreHandedOverInTheirOrder(threads: Int) {
        let order = BlockOrder(mostWaiting: 2)
        defer { order.deallocate() }
        var handed: [UInt8] = []
        Parallel(threads: threads).forEach(200) { block, _ in
            guard var buffer = order.buffer(for: block) else { return }
            buffer.put(byte: UInt8(block))
            order.finish(block, buffer) {
                handed += $0
                return true
            }
        }
        #expect(handed == (0..<200).map { UInt8($0) })
    }

    @Test func nothingIsMadeForASinkThatIsFull() {
        let order = BlockOrder(mostWaiting: 2)
        defer { order.deallocate() }
        var handed = 0
        Parallel(threads: 3).forEach(200) { block, _ in
            guard let buffer = order.buffer(for: block) else { return }
            order.finish(block, buffer) { _ in
                handed += 1
                return handed < 7
            }
        }
        #expect(handed == 7)
        #expect(order.buffer(for: 200) == nil)
    }
}
