/// Why a customer is in a state: which kind of sentence `LifecycleResult.reason(row:)` makes from the numbers.
public enum LifecycleReason: UInt8, CaseIterable, Sendable {
    /// No purchase, and nothing heard.
    case nothingHeard
    /// No purchase, and the last response is too long ago.
    case oldResponse
    /// No purchase; an inbound interaction within the response window.
    case response
    /// No purchase; something was returned within the response window.
    case goodsReturned
    /// No purchase; an order without value (a sample, a voucher) within the response window.
    case orderWithoutValue
    /// Orders there were, and every one was taken back.
    case everythingTakenBack
    /// Silent for longer than the threshold, and the chance of return is below one of the limits.
    case overdue
    /// The last gap was more than twice the threshold that held when it began.
    case longGapEnded
    /// One purchase day.
    case oneDay
    /// More purchase days in the last horizon than in the one before.
    case moreDays
    /// Silent for longer than the threshold, but more likely than not to return.
    case overdueButLikely
    /// Silent for no longer than the threshold.
    case withinThreshold
}
