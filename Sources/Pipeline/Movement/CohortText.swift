import CustomerData
import Report
import Segmentation

/// Cohorts as a person reads them: a triangle.
enum CohortText {
    /// Ages that fit beside each other, the last of them the highest of a year of months.
    private static let shownAges = 13
    /// Cohorts that are listed.
    private static let shownCohorts = 24

    static func lines(of triangle: CohortTriangle, _ measure: CohortsJob.Measure) -> [String] {
        var head =
            "as of \(triangle.asOf): \(Figures.counted(triangle.customerCount, "customer")) in "
            + "\(Figures.counted(triangle.cohorts.count, "cohort")) by the \(name(triangle.every)) of the first purchase"
        if triangle.withoutPurchaseCount > 0 {
            head += "; \(Figures.count(triangle.withoutPurchaseCount)) without a purchase are in none"
        }
        let ages = Array(0..<min(shownAges, triangle.cohorts.first?.cells.count ?? 0))
        let cohorts = triangle.cohorts.suffix(shownCohorts)
        var text = TextTable(
            ["\(name(triangle.every)) of", "customers"] + ages.map(String.init), right: Set(1...ages.count + 1))
        for cohort in cohorts {
            let cells = ages.map { age in
                age < cohort.cells.count ? cell(cohort, cohort.cells[age], measure) : ""
            }
            text.add([cohort.start.description, Figures.count(cohort.customers)] + cells)
        }
        let all = ages.map { triangle.mature(age: $0) }
        text.add(
            ["all, mature", all.first?.map { Figures.count($0.customers) } ?? ""]
                + all.map { sum in
                    sum.map { sum in
                        switch measure {
                        case .retention: Figures.percent(Double(sum.active) / Double(sum.customers))
                        case .revenue: Figures.money(sum.revenue, decimals: 0)
                        }
                    } ?? "–"
                })
        var lines = [head, "  \(title(measure)), by \(name(triangle.every))s since the first purchase"] + text.lines
        if triangle.cohorts.contains(where: { $0.cells.contains { !$0.isMature } }) {
            lines.append("  * the \(name(triangle.every)) was not over when the data ended, \(triangle.end)")
        }
        let hiddenCohorts = triangle.cohorts.count - cohorts.count
        let hiddenAges = (triangle.cohorts.first?.cells.count ?? 0) - ages.count
        let hidden = [
            hiddenCohorts > 0 ? Figures.counted(hiddenCohorts, "earlier cohort") : nil,
            hiddenAges > 0 ? Figures.counted(hiddenAges, "higher age") : nil,
        ].compactMap(\.self)
        if !hidden.isEmpty { lines.append("  … \(hidden.joined(separator: " and ")) in the table of --out FILE") }
        return lines
    }

    private static func cell(
        _ cohort: CohortTriangle.Cohort, _ cell: CohortTriangle.Cell, _ measure: CohortsJob.Measure
    ) -> String {
        let text =
            switch measure {
            case .retention: Figures.percent(cohort.retention(cell).share)
            case .revenue: Figures.money(cell.revenue, decimals: 0)
            }
        return cell.isMature ? text : text + "*"
    }

    private static func title(_ measure: CohortsJob.Measure) -> String {
        switch measure {
        case .retention: "share of the cohort that bought"
        case .revenue: "revenue of the cohort"
        }
    }

    private static func name(_ every: Cadence) -> String {
        if case .days = every { "period" } else { every.description }
    }
}
