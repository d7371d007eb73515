import Foundation
import Testing

/// What holds for one input holds for all, and a failure leaves what was there before.
@Suite struct LimitsTests {
    let folder = Scratch()

    init() throws {
        try folder.write("orders.csv", Samples.orders())
        try folder.write("people.csv", ["id,name", "c1,A", "c2,B", "c3", "c4,D", "c5,E"])
        try folder.write(
            "contacts.csv",
            [
                "customer_id,time,kind", "c1,2024-01-02,visit", "c2,no day,open", "c3,2024-01-04,open",
                "c4,2024-01-05,click",
            ])
    }

    @Test func strictHoldsForCustomersAndInteractions() throws {
        let people = try StrataProcess.run(
            ["lifecycle", "orders.csv", "--customers", "people.csv", "--strict", "--out", "l.csv"], in: folder)
        #expect(people.status == 65)
        #expect(people.errors.contains("people.csv line 4"), "\(people.errors)")
        let contacts = try StrataProcess.run(
            ["lifecycle", "orders.csv", "--interactions", "contacts.csv", "--strict", "--out", "l.csv"], in: folder)
        #expect(contacts.status == 65)
        #expect(contacts.errors.contains("contacts.csv line 3"), "\(contacts.errors)")
        #expect(!folder.names().contains("l.csv"))
    }

    @Test func theShareOfRejectedRowsHoldsForCustomers() throws {
        let arguments = ["lifecycle", "orders.csv", "--customers", "people.csv", "--out", "l.csv"]
        let refused = try StrataProcess.run(
            arguments + ["--max-reject-share", "0.1", "--rejects", "rejects.csv"], in: folder)
        #expect(refused.status == 65)
        // All was read, so the rejects are there to look at.
        #expect(folder.text("rejects.csv").contains("people.csv,4,rejected"))
        let accepted = try StrataProcess.run(arguments + ["--max-reject-share", "0.5"], in: folder)
        #expect(accepted.status == 0, "\(accepted.errors)")
    }

    @Test func aFailedRunLeavesTheResultsOfAnEarlierOne() throws {
        #expect(try StrataProcess.run(["run", "orders.csv", "--out", "out"], in: folder).status == 0)
        let names = folder.names(in: "out")
        let before = names.map { folder.data("out/" + $0) }
        try folder.write("worse.csv", Samples.orders() + ["broken"])
        for arguments in [["--k", "60000"], ["--runs", "0"], ["--cluster-on", "nope"]] {
            let failed = try StrataProcess.run(["run", "worse.csv", "--out", "out"] + arguments, in: folder)
            #expect(failed.status == 64 || failed.status == 65, "\(failed.errors)")
            #expect(names.map { folder.data("out/" + $0) } == before, "\(arguments)")
        }
    }

    @Test func aFileThatBreaksOffLeavesNoRejects() throws {
        var lines = Samples.orders() + ["broken"]
        lines += Samples.orders().dropFirst()
        try folder.write("cut.csv", Data((lines.joined(separator: "\n") + "\n\"open,2024-01-01,1\n").utf8))
        let failed = try StrataProcess.run(
            ["rfm", "cut.csv", "--rejects", "rejects.csv", "--out", "rfm.csv"], in: folder)
        #expect(failed.status == 65)
        #expect(failed.errors.contains("never closed"), "\(failed.errors)")
        #expect(!folder.names().contains("rejects.csv"))
    }

    @Test func theLastDayOfTheCalendarIsNoEndOfTheModel() throws {
        try folder.write("end.csv", Samples.orders() + ["c1,9999-12-31,5"].map { $0 })
        try folder.write(
            "plain.csv", ["customer_id,date,amount", "a,2024-01-01,5", "b,2024-02-01,6", "a,9999-12-31,7"])
        #expect(try StrataProcess.run(["run", "plain.csv", "--out", "far"], in: folder).status == 0)
        let scored = try StrataProcess.run(
            ["score", "--model", "far/model.json", "--transactions", "plain.csv", "--out", "s.csv"], in: folder)
        #expect(scored.status == 0, "\(scored.errors)")
        #expect(folder.data("s.csv") == folder.data("far/segments.csv"))
    }

    @Test func filesOfAConfigurationStandBackForThoseOfTheCommandLineOnly() throws {
        try folder.write("other.csv", ["customer_id,date,amount", "z1,2024-01-01,5", "z2,2024-02-01,6"])
        try folder.write("c.yaml", ["files: [orders.csv]"])
        for _ in 0..<2 {
            let outcome = try StrataProcess.run(["run", "--config", "c.yaml", "--out", "again"], in: folder)
            #expect(outcome.status == 0, "\(outcome.errors)")
        }
        for command in [["run"], []] {
            let outcome = try StrataProcess.run(
                command + ["other.csv", "--config", "c.yaml", "--out", "others"], in: folder)
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(folder.text("others/segments.csv").split(separator: "\n").count == 3)
        }
    }

    @Test func aFirstLineOfValuesIsNotRepeated() throws {
        try folder.write("bare.csv", ["Jane SECRET,jane@example.org,3", "John,john@example.org,4"])
        let outcome = try StrataProcess.run(["rfm", "--transactions", "bare.csv"], in: folder)
        #expect(outcome.status == 65)
        #expect(outcome.errors.contains("line of names"), "\(outcome.errors)")
        #expect(!outcome.errors.contains("SECRET") && !outcome.errors.contains("@"))
    }

    @Test func whatCannotBeIsRefused() throws {
        for arguments in [
            ["rfm", "orders.csv", "--threads", "9223372036854775807"], ["run", "orders.csv", "--k", "70000"],
            ["rfm", "orders.csv", "--rejects", "-"], ["rfm", "orders.csv", "--out", "x", "--rejects", "x"],
            ["features", "orders.csv", "--customers", "people.csv", "--attribute", "monetary"],
        ] {
            let outcome = try StrataProcess.run(arguments, in: folder)
            #expect(outcome.status == 64, "\(arguments): \(outcome.errors)")
            #expect(outcome.errorLines.count == 1)
        }
        #expect(try StrataProcess.run(["rfm", "/dev/zero"], in: folder).status == 66)
    }

    @Test func aReturnTakesBackAPurchaseOfItsDayWhateverTheOrderOfTheRows() throws {
        let purchase = "a,2024-01-05,p,1,5"
        let reversed = "a,2024-01-05,p,-1,-5"
        for rows in [[purchase, reversed], [reversed, purchase]] {
            try folder.write(
                "r.csv", ["customer_id,date,product_id,quantity,amount"] + rows + ["b,2024-01-06,p,1,7"])
            let outcome = try StrataProcess.run(["rfm", "r.csv"], in: folder)
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output.contains("\na,,,,0,0,"), "\(outcome.output)")
        }
    }

    @Test func customersRegisteredLaterAreSetAside() throws {
        try folder.write(
            "registered.csv", ["id,name,registered", "p1,A,2020-01-01", "p2,B,2030-01-01"])
        let outcome = try StrataProcess.run(
            ["lifecycle", "orders.csv", "--customers", "registered.csv", "--out", "l.csv"], in: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(folder.text("l.csv").contains("\np1,prospect"))
        #expect(!folder.text("l.csv").contains("p2,"))
    }

    @Test func anAmountWithoutUnitsIsOneUnit() throws {
        try folder.write("u.csv", ["customer_id,date,quantity,amount", "a,2024-01-05,,5", "b,2024-01-06,2,7"])
        let outcome = try StrataProcess.run(["rfm", "u.csv"], in: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.errors.contains("2 rows read = 2 used"), "\(outcome.errors)")
        try folder.write("p.csv", ["customer_id,date,quantity,price", "a,2024-01-05,,5", "b,2024-01-06,2,7"])
        let priced = try StrataProcess.run(["rfm", "p.csv", "--max-reject-share", "0.5"], in: folder)
        #expect(priced.errors.contains("1 quantity is not a number"), "\(priced.errors)")
    }
}
