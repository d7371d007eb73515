import CustomerData
import Report
import Segmentation

/// Key figures as a person reads them.
enum KeyFigureText {
    /// The figures of all customers in two or three lines, each with its value of the period before in brackets; figures
    /// without a value are left out.
    static func lines(of figures: KeyFiguresResult) -> [String] {
        let groups: [[(KeyFigure, String)]] = [
            [(.active, "active"), (.new, "new"), (.churnRate, "churn"), (.repeatRate, "repeat buyers")],
            [
                (.orders, "orders"), (.revenue, "revenue"), (.averageOrder, "average order"),
                (.topFifthShare, "from the top fifth"),
            ], [(.meanRating, "mean rating"), (.complaintRate, "complaints an order"), (.responseRate, "answered")],
        ]
        let lines = groups.map { group in
            group.compactMap { figure, words -> String? in
                guard let row = figures.row(figure), let value = row.value else { return nil }
                return "\(words) \(shown(value, figure))" + (row.previous.map { " (\(shown($0, figure)))" } ?? "")
            }.joined(separator: " · ")
        }.filter { !$0.isEmpty }
        let hasPrevious = figures.rows.contains { $0.previous != nil }
        let days = Figures.counted(figures.periodDays, "day")
        let head = "\(days) to \(figures.current.upperBound)\(hasPrevious ? " (those before)" : ""): "
        return lines.enumerated().map { $0 == 0 ? head + $1 : "  " + $1 }
    }

    /// Targets and what became of them.
    static func lines(of targets: [KeyFigureTarget], in figures: KeyFiguresResult) -> [String] {
        var text = TextTable(["target", "segment", "value", "wanted", ""], right: [2])
        for target in targets {
            let wanted = [
                target.minimum.map { "at least \(shown($0, target.figure))" },
                target.maximum.map { "at most \(shown($0, target.figure))" },
            ].compactMap { $0 }.joined(separator: ", ")
            let value = figures.row(target.figure, segment: target.segment)?.value
            text.add([
                target.figure.rawValue, target.segment ?? "all", value.map { shown($0, target.figure) } ?? "–", wanted,
                target.outcome(in: figures).rawValue + (target.isRequired ? " (required)" : ""),
            ])
        }
        return text.lines
    }

    private static func shown(_ number: KeyFigureNumber, _ figure: KeyFigure) -> String {
        let amount = Money(tenThousandths: number.tenThousandths)
        switch figure.unit {
        case "share": return Figures.percent(amount.value)
        case "points": return Figures.fixed(amount.value, decimals: 2)
        default:
            if figure == .purchaseFrequency { return Figures.fixed(amount.value, decimals: 2) }
            return Figures.money(amount, decimals: number.decimals)
        }
    }
}
