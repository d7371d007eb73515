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

    /// Customers from their columns, all of one length.
    public init(ids: IdentifierList, attributes: [Attribute]) {
        precondition(attributes.allSatisfy { $0.cells.count == ids.count })
        self.ids = ids
        self.attributes = attributes
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
