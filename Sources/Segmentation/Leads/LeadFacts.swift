import CustomerData

/// What is known of a history's customers besides their orders, as far as it bears a date of its own or never changes:
/// one entry a customer in each column.
///
/// What a customers file says of today (a lead's status, a consent) is no part of it: the status of everyone who bought
/// has long been set to "customer", so that it would tell of the past what was known only afterwards.
public struct LeadFacts: Sendable {
    /// Day numbers of registration, `PurchaseHistory.noDay` where it is not known; nil when there are none.
    public var registeredDays: [Int32]?
    /// Day numbers of birth, `PurchaseHistory.noDay` where it is not known; nil when there are none.
    public var birthDays: [Int32]?
    /// Where each customer came from, empty where that is not known; nil when there is no such column.
    public var sources: [String]?
    /// Interactions; nil when there is no such file.
    public var interactions: InteractionHistory?

    /// Facts; what is nil is not known of anyone.
    public init(
        registeredDays: [Int32]? = nil, birthDays: [Int32]? = nil, sources: [String]? = nil,
        interactions: InteractionHistory? = nil
    ) {
        self.registeredDays = registeredDays
        self.birthDays = birthDays
        self.sources = sources
        self.interactions = interactions
    }

    /// The day number from which a customer was known to the company without having bought: that of registration, or
    /// where it is not known of the first interaction; `PurchaseHistory.noDay` when neither is known.
    func knownSince(_ customer: Int) -> Int32 {
        if let day = registeredDays?[customer], day != PurchaseHistory.noDay { return day }
        guard let interactions, interactions.starts[customer] < interactions.starts[customer + 1] else {
            return PurchaseHistory.noDay
        }
        return interactions.events[interactions.starts[customer]].day
    }
}
