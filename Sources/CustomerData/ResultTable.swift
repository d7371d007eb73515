/// What a stage hands over: named, typed columns of one length. Export writes it and Report draws it without knowing
/// the stage.
public struct ResultTable: Sendable {
    /// A column of a result.
    public struct Column: Sendable {
        /// Name, in snake case.
        public let name: String
        /// Unit: `days`, `orders`, `money`, …; empty when it has none.
        public let unit: String
        /// The values.
        public let values: Values

        /// A column of that name, unit and values.
        public init(_ name: String, unit: String = "", _ values: Values) {
            self.name = name
            self.unit = unit
            self.values = values
        }
    }

    /// Values of a column.
    public enum Values: Sendable {
        /// Ids or other text, each of its own.
        case identifiers(IdentifierList)
        /// Day numbers; `PurchaseHistory.noDay` is an empty cell.
        case days([Int32])
        /// Whole numbers; `Int64.min` is an empty cell.
        case integers([Int64])
        /// Money in ten-thousandths with so many decimals; `Int128.min` is an empty cell.
        case money([Int128], decimals: Int)
        /// Real numbers in the shortest form that reads back to the same number; NaN is an empty cell.
        case reals([Double])
        /// Real numbers with a fixed number of decimals, rounded half to even; NaN is an empty cell.
        case fixed([Double], decimals: Int)
        /// Indexes of labels; an index outside them is an empty cell.
        case categories([UInt16], labels: [String])
        /// Yes or no, written `true` and `false`.
        case flags([Bool])
        /// Text, one string a row.
        case texts([String])

        /// Rows.
        public var count: Int {
            switch self {
            case .identifiers(let list): list.count
            case .days(let values): values.count
            case .integers(let values): values.count
            case .money(let values, _): values.count
            case .reals(let values): values.count
            case .fixed(let values, _): values.count
            case .categories(let values, _): values.count
            case .flags(let values): values.count
            case .texts(let values): values.count
            }
        }
    }

    /// Name of the table, in snake case.
    public let name: String
    /// Columns, left to right.
    public let columns: [Column]
    /// Rows.
    public let rowCount: Int

    /// A table of columns of one length.
    public init(name: String, columns: [Column]) {
        self.name = name
        self.columns = columns
        rowCount = columns.first?.values.count ?? 0
        precondition(columns.allSatisfy { $0.values.count == rowCount }, "columns of one table have one length")
    }

    /// The column of that name, or nil.
    public func column(_ name: String) -> Column? { columns.first { $0.name == name } }
}
