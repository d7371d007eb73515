import CustomerData
import Report
import Segmentation

/// The answer of `strata explain` as a person reads it.
struct ExplanationText {
    let explanation: CustomerExplanation

    init(_ explanation: CustomerExplanation) { self.explanation = explanation }

    /// All of it.
    var lines: [String] {
        var lines = ["\(explanation.customer) as of \(explanation.asOf), by \(explanation.run)"]
        lines.append("  " + summary)
        lines += scoreLines + lifecycleLines + outlookLines + clusterLines + featureLines + purchaseLines
        return lines + explanation.notes.map { "note: \($0)" }
    }

    private var summary: String {
        guard let first = explanation.firstPurchase, let last = explanation.lastPurchase else {
            return "no purchase"
        }
        let days = explanation.asOf.days(since: last)
        return "first purchase \(first), last \(last), \(Figures.counted(days, "day")) ago · "
            + "\(Figures.counted(explanation.orders, "order")) · \(amount(explanation.monetary)) in all"
            + (explanation.averageOrder.map { ", \(amount($0)) an order" } ?? "")
    }

    // MARK: Scores

    private var scoreLines: [String] {
        guard let scores = explanation.scores else { return [] }
        var text = TextTable(["", "value", "score", "range", "one better with", "one worse with"], right: [1, 2])
        func row(
            _ name: String, _ score: CustomerExplanation.Score, _ unit: @escaping (String) -> String,
            lessIsBetter: Bool = false
        ) {
            func step(_ step: CustomerExplanation.Score.Step?, isLess: Bool) -> String {
                step.map { "\(unit($0.value)) or \(isLess ? "less" : "more")\(jump($0.score, score.score))" } ?? "–"
            }
            text.add([
                name, unit(score.value), "\(score.score) of \(scores.bins)", range(score, unit),
                step(score.better, isLess: lessIsBetter), step(score.worse, isLess: !lessIsBetter),
            ])
        }
        row("recency", scores.recencyDays, { counted($0, "day") }, lessIsBetter: true)
        row("frequency", scores.frequency, { counted($0, "order") })
        row("monetary", scores.monetary, amount)
        var lines = ["", "Segment: \(scores.segment), cell \(scores.cell) of \(scores.map)"]
        if let cellSegment = scores.guardedSegment {
            var asked: [String] = []
            if let purchases = scores.guardPurchases { asked.append("at least \(counted("\(purchases)", "order"))") }
            if let days = scores.guardRecentDays {
                asked.append("a first purchase within \(counted("\(days)", "day"))")
            }
            lines.append("  the cell is of \(cellSegment), which asks for \(asked.joined(separator: " and "))")
        }
        return lines + text.lines
    }

    /// The score a step leads to, where that is not the next one.
    private func jump(_ score: Int, _ own: Int) -> String { abs(score - own) > 1 ? " (\(score))" : "" }

    private func range(_ score: CustomerExplanation.Score, _ unit: (String) -> String) -> String {
        switch (score.least, score.greatest) {
        case (nil, nil): "any"
        case (let least?, nil): "\(unit(least)) or more"
        case (nil, let greatest?): "up to \(unit(greatest))"
        case (let least?, let greatest?): least == greatest ? unit(least) : "\(bare(least)) to \(unit(greatest))"
        }
    }

    /// A number with commas, without its unit.
    private func bare(_ text: String) -> String { Int64(text).map { Figures.count($0) } ?? amount(text) }

    private func counted(_ text: String, _ one: String) -> String {
        Int64(text).map { Figures.counted($0, one) } ?? text
    }

    private func amount(_ text: String) -> String {
        let decimals = text.split(separator: ".").dropFirst().first?.count ?? 0
        return Money(text).map { Figures.money($0, decimals: decimals) } ?? text
    }

    // MARK: Lifecycle

    private var lifecycleLines: [String] {
        let lifecycle = explanation.lifecycle
        let stage = lifecycle.state.stage
        var lines = [
            "",
            "Lifecycle: \(stage.label.english)"
                + (lifecycle.state.name == stage.name ? "" : ", \(lifecycle.state.name)"),
            "  " + lifecycle.reason,
        ]
        var text = TextTable(["rule", "state", "when", "here"], right: [0])
        for rule in lifecycle.rules {
            let conditions = rule.checks.map(condition).joined(separator: " and ")
            let found = rule.checks.map(found).joined(separator: ", ")
            text.add([
                rule.number, rule.state.name, conditions.isEmpty ? otherwise(rule) : conditions,
                rule.matches ? "this one" + (found.isEmpty ? "" : ": \(found)") : found,
            ])
            if rule.matches { break }
        }
        lines += text.lines
        if lifecycle.returnChance != nil {
            lines.append(
                "  π is \(Figures.percent(lifecycle.usualShare)), "
                    + (lifecycle.thresholdsJudged
                        ? "the share that usually buys again within \(Figures.counted(lifecycle.horizonDays, "day"))"
                        : "the mean chance: the history is too short to judge the thresholds"))
        }
        return lines
    }

    private func otherwise(_ rule: CustomerExplanation.Rule) -> String {
        rule.state == .responder ? "every order was taken back" : "otherwise"
    }

    private func condition(_ check: CustomerExplanation.Check) -> String {
        switch check.quantity {
        case .daysSinceLast where check.relation == .above:
            "silent for more than θ, \(Figures.fixed(check.limit, decimals: 1)) days"
        case .daysSinceLast: "back within \(Figures.counted(Int(check.limit), "day"))"
        case .returnChance:
            "chance of return below \(Figures.percent(check.limit))" + limitName(check.limit)
        case .lastGap: "last gap over 2θ before it, \(Figures.fixed(check.limit, decimals: 1)) days"
        case .repeats: "one purchase day"
        case .recentDays:
            "more purchase days in the last \(explanation.lifecycle.horizonDays) days than in the "
                + "\(explanation.lifecycle.horizonDays) before"
        case .daysSinceResponse: "a response within \(Figures.counted(Int(check.limit), "day"))"
        }
    }

    private func limitName(_ limit: Double) -> String {
        switch limit {
        case explanation.lifecycle.usualShare / 4: " (π/4)"
        case explanation.lifecycle.usualShare / 2: " (π/2)"
        default: ""
        }
    }

    private func found(_ check: CustomerExplanation.Check) -> String {
        guard let value = check.value else {
            return check.quantity == .lastGap ? "no gap yet" : "none"
        }
        return switch check.quantity {
        case .returnChance: Figures.percent(value)
        case .repeats: Figures.counted(Int(value) + 1, "purchase day")
        case .recentDays: "\(Int(value)) and \(Int(check.limit))"
        default: Figures.counted(Int(value), "day")
        }
    }

    // MARK: What would change it

    private var outlookLines: [String] {
        let outlook = explanation.outlook
        var lines = ["", "What would change it"]
        var text = TextTable(["", "state", "segment", "scores"], right: [])
        func add(_ when: String, _ standing: CustomerExplanation.Standing) {
            text.add([when, standing.state.name, standing.segment ?? "–", standing.rfm ?? "–"])
        }
        let after = outlook.afterAPurchase
        add("a purchase of \(amount(after.value)) on \(after.date)", after.standing)
        for standing in outlook.ifNothingIsBought { add("nothing bought by \(standing.date)", standing) }
        lines += text.lines
        if outlook.ifNothingIsBought.isEmpty {
            lines.append("  nothing changes within \(Figures.counted(outlook.days, "day")) in which nothing is bought")
        }
        return lines
    }

    // MARK: Cluster

    private var clusterLines: [String] {
        guard let cluster = explanation.cluster else { return [] }
        let name = "Cluster \(cluster.cluster): \(cluster.name)"
        guard let next = cluster.next, let nextName = cluster.nextName else {
            return ["", name, "  the only one"]
        }
        var lines = [
            "", name,
            "  \(Figures.fixed(cluster.distance, decimals: 2)) from its centre; the next is cluster \(next), "
                + "\(nextName), \(Figures.fixed(cluster.nextDistance, decimals: 2)) away",
        ]
        var text = TextTable(
            ["feature", "value", "centre", "centre of \(next)", "pull", "\(next) from"], right: [1, 2, 3, 4, 5])
        for pull in cluster.features {
            text.add([
                words(pull.feature), Figures.short(pull.value), Figures.short(pull.own), Figures.short(pull.next),
                Figures.fixed(pull.contribution, decimals: 2), Figures.short(pull.boundary),
            ])
        }
        lines += text.lines
        if let first = cluster.features.first {
            lines.append("  \(words(first.feature)) would have to change most to be in cluster \(next)")
        }
        return lines + changeLines(cluster) + ruleLines(cluster)
    }

    private func changeLines(_ cluster: CustomerExplanation.Cluster) -> [String] {
        guard let step = cluster.smallestChange else { return ["  no feature alone leads to another cluster"] }
        return [
            "  smallest change of one feature: \(words(step.feature)) from \(Figures.short(step.from)) to "
                + "\(Figures.short(step.to)), beyond which cluster \(step.cluster), \(step.name), is nearer"
        ]
    }

    /// What the clusters' rules say of the customer.
    private func ruleLines(_ cluster: CustomerExplanation.Cluster) -> [String] {
        guard let path = cluster.rules, !path.steps.isEmpty else { return [] }
        let steps = path.steps.map { step in
            "\(words(step.feature)) \(Figures.short(step.value)) \(step.isAbove ? "is more than" : "is up to") "
                + ClusterRule.Condition.text(step.threshold)
        }.joined(separator: ", ")
        let end =
            path.cluster == cluster.cluster
            ? "cluster \(path.cluster)"
            : "cluster \(path.cluster), and not \(cluster.cluster): the rules are right for "
                + "\(Figures.percent(path.fidelity)) of customers"
        return ["  by the rules: \(steps): \(end)"]
    }

    private func words(_ feature: String) -> String { feature.split(separator: "_").joined(separator: " ") }

    // MARK: Features and purchases

    private var featureLines: [String] {
        let known = explanation.features.filter { $0.value != nil }
        guard !known.isEmpty else { return [] }
        var text = TextTable(["feature", "value", "segment's median", "below in the segment", ""], right: [1, 2, 3])
        for feature in known {
            text.add([
                words(feature.feature), Figures.short(feature.value), Figures.short(feature.segmentMedian),
                share(feature), feature.unit,
            ])
        }
        let unknown = explanation.features.filter { $0.value == nil }.map { words($0.feature) }
        return ["", "Features"] + text.lines
            + (unknown.isEmpty ? [] : ["  not known: " + unknown.joined(separator: ", ")])
    }

    /// The share of the segment with a smaller value: `0 %`, `35–40 %`.
    private func share(_ feature: CustomerExplanation.Feature) -> String {
        guard let least = feature.shareBelowAtLeast, let most = feature.shareBelowAtMost else { return "–" }
        func percent(_ share: Double) -> String { String(Int((share * 100).rounded())) }
        return least == most ? "\(percent(least)) %" : "\(percent(least))–\(percent(most)) %"
    }

    private var purchaseLines: [String] {
        guard explanation.purchaseCount > 0 else { return [] }
        let listed = explanation.purchases
        let hasChannel = listed.contains { $0.channel != nil }
        let hasTaken = listed.contains { $0.takenBack != nil }
        let hasLines = listed.contains { $0.lines != nil }
        var headers = ["date", "value"]
        if hasTaken { headers.append("taken back") }
        if hasLines { headers.append("lines") }
        if hasChannel { headers.append("channel") }
        var text = TextTable(headers, right: Set(1..<headers.count - (hasChannel ? 1 : 0)))
        for order in listed {
            var cells = [order.date.description, amount(order.value)]
            if hasTaken { cells.append(order.takenBack.map(amount) ?? "") }
            if hasLines { cells.append(order.lines.map { Figures.count($0) } ?? order.kind) }
            if hasChannel { cells.append(order.channel ?? "") }
            text.add(cells)
        }
        let title =
            explanation.purchaseCount > listed.count
            ? "Purchases: the latest \(listed.count) of \(Figures.count(explanation.purchaseCount))"
            : "Purchases: \(Figures.count(explanation.purchaseCount))"
        return ["", title] + text.lines
    }
}
