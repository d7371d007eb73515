import CustomerData
import Foundation
import Ingest
import Models
import Segmentation

/// What a run read, did and found: `manifest.json`. Everything but the seconds and the memory is the same for the same
/// input, options and seed.
struct Manifest: Codable {
    struct Input: Codable {
        let file: DetectedFile
        let sha256: String
    }

    /// By which key the ids became pseudonyms.
    struct Pseudonyms: Codable, Equatable {
        let method: String
        let keyCheck: String

        init(_ key: PseudonymKey) {
            method = "HMAC-SHA256"
            keyCheck = key.check
        }
    }

    struct Rows: Codable {
        let read: Int
        let accepted: Int
        let setAside: Int
        let rejected: Int
        let unused: [String: Int]
        let blankLines: Int
        let duplicates: Int?
        /// Rows whose customer goes by the id of a golden record; nil where nobody was matched.
        let followed: Int?

        init(_ accounts: RowAccounts, isMatched: Bool) {
            read = accounts.read
            accepted = accounts.accepted
            setAside = accounts.setAside
            rejected = accounts.rejected
            unused = Dictionary(
                accounts.unused.map { ($0.key.description, $0.value) }, uniquingKeysWith: +)
            blankLines = accounts.blankLines
            duplicates = accounts.duplicates
            followed = isMatched ? accounts.followed : nil
        }
    }

    struct Options: Codable {
        let asOf: Day
        let asOfStated: Bool
        let returns: ReturnRule
        let order: OrderRule
        let strict: Bool
        let maxRejectShare: Double
        let map: String
        let bins: Int
        let binning: String
        let horizonDays: Int
        let clusters: Int
        let clusterOn: [String]
        let seed: UInt64
        let runs: Int
        let attributes: [String]
    }

    /// The exchange rates that amounts were converted by.
    struct Rates: Codable {
        let path: String
        let sha256: String
        let base: String
        let rates: Int
        let convertedAmounts: Int
    }

    /// The periods of `kpis.csv`, and what became of the targets.
    struct Figures: Codable {
        struct Period: Codable {
            let from: Day
            let to: Day

            init(_ days: ClosedRange<Day>) { (from, to) = (days.lowerBound, days.upperBound) }
        }

        struct Target: Codable {
            let kpi: KeyFigure
            let segment: String?
            let min: String?
            let max: String?
            let required: Bool
            let value: String?
            let outcome: KeyFigureTarget.Outcome
        }

        let periodDays: Int
        let period: Period
        let previous: Period
        let targets: [Target]

        init(_ figures: KeyFiguresResult, _ targets: [KeyFigureTarget]) {
            periodDays = figures.periodDays
            period = Period(figures.current)
            previous = Period(figures.previous)
            self.targets = targets.map {
                Target(
                    kpi: $0.figure, segment: $0.segment, min: $0.minimum?.description, max: $0.maximum?.description,
                    required: $0.isRequired, value: figures.row($0.figure, segment: $0.segment)?.value?.description,
                    outcome: $0.outcome(in: figures))
            }
        }
    }

    struct Counts: Codable {
        let customers: Int
        let customersWithPurchase: Int
        let orders: Int
        let revenue: String
        let returnLines: Int
        let returnLinesMatched: Int
        let takenBack: String
        let ordersReversed: Int
        let stages: [String: Int]
        let states: [String: Int]
        let segments: [String: Int]
        let clusters: [Int]
    }

    let strata: String
    let inputs: [Input]
    let rates: Rates?
    let options: Options
    let pseudonyms: Pseudonyms?
    let transactions: Rows
    let customers: Rows?
    let interactions: Rows?
    let counts: Counts
    let keyFigures: Figures
    let lifecycle: LifecycleEvaluation
    /// Why there are so many clusters; nil where their number was given.
    let clusterChoice: ClusterCountVerdict?
    let warnings: [String]
    let outputs: [String]
    let phases: [Phases.Phase]

    init(
        _ job: RunJob, _ input: InputOptions, _ loaded: LoadedHistory, _ customersFiles: RunCustomers,
        _ model: CustomerModel, _ scored: ScoredCustomers, _ figures: KeyFiguresResult, _ phases: Phases
    ) throws {
        strata = strataVersion
        inputs = try zip(loaded.detected, loaded.inputs).map {
            Input(file: $0, sha256: try FileDigest.sha256(of: $1))
        }
        rates = try loaded.rates.map {
            Rates(
                path: $0.file.name, sha256: try FileDigest.sha256(of: $0.file), base: $0.rates.base,
                rates: $0.rates.count, convertedAmounts: loaded.accounts.convertedAmounts)
        }
        options = Options(
            asOf: loaded.asOf, asOfStated: input.asOf != nil, returns: input.returns, order: loaded.orderRule,
            strict: input.strict, maxRejectShare: input.maxRejectShare, map: model.rfm.map.name, bins: model.rfm.bins,
            binning: model.rfm.binning.rawValue, horizonDays: job.segments.horizonDays,
            clusters: model.clusters.kMeans.clusterCount,
            clusterOn: model.clusters.scaling.columns.map(\.definition.name), seed: job.segments.seed,
            runs: job.segments.runs, attributes: input.attributes)
        pseudonyms = input.pseudonyms.map(Pseudonyms.init)
        let isMatched = loaded.matched != nil
        transactions = Rows(loaded.accounts, isMatched: isMatched)
        customers = loaded.customerAccounts.map { Rows($0, isMatched: isMatched) }
        interactions = loaded.interactionAccounts.map { Rows($0, isMatched: isMatched) }
        counts = Manifest.counts(loaded, model, scored)
        keyFigures = Figures(figures, job.targets)
        lifecycle = model.lifecycle.evaluation
        clusterChoice = model.clusters.choice?.verdict
        warnings = loaded.warnings
        outputs = job.files(cleaning: customersFiles.quality != nil) + customersFiles.outputs
        self.phases = phases.all
    }

    private static func counts(_ loaded: LoadedHistory, _ model: CustomerModel, _ scored: ScoredCustomers) -> Counts {
        func tally(_ names: some Sequence<String>) -> [String: Int] {
            names.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
        let map = scored.rfm.map
        let returns = loaded.history.returnAccounts
        // By number: one that has vanished has nobody.
        var clusters = [Int](repeating: 0, count: (scored.clusterNumbers.max() ?? -1) + 1)
        for cluster in scored.clusters where cluster != ScoredCustomers.noCluster {
            clusters[scored.clusterNumbers[Int(cluster)]] += 1
        }
        return Counts(
            customers: loaded.history.customers.count, customersWithPurchase: scored.rfm.customerCount,
            orders: model.training.orders, revenue: model.training.revenue, returnLines: returns.lines,
            returnLinesMatched: returns.matchedLines,
            takenBack: returns.takenBack.formatted(decimals: loaded.history.decimals),
            ordersReversed: returns.reversedOrders, stages: tally(scored.lifecycle.states.lazy.map(\.stage.name)),
            states: tally(scored.lifecycle.states.lazy.map(\.name)),
            segments: tally(
                scored.rfm.segments.lazy.filter { $0 != RFMResult.noSegment }.map { map.segments[Int($0)].name }),
            clusters: clusters)
    }
}
