import Foundation
import Testing

/// Several sources of one customer, and folders that hold something already.
@Suite struct CleanSourceTests {
    let folder = Scratch()

    private func rows(_ name: String) -> [[String]] { ResultFile(folder.data(name)).rows }

    /// A date that can't be read is none, and moments are compared in one zone.
    @Test func theNewestIsToldByItsMoment() throws {
        try folder.write("a.csv", ["id,city,updated", "1,Leeds,3/4/2020", "2,York,2024-02-01T10:00:00+03:30"])
        try folder.write("b.csv", ["id,city,updated", "1,London,2024-02-01", "2,Hull,2024-02-01T07:00:00Z"])
        try folder.strata("clean", "a.csv", "--source", "b.csv", "--out", "out")
        #expect(rows("out/customers.csv").map { $0[1] } == ["London", "Hull"])
        for source in ["a.csv", "b.csv"] {
            try folder.strata("clean", "--undo", "out", "--source", source, "--out", "again.csv")
            #expect(folder.data("again.csv") == folder.data(source))
        }
        let refused = try StrataProcess.run(
            ["clean", "a.csv", "--source", "b.csv", "--modified", "Foo", "--out", "no"], in: folder)
        #expect(refused.status == 64 && refused.errors.contains("no source has such a column"))
    }

    /// What is said of a column holds for the sources that have it.
    @Test func sourcesMayCallTheirIdsOtherwise() throws {
        try folder.write("a.csv", ["id,city,updated", "1,Leeds,2020-02-01"])
        try folder.write("b.csv", ["cust,City,updated", "1,London,2024-02-01"])
        try folder.strata("clean", "a.csv", "--source", "b.csv", "--column", "id=cust", "--out", "out")
        #expect(rows("out/customers.csv") == [["1", "London", "2024-02-01"]])
        try folder.strata(
            "clean", "a.csv", "--source", "b.csv", "--column", "id=cust", "--policy", "City=first", "--out", "first")
        #expect(rows("first/customers.csv") == [["1", "Leeds", "2024-02-01"]])
        let refused = try StrataProcess.run(
            ["clean", "a.csv", "--source", "b.csv", "--column", "id=nobody", "--out", "no"], in: folder)
        #expect(refused.status == 64)
    }

    @Test func anInputIsNeverReplaced() throws {
        try FileManager.default.createDirectory(
            at: folder.url.appendingPathComponent("d"), withIntermediateDirectories: true)
        try folder.write("d/customers.csv", ["id,name", "1,ANN LEE"])
        let outcome = try StrataProcess.run(["clean", "d/customers.csv", "--out", "d"], in: folder)
        #expect(outcome.status == 64 && folder.text("d/customers.csv") == "id,name\n1,ANN LEE\n")
    }

    /// A refused file leaves an earlier cleaning as it was, and one that went well leaves nothing of it.
    @Test func anEarlierCleaningStaysWholeOrGoes() throws {
        try folder.write("a.csv", ["id,name,last_contact", "1,ANN LEE,2019-01-02", "2,Bob Ray,2024-01-02"])
        try folder.write("bad.csv", ["id,name", "1", "2", "3", "4,Eve Fox"])
        try folder.strata("clean", "a.csv", "--out", "out", "--archive-after", "30d")
        let refused = try StrataProcess.run(["clean", "bad.csv", "--out", "out"], in: folder)
        #expect(refused.status == 65)
        try folder.strata("clean", "--undo", "out", "--out", "again.csv")
        #expect(folder.data("again.csv") == folder.data("a.csv"))
        try folder.strata("clean", "a.csv", "--out", "out")
        #expect(!folder.names(in: "out").contains("archive.csv"))
    }

    /// Cells that no ledger names are told apart, too.
    @Test func changedCellsAreFoundByTheUndo() throws {
        try folder.write("a.csv", ["id,name", "1,ANN LEE", "2,Eve Fox"])
        try folder.strata("clean", "a.csv", "--out", "out")
        try folder.write("out/customers.csv", ["id,name", "1,Ann Lee", "2,Someone Else"])
        let outcome = try StrataProcess.run(["clean", "--undo", "out", "--out", "again.csv"], in: folder)
        #expect(outcome.status == 65 && !outcome.errors.contains("Someone"))
    }

    /// Headers that look like the names of unnamed columns.
    @Test func headersOfNumbersComeBack() throws {
        try folder.write("a.csv", ["#2,name", " x ,ann lee", " y ,Bob Ray"])
        try folder.strata("clean", "a.csv", "--out", "out")
        try folder.strata("clean", "--undo", "out", "--out", "again.csv")
        #expect(folder.data("again.csv") == folder.data("a.csv"))
    }

    @Test func theMostValuableAreAskedFirst() throws {
        try folder.write(
            "a.csv",
            [
                "id,name,email,phone,revenue", "1,Ann Lee,a@x.org,,5", "\"2,x\",Bob Ray,b@x.org,,900",
                "3,Eve Fox,e@x.org,,\"€1,200.50\"", "5,Eve Foz,g@x.org,,7",
            ])
        try folder.strata("clean", "a.csv", "--value", "revenue", "--out", "out")
        #expect(rows("out/to-contact.csv").map { $0[1] } == ["3", "2,x", "5", "1"])
    }

    /// Whatever cleaning writes it leaves alone the next time.
    @Test func nothingIsFilledOrUndoneTwice() throws {
        try folder.write(
            "a.csv", ["id,address,phone", "1,a &amp;amp;amp;amp;amp;amp; c,+44 20 7946 0958 ext. 12345678901"])
        try folder.strata("clean", "a.csv", "--out", "out")
        #expect(rows("out/customers.csv") == [["1", "a & c", "+44 20 7946 0958 ext. 12345678901"]])
        let filled = try StrataProcess.run(
            ["clean", "a.csv", "--fill", "phone=value:unknown", "--out", "no"], in: folder)
        #expect(filled.status == 64)
        try folder.strata("clean", "a.csv", "--enrich", "--out", "more")
        let twice = try StrataProcess.run(["clean", "more/customers.csv", "--enrich", "--out", "no"], in: folder)
        #expect(twice.status == 64 && twice.errors.contains("contact_country"))
    }
}
