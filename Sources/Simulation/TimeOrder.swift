import Statistics

/// Something that happens at a second of the simulation.
protocol TimedEvent: BitwiseCopyable, Sendable {
    /// Seconds since the beginning.
    var second: UInt32 { get }
}

extension Array where Element: TimedEvent {
    /// The events of all blocks in the order of time; those of one second in the order of the blocks.
    ///
    /// Events are dealt out to days, then each day is sorted.
    ///
    /// - Complexity: O(n log(n / days)), and as much memory again as the events.
    static func inTime(_ blocks: [[Element]], days: Int, parallel: Parallel) -> [Element] {
        let day = UInt32(ShopCalendar.daySeconds)
        var starts = [Int](repeating: 0, count: days + 1)
        for block in blocks { for event in block { starts[Int(event.second / day) + 1] += 1 } }
        for index in 0..<days { starts[index + 1] += starts[index] }
        return [Element](unsafeUninitializedCapacity: starts[days]) { buffer, initialized in
            var next = starts
            for block in blocks {
                for event in block {
                    let place = Int(event.second / day)
                    buffer.initializeElement(at: next[place], to: event)
                    next[place] += 1
                }
            }
            let shared = UncheckedSendable(buffer)
            parallel.forEach(days) { index, _ in
                var events = UnsafeMutableBufferPointer(rebasing: shared.value[starts[index]..<starts[index + 1]])
                // The standard sort is stable: events of one second stay in the order of the blocks.
                events.sort { $0.second < $1.second }
            }
            initialized = starts[days]
        }
    }
}
