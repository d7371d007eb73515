import CustomerData
import Semantics
import Statistics

@testable import Ingest

/// What came of reading transaction files.
struct TransactionRun {
    var reader: TransactionReader
    var accounts: RowAccounts
    var history: PurchaseHistory
    var rejects: [UInt8]

    /// Reads files.
    init(
        paths: [String], threads: Int = 2, _ adjust: (inout TransactionReader.Options) throws -> Void = { _ in }
    ) throws {
        var options = TransactionReader.Options()
        options.maxRejectShare = 1
        try adjust(&options)
        let parallel = Parallel(threads: threads)
        let form = options.form
        let files = try paths.map { try TableFile(path: $0, options: form) }
        reader = try TransactionReader(files: files, options: options, parallel: parallel)
        let builder = PurchaseHistoryBuilder(
            orderRule: reader.orderRule, returns: options.returns,
            countsProducts: options.wantsProfile && reader.hasProducts, threads: threads)
        var rejects: [UInt8] = []
        let writer = RejectsWriter { rejects.append(contentsOf: $0) }
        accounts = try reader.read(into: builder, parallel: parallel, rejects: writer)
        try writer.flush()
        self.rejects = rejects
        history = try builder.finish(decimals: accounts.decimals, parallel: parallel)
    }

    /// Reads a file of those bytes.
    init(
        _ bytes: [UInt8], threads: Int = 2, _ adjust: (inout TransactionReader.Options) throws -> Void = { _ in }
    ) throws {
        let folder = try TestFolder()
        try self.init(paths: [folder.file(bytes)], threads: threads, adjust)
    }

    /// Reads a file of that text.
    init(
        _ text: String, threads: Int = 2, _ adjust: (inout TransactionReader.Options) throws -> Void = { _ in }
    ) throws {
        try self.init(Array(text.utf8), threads: threads, adjust)
    }

    /// Every order as `customer day value lines`.
    var orders: [String] {
        (0..<history.customers.count).flatMap { customer in
            (history.orderStarts[customer]..<history.orderStarts[customer + 1]).map { order in
                let value = Money(tenThousandths: Int128(history.orderValues[order])).formatted(decimals: 2)
                return "\(history.customers[customer]) \(Day(number: history.orderDays[order])) \(value) "
                    + "\(history.orderLines[order])"
            }
        }
    }

    /// Everything in the history.
    var everything: String {
        let history = history
        var text = orders.joined(separator: "\n")
        text += "\n\((0..<history.customers.count).map { history.customers[$0] }) \(history.orderStarts)"
        text += "\n\(history.orderHours) \(history.orderChannels) \(history.channels) \(history.reversals)"
        text += "\n\(history.unmatchedReturns) \(history.hasTransactions) \(history.lastReturns)"
        text += "\n\(history.productCounts) \(String(describing: history.period)) \(history.decimals)"
        text += "\n\(history.returnAccounts) \(history.lastResponses)"
        return text
    }
}
