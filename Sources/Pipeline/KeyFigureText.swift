import CustomerData
import Report
import Segmentation

/// Key figures as a person reads them.
enum KeyFigureText {
    /// The figures of all customers in a few lines, each with its value of the period before in brackets; figures
    /// without a value are left out.
    static func lines(of figures: KeyFiguresResult) -> [String] {
        let groups: [[(KeyFigure, String)]] = [
            [
                (.active, "active customers"), (.new, "new"), (.churnRate, "churn"), (.repeatRate, "repeat buyers"),
                (.topFifthShare, "of the revenue from the top fifth"),
            ],
            [
                (.orders, "orders"), (.revenue, "revenue"), (.averageOrder, "an order"),
                (.purchaseFrequency, "orders a customer"),
            ], [(.meanRating, "mean rating"), (.complaintRate, "complaints an order"), (.responseRate, "answered")],
        ]
        let lines = groups.map { group in
            group.compactMap { figure, words -> String? in
                guard let row = figures.row(figure), let value = row.value else { return nil }
                let before = row.previous.map { " (\(shown($0, figure)))" } ?? ""
                return figure == .churnRate || figure == .revenue || figure == .meanRating
                    ? "\(words) \(shown(value, figure))\(before)" : "\(shown(value, figure))\(before) \(words)"
            }.joined(separator: " · ")
        }.filter { !$0.isEmpty }
        let hasPrevious = figures.rows.contains { $0.previous != nil }
        return [
            "\(figures.current.lowerBound) to \(figures.current.upperBound), "
                + Figures.counted(figures.periodDays, "day")
                + (hasPrevious ? " (in brackets: the \(figures.periodDays) days before):" : ":")
        ] + lines.map { "  " + $0 }
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
