import CustomerData

/// What a table is like: its columns, what holds between them, and rows that come twice.
public struct TableProfile: Codable, Sendable {
    /// A column whose value another determines, nearly always.
    public struct Dependency: Codable, Sendable {
        /// The column that determines.
        public let from: String
        /// The column that is determined.
        public let to: String
        /// Sampled rows in which the first column's value comes twice or more and the second is filled.
        public let support: Int
        /// Those whose second value is not the most frequent one of their group.
        public let violations: Int
        /// Rows that differ, from 1 behind the header, at most five.
        public let examples: [Int]

        /// Share of the support that differs (the g₃ error of Kivinen & Mannila 1995, within the support).
        public var error: Double { Double(violations) / Double(support) }
    }

    /// Two columns with the same cells.
    public struct EqualColumns: Codable, Sendable {
        /// The column further left.
        public let first: String
        /// The other.
        public let second: String
        /// Share of rows in which they are equal; 1 when they are in every row of the file, else of the sampled rows.
        public let share: Double
    }

    /// Two columns that miss values in the same rows, or in opposite ones.
    public struct MissingTogether: Codable, Sendable {
        /// The column further left.
        public let first: String
        /// The other.
        public let second: String
        /// Correlation of being missing (phi), −1 to 1, in the sampled rows.
        public let correlation: Double
    }

    /// Rows that repeat others.
    public struct Repeats: Codable, Sendable {
        /// Rows beyond the first of their kind: Σ (cluster size − 1).
        public let extraRows: Int
        /// Kinds of which there are two rows or more.
        public let clusters: Int
        /// Rows of the largest kind.
        public let largestCluster: Int
        /// Share of the different rows that was looked at; below 1, counts are scaled up.
        public let share: Double
    }

    /// How many records are as young as they should be.
    public struct Freshness: Codable, Sendable {
        /// The column of dates.
        public let column: String
        /// The day from which ages are counted.
        public let asOf: Day
        /// The largest age, in days.
        public let maxAgeDays: Int
        /// Records with a date.
        public let dated: Int
        /// Those whose date is at most so old; dates after `asOf` are not.
        public let fresh: Int
    }

    /// Rows.
    public let rowCount: Int
    /// Rows of the sample in which relations between columns were looked for.
    public let sampledRowCount: Int
    /// The columns, left to right.
    public internal(set) var columns: [ColumnProfile]
    /// Dependencies, the strongest first.
    public let dependencies: [Dependency]
    /// Equal columns.
    public let equalColumns: [EqualColumns]
    /// Columns that miss values together.
    public let missingTogether: [MissingTogether]
    /// Rows that are equal in every cell.
    public let exactRepeats: Repeats
    /// Rows that are equal but for their ids, case, blanks and punctuation.
    public let nearRepeats: Repeats
    /// Columns in which near repeats may differ.
    public let identityColumns: [String]
    /// Sampled rows to which a dependency applies, and those of them that differ from one.
    public let applicableRows: Int
    /// See `applicableRows`.
    public let violatingRows: Int
    /// Ages of the records; nil where no largest age was named.
    public let freshness: Freshness?

    /// The profile without values that may identify persons: the values of personal columns, and of those that
    /// `isPrivate` says, are left out.
    public func hidingValues(where isPrivate: (ColumnProfile) -> Bool) -> TableProfile {
        var profile = self
        for column in profile.columns.indices {
            let known = profile.columns[column]
            if known.meaning.isPersonal || isPrivate(known) {
                profile.columns[column].values.entries = []
                profile.columns[column].values.isHidden = true
            } else {
                // A value that stands once is a record, not a statistic.
                profile.columns[column].values.entries.removeAll { $0.count < 2 }
            }
        }
        return profile
    }
}
