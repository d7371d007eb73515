import CustomerData
import Report
import Segmentation

extension CustomerModel.Clusters {
    /// How many of the scored customers the rules have in their cluster, beside those of training; nil without rules, or
    /// when nobody has a cluster.
    ///
    /// - Throws: a data problem when a feature is missing.
    func ruleLine(for scored: ScoredCustomers) throws -> String? {
        guard let rules, rules.tree.leafCount > 1 else { return nil }
        let ruled = try rules.tree.clusters(of: scored.features)
        var (all, agreeing) = (0, 0)
        for (row, cluster) in scored.clusters.enumerated() where cluster != ScoredCustomers.noCluster {
            all += 1
            if ruled[row] == UInt32(cluster) { agreeing += 1 }
        }
        guard all > 0 else { return nil }
        return "the clusters' rules are right for \(Figures.percent(Double(agreeing) / Double(all))) of "
            + "\(Figures.counted(all, "customer")) (\(Figures.percent(rules.quality.fidelity)) in training)"
    }
}
