import Foundation

/// Hands blocks that several threads make to a sink in their order, and keeps the buffers for the blocks to come.
final class BlockOrder {
    private let condition = NSCondition()
    private let mostWaiting: Int
    private var waiting: [Int: CellBuffer] = [:]
    private var free: [CellBuffer] = []
    private var next = 0
    private var goesOn = true

    /// Bytes that a buffer holds before it grows.
    private static let byteCount = 1 << 16

    /// - Parameter mostWaiting: how many blocks may wait for the one before them.
    init(mostWaiting: Int) { self.mostWaiting = mostWaiting }

    /// An empty buffer for a block; nil once the sink takes no more.
    func buffer(for block: Int) -> CellBuffer? {
        condition.lock()
        defer { condition.unlock() }
        // The block that the others wait for never waits itself.
        while goesOn, block != next, waiting.count >= mostWaiting { condition.wait() }
        guard goesOn else { return nil }
        var buffer = free.popLast() ?? CellBuffer(capacity: BlockOrder.byteCount)
        buffer.count = 0
        return buffer
    }

    /// Takes a block, and hands over all that are next in line.
    func finish(_ block: Int, _ buffer: CellBuffer, _ sink: (UnsafeRawBufferPointer) -> Bool) {
        condition.lock()
        defer { condition.unlock() }
        waiting[block] = buffer
        while let ready = waiting.removeValue(forKey: next) {
            if goesOn { goesOn = sink(ready.bytes) }
            free.append(ready)
            next += 1
        }
        condition.broadcast()
    }

    /// Gives the buffers back.
    func deallocate() {
        for buffer in free { buffer.deallocate() }
        for buffer in waiting.values { buffer.deallocate() }
    }
}
