import CustomerData
import Statistics

/// One vector a customer, as of a date: nothing after it is used, neither orders nor returns.
public struct CustomerFeatures: Sendable {
    /// The date.
    public let asOf: Day
    /// The features.
    public let set: FeatureSet

    /// Vectors of these features as of a date.
    public init(asOf: Day, set: FeatureSet) {
        self.asOf = asOf
        self.set = set
    }

    /// The vectors of a history's customers, in their order, also of those without a purchase.
    ///
    /// - Parameters:
    ///   - history: the orders by customer.
    ///   - attributes: a column for every attribute of the set, in any order.
    ///   - parallel: threads; the result does not depend on them.
    /// - Returns: customers × `set.definitions.count` values; NaN where a feature is undefined.
    /// - Throws: `Problem(.data)` when an attribute of the set has no column, or one of another length than there are
    ///   customers.
    /// - Complexity: O(orders + customers × features).
    public func table(
        _ history: PurchaseHistory, attributes: [AttributeColumn] = [], parallel: Parallel = Parallel()
    ) throws -> FeatureTable {
        let definitions = set.definitions
        let rowCount = history.customers.count
        let columnCount = definitions.count
        let plan = CustomerVectors(history: history, asOf: asOf, set: set, columnCount: columnCount)
        var values = [Double](unsafeUninitializedCapacity: rowCount * columnCount) { buffer, count in
            let table = UncheckedSendable(buffer)
            parallel.forEachRange(rowCount, size: 2048) { rows, _, _ in
                plan.fill(rows, of: history, in: table.value)
            }
            count = rowCount * columnCount
        }
        var column = columnCount - set.attributes.reduce(0) { $0 + $1.definitions.count }
        for attribute in set.attributes {
            guard let source = attributes.first(where: { $0.name == attribute.name }) else {
                throw Problem(.data, "the attribute \"\(attribute.name)\" has no column")
            }
            guard source.values.count == rowCount else {
                throw Problem(
                    .data,
                    "the attribute \"\(attribute.name)\" has \(source.values.count) values for \(rowCount) customers")
            }
            attribute.write(source.values, into: &values, column: column, columnCount: columnCount)
            column += attribute.definitions.count
        }
        return FeatureTable(
            columns: definitions, ids: history.customers, idName: "customer_id", values: values, rowCount: rowCount)
    }
}
