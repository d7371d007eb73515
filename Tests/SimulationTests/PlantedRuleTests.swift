import CustomerData
import Simulation
import Testing

/// What truth/rules.csv says holds in the baskets.
@Suite struct PlantedRuleTests {
    /// Products of each purchase with the segment of its customer, and the customer's purchases in order.
    private struct Baskets {
        var all: [(segment: String, products: Set<String>)] = []
        var ofCustomer: [String: [Set<String>]] = [:]

        init(_ company: SimulatedCompany) {
            let segments = Dictionary(
                uniqueKeysWithValues: company.segments().rows.map { ($0[0], $0[1]) })
            let rows = company.transactions(0..<company.orderCount).rows.filter { $0[0].hasPrefix("A") }
            var start = 0
            while start < rows.count {
                let end = rows[start...].firstIndex { $0[0] != rows[start][0] } ?? rows.count
                let products = Set(rows[start..<end].map { $0[3] })
                all.append((segments[rows[start][1], default: ""], products))
                ofCustomer[rows[start][1], default: []].append(products)
                start = end
            }
        }
    }

    @Test func goodsGoTogetherOrApartAsPlanted() throws {
        // One record a person and no fraud: a person's orders stand under one id, in their order.
        let rates: [SimulationRate: Double] = [
            .duplicates: 0, .stolenAccount: 0, .velocity: 0, .duplicatePayment: 0, .couponAbuse: 0,
        ]
        let company = Simulation(try .init(customers: 4000, seed: 3, days: 365, rates: rates)).run()
        let baskets = Baskets(company)
        for rule in company.rules().rows {
            let (antecedent, consequent, segment) = (
                Set(rule[0].split(separator: " ").map(String.init)), rule[1], rule[2]
            )
            let chance = try #require(Double(rule[4]))
            if rule[3] == "next order" {
                var (begun, followed) = (0, 0)
                for orders in baskets.ofCustomer.values {
                    for (order, next) in zip(orders, orders.dropFirst()) where antecedent.isSubset(of: order) {
                        begun += 1
                        if next.contains(consequent) { followed += 1 }
                    }
                }
                #expect(begun > 50)
                #expect(Double(followed) / Double(begun) > chance - 0.15, "\(rule)")
                continue
            }
            let own = baskets.all.filter { segment.isEmpty || $0.segment == segment }
            let with = own.filter { antecedent.isSubset(of: $0.products) }
            let share = Double(with.count { $0.products.contains(consequent) }) / Double(with.count)
            let all = Double(own.count { $0.products.contains(consequent) }) / Double(own.count)
            #expect(with.count > 30, "\(rule)")
            if chance == 0 {
                #expect(share == 0, "\(rule)")
                #expect(all > 0)
            } else {
                #expect(share > chance - 0.1, "\(rule)")
                #expect(share / all > 1.5, "\(rule)")
            }
        }
    }
}
