/// The house's one grouping of transactions by customer: every customer's orders, ascending by day.
///
/// Customers are ascending by the bytes of their id. Orders of customer `c` are the rows
/// `orderStarts[c]..<orderStarts[c + 1]` of the order columns, ascending by (day, order key).
/// A customer may have no order (a prospect, or one with returns only).
public struct PurchaseHistory: Sendable {
    /// Ids of the customers, ascending by bytes.
    public let customers: IdentifierList
    /// Where each customer's orders begin; one more than there are customers.
    public let orderStarts: [Int]
    /// Day number of each order: the day of its first line.
    public let orderDays: [Int32]
    /// Value of each order's purchase lines in ten-thousandths, before anything was taken back.
    public let orderValues: [Int64]
    /// Accepted purchase lines of each order. This and the next two columns are empty where profiles were not kept.
    public let orderLines: [UInt32]
    /// Hour of each order's first line, 0–23; `PurchaseHistory.noHour` where the time has no hour.
    public let orderHours: [UInt8]
    /// Code of each order's channel, an index of `channels`; `PurchaseHistory.noChannel` where it is not known.
    public let orderChannels: [UInt8]
    /// Names of the channels by code.
    public let channels: [String]
    /// What was taken back of an order, ascending by (order, day).
    public let reversals: [Reversal]
    /// Value of returns that could not be, or were not to be, matched with an order: (customer, day, value ≤ 0),
    /// ascending. Under `net` they count into monetary; under `match` they do not.
    public let unmatchedReturns: [UnmatchedReturn]
    /// Whether each customer has a transaction of any kind, returns included.
    public let hasTransactions: [Bool]
    /// Day number of each customer's last return; `PurchaseHistory.noDay` when there is none.
    public let lastReturns: [Int32]
    /// Units sold less units returned are not kept; this is how many distinct products each customer bought.
    /// Empty when the input has no product column.
    public let productCounts: [UInt32]
    /// How returns were treated.
    public let returns: ReturnRule
    /// The first and the last day with an accepted transaction; nil when there is none.
    public let period: ClosedRange<Day>?
    /// Decimals (0–4) in which the input states money.
    public let decimals: Int
    /// Day number of each customer's last inbound interaction; `PurchaseHistory.noDay` when there is none.
    public var lastResponses: [Int32]
    /// What became of the returns.
    public var returnAccounts = ReturnAccounts()

    /// Stands for "no day".
    public static let noDay = Int32.min
    /// Stands for "the hour is not known".
    public static let noHour = UInt8.max
    /// Stands for "the channel is not known".
    public static let noChannel = UInt8.max

    /// Something taken back of one order.
    public struct Reversal: Hashable, Sendable {
        /// Row of the order in the order columns.
        public let order: Int
        /// Day number of the return.
        public let day: Int32
        /// Value taken back in ten-thousandths, positive.
        public let value: Int64

        /// A reversal of `value` ten-thousandths of the order at row `order`, on a day.
        public init(order: Int, day: Int32, value: Int64) {
            self.order = order
            self.day = day
            self.value = value
        }
    }

    /// A return that takes back no known order.
    public struct UnmatchedReturn: Hashable, Sendable {
        /// Position of the customer.
        public let customer: Int
        /// Day number of the return.
        public let day: Int32
        /// Value in ten-thousandths, negative or zero.
        public let value: Int64

        /// A return of `value` (at most zero) ten-thousandths by a customer on a day.
        public init(customer: Int, day: Int32, value: Int64) {
            self.customer = customer
            self.day = day
            self.value = value
        }
    }

    /// A history from its columns; all order columns have one length, `orderStarts` one more entry than customers.
    public init(
        customers: IdentifierList, orderStarts: [Int], orderDays: [Int32], orderValues: [Int64], orderLines: [UInt32],
        orderHours: [UInt8], orderChannels: [UInt8], channels: [String], reversals: [Reversal],
        unmatchedReturns: [UnmatchedReturn], hasTransactions: [Bool], lastReturns: [Int32], productCounts: [UInt32],
        returns: ReturnRule, period: ClosedRange<Day>?, decimals: Int
    ) {
        precondition(orderStarts.count == customers.count + 1 && orderDays.count == orderStarts[customers.count])
        self.customers = customers
        self.orderStarts = orderStarts
        self.orderDays = orderDays
        self.orderValues = orderValues
        self.orderLines = orderLines
        self.orderHours = orderHours
        self.orderChannels = orderChannels
        self.channels = channels
        self.reversals = reversals
        self.unmatchedReturns = unmatchedReturns
        self.hasTransactions = hasTransactions
        self.lastReturns = lastReturns
        self.productCounts = productCounts
        self.returns = returns
        self.period = period
        self.decimals = decimals
        lastResponses = [Int32](repeating: PurchaseHistory.noDay, count: customers.count)
    }
}

/// What a return does to the purchases before it.
public enum ReturnRule: String, CaseIterable, Codable, Sendable {
    /// Takes back the newest earlier purchase of the same customer and product; a wholly reversed order is no purchase.
    case match
    /// Subtracts its value and nothing else.
    case net
    /// Is set aside and counted.
    case ignore
}
