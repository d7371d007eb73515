/// What an order is.
enum OrderKind: UInt8 {
    /// Bought.
    case purchase
    /// Bought with the welcome coupon, as is right for a first order.
    case welcome
    /// One line of an earlier order brought back.
    case returnedLine
    /// A whole earlier order brought back.
    case returnedOrder
    /// Ordered by a stranger.
    case stolen
    /// Brought back as all that this customer buys.
    case abusedReturn
    /// One of a burst.
    case burst
    /// An earlier order charged again.
    case secondCharge
    /// An earlier order booked back by a clerk.
    case clerkRefund
    /// Bought with the welcome coupon, again.
    case couponAgain

    /// Whether goods go back.
    var isReturn: Bool {
        switch self {
        case .returnedLine, .returnedOrder, .abusedReturn, .clerkRefund: true
        default: false
        }
    }

    /// The kind of fraud, or nil.
    var fraud: SimulationRate? {
        switch self {
        case .stolen: .stolenAccount
        case .abusedReturn: .refundAbuse
        case .burst: .velocity
        case .secondCharge: .duplicatePayment
        case .clerkRefund: .clerk
        case .couponAgain: .couponAbuse
        default: nil
        }
    }
}

/// An order, a return or a fraud, without its lines, which are drawn from its person and number whenever they are
/// needed: sixteen bytes, so that all of them can be put in the order of time.
struct OrderEvent: TimedEvent {
    /// Seconds since the beginning.
    var second: UInt32
    /// The customer's record.
    var record: UInt32
    /// Second of the order whose lines these are: its own, or that of the order it repeats or takes back.
    var origin: UInt32
    /// Number of that order among the person's.
    var ordinal: UInt16
    /// 0, or which product of which planted sequence is in that order.
    var plan: UInt8
    private var tag: UInt8

    init(second: Int, record: Int, ordinal: Int, plan: UInt8, kind: OrderKind, channel: Int) {
        self.second = UInt32(second)
        self.record = UInt32(record)
        origin = UInt32(second)
        self.ordinal = UInt16(ordinal)
        self.plan = plan
        tag = kind.rawValue << 2 | UInt8(channel)
    }

    /// This order again, at another time, as something else.
    func again(at second: Int, as kind: OrderKind) -> OrderEvent {
        var event = self
        event.second = UInt32(second)
        event.tag = kind.rawValue << 2 | tag & 3
        return event
    }

    var kind: OrderKind { OrderKind(rawValue: tag >> 2) ?? .purchase }
    /// 0 store, 1 web, 2 app.
    var channel: Int { Int(tag & 3) }
}

/// What a contact is, with its name in interactions.csv.
enum ContactKind: UInt8, CaseIterable {
    case visit, open, click, reply, enquiry, complaint, rating, sent, call

    var name: String {
        switch self {
        case .visit: "visit"
        case .open: "email open"
        case .click: "email click"
        case .reply: "reply"
        case .enquiry: "enquiry"
        case .complaint: "complaint"
        case .rating: "rating"
        case .sent: "email sent"
        case .call: "outbound call"
        }
    }

    /// Whether it came from the customer.
    var isInbound: Bool { self != .sent && self != .call }
}

/// A contact: twelve bytes.
struct ContactEvent: TimedEvent {
    var second: UInt32
    var record: UInt32
    private var code: UInt8
    /// 0 store, 1 web, 2 app, 3 email, 4 phone.
    var channel: UInt8
    /// Stars of a rating, number of a campaign from 1; otherwise 0.
    var detail: UInt8
    /// Number of the text from 1; 0 for none.
    var text: UInt8

    init(second: Int, record: Int, kind: ContactKind, channel: Int, detail: Int = 0, text: Int = 0) {
        self.second = UInt32(second)
        self.record = UInt32(record)
        code = kind.rawValue
        self.channel = UInt8(channel)
        self.detail = UInt8(detail)
        self.text = UInt8(text)
    }

    var kind: ContactKind { ContactKind(rawValue: code) ?? .visit }
}
