import CustomerData
import Features
import Report
import Segmentation

extension LeadFacts {
    /// What the records say of leads.
    init(_ records: CustomerRecords) {
        self.init(
            registeredDays: records.registeredDays, birthDays: records.birthDays, sources: records.sources,
            interactions: records.interactions)
    }
}

/// Leads and the way of customers as a person reads them.
enum LeadsText {
    /// How many have come how far.
    static func funnel(_ funnel: LifecycleFunnel) -> [String] {
        var text = TextTable(["funnel", "customers", "of the stage before", "median days"], right: [1, 2, 3])
        for (position, step) in funnel.steps.enumerated() {
            text.add([
                step.name, Figures.count(step.count), position == 0 ? "" : Figures.percent(step.conversion),
                position == 0
                    ? "" : step.medianDays.map { Figures.fixed($0, decimals: $0 == $0.rounded() ? 0 : 1) } ?? "–",
            ])
        }
        return text.lines
    }

    /// How the chances of leads have held, or why there are none; nothing where there are no leads.
    static func lines(_ model: LeadModel, _ chances: LeadChances) -> [String] {
        guard chances.leadCount + chances.unknownCount > 0 else { return [] }
        let horizon = Figures.counted(model.horizonDays, "day")
        var lines: [String] = []
        switch model.learning {
        case .tooShort where chances.leadCount == 0, .tooFew where chances.leadCount == 0: break
        case .tooShort:
            lines.append(
                "  leads not judged: the history is too short to look one horizon of \(horizon) back; no chances are given"
            )
        case .tooFew(let converted, let snapshots):
            lines.append(
                "  leads not judged: \(Figures.counted(converted, "lead")) of \(Figures.counted(snapshots, "earlier date")) "
                    + "became \(converted == 1 ? "a customer" : "customers") within \(horizon), and at least "
                    + "\(LeadRegression.fewestConverted) must have, and as many not; no chances are given")
        case .learnt(let regression):
            let mean =
                chances.chances.reduce(into: 0.0) { if !$1.isNaN { $0 += $1 } } / Double(max(1, chances.leadCount))
            lines.append(
                "  \(Figures.counted(chances.leadCount, "lead")), of whom \(Figures.percent(mean)) are expected to become "
                    + "customers within \(horizon); learnt from \(Figures.counted(regression.convertedCount, "lead")) that did"
            )
            lines += judgements(model)
            let strongest = regression.terms.filter { $0.weight.isFinite }
                .sorted { abs($0.weight) != abs($1.weight) ? abs($0.weight) > abs($1.weight) : $0.name < $1.name }
                .prefix(4)
            let weights = strongest.map {
                "\($0.name) \($0.weight < 0 ? "" : "+")\(Figures.fixed($0.weight, decimals: 2))"
            }
            lines.append("  weighs most, for a standard deviation more: " + weights.joined(separator: ", "))
        }
        if chances.unknownCount > 0 {
            let subject = Figures.counted(chances.unknownCount, "customer")
            lines.append(
                "  \(subject) without a purchase \(chances.unknownCount == 1 ? "has" : "have") neither a date of "
                    + "registration nor an interaction, and get\(chances.unknownCount == 1 ? "s" : "") no chance as a lead"
            )
        }
        return lines
    }

    private static func judgements(_ model: LeadModel) -> [String] {
        guard let newest = model.judgements.first else {
            return [
                "  not judged: at none of the earlier dates were enough leads known that became customers: "
                    + "\(LeadRegression.fewestConverted) to learn from and \(LeadJudgement.fewestConverted) after"
            ]
        }
        var lines = model.judgements.map { judged in
            "  at \(judged.asOf): \(Figures.count(judged.convertedCount)) of \(Figures.counted(judged.leadCount, "lead")) "
                + "became customers in the \(Figures.counted(model.horizonDays, "day")) after; the chance of then ranked them with AUC "
                + "\(Figures.fixed(judged.areaUnderCurve, decimals: 3)), days known alone "
                + "\(Figures.fixed(judged.daysKnownAreaUnderCurve, decimals: 3)); Brier score "
                + "\(Figures.fixed(judged.brierScore, decimals: 4)), of the share alone "
                + Figures.fixed(judged.brierScoreOfShare, decimals: 4)
        }
        let worse = model.judgements.count { $0.areaUnderCurve <= $0.daysKnownAreaUnderCurve }
        if worse > 0 {
            lines.append(
                "  at \(worse) of \(Figures.counted(model.judgements.count, "date")) days known alone ranked as well or better: "
                    + "take the chances with care")
        }
        var text = TextTable(
            ["leads at \(newest.asOf)", "leads", "expected", "came"], right: [1, 2, 3])
        let names = ["lowest fifth", "second", "third", "fourth", "highest fifth"]
        for (part, name) in zip(newest.parts, names) {
            text.add([
                name, Figures.count(part.leadCount), Figures.percent(part.predicted), Figures.percent(part.observed),
            ])
        }
        lines += text.lines
        return lines
    }
}
