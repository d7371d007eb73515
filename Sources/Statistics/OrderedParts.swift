import Foundation

/// Takes the parts that tasks make on several threads in the order of the tasks, while only so many bytes wait.
///
/// A task may make any number of parts. The parts of the first unfinished task are taken at once; those of later tasks
/// wait, and when they are too many, so do the tasks that make more: the first one never does.
public final class OrderedParts<Part> {
    private let condition = NSCondition()
    private let mostWaitingBytes: Int
    private let take: (Part) throws -> Void
    private var waiting: [Int: [Part]] = [:]
    private var waitingBytes: [Int: Int] = [:]
    private var totalWaitingBytes = 0
    private var finished: Set<Int> = []
    private var first = 0
    private var problem: (any Error)?

    /// An order of tasks 0, 1, 2 …
    ///
    /// - Parameters:
    ///   - mostWaitingBytes: bytes of parts that may wait before tasks do; one part more for every thread.
    ///   - take: takes a part, one after the other in the order of the tasks.
    public init(mostWaitingBytes: Int, take: @escaping (Part) throws -> Void) {
        self.mostWaitingBytes = mostWaitingBytes
        self.take = take
    }

    /// Gives a part of a task; false once `take` has failed: then there is no use in more.
    public func give(_ part: Part, byteCount: Int, of task: Int) -> Bool {
        condition.lock()
        defer { condition.unlock() }
        while problem == nil, task != first, totalWaitingBytes >= mostWaitingBytes { condition.wait() }
        guard problem == nil else { return false }
        if task == first {
            pass(part)
        } else {
            waiting[task, default: []].append(part)
            waitingBytes[task, default: 0] += byteCount
            totalWaitingBytes += byteCount
        }
        return problem == nil
    }

    /// Ends a task.
    public func finish(_ task: Int) {
        condition.lock()
        defer { condition.unlock() }
        finished.insert(task)
        while finished.remove(first) != nil {
            first += 1
            for part in waiting.removeValue(forKey: first) ?? [] { pass(part) }
            totalWaitingBytes -= waitingBytes.removeValue(forKey: first) ?? 0
        }
        condition.broadcast()
    }

    /// Throws what `take` threw, if it did.
    public func check() throws {
        if let problem { throw problem }
    }

    private func pass(_ part: Part) {
        guard problem == nil else { return }
        do {
            try take(part)
        } catch {
            problem = error
            condition.broadcast()
        }
    }
}
