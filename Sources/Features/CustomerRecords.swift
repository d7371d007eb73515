import CustomerData

/// What is known of a history's customers besides their orders: one entry a customer in each column.
public struct CustomerRecords: Sendable {
    /// Their interactions; nil when there is no such file.
    public var interactions: InteractionHistory?
    /// What they bought; nil when there are no products.
    public var products: ProductHistory?
    /// Day numbers of their births, `PurchaseHistory.noDay` where they are not known; nil when there are none.
    public var birthDays: [Int32]?
    /// Whether they agreed to be written to, nil where that is not known; nil when nobody is known to.
    public var consents: [Bool?]?
    /// Chosen columns of the customers file.
    public var attributes: [AttributeColumn] = []

    /// Nothing.
    public init() {}

    /// Only chosen columns of the customers file.
    public init(attributes: [AttributeColumn]) { self.attributes = attributes }
}
