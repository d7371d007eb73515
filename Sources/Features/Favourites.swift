import CustomerData
import Statistics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Every customer's favourite product and category: what sets a customer apart from the others most.
///
/// Of what a customer bought on at least two lines, the one with the greatest n · ln((n / N) / q), where n of the
/// customer's N lines are of it and q is its share of everybody's lines: the customer's part of the log-likelihood ratio
/// (Dunning 1993), which weighs how often against how unusual. It must be positive: nobody's favourite is what they buy
/// less than others do. Of equal ones the one with the smaller bytes.
public struct Favourites: Sendable {
    /// A text a customer, empty where there is no favourite; nil when no product is known.
    public let products: IdentifierList?
    /// The same of categories.
    public let categories: IdentifierList?

    /// Lines that a favourite has at least.
    static let leastLines: UInt32 = 2

    /// The favourites of a history's customers.
    ///
    /// - Complexity: O(entries).
    public init(of history: ProductHistory, parallel: Parallel = Parallel()) {
        products = Favourites.list(history, history.itemProducts, history.products, parallel)
        categories = Favourites.list(history, history.itemCategories, history.categories, parallel)
    }

    private static func list(
        _ history: ProductHistory, _ groups: [UInt32], _ names: IdentifierList, _ parallel: Parallel
    ) -> IdentifierList? {
        guard names.count > 0 else { return nil }
        let totals = history.totals(of: groups, count: names.count)
        let all = totals.reduce(0, +)
        let size = 4096
        let count = history.customerCount
        let blocks = parallel.map((count + size - 1) / size) { block in
            var own = [UInt32](repeating: 0, count: names.count)
            var met: [UInt32] = []
            return (block * size..<min(count, (block + 1) * size)).map { customer -> UInt32 in
                met.removeAll(keepingCapacity: true)
                var lines: UInt32 = 0
                for entry in history.starts[customer]..<history.starts[customer + 1] {
                    let group = groups[Int(history.items[entry])]
                    guard group != ProductHistory.none else { continue }
                    if own[Int(group)] == 0 { met.append(group) }
                    own[Int(group)] += history.lines[entry]
                    lines += history.lines[entry]
                }
                var best = (score: 0.0, group: ProductHistory.none)
                for group in met {
                    let bought = own[Int(group)]
                    own[Int(group)] = 0
                    guard bought >= leastLines else { continue }
                    let lift = Double(bought) * Double(all) / (Double(lines) * Double(totals[Int(group)]))
                    let score = Double(bought) * log(lift)
                    if score > best.score || (score == best.score && score > 0 && group < best.group) {
                        best = (score, group)
                    }
                }
                return best.group
            }
        }
        var list = IdentifierList()
        for block in blocks {
            for group in block {
                if group == ProductHistory.none {
                    list.append([])
                } else {
                    names.withBytes(at: Int(group)) { list.append($0) }
                }
            }
        }
        return list
    }
}
