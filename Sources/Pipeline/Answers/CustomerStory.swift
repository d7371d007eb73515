import CustomerData
import Export
import Features
import Report
import Segmentation
import Statistics

/// Puts together what a run knows of one customer: its rows, and the run's models applied to its purchases again.
struct CustomerStory {
    let customer: String
    let run: RunFolder
    let model: CustomerModel
    let segments: RowCells
    let features: RowCells
    let records: [PurchaseRecord]

    private var asOf: Day { model.training.asOf }

    /// The answer.
    ///
    /// - Throws: `Problem(.data)` when the run's files can't be read or don't belong together.
    func explanation() throws -> CustomerExplanation {
        let history = history(with: records)
        let lifecycle = model.lifecycle.explanation(of: history, asOf: asOf)
        let first = try segments.value("first_purchase") { Day($0) }
        let last = try segments.value("last_purchase") { Day($0) }
        let orders = try segments.value("frequency") { Int64($0) } ?? 0
        let monetary = try segments.value("monetary") { Money($0) } ?? .zero
        let segment = try segments["segment"]
        var standing: RFMStanding?
        let tenureDays = first.map { Int64(asOf.days(since: $0)) } ?? 0
        if let recency = try segments.value("recency_days", { Int64($0) }), orders > 0 {
            standing = model.rfm.standing(
                recencyDays: recency, frequency: orders, monetary: monetary, tenureDays: tenureDays)
        }
        let scores = standing.map {
            CustomerExplanation.Scores(
                $0, map: model.rfm.map, horizonDays: model.rfm.horizonDays, decimals: model.decimals)
        }
        var notes: [String] = []
        if try segments["state"] != lifecycle.state.name || segment != scores?.segment {
            notes.append(
                "segments.csv has the customer elsewhere than the model and purchases.csv: the run's files don't belong "
                    + "together")
        }
        let listed = records.filter { $0.kind != .response }.enumerated().sorted {
            ($1.element.day, $1.offset) < ($0.element.day, $0.offset)
        }.map(\.element)
        return CustomerExplanation(
            customer: customer, run: run.path, asOf: asOf, firstPurchase: first, lastPurchase: last,
            orders: Int(orders), monetary: monetary.formatted(decimals: model.decimals),
            averageOrder: try segments["average_order"], scores: scores,
            lifecycle: CustomerExplanation.Lifecycle(lifecycle),
            outlook: outlook(history, standing, tenureDays: tenureDays, monetary),
            cluster: try cluster(), features: try featureList(segment ?? ""), purchaseCount: listed.count,
            purchases: listed.prefix(ExplainJob.listedPurchases).map(order), notes: notes)
    }

    private func history(with records: [PurchaseRecord]) -> PurchaseHistory {
        PurchaseHistory(customer: customer, records: records, returns: model.returns, decimals: model.decimals)
    }

    private func order(_ record: PurchaseRecord) -> CustomerExplanation.Order {
        CustomerExplanation.Order(
            date: record.day, kind: record.kind.name, value: record.value.formatted(decimals: model.decimals),
            takenBack: record.takenBack == .zero ? nil : record.takenBack.formatted(decimals: model.decimals),
            lines: record.lines, channel: record.channel.isEmpty ? nil : record.channel)
    }

    /// Where the customer of a history stands on a day, by the run's models.
    private func standing(
        _ history: PurchaseHistory, on day: Day, state: LifecycleState
    ) -> CustomerExplanation.Standing {
        let result = model.rfm.score(history, asOf: day, parallel: Parallel(threads: 1))
        let segment = result.segments[0]
        let digits = [result.recencyScores[0], result.frequencyScores[0], result.monetaryScores[0]].map { "\($0)" }
        return CustomerExplanation.Standing(
            date: day, stage: state.stage.name, state: state,
            segment: segment == RFMResult.noSegment ? nil : model.rfm.map.segments[Int(segment)].name,
            rfm: segment == RFMResult.noSegment ? nil : digits.joined(separator: model.rfm.bins > 9 ? "-" : ""))
    }

    /// Where the customer stands on a later day when nothing was bought until then: only the days since the first and
    /// the last purchase are others.
    private func standing(
        _ scores: RFMStanding?, tenureDays: Int64, on day: Day, state: LifecycleState
    ) -> CustomerExplanation.Standing {
        let passed = Int64(day.days(since: asOf))
        let later = scores.map {
            model.rfm.standing(
                recencyDays: $0.recency.value + passed, frequency: $0.frequency.value,
                monetary: Money(tenThousandths: $0.monetary.value), tenureDays: tenureDays + passed)
        }
        let digits = later.map { [$0.recency.score, $0.frequency.score, $0.monetary.score] }
        return CustomerExplanation.Standing(
            date: day, stage: state.stage.name, state: state, segment: later?.segment.name,
            rfm: digits.map { $0.map(String.init).joined(separator: model.rfm.bins > 9 ? "-" : "") })
    }

    /// What comes if nothing is bought, and if something is: the models' own answers for later days.
    private func outlook(
        _ history: PurchaseHistory, _ scores: RFMStanding?, tenureDays: Int64, _ monetary: Money
    ) -> CustomerExplanation.Outlook {
        let days = ExplainJob.outlookDays
        var state = model.lifecycle.explanation(of: history, asOf: asOf).state
        var changes = model.lifecycle.changes(of: history, after: asOf, days: days)[...]
        var before = standing(scores, tenureDays: tenureDays, on: asOf, state: state)
        var standings: [CustomerExplanation.Standing] = []
        for step in 1...days {
            let day = asOf.advanced(byDays: step)
            if let change = changes.first, change.day == day {
                state = change.state
                changes.removeFirst()
            }
            let now = standing(scores, tenureDays: tenureDays, on: day, state: state)
            if now.state != before.state || now.segment != before.segment { standings.append(now) }
            before = now
        }
        let value = usualOrder(scores?.frequency.value ?? 0, monetary)
        let bought = self.history(with: records + [PurchaseRecord(kind: .order, day: asOf, lines: 1, value: value)])
        let after = model.lifecycle.explanation(of: bought, asOf: asOf)
        return CustomerExplanation.Outlook(
            days: days, ifNothingIsBought: standings,
            afterAPurchase: .init(
                date: asOf, value: value.formatted(decimals: model.decimals),
                standing: standing(bought, on: asOf, state: after.state)))
    }

    /// The customer's mean order; without one, that of all customers. At least one step of the money.
    private func usualOrder(_ orders: Int64, _ monetary: Money) -> Money {
        let own = orders > 0 ? monetary.divided(by: Int(orders), decimals: model.decimals) : .zero
        guard own <= .zero else { return own }
        let all = Money(model.training.revenue) ?? .zero
        let mean =
            model.training.orders > 0 ? all.divided(by: model.training.orders, decimals: model.decimals) : .zero
        return mean > .zero ? mean : Money(tenThousandths: Int128(Money.scale))
    }

    /// The cluster and the next nearest; nil without a purchase.
    private func cluster() throws -> CustomerExplanation.Cluster? {
        let clusters = model.clusters
        guard let number = try segments.value("cluster", { Int($0) }) else { return nil }
        let numbers = try clusters.numbers()
        guard let own = numbers.firstIndex(of: number) else {
            throw Problem(.data, "\(run.path)'s files don't belong together: the model has no cluster \(number)")
        }
        let columns = clusters.scaling.columns
        let values = try columns.map { try features.value($0.definition.name) { Double($0) } ?? .nan }
        let table = FeatureTable(
            columns: columns.map(\.definition), ids: nil, idName: "row", values: values, rowCount: 1)
        // Rounded as in training.
        let point = try clusters.scaling.applyAsFloat(table, parallel: Parallel(threads: 1)).map(Double.init)
        guard let neighbours = clusters.kMeans.neighbours(of: point, in: own) else {
            return CustomerExplanation.Cluster(
                cluster: number, name: clusters.names[own], distance: 0, next: nil, nextName: nil, nextDistance: nil,
                features: [], smallestChange: nil, rules: clusters.rulePath(values))
        }
        let ownCentre = clusters.scaling.invert(neighbours.pulls.map(\.own))
        let nextCentre = clusters.scaling.invert(neighbours.pulls.map(\.next))
        let boundaries = clusters.scaling.invert(neighbours.pulls.map { $0.boundary ?? .nan })
        let pulls = columns.indices.map { position in
            let pull = neighbours.pulls[position]
            let boundary = pull.boundary.flatMap { scaled in
                columns[position].reaches(scaled) ? boundaries[position] : nil
            }
            return CustomerExplanation.ClusterPull(
                feature: columns[position].definition.name, value: values[position], own: ownCentre[position],
                next: nextCentre[position], contribution: pull.contribution, boundary: boundary)
        }
        return CustomerExplanation.Cluster(
            cluster: number, name: clusters.names[own], distance: neighbours.distance,
            next: numbers[neighbours.next],
            nextName: clusters.names[neighbours.next], nextDistance: neighbours.nextDistance,
            features: pulls.enumerated().sorted {
                ($1.element.contribution, $0.offset) < ($0.element.contribution, $1.offset)
            }.map(\.element), smallestChange: clusters.smallestChange(of: values, at: point, in: own),
            rules: clusters.rulePath(values))
    }

    /// Every feature beside those of the segment's customers.
    private func featureList(_ segment: String) throws -> [CustomerExplanation.Feature] {
        let profiles = try SegmentProfileFile.profiles(of: segment, run)
        return try features.headers.dropFirst().map { name in
            let value = try features.value(name) { Double($0) }
            let profile = profiles[name]
            let share = value.flatMap { profile?.shareBelow($0) }
            return CustomerExplanation.Feature(
                feature: name, unit: profile?.unit ?? "", value: value, segmentMedian: profile?.median,
                shareBelowAtLeast: share?.least, shareBelowAtMost: share?.most)
        }
    }
}

/// `segment-features.csv` of a run.
enum SegmentProfileFile {
    /// The profiles of a segment by feature.
    ///
    /// - Throws: `Problem(.data)` when the table is of another kind.
    static func profiles(of segment: String, _ run: RunFolder) throws -> [String: SegmentProfile] {
        let table = try run.table("segment-features.csv")
        let columns = try (
            by: table.column("by"), segment: table.column("segment"), feature: table.column("feature"),
            unit: table.column("unit"),
            customers: table.column("customers"), first: table.column("p0")
        )
        let count = SegmentProfile.probabilities.count
        guard columns.first + count <= table.headers.count else {
            throw Problem(.data, "\(table.path) is of another version of strata: write the run again")
        }
        var profiles: [String: SegmentProfile] = [:]
        let cursor = table.rows()
        while try cursor.advance() {
            guard cursor.text(columns.segment) == segment, cursor.text(columns.by) == "segment" else { continue }
            let quantiles = (columns.first..<columns.first + count).compactMap { Double(cursor.text($0)) }
            let feature = cursor.text(columns.feature)
            profiles[feature] = SegmentProfile(
                segment: segment, feature: feature, unit: cursor.text(columns.unit),
                customerCount: Int(cursor.text(columns.customers)) ?? 0,
                quantiles: quantiles.count == count ? quantiles : [])
        }
        return profiles
    }
}
