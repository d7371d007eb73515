import CustomerData
import Report
import Segmentation

/// The lifecycle as a person reads it.
enum LifecycleText {
    /// Customers, share, revenue and chance of return of every state.
    ///
    /// - Parameter held: a model whose newest judgement stands beside the states: of those in a state one horizon
    ///   before, the share that came back.
    static func table(
        _ result: LifecycleResult, _ history: PurchaseHistory, held model: LifecycleModel? = nil
    ) -> [String] {
        let judged = (model?.thresholdsJudged ?? false) ? model?.evaluation.newest : nil
        func outcome(_ state: LifecycleState) -> LifecycleJudgement.StateOutcome? {
            judged?.states.first { $0.state == state }
        }
        var headers = ["stage", "state", "customers", "share", "revenue", "chance of return"]
        if let judged { headers.append("seen at \(judged.asOf)") }
        var text = TextTable(headers, right: [2, 3, 4, 5, 6])
        let entries = result.summary(of: history).filter { $0.customerCount > 0 || outcome($0.state) != nil }
        let revenues = Figures.money(entries.map(\.revenue), decimals: history.decimals)
        var stage: LifecycleStage?
        for (entry, revenue) in zip(entries, revenues) {
            let (own, state) = (entry.state.stage, entry.state.name)
            text.add(
                [
                    own == stage ? "" : own.label.english, state == own.name ? "" : state,
                    Figures.count(entry.customerCount), Figures.percent(entry.share), revenue,
                    Figures.percent(entry.returnChance),
                ] + (judged == nil ? [] : [Figures.percent(outcome(entry.state)?.observedReturn)]))
            stage = own
        }
        return text.lines
    }

    /// How the states of one horizon ago have held, in words.
    static func judgement(_ model: LifecycleModel) -> [String] {
        let horizon = Figures.counted(model.horizonDays, "day")
        guard model.thresholdsJudged, let judged = model.evaluation.newest else {
            return ["  thresholds not judged: the history is too short to look one horizon of \(horizon) back"]
        }
        var lines = [
            "  seen: who of those in the state at \(judged.asOf) bought in the \(horizon) after; the chance ranked them "
                + "with AUC \(Figures.fixed(judged.areaUnderCurve, decimals: 3)), recency alone "
                + Figures.fixed(judged.recencyAreaUnderCurve, decimals: 3)
        ]
        if let share = judged.coverage.exceedingShare {
            lines.append(
                "  \(Figures.percent(share)) of the gaps that ended then passed the customer's threshold (20 % expected)"
                    + (judged.coverage.isTruncated ? ": the history was too short to show long gaps" : ""))
        }
        return lines
    }
}
