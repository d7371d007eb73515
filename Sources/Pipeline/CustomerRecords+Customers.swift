import CustomerData
import Features

extension CustomerRecords {
    /// What the customers file says of a history's customers.
    ///
    /// - Parameter lists: whether to find out whom the file names.
    init(_ customers: Customers?, of history: PurchaseHistory, lists: Bool) {
        self.init()
        guard let customers else { return }
        attributes = customers.attributes.map {
            AttributeColumn(name: $0.name, values: customers.cells($0, for: history.customers))
        }
        guard
            lists || customers.birthDays != nil || customers.consents != nil || customers.registeredDays != nil
                || customers.sources != nil
        else { return }
        let positions = customers.positions(in: history.customers)
        func spread<Value>(_ values: [Value]?, else missing: Value) -> [Value]? {
            guard let values else { return nil }
            var spread = [Value](repeating: missing, count: history.customers.count)
            for (row, position) in positions.enumerated() {
                if let position { spread[position] = values[row] }
            }
            return spread
        }
        if lists { listed = spread(positions.map { _ in true }, else: false) }
        birthDays = spread(customers.birthDays, else: PurchaseHistory.noDay)
        consents = spread(customers.consents, else: nil)
        registeredDays = spread(customers.registeredDays, else: PurchaseHistory.noDay)
        sources = spread(customers.sources.map { list in (0..<list.count).map { list[$0] } }, else: "")
    }
}
