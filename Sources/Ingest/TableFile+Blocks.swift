import CustomerData
import Statistics
import Synchronization

extension TableFile {
    /// Bytes of text that a block aims at: what stays in a core's cache with its columns.
    static let blockByteCount = 1 << 17

    /// Reads the file in blocks of whole records: workers take turns at reading, `process` runs at the same time on
    /// every worker, and `commit` runs on one block after the other in the order of the file.
    ///
    /// Blocks are the same for any number of threads, and every time. Of several problems the first in the file is thrown.
    ///
    /// - Parameters:
    ///   - byteCount: bytes of text that a block aims at.
    ///   - checksText: whether text that is not UTF-8 is refused; otherwise `process` sees to it.
    ///   - process: makes something of a block; a `BlockProblem` it throws gets its line in the file.
    ///   - commit: takes that together with the line in the file, from 1, on which the block begins.
    func forEachBlock<Outcome>(
        parallel: Parallel, byteCount: Int = TableFile.blockByteCount, checksText: Bool = true,
        process: (_ block: RecordBlock, _ records: Records, _ worker: Int) throws -> Outcome,
        commit: (_ outcome: Outcome, _ firstLine: Int) throws -> Void
    ) throws {
        let blocks = try recordBlocks(byteCount: byteCount)
        let order = BlockOrder<Outcome>()
        let reading = Mutex<Void>(())
        parallel.forEach(parallel.threadCount) { _, worker in
            let block = RecordBlock(capacity: byteCount, dialect: dialect)
            while !order.isStopped {
                let problem: (any Error)?
                let hasBlock: Bool
                (hasBlock, problem) = reading.withLock { _ in
                    do { return (try blocks.next(block), nil) } catch { return (false, error) }
                }
                if let problem { order.fail(blocks.nextNumber, problem) }
                guard hasBlock else { return }
                let outcome: Result<Outcome, any Error>
                do {
                    block.index()
                    if checksText { try checkText(block) }
                    outcome = .success(try process(block, block.records, worker))
                } catch { outcome = .failure(error) }
                order.finish(block.number, outcome, lineCount: block.lineCount, commit)
            }
        }
        if let problem = order.problem {
            if let problem = problem.error as? BlockProblem {
                throw self.problem(line: order.nextLine + problem.line, problem.sentence)
            }
            throw problem.error
        }
    }

    /// Refuses text that is not UTF-8: the encoding was told from the beginning of the file.
    private func checkText(_ block: RecordBlock) throws {
        guard encoding == .utf8, let offset = UTF8Check.firstInvalid(block.bytes, isWhole: true) else {
            return
        }
        let line = block.bytes[..<offset].count { $0 == dialect.newline }
        throw BlockProblem(
            block: block.number, line: line,
            sentence: "a byte that is not UTF-8: name the file's encoding with --encoding, for example windows-1252")
    }
}

/// Hands outcomes over in the order of their blocks.
private final class BlockOrder<Outcome> {
    private struct Waiting {
        let outcome: Result<Outcome, any Error>
        let lineCount: Int
    }

    private let lock = Mutex<Void>(())
    private var waiting: [Int: Waiting] = [:]
    private var next = 0
    private(set) var nextLine = 1
    private(set) var problem: (block: Int, error: any Error)?
    private let stopped = Atomic<Bool>(false)

    var isStopped: Bool { stopped.load(ordering: .relaxed) }

    /// Enters a block's outcome and commits all that are next in line.
    func finish(
        _ block: Int, _ outcome: Result<Outcome, any Error>, lineCount: Int, _ commit: (Outcome, Int) throws -> Void
    ) {
        lock.withLock { _ in
            waiting[block] = Waiting(outcome: outcome, lineCount: lineCount)
            while problem == nil || problem.map({ next < $0.block }) == true,
                let ready = waiting.removeValue(forKey: next)
            {
                do {
                    try commit(ready.outcome.get(), nextLine)
                    nextLine += ready.lineCount
                    next += 1
                } catch {
                    problem = (next, error)
                    stopped.store(true, ordering: .relaxed)
                }
            }
        }
    }

    /// Enters that a block could not be read; the blocks before it are still to be finished.
    func fail(_ block: Int, _ error: any Error) {
        lock.withLock { _ in
            if problem == nil { problem = (block, error) }
        }
    }
}
