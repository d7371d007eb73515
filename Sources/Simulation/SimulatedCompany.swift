import CustomerData
import Statistics

/// A simulated company: its files as tables, block by block where they are long, and the truth behind them.
public struct SimulatedCompany: Sendable {
    let plan: CompanyPlan
    let population: Population
    /// Orders, returns and frauds in the order of time.
    let orders: [OrderEvent]
    /// Contacts in the order of time.
    let contacts: [ContactEvent]
    /// Where each record stands.
    let standings: [CustomerStanding]
    /// Records of persons who left so lately that they count as active.
    let notMissedCount: Int

    /// What it was told.
    public var options: Simulation.Options { plan.options }
    /// Rows of customers.csv.
    public var recordCount: Int { population.personOf.count }
    /// Persons behind them.
    public var personCount: Int { population.persons.count }
    /// Orders and returns, fraud among them.
    public var orderCount: Int { orders.count }
    /// Rows of interactions.csv.
    public var contactCount: Int { contacts.count }

    /// The ids of some records, in their order.
    func ids(_ records: some Sequence<Int>) -> IdentifierList {
        var ids = IdentifierList()
        for record in records { ids.append(CustomerRecords.id(record).utf8) }
        return ids
    }
}
