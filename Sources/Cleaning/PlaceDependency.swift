import CustomerData
import Semantics

/// Columns of a place of which one decides another: the postcode the city and the region, the city the region and the
/// country.
struct PlaceDependency: Hashable {
    let from: Int
    let to: Int

    /// The dependencies between a table's columns; where there are several of a kind, those that stand nearest.
    static func all(of columns: CleaningColumns) -> [PlaceDependency] {
        var all: [PlaceDependency] = []
        for (from, to) in [
            (ColumnKind.postcode, ColumnKind.city), (.postcode, .region), (.city, .region), (.city, .country),
        ] {
            for column in columns.all(from) {
                if let other = columns.nearest(to, to: column) { all.append(PlaceDependency(from: column, to: other)) }
            }
        }
        return all
    }
}

/// What each value of a column says about another column.
struct DependencyTable {
    struct Entry {
        /// The most frequent value.
        let value: String
        /// Its rows.
        let count: Int
        /// Rows with any value.
        let total: Int

        /// Whether at least `share` in a hundred of `atLeast` rows have the value.
        func decides(atLeast: Int, share: Int) -> Bool { total >= atLeast && count * 100 >= total * share }
    }

    private var entries: [String: Entry] = [:]

    /// The table of a pair of columns, from the counts of their values together.
    init(_ pairs: ValueCounts) {
        var groups: [String: [String: Int]] = [:]
        for number in pairs.entries.indices {
            guard let (from, to) = ColumnPair.split(pairs.text(number)) else { continue }
            groups[from, default: [:]][to, default: 0] += Int(pairs.entries[number].count)
        }
        entries = groups.compactMapValues { values in
            guard let best = values.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) else { return nil }
            return Entry(value: best.key, count: best.value, total: values.values.reduce(0, +))
        }
    }

    subscript(from: String) -> Entry? { entries[from] }
}
