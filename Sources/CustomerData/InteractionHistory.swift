/// One contact with a customer, in 16 bytes.
public struct Interaction: BitwiseCopyable, Hashable, Sendable {
    /// Position of the customer.
    public var customer: UInt32
    /// Day number.
    public var day: Int32
    /// The mark in ten-thousandths; `Interaction.noRating` where there is none.
    public var rating: Int32
    /// What kind of contact it was.
    public var kind: InteractionKind
    /// Code of the channel, an index of `InteractionHistory.channels`; `Interaction.noChannel` where it is not known, or
    /// where 65,535 other names came first.
    public var channel: UInt16

    /// Stands for "no mark".
    public static let noRating = Int32.min
    /// Stands for "the channel is not known".
    public static let noChannel = UInt16.max

    /// A contact with the customer at a position, on a day.
    public init(
        customer: UInt32, day: Int32, kind: InteractionKind, channel: UInt16 = noChannel, rating: Int32 = noRating
    ) {
        self.customer = customer
        self.day = day
        self.rating = rating
        self.kind = kind
        self.channel = channel
    }
}

/// Every customer's interactions, ascending by day: what is known of a customer besides purchases.
///
/// Interactions of customer `c` are `events[starts[c]..<starts[c + 1]]`, ascending by (day, kind, channel, mark). A view
/// as of a date takes those up to it.
public struct InteractionHistory: Sendable {
    /// Where each customer's interactions begin; one more than there are customers.
    public let starts: [Int]
    /// The interactions.
    public let events: [Interaction]
    /// Names of the channels by code, ascending by bytes.
    public let channels: [String]
    /// The first and the last day with an interaction; nil when there is none.
    public let period: ClosedRange<Day>?

    /// A history from its columns.
    public init(starts: [Int], events: [Interaction], channels: [String]) {
        precondition(starts.last == events.count)
        self.starts = starts
        self.events = events
        self.channels = channels
        var (first, last) = (Int32.max, Int32.min)
        for event in events {
            first = min(first, event.day)
            last = max(last, event.day)
        }
        period = events.isEmpty ? nil : Day(number: first)...Day(number: last)
    }

    /// Customers, those without an interaction among them.
    public var customerCount: Int { starts.count - 1 }

    /// What is sent counts as answered when a response follows within so many days, the day itself among them.
    public static let answerDays: Int32 = 14

    /// Calls `body` with the day of everything that was sent to a customer and whether it was answered: whether an
    /// inbound interaction of that customer, of any kind and channel, lies on that day or the `answerDays` days after it.
    ///
    /// - Complexity: O(interactions of the customer).
    @inlinable
    public func forEachSent(
        _ events: UnsafeBufferPointer<Interaction>, _ body: (_ day: Int32, _ isAnswered: Bool) -> Void
    ) {
        var answer = 0
        for event in events where event.kind == .sent {
            while answer < events.count, !events[answer].kind.isInbound || events[answer].day < event.day {
                answer += 1
            }
            body(
                event.day, answer < events.count && events[answer].day - event.day <= InteractionHistory.answerDays)
        }
    }

    /// The same with customers in another order: where in this one each of them stands.
    ///
    /// - Complexity: O(interactions).
    public func reordered(_ order: [Int]) -> InteractionHistory {
        var moved: [Interaction] = []
        moved.reserveCapacity(events.count)
        var movedStarts = [0]
        for (customer, old) in order.enumerated() {
            for var event in events[starts[old]..<starts[old + 1]] {
                event.customer = UInt32(customer)
                moved.append(event)
            }
            movedStarts.append(moved.count)
        }
        return InteractionHistory(starts: movedStarts, events: moved, channels: channels)
    }
}
