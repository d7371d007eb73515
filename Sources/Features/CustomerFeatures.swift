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
    ///   - records: what is known besides the orders, with a column for every attribute of the set, in any order.
    ///   - parallel: threads; the result does not depend on them.
    /// - Returns: customers × `set.definitions.count` values; NaN where a feature is undefined.
    ///   Features of a record that is not there are NaN, and so are affinities where the input goes past the date.
    /// - Throws: `Problem(.data)` when an attribute of the set has no column, or one of another length than there are
    ///   customers.
    /// - Complexity: O(orders + customers × features).
    public func table(
        _ history: PurchaseHistory, besides records: CustomerRecords = CustomerRecords(),
        parallel: Parallel = Parallel()
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
        write(records, of: history, into: &values, columnCount: columnCount, parallel: parallel)
        try write(records.attributes, into: &values, rowCount: rowCount, columnCount: columnCount)
        return FeatureTable(
            columns: definitions, ids: history.customers, idName: "customer_id", values: values, rowCount: rowCount)
    }

    /// Writes the columns behind those of the purchases and before those of the attributes.
    private func write(
        _ records: CustomerRecords, of history: PurchaseHistory, into values: inout [Double], columnCount: Int,
        parallel: Parallel
    ) {
        let rowCount = history.customers.count
        let interactionColumn = set.purchases.count + set.channels.count
        let personColumn = interactionColumn + set.interactions.count + set.contactChannels.count
        let affinityColumn = personColumn + set.people.count
        let attributeColumn = affinityColumn + set.affinities.count
        guard interactionColumn < attributeColumn else { return }
        let vectors = InteractionVectors(
            records.interactions, asOf: asOf, set: set, firstColumn: interactionColumn, columnCount: columnCount)
        let products = history.period.map { $0.upperBound <= asOf } ?? true ? records.products : nil
        values.withUnsafeMutableBufferPointer { buffer in
            let table = UncheckedSendable(buffer)
            parallel.forEachRange(rowCount, size: 2048) { rows, _, _ in
                let table = table.value
                func leaveEmpty(_ columns: Range<Int>) {
                    for row in rows { for column in columns { table[row * columnCount + column] = .nan } }
                }
                if let interactions = records.interactions {
                    vectors.fill(rows, of: interactions, in: table)
                } else {
                    leaveEmpty(interactionColumn..<personColumn)
                }
                for (position, feature) in set.people.enumerated() {
                    for row in rows {
                        table[row * columnCount + personColumn + position] = value(feature, row, records)
                    }
                }
                if let products {
                    CategoryAffinity.write(
                        set.affinities, of: products, rows, into: table, column: affinityColumn,
                        columnCount: columnCount)
                } else {
                    leaveEmpty(affinityColumn..<attributeColumn)
                }
            }
        }
    }

    private func value(_ feature: PersonFeature, _ row: Int, _ records: CustomerRecords) -> Double {
        switch feature {
        case .age:
            guard let birth = records.birthDays?[row], birth != PurchaseHistory.noDay else { return .nan }
            return PersonFeature.age(Day(number: birth), asOf: asOf).map(Double.init) ?? .nan
        case .consent: return records.consents?[row].map { $0 ? 1 : 0 } ?? .nan
        }
    }

    private func write(
        _ attributes: [AttributeColumn], into values: inout [Double], rowCount: Int, columnCount: Int
    ) throws {
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
    }
}
