import CustomerData
import Foundation
import Statistics

/// An order of a test: customer, day, value in ten-thousandths.
typealias TestOrder = (customer: String, day: Int32, value: Int64)

extension PurchaseHistory {
    /// A history of those orders; reversals are (index in `orders`, day, value), other returns (customer, day, value).
    init(
        orders: [TestOrder], reversals: [(order: Int, day: Int32, value: Int64)] = [],
        returns: [TestOrder] = [], rule: ReturnRule = .match, prospects: [String] = [], decimals: Int = 2
    ) {
        let transacting = Set(orders.map(\.customer) + returns.map(\.customer))
        let ids = transacting.union(prospects).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let position = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
        func place(_ id: String) -> Int { position[id] ?? -1 }
        let rows = orders.indices.sorted {
            let (a, b) = (orders[$0], orders[$1])
            return (place(a.customer), a.day, $0) < (place(b.customer), b.day, $1)
        }
        var starts = [Int](repeating: 0, count: ids.count + 1)
        for order in orders { starts[place(order.customer) + 1] += 1 }
        for index in ids.indices { starts[index + 1] += starts[index] }
        let days = orders.map(\.day) + returns.map(\.day)
        self.init(
            customers: IdentifierList(ids), orderStarts: starts, orderDays: rows.map { orders[$0].day },
            orderValues: rows.map { orders[$0].value }, orderLines: rows.map { _ in 1 },
            orderHours: rows.map { _ in PurchaseHistory.noHour },
            orderChannels: rows.map { _ in PurchaseHistory.noChannel }, channels: [],
            reversals: reversals.map { reversal in
                Reversal(
                    order: rows.firstIndex(of: reversal.order) ?? -1, day: reversal.day, value: reversal.value)
            }.sorted { ($0.order, $0.day) < ($1.order, $1.day) },
            unmatchedReturns: returns.map {
                UnmatchedReturn(customer: place($0.customer), day: $0.day, value: $0.value)
            }
            .sorted { ($0.customer, $0.day, $0.value) < ($1.customer, $1.day, $1.value) },
            hasTransactions: ids.map(transacting.contains),
            lastReturns: ids.map { _ in PurchaseHistory.noDay }, productCounts: [], returns: rule,
            period: days.min().flatMap { low in days.max().map { Day(number: low)...Day(number: $0) } },
            decimals: decimals)
    }

    /// Random orders of a few customers over a few days, with many equal values.
    static func random(_ random: inout SeededGenerator, customerCount: Int) -> [TestOrder] {
        (0..<customerCount).flatMap { customer in
            (0..<1 + random.index(below: 4)).map { _ in
                ("c\(customer)", Int32(random.index(below: 30)), Int64(random.index(below: 6)) * 10_000)
            }
        }
    }

    /// CDNOW's purchases with a customer-day as one order (Fader & Hardie; `notebooks-data/cdnow`).
    static let cdnow: PurchaseHistory = {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = root.appendingPathComponent("notebooks-data/cdnow/purchases.csv")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { fatalError("no \(file.path)") }
        var orders: [TestOrder] = []
        for line in text.utf8.split(separator: 10).dropFirst() {
            let cells = line.split(separator: 44).map { String(Substring($0)) }
            guard cells.count == 4, let day = Day(cells[1]), let amount = Double(cells[3]) else {
                fatalError("not a purchase")
            }
            let value = Int64((amount * 100).rounded()) * 100
            if let last = orders.last, last.customer == cells[0], last.day == day.number {
                orders[orders.count - 1].value += value
            } else {
                orders.append((cells[0], day.number, value))
            }
        }
        return PurchaseHistory(orders: orders)
    }()
}
