import CustomerData
import Export
import Features
import Ingest
import Report
import Semantics
import Statistics

/// Everything that a job reads, as one history, with its accounts.
public struct LoadedHistory: Sendable {
    /// The purchase history of all customers, those of the customers and interactions files among them.
    public let history: PurchaseHistory
    /// The date as of which everything is computed.
    public let asOf: Day
    /// What became of the transaction rows.
    public let accounts: RowAccounts
    /// What became of the customer rows; nil without such a file.
    public let customerAccounts: RowAccounts?
    /// What became of the interaction rows; nil without such a file.
    public let interactionAccounts: RowAccounts?
    /// Interactions by direction.
    public let directions: InteractionReader.Directions?
    /// Which customers are one; nil where nobody asked.
    let matched: MatchedCustomers?
    /// The exchange rates that amounts were converted by, and their file; nil where none were given.
    let rates: (rates: ExchangeRates, file: InputFile)?
    /// What makes an order.
    public let orderRule: OrderRule
    /// What a person should know, a sentence each.
    public let warnings: [String]
    /// What is known of the history's customers besides their orders; only chosen columns of the customers file where a
    /// profile is not wanted.
    public let records: CustomerRecords
    /// The baskets, where they were wanted, and what became of the lines on their way there.
    let baskets: (table: BasketTable, accounts: BasketAccounts)?
    /// What was detected, file by file.
    public let detected: [DetectedFile]
    /// The opened files, in the same order.
    let inputs: [InputFile]
    /// Where the rows went that were not used: complete, and to be committed with the results.
    let rejects: UncheckedSendable<OutputFile?>

    /// Reads the input.
    ///
    /// - Parameters:
    ///   - profile: whether products, channels, hours and interactions are wanted beside orders.
    ///   - leads: whether interactions are wanted, and whom the customers file names since when.
    ///   - customers: cleans and matches the customers files before they are read; nil to read them as they are.
    ///   - baskets: what makes a basket; nil where none are wanted.
    ///   - progress: is told rows and bytes read so far.
    /// - Throws: `Problem` as the readers; also when there is no transactions file.
    static func load(
        _ options: InputOptions, profile: Bool, leads: Bool = false, customers: RunCustomers? = nil,
        baskets unit: BasketUnit? = nil, phases: inout Phases, progress: Progress = Progress(.never)
    ) throws -> LoadedHistory {
        let loader = try HistoryLoader(options, profile: profile, leads: leads, customers: customers, baskets: unit)
        return try loader.load(&phases, progress)
    }

    /// Gives the file of the rows that were not used its name.
    func commitRejects() throws { try rejects.value?.commit() }
}
