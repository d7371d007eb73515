import CustomerData
import Semantics

/// Corrects a place by another column of the row: where a postcode's rows nearly all have one city, another spelling of
/// it is an error, and another city is doubtful.
struct PlaceRepair {
    private let rules: [(from: Int, to: Int, table: DependencyTable)]

    /// Rows that a value must have, and the share of them in a hundred that must agree.
    static let (leastRows, leastShare) = (5, 90)

    init(_ columns: CleaningColumns, _ tables: [ColumnPair: DependencyTable]) {
        rules = PlaceDependency.all(of: columns).compactMap { dependency in
            tables[ColumnPair(from: dependency.from, to: dependency.to)].map { (dependency.from, dependency.to, $0) }
        }
    }

    func apply(to cells: CleanedCells) {
        for (from, to, table) in rules {
            for row in 0..<cells.rowCount {
                let cell = cells.cell(row, to)
                guard !cell.isEmpty, !cells.cell(row, from).isEmpty, let entry = table[cells.text(row, from)],
                    !cell.elementsEqual(entry.value.utf8),
                    entry.decides(atLeast: PlaceRepair.leastRows, share: PlaceRepair.leastShare)
                else { continue }
                let own = Array(PlainText.matchKey(cells.text(row, to)).unicodeScalars)
                let right = Array(PlainText.matchKey(entry.value).unicodeScalars)
                if own.count >= 3, EditDistance.between(own, right) <= max(1, right.count / 4) {
                    cells.set(row, to, to: entry.value, CleaningRules(.dependency), confidence: 95)
                } else {
                    cells.doubt(row, to, .conflict, suggestion: entry.value, confidence: 50)
                }
            }
        }
    }
}
