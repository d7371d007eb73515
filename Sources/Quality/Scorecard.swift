/// The quality of a table in six dimensions (DAMA UK 2013), each with its formula, what it was counted from and what
/// lowers it most. There is no total: a table that is complete and wrong is not half good.
public struct Scorecard: Codable, Sendable {
    /// A dimension.
    public enum Dimension: String, CaseIterable, Codable, Sendable {
        case completeness, validity, uniqueness, consistency, timeliness, accuracy

        /// How it is computed.
        public var formula: String {
            switch self {
            case .completeness: "filled / required cells; hidden missing values are missing"
            case .validity: "valid / filled cells"
            case .uniqueness: "1 − Σ (cluster size − 1) / records"
            case .consistency: "1 − violating / applicable rows"
            case .timeliness: "records within the declared age / dated records"
            case .accuracy: "right / compared cells"
            }
        }
    }

    /// What lowers a score.
    public struct Offender: Codable, Sendable, Hashable {
        /// The column, or the columns of a dependency.
        public let name: String
        /// Cells or rows that count against the score.
        public let bad: Int
        /// Cells or rows that were looked at.
        public let total: Int
    }

    /// A score.
    public struct Score: Codable, Sendable {
        /// The dimension.
        public let dimension: Dimension
        /// The score, 0–1; nil where it was not measured.
        public let value: Double?
        /// How it is computed.
        public let formula: String
        /// Cells or rows that count for it.
        public let good: Int
        /// Cells or rows that were looked at.
        public let total: Int
        /// What is known besides: why it was not measured, what it was measured on.
        public let note: String
        /// The interval of 95 % confidence, where a sample was measured.
        public var interval: [Double]?
        /// What lowers it most, the worst first.
        public let worst: [Offender]
    }

    /// The dimensions in their order.
    public let scores: [Score]

    /// What a scorecard needs to know beside the profile.
    public struct Options: Sendable {
        /// Headers of the columns that must be filled; nil for all.
        public var required: [String]?
        /// Cells compared with a reference; nil where there is none.
        public var comparison: ReferenceComparison.Result?
        /// Cells that a person marked; nil where none are.
        public var audit: AuditResult?

        /// All columns are required, and there is no reference.
        public init(
            required: [String]? = nil, comparison: ReferenceComparison.Result? = nil, audit: AuditResult? = nil
        ) {
            self.required = required
            self.comparison = comparison
            self.audit = audit
        }
    }

    private static let listed = 5

    /// The scorecard of a profile.
    public init(of profile: TableProfile, _ options: Options = .init()) {
        scores = [
            Self.completeness(profile, options), Self.validity(profile), Self.uniqueness(profile),
            Self.consistency(profile), Self.timeliness(profile),
            options.audit.map(Self.accuracy(byMarks:)) ?? Self.accuracy(options.comparison),
        ]
    }

    private static func score(
        _ dimension: Dimension, good: Int, total: Int, note: String, worst: [Offender] = []
    ) -> Score {
        Score(
            dimension: dimension, value: total > 0 ? Double(good) / Double(total) : nil, formula: dimension.formula,
            good: good, total: total, note: note,
            worst: worst.filter { $0.bad > 0 }.sorted { ($1.bad, $0.name) < ($0.bad, $1.name) }.prefix(listed).map(
                \.self))
    }

    private static func completeness(_ profile: TableProfile, _ options: Options) -> Score {
        let columns = profile.columns.filter { options.required?.contains($0.name) ?? true }
        let hidden = columns.reduce(0) { $0 + $1.hidden }
        return score(
            .completeness, good: columns.reduce(0) { $0 + $1.filled },
            total: columns.reduce(0) { $0 + $1.filled + $1.missing },
            note: (options.required == nil
                ? "all columns are required" : "required: \(columns.map(\.name).joined(separator: ", "))")
                + (hidden > 0 ? "; \(hidden) hidden missing values" : ""),
            worst: columns.map { Offender(name: $0.name, bad: $0.missing, total: $0.filled + $0.missing) })
    }

    private static func validity(_ profile: TableProfile) -> Score {
        score(
            .validity, good: profile.columns.reduce(0) { $0 + $1.valid },
            total: profile.columns.reduce(0) { $0 + $1.filled }, note: "each column by what it holds",
            worst: profile.columns.map { Offender(name: $0.name, bad: $0.filled - $0.valid, total: $0.filled) })
    }

    private static func uniqueness(_ profile: TableProfile) -> Score {
        let near = profile.nearRepeats
        let ids = profile.columns.filter { profile.identityColumns.contains($0.name) }
        let looked = near.share < 1 ? "; on a share of 1/\(Int(1 / near.share)) of the different rows" : ""
        return score(
            .uniqueness, good: profile.rowCount - min(near.extraRows, profile.rowCount), total: profile.rowCount,
            note: "records are one when they are equal but for ids, case, blanks and punctuation" + looked,
            // An id comes once, as far as that is counted exactly.
            worst: [Offender(name: "all columns", bad: profile.exactRepeats.extraRows, total: profile.rowCount)]
                + ids.filter(\.distinct.isExact).map {
                    Offender(name: $0.name, bad: $0.filled - $0.distinct.count, total: $0.filled)
                })
    }

    private static func consistency(_ profile: TableProfile) -> Score {
        score(
            .consistency, good: profile.applicableRows - profile.violatingRows, total: profile.applicableRows,
            note: profile.applicableRows == 0
                ? "no column determines another; strata check measures rules"
                : "by \(profile.dependencies.count) dependencies, on \(profile.sampledRowCount) rows",
            worst: profile.dependencies.map {
                Offender(name: "\($0.from) → \($0.to)", bad: $0.violations, total: $0.support)
            })
    }

    private static func timeliness(_ profile: TableProfile) -> Score {
        guard let ages = profile.freshness else {
            return score(.timeliness, good: 0, total: 0, note: "no age declared: --max-age 365d")
        }
        return score(
            .timeliness, good: ages.fresh, total: ages.dated,
            note: "\"\(ages.column)\" at most \(ages.maxAgeDays) days before \(ages.asOf)",
            worst: [Offender(name: ages.column, bad: ages.dated - ages.fresh, total: ages.dated)])
    }

    private static func accuracy(byMarks audit: AuditResult) -> Score {
        let marked = audit.columns.reduce(0) { $0 + $1.marked }
        let worst = audit.columns.map { Offender(name: $0.name, bad: $0.marked - $0.right, total: $0.marked) }
        let plain = score(
            .accuracy, good: audit.columns.reduce(0) { $0 + $1.right }, total: marked,
            note: "\(marked) marked cells, each column weighted by its filled cells", worst: worst)
        return Score(
            dimension: .accuracy, value: audit.accuracy, formula: plain.formula, good: plain.good, total: plain.total,
            note: plain.note, interval: audit.interval, worst: plain.worst)
    }

    private static func accuracy(_ comparison: ReferenceComparison.Result?) -> Score {
        guard let comparison else {
            return score(.accuracy, good: 0, total: 0, note: "no reference: --reference FILE, or strata audit")
        }
        return score(
            .accuracy, good: comparison.columns.reduce(0) { $0 + $1.equal },
            total: comparison.columns.reduce(0) { $0 + $1.compared },
            note: "\(comparison.matched) records are in the reference, by \"\(comparison.id)\"",
            worst: comparison.columns.map { Offender(name: $0.name, bad: $0.compared - $0.equal, total: $0.compared) })
    }
}
