/// What kind of contact an interaction is.
public enum InteractionKind: UInt8, CaseIterable, Codable, BitwiseCopyable, Sendable {
    /// The customer looked at a page or came to a store.
    case visit
    /// The customer opened a message.
    case open
    /// The customer followed a link.
    case click
    /// The customer answered.
    case reply
    /// The customer asked something.
    case enquiry
    /// The customer complained.
    case complaint
    /// The customer gave a mark or a review.
    case rating
    /// The customer did something else: registered, searched, filled a basket.
    case otherInbound
    /// The company wrote or called.
    case sent
    /// What the company sent did not arrive.
    case undelivered
    /// The customer wants nothing sent any more.
    case unsubscribed
    /// Something else that is not the customer's doing: delivered, shown.
    case otherOutbound
    /// The kind is not known.
    case unknown

    /// Whether the customer did it, and it counts as a response.
    @inlinable
    public var isInbound: Bool { rawValue <= InteractionKind.otherInbound.rawValue }
}
