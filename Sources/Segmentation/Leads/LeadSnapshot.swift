import CustomerData
import Statistics

/// The leads of a day: who was known by then and had not bought, and who of them bought within the horizon after it.
struct LeadSnapshot {
    /// Customers in one block of parallel work; blocks never depend on the number of threads.
    static let blockSize = 8192

    /// Leads of a block of customers.
    struct Block {
        /// Positions of the leads.
        var customers: [Int] = []
        /// Their numbers, one lead after the other.
        var values: [Float] = []
        /// Whether each bought within the horizon.
        var converted: [Bool] = []
        /// Customers without a purchase who were not known by the day.
        var unknownCount = 0
    }

    let blocks: [Block]
}

extension LeadSnapshot {
    /// - Parameters:
    ///   - later: purchase days as they are known now, where it is asked who bought; nil for the present.
    /// - Complexity: O(orders + leads · numbers + interactions of leads).
    init(
        _ history: PurchaseHistory, _ facts: LeadFacts, _ predictors: LeadPredictors, asOf: Day, later: PurchaseDays?,
        horizonDays: Int, parallel: Parallel
    ) {
        let past = history.purchaseDays(asOf: asOf)
        let count = history.customers.count
        let size = LeadSnapshot.blockSize
        blocks = parallel.map((count + size - 1) / size) { number in
            var block = Block()
            for customer in number * size..<min((number + 1) * size, count)
            where past.starts[customer] == past.starts[customer + 1] {
                let known = facts.knownSince(customer)
                guard known != PurchaseHistory.noDay, known <= asOf.number else {
                    block.unknownCount += 1
                    continue
                }
                block.customers.append(customer)
                predictors.append(
                    customer, asOf: asOf.number, hasOrder: history.hasValuedOrder(customer, asOf: asOf),
                    to: &block.values)
                if let later {
                    let days = later.days[later.starts[customer]..<later.starts[customer + 1]]
                    // The first day after the date: none lies before it but what was taken back since.
                    let next = days.first { $0 > asOf.number }
                    block.converted.append(next.map { Int($0) - Int(asOf.number) <= horizonDays } ?? false)
                }
            }
            return block
        }
    }
}

extension PurchaseHistory {
    /// Whether a customer has an order of a value up to a date, whatever was taken back of it.
    fileprivate func hasValuedOrder(_ customer: Int, asOf: Day) -> Bool {
        (orderStarts[customer]..<orderStarts[customer + 1]).contains {
            orderDays[$0] <= asOf.number && orderValues[$0] > 0
        }
    }
}
