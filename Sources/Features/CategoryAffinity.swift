import CustomerData

/// A category of products, and how much of everything that was bought lies in it: learnt from the training data, so that
/// scoring has the same columns.
public struct CategoryAffinity: Hashable, Codable, Sendable {
    /// The category's name.
    public let category: String
    /// Its share of all purchase lines with a category, in the training data; positive.
    public let share: Double

    /// Categories that have a column.
    static let limit = 10
    /// How many lines of an average customer are added to a customer's own: a share of a few lines says little.
    static let priorLines = 10.0

    /// The categories with the most lines, at most ten; of equal ones the one whose name has the smaller bytes. None
    /// when there are fewer than two.
    public static func largest(in products: ProductHistory) -> [CategoryAffinity] {
        let totals = products.totals(of: products.itemCategories, count: products.categories.count)
        let all = totals.reduce(0, +)
        let known = totals.indices.filter { totals[$0] > 0 }
        guard known.count >= 2 else { return [] }
        return known.sorted { (totals[$1], $0) < (totals[$0], $1) }.prefix(limit).map {
            CategoryAffinity(category: products.categories[$0], share: Double(totals[$0]) / Double(all))
        }
    }

    /// Name, unit, formula and transform.
    public var definition: FeatureDefinition {
        FeatureDefinition(
            name: "affinity=\(category)", unit: "ratio",
            formula:
                "share of the customer's lines in this category / share of all lines; \(Int(CategoryAffinity.priorLines)) "
                + "lines of an average customer are added to the customer's own",
            transform: FeatureTransform(curve: .log, winsorise: 0.01, scaling: .standard))
    }

    /// Writes the columns of categories into a row-major table, from a column on; NaN for a customer without a line whose
    /// category is known.
    static func write(
        _ affinities: [CategoryAffinity], of products: ProductHistory, _ customers: Range<Int>,
        into table: UnsafeMutableBufferPointer<Double>, column: Int, columnCount: Int
    ) {
        var columns = [Int](repeating: -1, count: products.categories.count)
        for (position, affinity) in affinities.enumerated() {
            if let code = products.categories.firstIndex(of: affinity.category) { columns[code] = position }
        }
        for customer in customers {
            let place = customer * columnCount + column
            var lines = 0.0
            for entry in products.starts[customer]..<products.starts[customer + 1] {
                let category = products.itemCategories[Int(products.items[entry])]
                guard category != ProductHistory.none else { continue }
                lines += Double(products.lines[entry])
                let position = columns[Int(category)]
                if position >= 0 { table[place + position] += Double(products.lines[entry]) }
            }
            for (position, affinity) in affinities.enumerated() {
                let own = table[place + position] + priorLines * affinity.share
                table[place + position] = lines == 0 ? .nan : own / (lines + priorLines) / affinity.share
            }
        }
    }
}
