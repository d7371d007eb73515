import CustomerData
import Ingest
import Semantics
import Statistics

/// The input of a job: which files play which role, and what a person says about them.
public struct InputOptions: Sendable {
    /// Files whose role is to be found out.
    public var files: [String] = []
    /// Files of transactions.
    public var transactions: [String] = []
    /// Files of customers.
    public var customers: [String] = []
    /// Files of interactions.
    public var interactions: [String] = []
    /// Columns that a person named.
    public var columns: [ColumnOverride] = []
    /// Form of the files, where it is not to be detected.
    public var form = TableFile.Options()
    /// The layout of dates that begin with a day or a month.
    public var dateOrder: DateLayout?
    /// A file of exchange rates; nil where all amounts are in one currency.
    public var rates: String?
    /// The currency that amounts are converted to; nil for the one whose rates are 1.
    public var baseCurrency: String?
    /// The date as of which everything is computed; nil for the day after the last transaction.
    public var asOf: Day?
    /// What a return does.
    public var returns = ReturnRule.match
    /// What makes an order; nil for the order column, or a customer's day where there is none.
    public var orderRule: OrderRule?
    /// Whether the first row that can't be read ends the run.
    public var strict = false
    /// The largest share of rows that may be rejected.
    public var maxRejectShare = 0.2
    /// Where the rows go that were not used.
    public var rejects: String?
    /// The folder of a matching, by which customers on record under several ids are one; nil for ids as they stand.
    public var matched: String?
    /// Headers of customer columns that become features.
    public var attributes: [String] = []
    /// The key by which ids become pseudonyms in every output; nil for ids as they are.
    public var pseudonyms: PseudonymKey?
    /// The threads.
    public var parallel = Parallel()

    /// No input.
    public init() {}

    func overrides(for table: TableRole) -> [ColumnRole: String] { ColumnOverride.columns(for: table, from: columns) }
}

/// The opened files of a job, by role.
struct InputFiles {
    private(set) var transactions: [TableFile] = []
    private(set) var customers: [TableFile] = []
    private(set) var interactions: [TableFile] = []

    /// Opens the files, and finds out the role of those that were given bare.
    ///
    /// - Throws: `Problem` when a file can't be opened, is no table, or its role is not clear.
    init(_ options: InputOptions) throws {
        func open(_ patterns: [String]) throws -> [TableFile] {
            try InputFile.expand(patterns).map { try TableFile(path: $0, options: options.form) }
        }
        transactions = try open(options.transactions)
        customers = try open(options.customers)
        interactions = try open(options.interactions)
        for file in try open(options.files) {
            switch InputFiles.role(of: file, options) {
            case .transactions: transactions.append(file)
            case .customers: customers.append(file)
            case .interactions: interactions.append(file)
            case .deals, nil:
                throw Problem(
                    .data,
                    "\(file.input.name): it is not clear whether these are transactions, customers or interactions; "
                        + "say so with --transactions, --customers or --interactions, or see strata inspect")
            }
        }
    }

    /// The role of a file by its headers and first rows; columns that a person named count as evidence.
    static func role(of file: TableFile, _ options: InputOptions) -> TableRole? {
        if let role = TableRole.sniff(headers: file.headers, samples: file.samples) { return role }
        guard !options.columns.isEmpty else { return nil }
        return TableRole.ofCustomers.first { table in
            (try? RoleAssignment.detect(
                headers: file.headers, samples: file.samples, table: table, overrides: options.overrides(for: table)))
                != nil
        }
    }

    var all: [(role: TableRole, file: TableFile)] {
        transactions.map { (.transactions, $0) } + customers.map { (.customers, $0) }
            + interactions.map { (.interactions, $0) }
    }
}
