import CustomerData
import Foundation
import Statistics
import Testing

@testable import Ingest

/// The UCI Online Retail set, where it lies beside the package.
private enum OnlineRetail {
    static let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "shared/data/online_retail/online_retail.csv.gz").path
    static let isThere = FileManager.default.fileExists(atPath: path)
}

@Suite("Online Retail", .serialized, .enabled(if: OnlineRetail.isThere, "shared/data/online_retail is not here"))
struct OnlineRetailTests {
    // Figures of shared/anchors/segmentation.md (UCI, counted with R); 162 and 11 are of its part on returns.
    @Test(arguments: [1, 3])
    func `Returns take back what they return`(threads: Int) throws {
        let run = try TransactionRun(paths: [OnlineRetail.path], threads: threads)
        #expect(run.accounts.read == 541_909)
        #expect(run.accounts.accepted == 406_829)
        #expect(run.accounts.unused == [.noCustomer: 135_080])
        #expect(run.history.customers.count == 4372)
        let returns = run.history.returnAccounts
        #expect(returns.lines == 8905)
        #expect(returns.matchedLines == 7516)
        #expect(returns.reversedOrders == 162)
        #expect(returns.reversedCustomers == 11)
        // Customer 16446 bought for 168,469.60 and took it back; two lines of 1.65 and 1.25 are left.
        let customer = try #require(run.history.customers.firstIndex(of: "16446"))
        var left: Int64 = 0
        run.history.forEachOrder(of: customer..<customer + 1, asOf: Day(number: .max)) { left += $2 }
        #expect(left == 29_000)
    }

    @Test func `Returns that are ignored are set aside`() throws {
        let run = try TransactionRun(paths: [OnlineRetail.path]) { $0.returns = .ignore }
        #expect(run.accounts.read == 541_909)
        #expect(run.accounts.accepted == 397_884)
        #expect(run.accounts.unused == [.noCustomer: 135_080, .isReturn: 8945])
        #expect(run.accounts.rejected == 0)
        #expect(run.history.customers.count == 4338)
        #expect(run.accounts.acceptedValue.formatted(decimals: 3) == "8911407.904")
        #expect(run.history.orderValues.reduce(Int128(0)) { $0 + Int128($1) } == 89_114_079_040)
        #expect(run.history.orderStarts.last == 18_532)
    }
}
