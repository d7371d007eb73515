import CustomerData
import Export
import Features
import Report
import Segmentation
import Statistics

/// The jobs whose result is one table.
public struct TableJob: Sendable {
    /// The input.
    public var input = InputOptions()
    /// Scores, stages, clusters.
    public var segments = SegmentSettings()
    /// Where the table goes; `-` is standard output.
    public var out = "-"
    /// Where the funnel of `lifecycle` goes; nil for nowhere.
    public var funnel: String?
    /// Where the timings go.
    public var timings: String?
    /// When there is a progress bar.
    public var progress = Progress.Mode.auto

    /// A job with the defaults.
    public init() {}

    /// `strata rfm`: scores and a segment for every customer with a transaction.
    public func rfm() throws -> JobReport {
        let rfm = try segments.rfm()
        var phases = Phases()
        let loaded = try LoadedHistory.load(input, profile: false, phases: &phases, progress: Progress(progress))
        let result = try phases.measure("score") {
            let values = RFMValues(of: loaded.history, asOf: loaded.asOf, parallel: input.parallel)
            return try rfm.fit(values, parallel: input.parallel).score(values, parallel: input.parallel)
        }
        try phases.measure("write") { try write(result.table(of: loaded.history), to: out) }
        try loaded.commitRejects()
        try write(phases, rows: loaded.accounts.read)
        var report = JobReport()
        report.add(loaded)
        report.lines.append(
            "as of \(loaded.asOf): \(Figures.counted(result.customerCount, "customer")) with a purchase; "
                + "customers with each score:")
        report.lines += scoreLines(result.scoreSizes)
        report.lines += SegmentText.lines(of: result, parallel: input.parallel)
        return report
    }

    private func scoreLines(_ sizes: RFMResult.ScoreSizes) -> [String] {
        let bins = sizes.recency.count
        var text = TextTable(["score"] + (1...bins).map(String.init), right: Set(1...bins))
        for (name, counts) in [
            ("recency", sizes.recency), ("frequency", sizes.frequency), ("monetary", sizes.monetary),
        ] {
            text.add([name] + counts.map { Figures.count($0) })
        }
        return text.lines
            + (sizes.empty.isEmpty
                ? [] : ["  nobody has \(sizes.empty.joined(separator: ", ")): equal values get equal scores"])
    }

    /// `strata lifecycle`: stage and state of every customer with the reason, chances of leads, and the funnel.
    public func lifecycle() throws -> JobReport {
        let lifecycle = try segments.lifecycle()
        var phases = Phases()
        let loaded = try LoadedHistory.load(
            input, profile: false, leads: true, phases: &phases, progress: Progress(progress))
        let history = loaded.history
        let facts = LeadFacts(loaded.records)
        let model = phases.measure("fit") { lifecycle.fit(history, asOf: loaded.asOf, parallel: input.parallel) }
        let leads = phases.measure("fit") {
            Leads(lifecycle.options).fit(history, facts, asOf: loaded.asOf, parallel: input.parallel)
        }
        let (result, chances, funnel) = phases.measure("score") {
            (
                model.assign(
                    history, asOf: loaded.asOf, lastResponses: history.lastResponses, parallel: input.parallel),
                leads.assign(history, facts, parallel: input.parallel),
                LifecycleFunnel(of: history, facts, asOf: loaded.asOf)
            )
        }
        try phases.measure("write") {
            // Both can be written before the first appears.
            let funnelFile = try self.funnel.map { try OutputFile(path: $0, personal: true) }
            try write(result.table(leads: chances, parallel: input.parallel), to: out)
            if let funnelFile {
                try CSVWriter(parallel: input.parallel).write(funnel.table, to: funnelFile)
                try funnelFile.commit()
            }
        }
        try loaded.commitRejects()
        try write(phases, rows: loaded.accounts.read)
        var report = JobReport()
        report.add(loaded)
        report.lines.append(
            "as of \(loaded.asOf), horizon \(Figures.counted(model.horizonDays, "day")): "
                + Figures.counted(history.customers.count, "customer"))
        report.lines += LifecycleText.table(result, history, held: model)
        report.lines += LifecycleText.judgement(model)
        report.lines += LeadsText.funnel(funnel)
        report.lines += LeadsText.lines(leads, chances)
        return report
    }

    /// `strata features`: one vector a customer, as CSV, or as `.npy` where the output's name says so.
    public func features() throws -> JobReport {
        var phases = Phases()
        let loaded = try LoadedHistory.load(input, profile: true, phases: &phases, progress: Progress(progress))
        let table = try phases.measure("fit") {
            let encodings = try loaded.records.attributes.map { try AttributeEncoding(of: $0) }
            let set = FeatureSet(of: loaded.history, besides: loaded.records, attributes: encodings)
            return try CustomerFeatures(asOf: loaded.asOf, set: set).table(
                loaded.history, besides: loaded.records, parallel: input.parallel)
        }
        try phases.measure("write") {
            if out.hasSuffix(".npy") {
                let file = try OutputFile(path: out, personal: true)
                try Export.NumpyFile.write(table.values.asDoubles, columnCount: table.columns.count) {
                    try file.write($0)
                }
                try file.commit()
            } else {
                try write(FeatureText.table(table), to: out)
            }
        }
        try loaded.commitRejects()
        try write(phases, rows: loaded.accounts.read)
        var report = JobReport()
        report.add(loaded)
        report.lines.append(
            "as of \(loaded.asOf): \(Figures.counted(table.rowCount, "customer")) × \(table.columns.count) features")
        report.lines += TextTable.lines(of: FeatureText.declarations(table.columns), limit: .max)
        return report
    }

    private func write(_ table: ResultTable, to path: String) throws {
        let file = try OutputFile(path: path, personal: true)
        try CSVWriter(parallel: input.parallel).write(table, to: file)
        try file.commit()
    }

    private func write(_ phases: Phases, rows: Int) throws {
        guard let timings else { return }
        try TextOutput.write(try phases.timings(rows: rows), to: timings, personal: false)
    }
}

/// A small text as an output file.
enum TextOutput {
    static func write(_ text: String, to path: String, personal: Bool) throws {
        let file = try OutputFile(path: path, personal: personal)
        try file.write(text)
        try file.commit()
    }
}

/// Features as results.
enum FeatureText {
    /// The vectors under their ids.
    static func table(_ features: FeatureTable) -> ResultTable {
        var columns: [ResultTable.Column] = []
        if let ids = features.ids { columns.append(.init(features.idName, .identifiers(ids))) }
        for (position, definition) in features.columns.enumerated() {
            let values = (0..<features.rowCount).map { features[$0, position] }
            columns.append(.init(definition.name, unit: definition.unit, .reals(values)))
        }
        return ResultTable(name: "features", columns: columns)
    }

    /// Name, unit and formula of each feature.
    static func declarations(_ definitions: [FeatureDefinition]) -> ResultTable {
        ResultTable(
            name: "feature_declarations",
            columns: [
                .init("feature", .texts(definitions.map(\.name))), .init("unit", .texts(definitions.map(\.unit))),
                .init("formula", .texts(definitions.map(\.formula))),
            ])
    }
}
