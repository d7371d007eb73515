import CustomerData
import Export
import Report
import Segmentation

/// The rules of clusters as people, programs and filters read them.
struct RuleReport {
    let rules: [ClusterRule]
    let quality: RuleQuality
    /// Names of the clusters.
    let names: [String]
    /// Their numbers, by position of their centres.
    let numbers: [Int]
    /// Rows of each cluster.
    let sizes: [Int]
    /// What the rows are: `customers`.
    let rows: String

    /// - Parameter bought: whether the rows are those of customers with a purchase among others: then a rule that all
    ///   others would meet as well says so.
    init(
        _ rules: ClusterRules, names: [String], numbers: [Int], sizes: [Int], rows: String, bought: Bool = false
    ) {
        self.rules = bought ? rules.tree.rules.map(\.ofBuyers) : rules.tree.rules
        quality = rules.quality
        self.names = names
        self.numbers = numbers
        self.sizes = sizes
        self.rows = rows
    }

    /// One row a cluster that has a rule.
    func table() throws -> ResultTable {
        func shares(_ name: String, _ of: (RuleQuality.Cluster) -> Int, _ by: (ClusterRule) -> Int)
            -> ResultTable.Column
        {
            .init(
                name, unit: "share",
                .reals(
                    rules.map { rule in
                        by(rule) > 0 ? Double(of(quality.clusters[rule.cluster])) / Double(by(rule)) : .nan
                    }))
        }
        return ResultTable(
            name: "cluster_rules",
            columns: [
                .init("cluster", .integers(rules.map { Int64(numbers[$0.cluster]) })),
                .init("name", .texts(rules.map { names[$0.cluster] })),
                .init(rows, unit: rows, .integers(rules.map { Int64(sizes[$0.cluster]) })),
                .init("matched", unit: rows, .integers(rules.map { Int64(quality.clusters[$0.cluster].matched) })),
                .init("agreeing", unit: rows, .integers(rules.map { Int64(quality.clusters[$0.cluster].agreeing) })),
                shares("precision", \.agreeing) { quality.clusters[$0.cluster].matched },
                shares("recall", \.agreeing) { sizes[$0.cluster] },
                .init("rule", .texts(rules.map(\.words))),
                .init("filter", .texts(rules.map { $0.filter(quoted: RowFilter.quoted) })),
                .init("conditions", .texts(try rules.map { try JSONText.compact($0.conditions) })),
            ])
    }

    /// The rules with their quality, as JSON.
    struct Record: Encodable {
        struct Rule: Encodable {
            let cluster: Int
            let name: String
            let size: Int
            let matched: Int
            let agreeing: Int
            let rule: String
            let filter: String
            let conditions: [ClusterRule.Condition]
        }

        let fidelity: Double
        let inertia: Double
        let ruleInertia: Double
        let centreInertia: Double
        let inertiaRatio: Double?
        let rules: [Rule]
    }

    var record: Record {
        Record(
            fidelity: quality.fidelity, inertia: quality.inertia, ruleInertia: quality.ruleInertia,
            centreInertia: quality.centreInertia, inertiaRatio: quality.inertiaRatio,
            rules: rules.map { rule in
                let counts = quality.clusters[rule.cluster]
                return .init(
                    cluster: numbers[rule.cluster], name: names[rule.cluster], size: sizes[rule.cluster],
                    matched: counts.matched, agreeing: counts.agreeing, rule: rule.words,
                    filter: rule.filter(quoted: RowFilter.quoted), conditions: rule.conditions)
            })
    }

    /// Each rule in words, and how well they say the clusters.
    var lines: [String] {
        guard rules.count > 1 else { return [] }
        var text = TextTable(["", "as a rule"], right: [0])
        for rule in rules { text.add([String(numbers[rule.cluster]), rule.words]) }
        let ratio = quality.inertiaRatio.map { ", inertia × \(Figures.fixed($0, decimals: 2))" } ?? ""
        return text.lines + [
            "  \(Figures.percent(quality.fidelity)) of \(rows) are in the cluster that the rules say\(ratio)"
        ]
    }
}

extension ClusterRule {
    /// Features that only customers with a purchase have, or of which they have more than any other.
    private var leavesOutOthers: Bool {
        conditions.contains { condition in
            condition.feature == "recency_days" || condition.feature == "frequency" && condition.above != nil
        }
    }

    /// The rule with the words that leave out customers without a purchase.
    fileprivate var ofBuyers: ClusterRule {
        guard !leavesOutOthers else { return self }
        let others = conditions.filter { $0.feature != "frequency" }
        let limit = conditions.first { $0.feature == "frequency" }?.atMost
        return ClusterRule(
            cluster: cluster, conditions: others + [.init(feature: "frequency", above: 0, atMost: limit)])
    }
}
