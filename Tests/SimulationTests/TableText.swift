import CustomerData

extension ResultTable {
    /// The cells of a column as texts.
    func texts(_ name: String) -> [String] {
        guard let values = column(name)?.values else { return [] }
        switch values {
        case .identifiers(let list): return (0..<list.count).map { list[$0] }
        case .integers(let numbers): return numbers.map { $0 == .min ? "" : String($0) }
        case .money(let amounts, let decimals):
            return amounts.map { Money(tenThousandths: $0).formatted(decimals: decimals) }
        case .reals(let numbers): return numbers.map(\.description)
        case .categories(let codes, let labels):
            return codes.map { labels.indices.contains(Int($0)) ? labels[Int($0)] : "" }
        case .flags(let flags): return flags.map { $0 ? "true" : "false" }
        case .texts(let texts): return texts
        case .days, .fixed: return []
        }
    }

    /// The rows, each as texts by the columns' order.
    var rows: [[String]] {
        let all = columns.map { texts($0.name) }
        return (0..<rowCount).map { row in all.map { $0[row] } }
    }
}
