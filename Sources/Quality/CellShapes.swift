import CKernels
import CustomerData

/// The shapes of a column's cells that a worker has met, found by their classes.
///
/// What is known of a shape never changes a result: it saves looking at every byte again.
final class CellShapes {
    /// Shapes that are kept from block to block.
    private static let limit = 4096
    /// Blocks that are read without shapes once most cells had one of their own.
    private static let pause = 16

    private let plan: ColumnPlan
    private var slots = [UInt32](repeating: 0, count: 256)
    private var keys: [UInt64] = []
    private var shapes: [CellShape] = []
    private(set) var runs: [(start: UInt8, count: UInt8)] = []
    private(set) var patterns: [UInt8] = []
    /// The shapes of the block, in the order in which they came.
    private(set) var met: [Int] = []
    private var entered = 0
    private var pausesFor = 0

    init(_ plan: ColumnPlan) { self.plan = plan }

    /// Whether the next block is to be read by shapes.
    var isWorthwhile: Bool { pausesFor == 0 }

    /// Begins a block.
    func begin() {
        met.removeAll(keepingCapacity: true)
        entered = 0
        if pausesFor > 0 { pausesFor -= 1 }
        guard shapes.count > CellShapes.limit else { return }
        slots = [UInt32](repeating: 0, count: 256)
        keys.removeAll()
        shapes.removeAll()
        runs.removeAll()
        patterns.removeAll()
    }

    /// Ends a block of so many cells.
    func end(_ count: Int) {
        for shape in met { shapes[shape].times = 0 }
        if count > 256, entered * 2 > count { pausesFor = CellShapes.pause }
    }

    /// The shape of that number.
    @inline(__always)
    subscript(number: Int) -> CellShape { shapes[number] }

    /// Counts cells of a shape.
    @inline(__always)
    func count(_ number: Int, times: Int) {
        shapes.withUnsafeMutableBufferPointer { shapes in
            if shapes[number].times == 0 { met.append(number) }
            shapes[number].times &+= times
        }
    }

    /// The shape's number by its class; −1 for one that was not met yet.
    @inline(__always)
    func find(_ key: UInt64) -> Int {
        slots.withUnsafeBufferPointer { slots in
            keys.withUnsafeBufferPointer { keys in
                let mask = slots.count &- 1
                var slot = Int(truncatingIfNeeded: key) & mask
                while true {
                    let entry = Int(slots[slot])
                    if entry == 0 { return -1 }
                    if keys[entry &- 1] == key { return entry &- 1 }
                    slot = (slot &+ 1) & mask
                }
            }
        }
    }

    /// Enters a shape that was not met yet, by its first cell; returns its number.
    func enter(_ key: UInt64, _ bytes: UnsafeBufferPointer<UInt8>, _ scanner: CellScanner) -> Int {
        let scan = scanner.scan(bytes)
        let pattern = patterns.count..<patterns.count + scan.patternCount
        patterns.append(contentsOf: UnsafeBufferPointer(start: scanner.pattern, count: scan.patternCount))
        let first = runs.count
        var position = 0
        while position < bytes.count {
            let begin = position
            while position < bytes.count, CellShapes.isKept(bytes[position]) { position += 1 }
            if position > begin { runs.append((UInt8(begin), UInt8(position - begin))) }
            position += 1
        }
        shapes.append(CellShape(bytes, scan, plan, runs: first..<runs.count, pattern: pattern))
        keys.append(key)
        entered += 1
        if shapes.count * 2 > slots.count {
            slots = [UInt32](repeating: 0, count: slots.count * 2)
            for number in keys.indices { place(number) }
        } else {
            place(shapes.count - 1)
        }
        return shapes.count - 1
    }

    private func place(_ number: Int) {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: keys[number]) & mask
        while slots[slot] != 0 { slot = (slot + 1) & mask }
        slots[slot] = UInt32(number + 1)
    }

    private static func isKept(_ byte: UInt8) -> Bool { byte &- 48 <= 9 || (byte | 0x20) &- 97 <= 25 }
}
