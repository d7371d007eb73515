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
    private var slots: UnsafeMutablePointer<UInt32>
    private var slotCount = 256
    private var keys: UnsafeMutablePointer<UInt64>
    private var shapes: UnsafeMutablePointer<CellShape>
    /// Shapes that are kept; there is room for half as many as there are slots.
    private var shapeCount = 0
    private var runs: UnsafeMutablePointer<CellShape.Run>
    private var runCount = 0
    private var runCapacity = 256
    private var patterns: [UInt8] = []
    private var entered = 0
    private var pausesFor = 0

    init(_ plan: ColumnPlan) {
        self.plan = plan
        slots = .allocate(capacity: slotCount)
        slots.update(repeating: 0, count: slotCount)
        keys = .allocate(capacity: slotCount / 2)
        shapes = .allocate(capacity: slotCount / 2)
        runs = .allocate(capacity: runCapacity)
    }

    deinit {
        slots.deallocate()
        keys.deallocate()
        shapes.deallocate()
        runs.deallocate()
    }

    /// Plain pointers, made for loops over cells: what an object holds is checked at every access. Good until a shape is
    /// entered.
    struct View {
        fileprivate let slots: UnsafeMutablePointer<UInt32>
        fileprivate let mask: Int
        fileprivate let keys: UnsafeMutablePointer<UInt64>
        let shapes: UnsafeMutablePointer<CellShape>
        let runs: UnsafeMutablePointer<CellShape.Run>

        /// The shape's number by its class; −1 for one that was not met yet.
        @inline(__always)
        func find(_ key: UInt64) -> Int {
            var slot = Int(truncatingIfNeeded: key) & mask
            while true {
                let entry = Int(slots[slot])
                if entry == 0 { return -1 }
                if keys[entry &- 1] == key { return entry &- 1 }
                slot = (slot &+ 1) & mask
            }
        }
    }

    var view: View { View(slots: slots, mask: slotCount - 1, keys: keys, shapes: shapes, runs: runs) }

    /// Whether the next block is to be read by shapes.
    var isWorthwhile: Bool { pausesFor == 0 }

    /// Begins a block.
    func begin() {
        entered = 0
        if pausesFor > 0 { pausesFor -= 1 }
        guard shapeCount > CellShapes.limit else { return }
        slots.update(repeating: 0, count: slotCount)
        shapeCount = 0
        runCount = 0
        patterns.removeAll(keepingCapacity: true)
    }

    /// Ends a block of so many cells, and calls `body` with every shape that came in it and its pattern.
    func end(_ count: Int, _ body: (_ shape: CellShape, _ pattern: UnsafePointer<UInt8>) -> Void) {
        patterns.withUnsafeBufferPointer { patterns in
            guard let base = patterns.baseAddress else { return }
            for number in 0..<shapeCount where shapes[number].times > 0 {
                body(shapes[number], base + shapes[number].pattern.lowerBound)
                shapes[number].times = 0
            }
        }
        if count > 256, entered * 2 > count { pausesFor = CellShapes.pause }
    }

    /// Enters a shape that was not met yet, by its first cell; returns its number.
    func enter(_ key: UInt64, _ bytes: UnsafeBufferPointer<UInt8>, _ scanner: CellScanner) -> Int {
        let scan = scanner.scan(bytes)
        let pattern = patterns.count..<patterns.count + scan.patternCount
        patterns.append(contentsOf: UnsafeBufferPointer(start: scanner.pattern, count: scan.patternCount))
        let first = runCount
        var position = 0
        while position < bytes.count {
            let begin = position
            while position < bytes.count, CellShapes.isKept(bytes[position]) { position += 1 }
            if position > begin { addRun(CellShape.Run(start: UInt8(begin), count: UInt8(position - begin))) }
            position += 1
        }
        let number = shapeCount
        if 2 * (number + 1) > slotCount { grow() }
        (shapes + number).initialize(
            to: CellShape(
                bytes, scan, plan, runs: first..<runCount, pattern: pattern,
                patternHash: BlockValues.hash(UnsafePointer(scanner.pattern), scan.patternCount)))
        keys[number] = key
        shapeCount += 1
        entered += 1
        place(number)
        return number
    }

    private func addRun(_ run: CellShape.Run) {
        if runCount == runCapacity {
            runCapacity *= 2
            runs = CellShapes.larger(runs, runCount, runCapacity)
        }
        runs[runCount] = run
        runCount += 1
    }

    private func grow() {
        slotCount *= 2
        keys = CellShapes.larger(keys, shapeCount, slotCount / 2)
        shapes = CellShapes.larger(shapes, shapeCount, slotCount / 2)
        slots.deallocate()
        slots = .allocate(capacity: slotCount)
        slots.update(repeating: 0, count: slotCount)
        for number in 0..<shapeCount { place(number) }
    }

    private static func larger<Element>(
        _ old: UnsafeMutablePointer<Element>, _ count: Int, _ capacity: Int
    ) -> UnsafeMutablePointer<Element> {
        let new = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
        new.update(from: old, count: count)
        old.deallocate()
        return new
    }

    private func place(_ number: Int) {
        let mask = slotCount - 1
        var slot = Int(truncatingIfNeeded: keys[number]) & mask
        while slots[slot] != 0 { slot = (slot + 1) & mask }
        slots[slot] = UInt32(number + 1)
    }

    private static func isKept(_ byte: UInt8) -> Bool { byte &- 48 <= 9 || (byte | 0x20) &- 97 <= 25 }
}
