import Foundation
import Testing

/// `strata itemsets`, run as a user runs it.
@Suite struct ItemsetsTests {
    let folder = Scratch()

    /// Groceries of R's arules, and UCI's Online Retail, beside the package.
    static let shared = StrataProcess.root.deletingLastPathComponent().appending(path: "shared/data")
    static let groceries = shared.appending(path: "groceries/groceries.csv").path
    static let retail = shared.appending(path: "online_retail/online_retail.csv.gz").path
    static let isThere = FileManager.default.fileExists(atPath: groceries)

    @Test func namesSurviveTheCSV() throws {
        let names = ["tea, green", "\"best\" milk", "=1+1", "two\nlines", "back\\slash", "چای"]
        var lines = ["customer_id,order_id,date,product,amount"]
        for order in 1...2 {
            for name in names {
                lines.append("c,\(order),2024-01-0\(order),\"\(name.replacing("\"", with: "\"\""))\",1")
            }
        }
        try folder.write("orders.csv", lines)
        try folder.strata("itemsets", "orders.csv", "--support", "2", "--target", "closed", "--out", "sets.csv")
        let rows = ResultFile(folder.data("sets.csv")).rows
        // The tests' simple reader drops quotes, so the cell is taken from the text itself.
        let text = folder.text("sets.csv").split(separator: "\n")
        #expect(rows.count == 1 && text.count == 2 && text[0] == "items,size,count")
        let cell = text[1].dropFirst().dropLast("\",6,2".count).replacing("\"\"", with: "\"")
        let read = try JSONDecoder().decode([String].self, from: Data(cell.utf8))
        #expect(Set(read) == Set(names) && text[1].hasSuffix("\",6,2"))
        #expect(folder.mode("sets.csv") == 0o600)
    }

    @Test func numbersAreListedAndCounted() throws {
        try folder.write("small.dat", ["10 2 5", "2 10", "2 5 5", "", "10 2 5"])
        let outcome = try folder.strata("itemsets", "small.dat", "--support", "3")
        #expect(
            Set(outcome.output.split(separator: "\n")) == [
                "items,size,count", "2,1,4", "10,1,3", "2 10,2,3", "5,1,3", "2 5,2,3",
            ])
        #expect(outcome.errors.contains("5 lines read = 4 baskets + 1 empty\nnote: 1 item stood in a line again"))
        #expect(try folder.strata("itemsets", "small.dat", "--support", "75%", "--count").output == "5\n")
        #expect(
            try folder.strata("itemsets", "small.dat", "--support", "3", "--include", "10", "--count").output == "2\n")
        #expect(
            try folder.strata("itemsets", "small.dat", "--support", "3", "--exclude", "2", "--count").output == "2\n")
        #expect(try folder.strata("itemsets", "small.dat", "--top", "1", "--count").output == "1\n")
        #expect(
            try folder.strata(
                "itemsets", "small.dat", "--support", "1", "--min-length", "2", "--max-length", "2", "--count"
            )
            .output == "3\n")
    }

    @Test func theBytesAreThoseOfOneThread() throws {
        var lines: [String] = []
        for row in 0..<2000 {
            lines.append(
                (1...20).filter { (row * $0 * 7919 + row / $0) % 5 < 3 }.map(String.init).joined(separator: " "))
        }
        try folder.write("many.dat", lines)
        for target in ["all", "closed", "maximal", "generators"] {
            try folder.strata(
                "itemsets", "many.dat", "--support", "5%", "--target", target, "--threads", "1", "--out", "one.csv")
            try folder.strata(
                "itemsets", "many.dat", "--support", "5%", "--target", target, "--threads", "3", "--out", "three.csv",
                "--memory", "1G")
            #expect(folder.data("one.csv") == folder.data("three.csv"))
            let sets = ResultFile(folder.data("one.csv")).rows
            #expect(sets.count > 10 && Set(sets.map { $0[0] }).count == sets.count)
        }
    }

    // R arules' Groceries at 0.1 % and 1 %, by Borgelt's FIM: the anchors of the project.
    @Test(.enabled(if: isThere, "shared/data/groceries is not beside the package"))
    func groceriesHaveAsManySetsAsThePeersFind() throws {
        func count(_ options: String...) throws -> String {
            let arguments = ["itemsets", Self.groceries, "--format", "lines", "--count"] + options
            return try StrataProcess.run(arguments, in: folder).output
        }
        #expect(try count("--support", "1%") == "333\n")
        #expect(try count("--support", "0.1%") == "13492\n")
        #expect(try count("--support", "0.1%", "--target", "closed") == "13464\n")
        #expect(try count("--support", "0.1%", "--target", "maximal") == "7794\n")
    }

    // UCI Online Retail has 18,532 orders with a customer that are no returns, 1,099 of them with postage (POST): the
    // anchors of the project. Some were given back whole: with `ignore` all are there.
    @Test(
        .enabled(
            if: FileManager.default.fileExists(atPath: retail), "shared/data/online_retail is not beside the package"))
    func ordersAreBaskets() throws {
        try folder.strata(
            "itemsets", Self.retail, "--support", "150", "--max-length", "1", "--returns", "ignore", "--out", "sets.csv"
        )
        let outcome = try folder.strata(
            "itemsets", Self.retail, "--support", "150", "--max-length", "1", "--out", "net.csv")
        let sets = Dictionary(
            uniqueKeysWithValues: ResultFile(folder.data("sets.csv")).rows.map { ($0[0], Int($0[2]) ?? 0) })
        #expect(sets["[POST]"] == 1099)
        let net = Dictionary(
            uniqueKeysWithValues: ResultFile(folder.data("net.csv")).rows.map { ($0[0], Int($0[2]) ?? 0) })
        // What was given back is in no basket; forty free lines are, which `ignore` sets aside.
        #expect(net.values.reduce(0, +) < sets.values.reduce(0, +) && net["[POST]"] == 1087)
        #expect(outcome.output.contains("baskets have nothing left"))
    }
}
