import CustomerData
import Report
import Segmentation

/// The funnel of deals as a person reads it.
enum DealsText {
    /// Owners and products that are listed; all are in the table that is written.
    private static let shown = 20

    static func lines(of result: DealFunnelResult) -> [String] {
        let total = result.total
        var lines = [
            "\(result.asOf.map { "as of \($0): " } ?? "")\(Figures.counted(total.count, "deal")), "
                + "\(Figures.count(total.open.count)) open, \(Figures.count(total.won.count)) won, "
                + "\(Figures.count(total.lost.count)) lost"
                + (total.winRate.map { "; \(Figures.percent($0)) of those decided were won" } ?? "")
        ]
        lines += stages(result)
        if !result.ages.isEmpty {
            var text = TextTable(["open for", "deals", "share", "amount"], right: [1, 2, 3])
            let amounts = amounts(result.ages, result) { $0.open }
            for (group, amount) in zip(result.ages, amounts) {
                text.add([
                    group.name, Figures.count(group.count),
                    Figures.percent(Double(group.count) / Double(total.open.count)), amount,
                ])
            }
            lines += text.lines
        }
        lines += groups("owner", result.owners, result)
        lines += groups("product", result.products, result)
        return lines
    }

    private static func stages(_ result: DealFunnelResult) -> [String] {
        var text = TextTable(
            ["stage", "", "deals", "share", "reached", "conversion", "amount", "median days"],
            right: [2, 3, 4, 5, 6, 7])
        let groups = result.stages.map(\.group)
        let sums = amounts(groups, result) { group in
            [group.open, group.won, group.lost].first { $0.count > 0 } ?? group.open
        }
        for (step, amount) in zip(result.stages, sums) {
            text.add([
                step.group.name, step.status.rawValue, Figures.count(step.group.count),
                Figures.percent(Double(step.group.count) / Double(result.total.count)),
                Figures.count(step.reachedCount), Figures.percent(step.conversion), amount,
                days(step.status == .open ? step.group.medianOpenDays : step.group.medianClosingDays),
            ])
        }
        return text.lines
    }

    private static func groups(_ name: String, _ groups: [DealGroup], _ result: DealFunnelResult) -> [String] {
        guard groups.count > 1 || groups.first?.name.isEmpty == false else { return [] }
        var text = TextTable(
            [name, "deals", "open", "won", "lost", "win rate", "won amount", "mean won", "median days to close"],
            right: [1, 2, 3, 4, 5, 6, 7, 8])
        let list = Array(groups.prefix(shown))
        let won = amounts(list, result) { $0.won }
        for (group, amount) in zip(list, won) {
            let mean = group.meanWon(decimals: max(2, result.decimals))
            text.add([
                group.name.isEmpty ? "(none)" : group.name, Figures.count(group.count), Figures.count(group.open.count),
                Figures.count(group.won.count), Figures.count(group.lost.count), Figures.percent(group.winRate), amount,
                mean.map { Figures.money($0, decimals: 2) } ?? "–", days(group.medianClosingDays),
            ])
        }
        let more = groups.count - list.count
        return text.lines
            + (more > 0 ? ["  … and \(Figures.counted(more, "more \(name)")): all are in --out FILE"] : [])
    }

    /// Amounts of one column; `–` where none is known.
    private static func amounts(
        _ groups: [DealGroup], _ result: DealFunnelResult, _ sum: (DealGroup) -> DealGroup.Sum
    ) -> [String] {
        let sums = groups.map(sum)
        return zip(sums, Figures.money(sums.map(\.amount), decimals: result.decimals)).map {
            $0.amountCount > 0 ? $1 : "–"
        }
    }

    private static func days(_ days: Double?) -> String {
        guard let days else { return "–" }
        return days == days.rounded() ? Figures.count(Int(days)) : Figures.fixed(days, decimals: 1)
    }
}
