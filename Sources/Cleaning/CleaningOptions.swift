import CustomerData
import Semantics

/// What a person says about how a table is cleaned.
public struct CleaningOptions: Sendable {
    /// What the columns are.
    public var columns: CleaningColumns
    /// Alpha-2 of the country that phones are of where the row names none; empty for none.
    public var region: String
    /// The day from which ages are told; nil where none was said.
    public var asOf: Day?
    /// What was said about spellings.
    public var mapping: SpellingMapping
    /// The order of day and month in dates that leave it open, where it is not to be told from the column.
    public var dateOrder: DateLayout?
    /// Which empty cells are filled, and how.
    public var fills: [FillRule]
    /// Whether phones are left as they are.
    public var skipsPhones = false

    /// Checks what was said.
    ///
    /// - Throws: `Problem(.usage)` for a region that is no country, for mapping entries in a circle, and for a column
    ///   that may not be filled.
    public init(
        columns: CleaningColumns, region: String = "", asOf: Day? = nil, mapping: SpellingMapping = SpellingMapping(),
        dateOrder: DateLayout? = nil, fills: [FillRule] = []
    ) throws {
        guard region.isEmpty || Country(region)?.code == region.uppercased() else {
            throw Problem(.usage, "--region must be a country's two letters (ISO 3166), such as IR; got \(region)")
        }
        if let circle = mapping.firstCircle() {
            throw Problem(
                .usage,
                "--mapping: the entries of column \"\(circle.column)\" go round in a circle: let one of them keep")
        }
        for fill in fills where !columns.kinds[fill.column].mayBeFilled {
            throw Problem(
                .usage,
                "--fill \(columns.name(of: fill.column)): a column of kind \(columns.kinds[fill.column].rawValue) is never "
                    + "filled, because it tells persons apart or reaches them")
        }
        self.columns = columns
        self.region = region.uppercased()
        self.asOf = asOf
        self.mapping = mapping
        self.dateOrder = dateOrder
        self.fills = fills
    }
}

/// How the empty cells of a column are filled.
public struct FillRule: Sendable {
    /// Where a value comes from.
    public enum Method: Sendable, Equatable {
        /// Always the same.
        case value(String)
        /// What a column decides: the value that nearly all other rows with the same one have.
        case dependency(on: Int)
        /// The median of the rows with the same value in a column, or of all.
        case median(by: Int?)
        /// The most frequent value of the rows with the same value in a column, or of all.
        case mode(by: Int?)
        /// The most frequent value, or the median, among the most similar rows.
        case neighbours
    }

    /// The column.
    public let column: Int
    /// Where its values come from.
    public let method: Method

    /// A rule for a column.
    public init(column: Int, method: Method) {
        self.column = column
        self.method = method
    }
}
