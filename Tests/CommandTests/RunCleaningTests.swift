import Foundation
import Testing

/// `strata run` with a customers file: profile, clean, profile again, and the cleaned customers are what is mined.
@Suite struct RunCleaningTests {
    let folder = Scratch()

    private static let people =
        ["customer_id;name;phone;tier;birth_date;country"]
        + (0..<40).map {
            "c\($0);Ann Smith\($0 % 3);+44 7400 1234\($0 + 10);\($0 % 2 == 0 ? "gold" : "plain");19\(60 + $0 % 30)-03-04;GB"
        }
        + ["c40; BOB  JONES ;07400 123499;Gold;25/12/1981;United Kingdom", "c41;x", "c42;Eve Hill;n/a;plain;-;GB"]

    private func write() throws {
        try folder.write("orders.csv", Samples.orders())
        try folder.write("people.csv", Self.people)
    }

    private static let arguments = ["run", "orders.csv", "people.csv", "--attribute", "tier", "--k", "2"]

    @discardableResult
    private func run(_ more: String...) throws -> StrataProcess.Outcome {
        let outcome = try StrataProcess.run(Self.arguments + more, in: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        return outcome
    }

    @Test func customersAreCleanedMeasuredAndKept() throws {
        try write()
        let outcome = try run("--out", "out")
        #expect(outcome.output.contains("people.csv: 43 rows read = 42 accepted + 0 merged + 1 rejected"))
        // The reader counts the same rows.
        #expect(outcome.output.contains("43 customer rows read = 42 used + 0 set aside + 1 rejected"))
        #expect(outcome.output.contains("quality             before         after"))
        let quality = ResultFile(folder.data("out/quality.csv"))
        #expect(
            quality.rows.count == 12 && Set(quality.column("table")) == ["people.csv", "out/customers/customers.csv"])
        let cleaned = ResultFile(folder.data("out/customers/customers.csv"))
        #expect(cleaned.rows.count == 42)
        #expect(cleaned.rows[40] == ["c40", "Bob Jones", "+447400123499", "gold", "1981-12-25", "GB"])
        // Without cleaning Gold and gold are two categories.
        let features = ResultFile(folder.data("out/features.csv")).headers.filter { $0.hasPrefix("tier") }
        try run("--out", "raw", "--no-clean")
        let raw = ResultFile(folder.data("raw/features.csv")).headers.filter { $0.hasPrefix("tier") }
        #expect(features.count < raw.count)
        #expect(folder.data("raw/quality.csv") == nil && !folder.names(in: "raw").contains("customers"))
    }

    @Test func rejectedRowsKeepTheirLines() throws {
        try write()
        try run("--out", "out")
        try run("--out", "raw", "--no-clean")
        let rejects = ResultFile(folder.data("out/rejects.csv")).rows
        #expect(rejects.count == 1 && rejects == ResultFile(folder.data("raw/rejects.csv")).rows)
        let strict = try StrataProcess.run(Self.arguments + ["--out", "strict", "--strict"], in: folder)
        let plain = try StrataProcess.run(Self.arguments + ["--out", "strict", "--strict", "--no-clean"], in: folder)
        #expect(strict.status == 65 && strict.errors == plain.errors)
        #expect(!folder.names(in: "").contains("strict"))
    }

    @Test func theOriginalComesBack() throws {
        try write()
        try run("--out", "out")
        try folder.strata("clean", "--undo", "out/customers", "--out", "back.csv")
        #expect(folder.data("back.csv") == folder.data("people.csv"))
        let manifest = try #require(
            try JSONSerialization.jsonObject(with: folder.data("out/manifest.json") ?? Data()) as? [String: Any])
        for name in try #require(manifest["outputs"] as? [String]) {
            #expect(folder.data("out/\(name)") != nil, "\(name)")
        }
    }

    @Test func noPersonIsKeptWhereIDsArePseudonyms() throws {
        try write()
        try folder.write("key", Data("0123456789abcdef0123456789abcdef\n".utf8))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: folder.path("key"))
        let outcome = try run("--out", "out", "--pseudonymise", "key")
        #expect(outcome.output.contains("quality             before         after"))
        #expect(folder.names(in: "out").contains("quality.csv") && !folder.names(in: "out").contains("customers"))
    }

    @Test func bytesOfAnotherEncodingAreTold() throws {
        try folder.write("orders.csv", Samples.orders())
        // Beyond the part by which encodings are detected.
        var people = Data(
            (Self.people.prefix(41) + Array(repeating: "c0;Zoë;;gold;;GB", count: 80_000)).joined(separator: "\n").utf8)
        people += Data("\nc99;Andr".utf8) + Data([0xE9]) + Data(";;gold;;GB\n".utf8)
        try folder.write("people.csv", people)
        let outcome = try StrataProcess.run(Self.arguments + ["--out", "out"], in: folder)
        #expect(outcome.status == 65)
        #expect(outcome.errors.contains("people.csv: 1 row holds"))
        #expect(!folder.names(in: "").contains("out"))
    }
}
