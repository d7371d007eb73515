import Foundation
import Testing

/// `strata run --match` and `--matched`: what a customer did follows to the id of the golden record, and the counts add up.
@Suite struct RunMatchTests {
    let folder = Scratch()

    /// A simulated company has customers on record two and three times.
    private func simulate() throws {
        try folder.strata("simulate", "--customers", "600", "--days", "200", "--out", "c")
    }

    private static let files = ["c/transactions.csv", "c/customers.csv", "c/interactions.csv"]

    @discardableResult
    private func run(_ more: String...) throws -> StrataProcess.Outcome {
        let outcome = try StrataProcess.run(["run"] + Self.files + ["--k", "3"] + more, in: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        return outcome
    }

    private func sum(_ file: String, _ column: String) -> Int {
        ResultFile(folder.data(file)).column(column).reduce(0) { $0 + Int(((Double($1) ?? 0) * 100).rounded()) }
    }

    @Test func transactionsFollowTheirCustomer() throws {
        try simulate()
        try run("--out", "apart")
        let outcome = try run("--match", "--out", "one")
        let clusters = ResultFile(folder.data("one/matched/clusters.csv"))
        let golden = ResultFile(folder.data("one/matched/golden.csv"))
        let merged = clusters.rows.count - golden.rows.count
        #expect(merged > 5)
        #expect(
            outcome.output.contains(
                "600 customer rows read = \(600 - merged) used + \(merged) set aside (\(merged) merged into another customer)"
            ))
        // Money and orders are those of all records, spread over fewer customers.
        let (apart, one) = (ResultFile(folder.data("apart/segments.csv")), ResultFile(folder.data("one/segments.csv")))
        #expect(one.rows.count == apart.rows.count - merged)
        for column in ["frequency", "monetary"] {
            #expect(sum("one/segments.csv", column) == sum("apart/segments.csv", column), "\(column)")
        }
        #expect(Set(one.column("customer_id")) == Set(golden.column("customer_id")))
        let manifest =
            try JSONSerialization.jsonObject(with: folder.data("one/manifest.json") ?? Data()) as? [String: Any]
        let followed = (manifest?["transactions"] as? [String: Any])?["followed"] as? Int
        let aliases = Set(clusters.column("customer_id")).subtracting(golden.column("customer_id"))
        let lines = ResultFile(folder.data("c/transactions.csv")).column("customer_id")
        #expect(followed == lines.count { aliases.contains($0) })
    }

    /// An earlier matching, which a person may have looked through, gives the same as one in the run.
    @Test func anEarlierMatchingIsFollowed() throws {
        try simulate()
        try run("--match", "--out", "one", "--threads", "1")
        try run("--matched", "one/matched", "--out", "two", "--threads", "2")
        for file in ["segments.csv", "purchases.csv", "features.csv", "kpis.csv"] {
            #expect(folder.data("one/" + file) == folder.data("two/" + file), "\(file)")
        }
        try folder.strata(
            "rfm", "--transactions", "c/transactions.csv", "--matched", "one/matched", "--out", "rfm.csv")
        let buyers = Set(ResultFile(folder.data("rfm.csv")).column("customer_id"))
        #expect(buyers.isSubset(of: ResultFile(folder.data("one/matched/golden.csv")).column("customer_id")))
    }

    @Test func whatCanNotBeMatchedIsRefused() throws {
        try folder.write("orders.csv", Samples.orders())
        let without = try StrataProcess.run(["run", "orders.csv", "--match", "--out", "no"], in: folder)
        #expect(without.status == 64 && without.errors.contains("--match needs a file of customers"))
        #expect(!folder.names().contains("no"))
        let missing = try StrataProcess.run(["run", "orders.csv", "--matched", "nowhere", "--out", "no"], in: folder)
        #expect(missing.status == 66)
        let both = try StrataProcess.run(
            ["run", "orders.csv", "--match", "--matched", "nowhere", "--out", "no"], in: folder)
        #expect(both.status == 64)
    }
}
