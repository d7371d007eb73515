import CustomerData

/// Builds histories for tests from orders in plain words.
struct SmallHistory {
    struct Order {
        var day: String
        /// Value in whole units.
        var value: Int64
        var lines: UInt32 = 1
        var hour: UInt8 = PurchaseHistory.noHour
        var channel: UInt8 = PurchaseHistory.noChannel
        /// What was taken back: day and value in whole units.
        var takenBack: [(day: String, value: Int64)] = []
    }

    /// Customers in the order of their ids, each with orders ascending by day.
    var customers: [(id: String, orders: [Order])] = []
    var unmatched: [(customer: Int, day: String, value: Int64)] = []
    var channels: [String] = []
    var productCounts: [UInt32] = []
    var returns = ReturnRule.match

    static func day(_ text: String) -> Day { Day(text) ?? Day(number: 0) }

    var history: PurchaseHistory {
        let orders = customers.flatMap(\.orders)
        var starts = [0]
        for customer in customers { starts.append(starts[starts.count - 1] + customer.orders.count) }
        let days = orders.map { SmallHistory.day($0.day).number }
        return PurchaseHistory(
            customers: IdentifierList(customers.map(\.id)), orderStarts: starts, orderDays: days,
            orderValues: orders.map { $0.value * Money.scale }, orderLines: orders.map(\.lines),
            orderHours: orders.map(\.hour), orderChannels: orders.map(\.channel), channels: channels,
            reversals: orders.enumerated().flatMap { row, order in
                order.takenBack.map {
                    .init(order: row, day: SmallHistory.day($0.day).number, value: $0.value * Money.scale)
                }
            },
            unmatchedReturns: unmatched.map {
                .init(customer: $0.customer, day: SmallHistory.day($0.day).number, value: $0.value * Money.scale)
            },
            hasTransactions: customers.map { !$0.orders.isEmpty },
            lastReturns: customers.map { _ in PurchaseHistory.noDay }, productCounts: productCounts, returns: returns,
            period: days.min().flatMap { low in days.max().map { Day(number: low)...Day(number: $0) } }, decimals: 2)
    }

    /// Many customers with orders drawn from a fixed sequence, for laws.
    static func drawn(customers count: Int) -> PurchaseHistory {
        var state: UInt64 = 99
        func draw(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        var small = SmallHistory(channels: ["app", "web"], returns: .net)
        let first = SmallHistory.day("2023-01-01")
        for customer in 0..<count {
            var day = draw(300)
            let orders = (0..<draw(7)).map { _ in
                day += draw(60)
                let taken = draw(4) == 0
                let text = first.advanced(byDays: day).description
                let value = Int64(10 + draw(90))
                return Order(
                    day: text, value: value, lines: UInt32(1 + draw(5)), hour: UInt8(draw(24)), channel: UInt8(draw(2)),
                    takenBack: taken
                        ? [(first.advanced(byDays: day + draw(40)).description, draw(2) == 0 ? value : value / 2)] : [])
            }
            let digits = String(customer)
            small.customers.append((String(repeating: "0", count: 6 - digits.count) + digits, orders))
            if draw(9) == 0 { small.unmatched.append((customer, first.advanced(byDays: day).description, -3)) }
            small.productCounts.append(UInt32(draw(20)))
        }
        return small.history
    }
}
