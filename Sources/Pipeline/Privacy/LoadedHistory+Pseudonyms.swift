import CustomerData
import Features
import Statistics

extension LoadedHistory {
    /// The same with pseudonyms for ids, customers in the order of those: the last step of loading, so that whatever a
    /// job makes of what it loaded has no id in it.
    func pseudonymised(by key: PseudonymKey, dropped: [String], parallel: Parallel) -> LoadedHistory {
        let (renamed, order) = history.renamed(
            key.pseudonyms(of: history.customers, parallel: parallel), parallel: parallel)
        return LoadedHistory(
            history: renamed, asOf: asOf, accounts: accounts, customerAccounts: customerAccounts,
            interactionAccounts: interactionAccounts, directions: directions, matched: matched, rates: rates,
            orderRule: orderRule,
            warnings: warnings + [key.warning, PrivateColumns.note(dropped)].compactMap(\.self),
            records: records.reordered(order), baskets: baskets, detected: detected, inputs: inputs, rejects: rejects)
    }
}
