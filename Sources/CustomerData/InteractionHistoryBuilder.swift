import Statistics

/// Gathers interactions in any order, and merges with another of its kind, into an `InteractionHistory`, which does not
/// depend on the order.
///
/// Memory: 16 bytes an interaction, 40 bytes and the id a customer. To be used by one thread at a time.
public final class InteractionHistoryBuilder {
    private var customers = ByteTable()
    private var channels = ByteTable()
    private var events = GrowingBuffer<Interaction>()

    /// An empty accumulator.
    public init() {}

    /// Interactions so far.
    public var count: Int { events.count }

    /// Adds an interaction of the customer of that id, through a channel of that name (empty where it is not known).
    /// Eight bytes behind id and name are readable.
    ///
    /// - Parameter rating: in ten-thousandths; `Interaction.noRating` for none.
    public func add(
        _ id: UnsafeBufferPointer<UInt8>, day: Int32, kind: InteractionKind, channel: UnsafeBufferPointer<UInt8>,
        rating: Int32
    ) {
        guard let bytes = id.baseAddress else { return }
        var code = Interaction.noChannel
        if let name = channel.baseAddress, channel.count > 0 {
            code = UInt16(clamping: channels.number(name, channel.count))
        }
        events.append(
            Interaction(
                customer: UInt32(customers.number(bytes, id.count)), day: day, kind: kind, channel: code, rating: rating
            ))
    }

    /// Adds everything that another has gathered.
    ///
    /// - Complexity: O(its interactions).
    public func merge(_ other: InteractionHistoryBuilder) {
        let customerCodes = customers.enter(other.customers)
        let channelCodes = channels.enter(other.channels)
        for position in 0..<other.events.count {
            var event = other.events[position]
            event.customer = customerCodes[Int(event.customer)]
            if event.channel != Interaction.noChannel {
                event.channel = UInt16(clamping: channelCodes[Int(event.channel)])
            }
            events.append(event)
        }
    }

    /// The history over an ascending list of customers; interactions of others are left out.
    ///
    /// - Complexity: O(interactions · log(interactions of a customer) + customers here · log(customers there)).
    public func finish(customers ids: IdentifierList, parallel: Parallel = Parallel()) -> InteractionHistory {
        let names = (0..<min(channels.count, Int(Interaction.noChannel))).sorted { channels.precedes($0, $1) }
        var ranks = [UInt16](repeating: 0, count: names.count)
        for (rank, number) in names.enumerated() { ranks[number] = UInt16(rank) }
        let positions = (0..<customers.count).map { ids.position(of: customers[$0]) }
        var starts = [Int](repeating: 0, count: ids.count + 1)
        for event in 0..<events.count {
            if let position = positions[Int(events[event].customer)] { starts[position + 1] += 1 }
        }
        for position in 0..<ids.count { starts[position + 1] += starts[position] }
        var places = starts
        let total = starts[ids.count]
        var sorted = [Interaction](unsafeUninitializedCapacity: total) { buffer, count in
            for index in 0..<events.count {
                var event = events[index]
                guard let position = positions[Int(event.customer)] else { continue }
                event.customer = UInt32(position)
                if event.channel != Interaction.noChannel { event.channel = ranks[Int(event.channel)] }
                buffer.initializeElement(at: places[position], to: event)
                places[position] += 1
            }
            count = total
        }
        let bounds = starts
        sorted.withUnsafeMutableBufferPointer { buffer in
            let target = UncheckedSendable(buffer)
            parallel.forEachRange(ids.count, size: 8192) { rows, _, _ in
                for row in rows where bounds[row + 1] - bounds[row] > 1 {
                    target.value[bounds[row]..<bounds[row + 1]].sort { $0.precedes($1) }
                }
            }
        }
        return InteractionHistory(
            starts: starts, events: sorted,
            channels: names.map { String(decoding: channels[$0], as: UTF8.self) })
    }
}

extension Interaction {
    /// The order within a customer.
    fileprivate func precedes(_ other: Interaction) -> Bool {
        if day != other.day { return day < other.day }
        if kind != other.kind { return kind.rawValue < other.kind.rawValue }
        if channel != other.channel { return channel < other.channel }
        return rating < other.rating
    }
}

extension ByteTable {
    /// Enters all runs of another table; their numbers here, by their numbers there.
    fileprivate mutating func enter(_ other: borrowing ByteTable) -> [UInt32] {
        var codes: [UInt32] = []
        codes.reserveCapacity(other.count)
        for number in 0..<other.count {
            // The hash reads eight bytes behind.
            let padded = Array(other[number]) + [UInt8](repeating: 0, count: 8)
            padded.withUnsafeBufferPointer { bytes in
                codes.append(UInt32(self.number(bytes.baseAddress.unsafelyUnwrapped, other[number].count)))
            }
        }
        return codes
    }
}

extension IdentifierList {
    /// The position of bytes in an ascending list, or nil.
    ///
    /// - Complexity: O(log n).
    func position(of identifier: UnsafeBufferPointer<UInt8>) -> Int? {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if withBytes(at: middle, { $0.lexicographicallyPrecedes(identifier) }) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low < count && withBytes(at: low, { $0.elementsEqual(identifier) }) ? low : nil
    }
}
