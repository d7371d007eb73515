/// The customers file as text columns, rows in the order of the file.
public struct Customers: Sendable {
    /// A column that is kept.
    public struct Attribute: Sendable {
        /// The header.
        public let name: String
        /// A cell a customer; empty where there is no value.
        public let cells: IdentifierList

        /// A column of a name and its cells.
        public init(name: String, cells: IdentifierList) {
            self.name = name
            self.cells = cells
        }
    }

    /// Ids, each once.
    public let ids: IdentifierList
    /// The columns that were asked for.
    public let attributes: [Attribute]
    /// Day number of each customer's birth, `PurchaseHistory.noDay` where it is not known; nil when no file has the column.
    public let birthDays: [Int32]?
    /// Whether each customer agreed to be written to, nil where that is not known; nil when no file has the column.
    public let consents: [Bool?]?
    /// Day number of each customer's registration, `PurchaseHistory.noDay` where it is not known; nil when it was not
    /// asked for or no file has the column.
    public var registeredDays: [Int32]?
    /// Where each customer came from, empty where it is not known; nil when it was not asked for or no file has the column.
    public var sources: IdentifierList?
    /// What a person should know about the columns, a sentence each.
    public var notes: [String] = []

    /// Customers from their columns, all of one length.
    public init(
        ids: IdentifierList, attributes: [Attribute], birthDays: [Int32]? = nil, consents: [Bool?]? = nil
    ) {
        precondition(attributes.allSatisfy { $0.cells.count == ids.count })
        precondition(birthDays.map { $0.count == ids.count } ?? true)
        precondition(consents.map { $0.count == ids.count } ?? true)
        self.ids = ids
        self.attributes = attributes
        self.birthDays = birthDays
        self.consents = consents
    }

    /// The position of each customer in an ascending list of ids, nil for those who are not in it.
    ///
    /// - Complexity: O(n log m) for n customers here and m there.
    public func positions(in customers: IdentifierList) -> [Int?] {
        (0..<ids.count).map { row in ids.withBytes(at: row) { customers.position(of: $0) } }
    }

    /// The cells of an attribute for each customer of an ascending list of ids; empty for those who are not in the
    /// file.
    ///
    /// - Complexity: O(n log m) for n customers here and m there.
    public func cells(_ attribute: Attribute, for customers: IdentifierList) -> [String] {
        var cells = [String](repeating: "", count: customers.count)
        for row in 0..<ids.count {
            if let position = customers.firstIndex(of: ids[row]) { cells[position] = attribute.cells[row] }
        }
        return cells
    }
}
