import CustomerData
import Report
import Segmentation

/// What `strata run` tells at its end: about 25 lines that a person enjoys.
struct RunSummary {
    let job: RunJob
    let loaded: LoadedHistory
    let model: CustomerModel
    let scored: ScoredCustomers

    /// The lines.
    var report: JobReport {
        var report = JobReport()
        let history = loaded.history
        let values = scored.rfm.values
        let revenue = values.monetary.reduce(Money.zero) { $0 + Money(tenThousandths: $1) }
        let buyers = scored.rfm.customerCount
        if let period = history.period {
            report.lines.append(
                "strata run · \(period.lowerBound) to \(period.upperBound), as of \(loaded.asOf)")
        }
        report.lines.append("")
        report.add(loaded)
        report.lines += missingCustomers
        report.lines.append("")
        report.lines.append(
            "\(Figures.count(history.customers.count)) customers, \(Figures.count(buyers)) with a purchase · "
                + "\(Figures.count(model.training.orders)) orders · "
                + "revenue \(Figures.money(revenue, decimals: history.decimals))"
                + " · the top fifth of buyers brings \(Figures.percent(topFifthShare(revenue)))")
        report.lines.append("")
        report.lines.append("Lifecycle")
        report.lines += LifecycleText.table(scored.lifecycle, history)
        report.lines += LifecycleText.judgement(model.lifecycle)
        report.lines.append("")
        report.lines.append("Segments (\(model.rfm.map.title))")
        report.lines += TextTable.lines(of: scored.rfm.summary())
        report.lines.append("")
        report.lines.append("Clusters (k-means on \(model.clusters.scaling.columns.map(\.definition.name).joined(separator: ", ")))")
        report.lines += clusterLines
        report.lines.append("")
        report.lines.append("Results in \(job.out): segments.csv, features.csv, rejects.csv, model.json, manifest.json")
        report.lines += nextSteps
        return report
    }

    private var missingCustomers: [String] {
        let missing = loaded.accounts.noCustomerValue
        guard missing > .zero else { return [] }
        let all = missing + loaded.accounts.acceptedValue
        return [
            "note: \(Figures.percent(missing.value / all.value)) of sales "
                + "(\(Figures.money(missing, decimals: loaded.history.decimals))) name no customer and are in no figure below."
        ]
    }

    /// The share of revenue of the fifth of buyers that spent most.
    private func topFifthShare(_ revenue: Money) -> Double? {
        let values = scored.rfm.values
        let amounts = values.monetary.indices.filter { values.frequency[$0] > 0 }.map { values.monetary[$0] }.sorted(by: >)
        guard !amounts.isEmpty, revenue > .zero else { return nil }
        let top = amounts.prefix((amounts.count + 4) / 5).reduce(0, +)
        return Money(tenThousandths: top).value / revenue.value
    }

    private var clusterLines: [String] {
        var sizes = [Int](repeating: 0, count: scored.clusterNames.count)
        for cluster in scored.clusters where cluster != ScoredCustomers.noCluster { sizes[Int(cluster)] += 1 }
        return ClusterText.lines(
            model.clusters.descriptions, names: scored.clusterNames, sizes: sizes, rows: "customers")
    }

    private var nextSteps: [String] {
        let segments = job.path("segments.csv")
        return [
            "Next: strata export \(segments) --where \"state = 'at risk'\" --for spreadsheet --out at-risk.csv",
            "      strata score --model \(job.path("model.json")) --transactions NEW.csv --out new-segments.csv",
        ]
    }
}
