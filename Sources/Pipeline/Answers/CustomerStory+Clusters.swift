import CustomerData
import Features
import Segmentation

extension CustomerModel.Clusters {
    /// The smallest change of one feature that leads to another cluster; of equal ones that of the feature further left.
    ///
    /// - Parameters:
    ///   - values: the customer's features, as they are.
    ///   - point: the same, scaled.
    ///   - cluster: the customer's cluster.
    func smallestChange(
        of values: [Double], at point: [Double], in cluster: Int
    ) -> CustomerExplanation.ClusterStep? {
        var best: (column: Int, edge: ClusterReach.Edge, change: Double)?
        for (column, reach) in kMeans.reach(of: point, in: cluster).enumerated() {
            for edge in [reach.below, reach.above].compactMap(\.self)
            where scaling.columns[column].reaches(edge.value) {
                let change = (edge.value - point[column]).magnitude
                if best.map({ change < $0.change }) ?? true { best = (column, edge, change) }
            }
        }
        guard let best else { return nil }
        let scaled = scaling.columns.indices.map { $0 == best.column ? best.edge.value : .nan }
        return CustomerExplanation.ClusterStep(
            feature: scaling.columns[best.column].definition.name, from: values[best.column],
            to: scaling.invert(scaled)[best.column], change: best.change, cluster: best.edge.cluster,
            name: names[best.edge.cluster])
    }

    /// The way of a customer through the rules; nil without rules.
    func rulePath(_ values: [Double]) -> CustomerExplanation.RulePath? {
        let features = scaling.columns.map(\.definition.name)
        guard let rules, rules.tree.features == features, let path = rules.tree.path(of: values),
            names.indices.contains(path.cluster)
        else { return nil }
        return CustomerExplanation.RulePath(
            steps: path.steps.map {
                .init(feature: $0.feature, value: $0.value, isAbove: $0.isAbove, threshold: $0.threshold)
            }, cluster: path.cluster, name: names[path.cluster],
            rule: rules.tree.rules.first { $0.cluster == path.cluster }?.words ?? "",
            fidelity: rules.quality.fidelity)
    }
}

extension FeatureScalingModel.Column {
    /// Whether some value of the feature lies there on the scale: clipped ones do not, nor those below 0 on a curve
    /// that begins there.
    func reaches(_ scaled: Double) -> Bool {
        let value = scaled * scale + center
        return value.isFinite && value > low ?? -.infinity && value < high ?? .infinity
            && (curve != .log1p || value >= 0)
    }
}
