import CustomerData
import Features
import LinearAlgebra
import Models
import Segmentation
import Statistics

/// Everything that scoring new data needs, and what is worth knowing about the training: the sections of `model.json`.
public struct CustomerModel: Codable, Sendable {
    /// What the model's envelope calls it.
    static let kind = "customer segments"

    /// What was trained on.
    struct Training: Codable, Sendable {
        let asOf: Day
        let rows: Int
        let customers: Int
        let orders: Int
        let revenue: String
        /// The currency that amounts were converted to; nil where they were not.
        let currency: String?
    }

    /// The clusters and how vectors are scaled before distances are taken.
    struct Clusters: Codable, Sendable {
        let scaling: FeatureScalingModel
        let kMeans: KMeansModel
        let names: [String]
        let descriptions: [ClusterDescription]
        /// Which clusters go on as which of an earlier run; nil where they are numbered by position.
        var matching: ClusterMatching?
        /// The clusters as thresholds in the features' units; nil in models of before there were any.
        let rules: ClusterRules?
        /// How the number of clusters was chosen; nil where it was given.
        let choice: ClusterCountResult?
    }

    let training: Training
    let returns: ReturnRule
    let orderRule: OrderRule
    let decimals: Int
    let features: FeatureSet
    let rfm: RFMModel
    let lifecycle: LifecycleModel
    let clusters: Clusters

    /// Learns everything from a history.
    ///
    /// - Throws: `Problem(.data)` when no customer has a purchase, or there are fewer different customers than the
    ///   clusters asked for; `Problem(.usage)` when there is no such feature to cluster on.
    static func train(
        _ loaded: LoadedHistory, _ settings: SegmentSettings, parallel: Parallel
    ) throws -> (model: CustomerModel, scored: ScoredCustomers) {
        let history = loaded.history
        let values = RFMValues(of: history, asOf: loaded.asOf, parallel: parallel)
        let rfm = try settings.rfm().fit(values, parallel: parallel)
        let lifecycle = try settings.lifecycle().fit(history, asOf: loaded.asOf, parallel: parallel)
        let set = FeatureSet(
            of: history, besides: loaded.records,
            attributes: try loaded.records.attributes.map { try AttributeEncoding(of: $0) })
        let features = try CustomerFeatures(asOf: loaded.asOf, set: set).table(
            history, besides: loaded.records, parallel: parallel)
        var clusters = try Clusters(features, values, settings, parallel: parallel)
        if let like = settings.like { clusters = try clusters.numbered(like: like) }
        var revenue = Money.zero
        for amount in values.monetary { revenue.tenThousandths += amount }
        let model = CustomerModel(
            training: Training(
                asOf: loaded.asOf, rows: loaded.accounts.accepted, customers: history.customers.count,
                orders: Int(values.frequency.reduce(0, +)), revenue: revenue.formatted(decimals: history.decimals),
                currency: loaded.rates?.rates.base),
            returns: history.returns, orderRule: loaded.orderRule, decimals: history.decimals, features: set, rfm: rfm,
            lifecycle: lifecycle, clusters: clusters)
        return (model, try model.score(loaded, features: features, values: values, parallel: parallel))
    }

    /// The attributes that scoring needs: those that the clusters are made on; others only described them.
    var scoredAttributes: [AttributeEncoding] {
        features.attributes.filter { attribute in
            attribute.definitions.contains { wanted in
                clusters.scaling.columns.contains { $0.definition.name == wanted.name }
            }
        }
    }

    /// Scores a history with what was learnt, as of the history's own date.
    func score(_ loaded: LoadedHistory, parallel: Parallel) throws -> ScoredCustomers {
        let set = self.features.with(attributes: scoredAttributes)
        let features = try CustomerFeatures(asOf: loaded.asOf, set: set).table(
            loaded.history, besides: loaded.records, parallel: parallel)
        let values = RFMValues(of: loaded.history, asOf: loaded.asOf, parallel: parallel)
        return try score(loaded, features: features, values: values, parallel: parallel)
    }

    private func score(
        _ loaded: LoadedHistory, features: FeatureTable, values: RFMValues, parallel: Parallel
    ) throws -> ScoredCustomers {
        ScoredCustomers(
            history: loaded.history, features: features, rfm: rfm.score(values, parallel: parallel),
            lifecycle: lifecycle.assign(
                loaded.history, asOf: loaded.asOf, lastResponses: loaded.history.lastResponses, parallel: parallel),
            clusters: try clusters.assign(features, values, parallel: parallel), clusterNames: clusters.names,
            clusterNumbers: try clusters.numbers(),
            favourites: loaded.records.products.map { Favourites(of: $0, parallel: parallel) })
    }
}

extension CustomerModel.Clusters {
    /// Clusters the customers that have a purchase.
    init(
        _ features: FeatureTable, _ values: RFMValues, _ settings: SegmentSettings, parallel: Parallel
    ) throws {
        let rows = CustomerModel.Clusters.rows(values)
        let buyers = features.rows(rows)
        let definitions =
            try settings.clusterOn.map { names in
                try names.map { name in
                    guard let definition = features.columns.first(where: { $0.name == name }) else {
                        throw Problem(
                            .usage,
                            "--cluster-on \(name): there is no such feature; the features are "
                                + features.columns.map(\.name).joined(separator: ", "))
                    }
                    return definition
                }
            } ?? FeatureSet.clusteringInputs
        scaling = try FeatureScaling(columns: definitions).fit(buyers, parallel: parallel)
        let points = Matrix(
            rowCount: rows.count, columnCount: definitions.count,
            elements: try scaling.applyAsFloat(buyers, parallel: parallel))
        try CustomerModel.Clusters.refuseGaps(points, definitions.map(\.name))
        choice = try settings.clusterChoice()?.choose(
            points, columnNames: definitions.map(\.name), parallel: parallel)
        let wanted = choice?.verdict.clusterCount ?? settings.clusterCounts.smallest
        let (model, assignment) = try settings.kMeans(clusterCount: wanted).fitAssigning(
            points, columnNames: definitions.map(\.name), parallel: parallel)
        kMeans = model
        // Names come from what the clusters were made on, descriptions from all that is known.
        let inputs = buyers.columns(definitions.map(\.name))
        names = ClusterDescription.all(
            inputs, labels: assignment.labels, clusterCount: model.clusterCount, parallel: parallel
        ).map(\.name)
        descriptions = ClusterDescription.all(
            buyers, labels: assignment.labels, clusterCount: model.clusterCount, parallel: parallel)
        rules = try ClusterRules(
            inputs, points: points, labels: assignment.labels, kMeans: model,
            centres: model.centres.map(scaling.invert), parallel: parallel)
    }

    /// Each customer's cluster; `ScoredCustomers.noCluster` for those without a purchase.
    func assign(_ features: FeatureTable, _ values: RFMValues, parallel: Parallel) throws -> [UInt16] {
        let rows = CustomerModel.Clusters.rows(values)
        var clusters = [UInt16](repeating: ScoredCustomers.noCluster, count: features.rowCount)
        guard !rows.isEmpty else { return clusters }
        let points = Matrix(
            rowCount: rows.count, columnCount: scaling.columns.count,
            elements: try scaling.applyAsFloat(features.rows(rows), parallel: parallel))
        try CustomerModel.Clusters.refuseGaps(points, scaling.columns.map(\.definition.name))
        let labels = try kMeans.assign(points, parallel: parallel).labels
        for (position, row) in rows.enumerated() { clusters[row] = UInt16(clamping: labels[position]) }
        return clusters
    }

    /// Clusters are made on features that every customer with a purchase has.
    private static func refuseGaps(_ points: Matrix<Float>, _ names: [String]) throws {
        guard let place = points.elements.firstIndex(where: { !$0.isFinite }) else { return }
        let column = place % points.columnCount
        let gaps = (0..<points.rowCount).count { !points.elements[$0 * points.columnCount + column].isFinite }
        throw Problem(
            .data,
            "the clusters are made on \(names[column]), which \(gaps) of the \(points.rowCount) customers with a purchase "
                + "have not: choose other features for training with --cluster-on")
    }

    /// The customers that have a purchase.
    static func rows(_ values: RFMValues) -> [Int] {
        values.frequency.indices.filter { values.frequency[$0] > 0 }
    }
}

/// Every customer with everything that was found out: what `segments.csv` and `features.csv` hold.
struct ScoredCustomers {
    let history: PurchaseHistory
    let features: FeatureTable
    let rfm: RFMResult
    let lifecycle: LifecycleResult
    let clusters: [UInt16]
    let clusterNames: [String]
    /// The clusters' numbers, by position as in `clusters`.
    let clusterNumbers: [Int]
    /// What each customer likes best; nil without products.
    let favourites: Favourites?

    /// Stands for "no cluster": the customer has no purchase.
    static let noCluster = UInt16.max

    /// The table of `segments.csv`.
    var segments: ResultTable {
        var columns: [ResultTable.Column] = [.init("customer_id", .identifiers(history.customers))]
        columns += rfm.columns() + lifecycle.columns
        let numbers = clusterNumbers.map { Int64($0) }
        columns.append(
            .init(
                "cluster", .integers(clusters.map { $0 == ScoredCustomers.noCluster ? .min : numbers[Int($0)] })))
        columns.append(.init("cluster_name", .categories(clusters, labels: clusterNames)))
        if let products = favourites?.products { columns.append(.init("favourite_product", .identifiers(products))) }
        if let categories = favourites?.categories {
            columns.append(.init("favourite_category", .identifiers(categories)))
        }
        return ResultTable(name: "segments", columns: columns)
    }
}
