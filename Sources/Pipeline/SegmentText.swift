import CustomerData
import Report
import Segmentation

/// Segments as a person reads them.
enum SegmentText {
    /// A segment that somebody is in.
    struct Row {
        let revenue: Int128
        /// Name, customers, share, revenue, median recency, frequency and monetary.
        let cells: [String]
    }

    /// The segments that have customers, in the map's order.
    static func rows(of result: RFMResult) -> [Row] {
        let table = result.summary()
        guard case .texts(let names)? = table.column("segment")?.values,
            case .integers(let customers)? = table.column("customers")?.values,
            case .fixed(let shares, _)? = table.column("share")?.values,
            case .money(let revenues, let decimals)? = table.column("revenue")?.values,
            case .integers(let recency)? = table.column("median_recency_days")?.values,
            case .integers(let frequency)? = table.column("median_frequency")?.values,
            case .money(let monetary, _)? = table.column("median_monetary")?.values
        else { return [] }
        return names.indices.filter { customers[$0] > 0 }.map { row in
            Row(
                revenue: revenues[row],
                cells: [
                    names[row], Figures.count(customers[row]), Figures.percent(shares[row]),
                    Figures.money(Money(tenThousandths: revenues[row]), decimals: decimals),
                    "\(Figures.count(recency[row])) days", Figures.count(frequency[row]),
                    Figures.money(Money(tenThousandths: monetary[row]), decimals: decimals),
                ])
        }
    }
}
