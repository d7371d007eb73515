import Dispatch
import Foundation
import Synchronization

/// Runs blocks of work on several threads, and keeps results in the order of the blocks.
///
/// Which thread takes which block is left to chance; results never depend on it, since a block's result depends on
/// the block alone and reductions run over the blocks in order. This is the house's only place that starts threads.
public struct Parallel: Sendable {
    /// Threads that work at the same time, at least 1.
    public let threadCount: Int

    /// As many threads as asked, at least one; by default one a processor.
    public init(threads: Int? = nil) {
        threadCount = max(1, threads ?? ProcessInfo.processInfo.activeProcessorCount)
    }

    /// Calls `body(block, worker)` for every block in `0..<count`; blocks are begun in ascending order.
    ///
    /// `worker` is in `0..<threadCount` and is never in use twice at one time: it can name scratch memory.
    public func forEach(_ count: Int, _ body: (_ block: Int, _ worker: Int) -> Void) {
        let workers = min(threadCount, count)
        guard workers > 1 else {
            for block in 0..<max(count, 0) { body(block, 0) }
            return
        }
        let next = Atomic<Int>(0)
        withoutActuallyEscaping(body) { body in
            let shared = UncheckedSendable(body)
            DispatchQueue.concurrentPerform(iterations: workers) { worker in
                while true {
                    let block = next.wrappingAdd(1, ordering: .relaxed).oldValue
                    if block >= count { return }
                    shared.value(block, worker)
                }
            }
        }
    }

    /// The results of `body(block)` for every block in `0..<count`, in the order of the blocks.
    public func map<Result>(_ count: Int, _ body: (_ block: Int) -> Result) -> [Result] {
        map(count) { block, _ in body(block) }
    }

    /// As `map`, for a body that needs something of its worker's own; `worker` is in `0..<threadCount` and used by one
    /// thread at a time.
    public func map<Result>(_ count: Int, _ body: (_ block: Int, _ worker: Int) -> Result) -> [Result] {
        guard count > 0 else { return [] }
        return [Result](unsafeUninitializedCapacity: count) { buffer, initialized in
            let slots = UncheckedSendable(buffer)
            forEach(count) { block, worker in slots.value.initializeElement(at: block, to: body(block, worker)) }
            initialized = count
        }
    }

    /// As `map`, and rethrows the error of the first block, in the order of the blocks, that failed.
    public func tryMap<Result>(_ count: Int, _ body: (_ block: Int) throws -> Result) throws -> [Result] {
        try map(count) { block in Swift.Result { try body(block) } }.map { try $0.get() }
    }

    /// Splits `0..<count` into blocks of `size` rows (the last may be shorter) and calls `body(rows, block, worker)`
    /// for each. The blocks depend on `count` and `size` alone, never on the number of threads.
    public func forEachRange(
        _ count: Int, size: Int, _ body: (_ rows: Range<Int>, _ block: Int, _ worker: Int) -> Void
    ) {
        forEach((count + size - 1) / size) { block, worker in
            body(block * size..<min(count, (block + 1) * size), block, worker)
        }
    }
}

/// A value that is handed to several threads although the compiler can't see that this is safe: whoever wraps it
/// makes sure that no two threads touch the same part of it. The house's only such wrapper.
public struct UncheckedSendable<Value>: @unchecked Sendable {
    /// The value.
    public let value: Value

    /// Wraps a value.
    @inlinable
    public init(_ value: Value) { self.value = value }
}
