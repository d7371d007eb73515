import CustomerData
import Features
import LinearAlgebra
import Segmentation
import Statistics

/// What the customers of a run's segments, states and clusters are like: the tables of a run that give reasons.
struct CustomerReasons {
    let model: CustomerModel
    let scored: ScoredCustomers
    let parallel: Parallel

    /// The divisions: by segment, by state and by cluster, as the columns of `segments.csv` are called.
    private var divisions: [SegmentDivision] {
        [
            SegmentDivision(by: "segment", names: scored.rfm.map.names(), segments: scored.rfm.segments),
            SegmentDivision(
                by: "state", names: LifecycleState.allCases.map(\.name),
                segments: scored.lifecycle.states.map { UInt16($0.rawValue) }),
            SegmentDivision(by: "cluster_name", names: scored.clusterNames, segments: scored.clusters),
        ]
    }

    /// `segment-features.csv`: one row a segment and feature.
    func features() -> ResultTable {
        let divisions = divisions
        let profiles = SegmentProfile.all(
            scored.features, divisions: divisions, compared: { compared($0) }, parallel: parallel)
        let by = zip(divisions, profiles).flatMap { division, profiles in profiles.map { _ in division.by } }
        let all = profiles.flatMap(\.self)
        return SegmentProfile.table(
            all, key: [.init("by", .texts(by)), .init("segment", .texts(all.map(\.segment)))], rows: "customers")
    }

    /// A feature's values on its own scale, learnt from the customers with a purchase as that of clustering is.
    private func compared(_ column: Int) -> [Double] {
        let features = scored.features
        let values = features.column(column)
        let definition = features.columns[column]
        let frequency = scored.rfm.values.frequency
        let bought = values.indices.filter { frequency[$0] > 0 }.map { values[$0] }
        func table(_ values: [Double]) -> FeatureTable {
            FeatureTable(columns: [definition], ids: nil, idName: "", values: values, rowCount: values.count)
        }
        let one = Parallel(threads: 1)
        // What no buyer has is compared as it is.
        guard bought.contains(where: { !$0.isNaN }),
            let scaling = try? FeatureScaling(columns: [definition]).fit(table(bought), parallel: one),
            let scaled = try? scaling.apply(table(values), parallel: one)
        else { return values }
        return scaled
    }

    /// `segment-overview.csv`: one row a segment: customers and revenue with their shares.
    func overview() -> ResultTable {
        let monetary = scored.rfm.values.monetary
        let total = Money(tenThousandths: monetary.reduce(0, +)).value
        var by: [String] = []
        var names: [String] = []
        var counts: [Int] = []
        var revenues: [Int128] = []
        for division in divisions {
            var revenue = [Int128](repeating: 0, count: division.names.count + 1)
            for row in monetary.indices { revenue[division.place(row)] += monetary[row] }
            for (place, size) in division.sizes.enumerated() where size > 0 {
                by.append(division.by)
                names.append(division.name(place))
                counts.append(size)
                revenues.append(revenue[place])
            }
        }
        let customers = monetary.count
        return ResultTable(
            name: "segment_overview",
            columns: [
                .init("by", .texts(by)), .init("segment", .texts(names)),
                .init("customers", unit: "customers", .integers(counts.map(Int64.init))),
                .init("share", unit: "share", .reals(counts.map { Double($0) / Double(customers) })),
                .init("revenue", unit: "money", .money(revenues, decimals: scored.history.decimals)),
                .init(
                    "revenue_share", unit: "share",
                    .reals(revenues.map { total > 0 ? Money(tenThousandths: $0).value / total : .nan })),
            ])
    }

    /// `typical-customers.csv`: the three customers most like their segment, in the space of the clusters.
    ///
    /// - Throws: a data problem when the features can't be scaled.
    func typical() throws -> ResultTable {
        let scaling = model.clusters.scaling
        let columns = scaling.columns.map(\.definition)
        let points = Matrix(
            rowCount: scored.features.rowCount, columnCount: columns.count,
            elements: try scaling.applyAsFloat(scored.features, parallel: parallel))
        let frequency = scored.rfm.values.frequency
        var key: [[String]] = [[], []]
        var members: [(rank: Int, member: TypicalMembers.Member)] = []
        for division in divisions {
            // Without a purchase there is nothing to be like.
            let buyers = SegmentDivision(
                by: division.by, names: division.names,
                segments: division.segments.indices.map { frequency[$0] > 0 ? division.segments[$0] : .max })
            for typical in TypicalMembers.all(points, division: buyers, parallel: parallel) {
                for (rank, member) in typical.members.enumerated() {
                    key[0].append(division.by)
                    key[1].append(division.names[typical.segment])
                    members.append((rank + 1, member))
                }
            }
        }
        let rows = members.map(\.member.row)
        let table = scored.features.rows(rows)
        return ResultTable(
            name: "typical_customers",
            columns: [
                .init("by", .texts(key[0])), .init("segment", .texts(key[1])),
                .init("rank", .integers(members.map { Int64($0.rank) })),
                .init("customer_id", .identifiers(scored.history.customers.selecting(rows))),
                .init("distance", .reals(members.map(\.member.distance))),
            ]
                + columns.map { definition in
                    let position = table.columns.firstIndex { $0.name == definition.name } ?? 0
                    return .init(definition.name, unit: definition.unit, .reals(table.column(position)))
                })
    }

    /// `cluster-rules.csv`: one row a cluster.
    ///
    /// - Throws: what encoding throws, which it does not.
    func rules() throws -> ResultTable { try report?.table() ?? ResultTable(name: "cluster_rules", columns: []) }

    /// The rules, with the customers of each cluster; nil for models without.
    var report: RuleReport? {
        model.clusters.rules.map { rules in
            var sizes = [Int](repeating: 0, count: scored.clusterNames.count)
            for cluster in scored.clusters where cluster != ScoredCustomers.noCluster { sizes[Int(cluster)] += 1 }
            return RuleReport(
                rules, names: scored.clusterNames, numbers: model.clusters.descriptions.map(\.cluster), sizes: sizes,
                rows: "customers", bought: true)
        }
    }
}
