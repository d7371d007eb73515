import CustomerData
import Report
import Segmentation
import Statistics

/// Segments as a person reads them.
enum SegmentText {
    /// The segments that have customers, those of the most revenue first, at most `limit` of them; then how many more
    /// there are, or which ones nobody is in.
    static func lines(of result: RFMResult, limit: Int = .max, parallel: Parallel) -> [String] {
        let table = result.summary(parallel: parallel)
        guard case .texts(let names)? = table.column("segment")?.values,
            case .integers(let customers)? = table.column("customers")?.values,
            case .fixed(let shares, _)? = table.column("share")?.values,
            case .money(let revenues, let decimals)? = table.column("revenue")?.values,
            case .fixed(let revenueShares, _)? = table.column("revenue_share")?.values,
            case .integers(let recency)? = table.column("median_recency_days")?.values,
            case .integers(let frequency)? = table.column("median_frequency")?.values,
            case .money(let monetary, _)? = table.column("median_monetary")?.values
        else { return [] }
        let held = names.indices.filter { customers[$0] > 0 }
        // Ties keep the map's order.
        let ranked = held.sorted { revenues[$0] != revenues[$1] ? revenues[$0] > revenues[$1] : $0 < $1 }
        let shown = ranked.prefix(limit)
        func money(_ values: [Int128]) -> [String] {
            Figures.money(shown.map { Money(tenThousandths: values[$0]) }, decimals: decimals)
        }
        let (revenue, spent) = (money(revenues), money(monetary))
        var text = TextTable(
            ["segment", "customers", "share", "revenue", "share", "median recency", "median orders", "median spent"],
            right: [1, 2, 3, 4, 5, 6, 7])
        for (position, row) in shown.enumerated() {
            text.add([
                names[row], Figures.count(customers[row]), Figures.percent(shares[row]), revenue[position],
                Figures.percent(revenueShares[row]), Figures.counted(recency[row], "day"),
                Figures.count(frequency[row]), spent[position],
            ])
        }
        if shown.count < held.count {
            return text.lines + [
                "  … and \(Figures.counted(held.count - shown.count, "more segment", "more segments"))"
            ]
        }
        let empty = names.indices.filter { customers[$0] == 0 }.map { names[$0] }
        return text.lines + (empty.isEmpty ? [] : ["  nobody is in: " + empty.joined(separator: ", ")])
    }
}
