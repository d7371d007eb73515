import CustomerData
import Statistics

/// A shop that never was, with customers whose lives, tastes and mistakes are known: what every other part is judged on.
///
/// ```swift
/// let company = Simulation(try .init(customers: 50_000, seed: 7)).run()
/// let truth = company.stages()
/// ```
///
/// What is drawn for a person, an order or a record depends on the seed and its number alone, so that blocks are made on
/// any number of threads and the result is always the same.
public struct Simulation: Sendable {
    /// What it was told.
    public let options: Options

    /// A simulation of those options.
    public init(_ options: Options) { self.options = options }

    /// Persons a block.
    private static let blockSize = 512

    private struct Block {
        var orders: [OrderEvent] = []
        var contacts: [ContactEvent] = []
        var entries: [RecordStandings.Entry] = []
    }

    /// Lives all lives. Lines of orders and cells of records are made when their tables are asked for.
    ///
    /// - Complexity: O(orders · log(orders a day)); memory for 32 bytes an order and 24 a contact.
    public func run(parallel: Parallel = Parallel()) -> SimulatedCompany {
        let plan = CompanyPlan(options)
        let population = Population(plan, parallel: parallel)
        let (count, size) = (population.persons.count, Simulation.blockSize)
        var blocks = parallel.map((count + size - 1) / size) { index in
            var block = Block()
            for number in index * size..<min(count, (index + 1) * size) {
                var life = CustomerLife(number, population.persons[number], plan)
                life.buy()
                let conduct = PersonConduct(life, plan, population)
                let contacts = PersonContacts(life, plan, population)
                block.orders += conduct.orders
                block.contacts += contacts.contacts
                block.entries += RecordStandings(life, conduct, contacts, plan).entries
            }
            return block
        }
        var standings = [CustomerStanding](repeating: .prospect, count: options.customers)
        for block in blocks { for entry in block.entries { standings[entry.record] = entry.standing } }
        let notMissed = blocks.reduce(0) { $0 + $1.entries.count(where: \.isNotMissedYet) }
        let orders = [OrderEvent].inTime(blocks.map(\.orders), days: options.days, parallel: parallel)
        for index in blocks.indices { blocks[index].orders = [] }
        let contacts = [ContactEvent].inTime(blocks.map(\.contacts), days: options.days, parallel: parallel)
        return SimulatedCompany(
            plan: plan, population: population, orders: orders, contacts: contacts, standings: standings,
            notMissedCount: notMissed)
    }
}
