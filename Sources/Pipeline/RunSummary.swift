import CustomerData
import Report
import Segmentation

/// What `strata run` tells at its end: about 30 lines that a person enjoys.
struct RunSummary {
    let job: RunJob
    let loaded: LoadedHistory
    let customers: RunCustomers
    let model: CustomerModel
    let scored: ScoredCustomers
    let figures: KeyFiguresResult

    /// Segments that the summary shows, those of the most revenue; the files have all.
    private static let shownSegments = 3

    /// The lines.
    var report: JobReport {
        var report = JobReport()
        let history = loaded.history
        let revenue = scored.rfm.values.monetary.reduce(Money.zero) { $0 + Money(tenThousandths: $1) }
        if let period = history.period {
            report.lines.append("\(period.lowerBound) to \(period.upperBound), as of \(loaded.asOf)")
        }
        report.lines += customers.lines
        report.add(loaded)
        report.lines += missingCustomers + freeOrders
        report.lines.append(
            "\(Figures.counted(history.customers.count, "customer")), "
                + "\(Figures.count(scored.rfm.customerCount)) with a purchase · "
                + "\(Figures.counted(model.training.orders, "order")) · "
                + "revenue \(Figures.money(revenue, decimals: history.decimals))"
                + " · the top fifth of buyers brings \(Figures.percent(topFifthShare))")
        report.lines += KeyFigureText.lines(of: figures)
        report.lines.append("")
        report.lines += LifecycleText.table(scored.lifecycle, history, held: model.lifecycle)
        report.lines += LifecycleText.judgement(model.lifecycle)
        report.lines.append("")
        report.lines += SegmentText.lines(of: scored.rfm, limit: RunSummary.shownSegments, parallel: job.input.parallel)
        report.lines.append("")
        report.lines += clusterLines
        report.lines.append("")
        report.lines.append(
            "Results in \(job.out): \(job.files(cleaning: customers.quality != nil).joined(separator: ", "))")
        report.lines += nextSteps
        if !job.targets.isEmpty {
            report.lines.append("")
            report.lines += KeyFigureText.lines(of: job.targets, in: figures)
            report.isGateFailed = job.targets.contains { $0.isRequired && $0.outcome(in: figures) != .met }
        }
        return report
    }

    private var missingCustomers: [String] {
        let missing = loaded.accounts.noCustomerValue
        guard missing > .zero else { return [] }
        let all = missing + loaded.accounts.acceptedValue
        return [
            "note: \(Figures.percent(missing.value / all.value)) of sales "
                + "(\(Figures.money(missing, decimals: loaded.history.decimals))) name no customer and are in no figure below"
        ]
    }

    /// Customers who count as buyers in the scores and not in the lifecycle.
    private var freeOrders: [String] {
        let count = scored.lifecycle.states.indices.count { row in
            let stage = scored.lifecycle.states[row].stage
            return scored.rfm.values.frequency[row] > 0 && (stage == .prospect || stage == .responder)
        }
        guard count > 0 else { return [] }
        return [
            "note: \(Figures.counted(count, "customer")) only ever got something free: that counts as an order, and not as "
                + "a purchase in the lifecycle"
        ]
    }

    /// The share of revenue of the fifth of buyers that spent most.
    private var topFifthShare: Double? {
        let values = scored.rfm.values
        // Who got back more than they paid brings nothing, rather than less.
        let amounts = values.monetary.indices.filter { values.frequency[$0] > 0 }.map { max(values.monetary[$0], 0) }
            .sorted(by: >)
        let total = amounts.reduce(0, +)
        guard total > 0 else { return nil }
        let top = amounts.prefix((amounts.count + 4) / 5).reduce(0, +)
        return Money(tenThousandths: top).value / Money(tenThousandths: total).value
    }

    private var clusterLines: [String] {
        var sizes = [Int](repeating: 0, count: scored.clusterNames.count)
        for cluster in scored.clusters where cluster != ScoredCustomers.noCluster { sizes[Int(cluster)] += 1 }
        let lines =
            ClusterText.lines(
                model.clusters.descriptions, names: scored.clusterNames, sizes: sizes, rows: "customers")
            + (CustomerReasons(model: model, scored: scored, parallel: job.input.parallel).report?.lines ?? [])
            + (model.clusters.choice.map { ["  " + $0.verdict.sentence] } ?? [])
        guard let matching = model.clusters.matching, let like = job.segments.like else { return lines }
        return lines + ClusterLikeness.lines(matching, like: like)
    }

    private var nextSteps: [String] {
        let segments = job.path("segments.csv")
        return [
            "Next: strata export \(segments) --where \"state = 'at risk'\" --for spreadsheet --out at-risk.csv",
            "      strata score --model \(job.path("model.json")) --transactions NEW.csv --out new-segments.csv",
        ]
    }
}
