import CustomerData
import Semantics
import Statistics

/// What the cells of a column are.
public enum ColumnType: String, Codable, Sendable {
    /// Whole numbers.
    case integer
    /// Numbers with decimals.
    case decimal
    /// Days, with or without a time.
    case date
    /// Anything else.
    case text
    /// Nothing: no cell is filled.
    case empty
}

/// What the cells of a column mean.
public enum SemanticType: String, CaseIterable, Codable, Sendable {
    case email
    case phone
    case personName = "person_name"
    case company
    case date
    case jalaliDate = "jalali_date"
    case country
    case postcode
    case nationalID = "national_id"
    case currencyAmount = "currency_amount"
    case id
    case category
    case freeText = "free_text"
    case number
    case text
    case empty

    /// The name with blanks.
    public var words: String { rawValue.split(separator: "_").joined(separator: " ") }

    /// Whether the values identify or describe a person, so that they are shown only when asked for.
    public var isPersonal: Bool {
        switch self {
        case .email, .phone, .personName, .nationalID, .id, .freeText, .postcode: true
        case .company, .date, .jalaliDate, .country, .currencyAmount, .category, .number, .text, .empty: false
        }
    }
}

/// What a profile says about one column.
public struct ColumnProfile: Codable, Sendable {
    /// A value or pattern, with the number of cells that have it.
    public struct Frequency: Codable, Sendable, Hashable {
        /// The text, at most 96 bytes of it.
        public let text: String
        /// Cells, at least; at most so many and the list's error more.
        public let count: Int
    }

    /// The most frequent values or patterns.
    public struct Frequencies: Codable, Sendable {
        /// The most frequent first.
        public var entries: [Frequency]
        /// By how much a count may be too small; 0 where counts are exact.
        public let error: Int
        /// Whether entries were left out because they may identify persons.
        public var isHidden: Bool
    }

    /// Cells that are filled and say nothing.
    public struct HiddenValue: Codable, Sendable {
        /// The spelling in its plain form.
        public let spelling: String
        /// Why it says nothing.
        public let kind: HiddenMissing.Kind
        /// Cells.
        public let count: Int
    }

    /// A count of different values.
    public struct Distinct: Codable, Sendable {
        /// Different values of filled cells.
        public let count: Int
        /// Whether the count is exact; otherwise it is HyperLogLog's, with a standard error of 0.8 %.
        public let isExact: Bool
    }

    /// A quantile: at least a share of `probability` is at most `value`.
    public struct Quantile: Codable, Sendable {
        /// Share.
        public let probability: Double
        /// Value.
        public let value: Double
    }

    /// A bar of a histogram: values from `from` to below `to`, in the last bar to `to`.
    public struct Bar: Codable, Sendable {
        /// Lower bound.
        public let from: Double
        /// Upper bound.
        public let to: Double
        /// Cells.
        public let count: Int
    }

    /// How numbers are distributed.
    public struct Numbers: Codable, Sendable {
        /// Numbers.
        public let count: Int
        /// The smallest.
        public let smallest: Double
        /// The largest.
        public let largest: Double
        /// Mean.
        public let mean: Double
        /// Standard deviation (of the population).
        public let deviation: Double
        /// Numbers below zero.
        public let negative: Int
        /// Quantiles.
        public let quantiles: [Quantile]
        /// Whether quantiles and bars are exact; otherwise values are off by at most 0.2 %.
        public let isExact: Bool
        /// Bars of equal width.
        public let histogram: [Bar]
    }

    /// How dates are distributed.
    public struct Dates: Codable, Sendable {
        /// Dates.
        public let count: Int
        /// Those written in the Jalali calendar.
        public let jalali: Int
        /// The first day.
        public let first: Day
        /// The last day.
        public let last: Day
        /// Quartiles.
        public let quartiles: [Day]
        /// Whether quartiles are exact.
        public let isExact: Bool
    }

    /// Characters of filled cells.
    public struct Lengths: Codable, Sendable {
        /// Least.
        public let shortest: Int
        /// Mean.
        public let mean: Double
        /// Most.
        public let longest: Int
    }

    /// Cells with something suspicious.
    public struct Suspicious: Codable, Sendable {
        /// What it is.
        public let kind: Suspicion
        /// Cells.
        public let count: Int
    }

    /// The header.
    public let name: String
    /// What the cells are.
    public let type: ColumnType
    /// What the cells mean.
    public let meaning: SemanticType
    /// Cells with nothing in them.
    public let empty: Int
    /// Cells that are filled and say nothing, the most frequent spelling first.
    public let hiddenMissing: [HiddenValue]
    /// Cells that say something.
    public let filled: Int
    /// Filled cells that are what the column holds.
    public let valid: Int
    /// Different values.
    public let distinct: Distinct
    /// The most frequent values.
    public internal(set) var values: Frequencies
    /// The most frequent patterns.
    public let patterns: Frequencies
    /// Characters; nil where no cell is filled.
    public let lengths: Lengths?
    /// Filled cells in each script.
    public let scripts: [String: Int]
    /// Numbers; nil where there are none, or where they are ids.
    public let numbers: Numbers?
    /// Dates; nil where there are none.
    public let dates: Dates?
    /// What looks wrong.
    public let suspicious: [Suspicious]

    /// Cells that are filled and say nothing.
    public var hidden: Int { hiddenMissing.reduce(0) { $0 + $1.count } }

    /// Cells without a value.
    public var missing: Int { empty + hidden }

    /// Share of cells that say something; nil for no cells.
    public var completeness: Double? {
        filled + missing > 0 ? Double(filled) / Double(filled + missing) : nil
    }

    /// Share of filled cells that are valid; nil where none is filled.
    public var validity: Double? { filled > 0 ? Double(valid) / Double(filled) : nil }
}
