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
    /// Day numbers of their registration, `PurchaseHistory.noDay` where they are not known; nil when there are none.
    public var registeredDays: [Int32]?
    /// Whether the customers file names them; nil when there is none, or it was not asked for.
    public var listed: [Bool]?
    /// Where they came from, empty where it is not known; nil when that is known of nobody.
    public var sources: [String]?
    /// Chosen columns of the customers file.
    public var attributes: [AttributeColumn] = []

    /// Nothing.
    public init() {}

    /// Only chosen columns of the customers file.
    public init(attributes: [AttributeColumn]) { self.attributes = attributes }

    /// The same with customers in another order: where in this one each of them stands.
    ///
    /// - Complexity: O(entries).
    public func reordered(_ order: [Int]) -> CustomerRecords {
        var moved = CustomerRecords()
        moved.interactions = interactions?.reordered(order)
        moved.products = products?.reordered(order)
        moved.birthDays = birthDays.map { days in order.map { days[$0] } }
        moved.registeredDays = registeredDays.map { days in order.map { days[$0] } }
        moved.listed = listed.map { listed in order.map { listed[$0] } }
        moved.sources = sources.map { sources in order.map { sources[$0] } }
        moved.consents = consents.map { consents in order.map { consents[$0] } }
        moved.attributes = attributes.map { column in
            AttributeColumn(name: column.name, values: order.map { column.values[$0] })
        }
        return moved
    }
}
