import Ingest
import Semantics

/// What a file was taken for, as it stands in the manifest.
public struct DetectedFile: Codable, Sendable {
    /// The file.
    public let path: String
    /// What it is about.
    public let role: TableRole
    /// Size in bytes.
    public let bytes: Int
    /// Whether it is gzip.
    public let gzip: Bool
    /// Its encoding.
    public let encoding: TextEncoding
    /// Its delimiter.
    public let delimiter: String
    /// Role of a column → header.
    public let columns: [String: String]
    /// Layout of the dates.
    public let dates: DateLayout?
    /// Layout of the numbers.
    public let numbers: NumberLayout?

    init(_ table: TransactionTable) {
        self.init(table.file, table.roles, dates: table.dates, numbers: table.numbers)
    }

    init(_ file: TableFile, _ roles: RoleAssignment, dates: DateLayout? = nil, numbers: NumberLayout? = nil) {
        path = file.input.name
        role = roles.table
        bytes = file.input.byteCount
        gzip = file.input.isPacked
        encoding = file.encoding
        delimiter = file.dialect.delimiterName
        columns = Dictionary(
            uniqueKeysWithValues: roles.columns.map { ($0.key.rawValue, roles.headers[$0.value]) })
        self.dates = dates
        self.numbers = numbers
    }
}
