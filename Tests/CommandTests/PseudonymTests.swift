import Foundation
import Testing

/// With `--pseudonymise` no id, no name and no contact is in any byte of any output.
@Suite struct PseudonymTests {
    let folder = Scratch()

    /// What must not be found.
    static let secrets = ["ZQID-", "Zaphod", "zq@example.org", "+49151"]

    init() throws {
        try folder.write("key", Data("0123456789abcdef0123456789abcdef\n".utf8))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: folder.path("key"))
        // ZQID-0 to ZQID-8, and rows that are not used.
        try folder.write(
            "orders.csv",
            ["customer_id,order_id,date,amount,channel"]
                + (0..<60).map {
                    "ZQID-\($0 % 9),o\($0),2024-0\($0 / 28 % 9 + 1)-\($0 % 28 < 9 ? "0" : "")\($0 % 28 + 1),\($0 + 1).50,web"
                } + ["ZQID-3,x,2024-02-30,5,web", "ZQID-4,y", "ZQID-5,z,2024-02-03,-7,web"])
        try folder.write(
            "people.csv",
            ["customer_id,name,email,phone,age,city"]
                + (0..<11).map { "ZQID-\($0),Zaphod \($0),zq@example.org,+49151\($0),\(20 + $0 * $0),Bern" }
                + ["ZQID-1,Zaphod again,zq@example.org,+49151,3,Bern", "ZQID-77"])
        try folder.write("visits.csv", ["customer_id,date,kind", "ZQID-9,2024-02-01,visit", "ZQID-9,never,visit"])
    }

    static let inputs = ["orders.csv", "people.csv", "visits.csv"]

    /// Runs strata and expects that nothing secret is in what it says.
    @discardableResult
    func quiet(_ arguments: [String], status: Int32 = 0) throws -> StrataProcess.Outcome {
        let outcome = try StrataProcess.run(arguments, in: folder)
        #expect(outcome.status == status, "\(arguments): \(outcome.errors)")
        for secret in Self.secrets + ["0123456789abcdef"] {
            #expect(!outcome.output.contains(secret) && !outcome.errors.contains(secret), "\(arguments): \(secret)")
        }
        return outcome
    }

    /// Expects that nothing secret is in a file.
    func expectQuiet(_ name: String) throws {
        let data = try #require(folder.data(name), "\(name)")
        for secret in Self.secrets + ["0123456789abcdef"] {
            #expect(data.range(of: Data(secret.utf8)) == nil, "\(name): \(secret)")
        }
    }

    @Test func noOutputOfAnyCommandHasAnID() throws {
        let key = ["--pseudonymise", "key"]
        let reject = ["--max-reject-share", "1"]
        try quiet(
            ["run"] + Self.inputs + [
                "--out", "out", "--attribute", "age", "--attribute", "email", "--returns", "ignore",
            ]
                + key + reject)
        #expect(folder.names(in: "out").count == 14)
        for name in folder.names(in: "out") { try expectQuiet("out/\(name)") }
        let rejects = ResultFile(folder.data("out/rejects.csv"))
        #expect(rejects.rows.count == 6 && rejects.rows.allSatisfy { $0[5].isEmpty && !$0[4].isEmpty })
        for command in ["rfm", "lifecycle", "features"] {
            try quiet([command] + Self.inputs + ["--rejects", "rejects.csv", "--out", "\(command).csv"] + key + reject)
            try expectQuiet("rejects.csv")
            try expectQuiet("\(command).csv")
            try quiet([command] + Self.inputs + key + reject)
        }
        try quiet(["score", "--model", "out/model.json", "--out", "score.csv"] + Self.inputs + key + reject)
        try expectQuiet("score.csv")
        try quiet(["inspect"] + Self.inputs + key)
        // Tables with ids are clustered and exported.
        try folder.strata("run", "orders.csv", "--out", "raw", "--max-reject-share", "1")
        try quiet(
            [
                "cluster", "raw/features.csv", "--id", "customer_id", "--columns", "frequency,monetary", "--k", "2",
                "--out",
            ]
                + ["labels.csv", "--model", "clusters.json", "--typical", "typical.csv", "--profile", "profile.json"]
                + ["--rules", "rules.csv"] + key)
        try expectQuiet("labels.csv")
        for name in ["typical.csv", "profile.json", "rules.csv"] { try expectQuiet(name) }
        let typical = ResultFile(folder.data("typical.csv")).column("customer_id")
        #expect(!typical.isEmpty && typical.allSatisfy { $0.count == 64 })
        try expectQuiet("clusters.json")
        let exported = try quiet(["export", "people.csv"] + key, status: 65)
        #expect(exported.errors.contains("fields"))
        try folder.write("whole.csv", folder.text("people.csv").split(separator: "\n").dropLast().map(String.init))
        let table = try quiet(["export", "whole.csv", "--out", "exported.csv"] + key)
        try expectQuiet("exported.csv")
        #expect(table.errors.contains("\"name\", \"email\", \"phone\" dropped"), "\(table.errors)")
        #expect(ResultFile(folder.data("exported.csv")).headers == ["customer_id", "age", "city"])
        try quiet(["export", "raw/segments.csv", "--columns", "customer_id,state", "--where", "frequency > 1"] + key)
        // One customer, by the id, of either kind of run.
        for run in ["out", "raw"] {
            for form in [[], ["--json"]] {
                let answer = try quiet(["explain", "ZQID-4", "--run", run] + key + form)
                #expect(answer.output.contains(try pseudonym("ZQID-4")))
            }
        }
        try folder.strata(
            "run", "orders.csv", "--out", "later", "--max-reject-share", "1", "--k", "2", "--horizon", "9")
        try quiet(["diff", "raw", "later", "--csv", "moved.csv"] + key)
        try expectQuiet("moved.csv")
        let moved = ResultFile(folder.data("moved.csv")).column("customer_id")
        #expect(!moved.isEmpty && moved == moved.sorted() && moved.allSatisfy { $0.count == 64 })
        try quiet(["diff", "out", "out"] + key)
    }

    /// The pseudonym by another program.
    func pseudonym(_ id: String) throws -> String {
        let line = "printf %s \(id) | openssl dgst -sha256 -hmac 0123456789abcdef0123456789abcdef | sed 's/.*= *//'"
        return try StrataProcess.shell(line, in: folder).output.trimmingCharacters(in: .newlines)
    }

    @Test func aPseudonymIsHMACAndTheRestIsAsItWas() throws {
        let reject = ["--max-reject-share", "1", "--returns", "match"]
        try quiet(["run", "orders.csv", "--out", "out", "--pseudonymise", "key"] + reject)
        _ = try StrataProcess.run(["run", "orders.csv", "--out", "raw"] + reject, in: folder)
        for name in ["segments.csv", "features.csv"] {
            let (plain, secret) = (ResultFile(folder.data("raw/\(name)")), ResultFile(folder.data("out/\(name)")))
            // k-means begins at other rows, and may number its clusters otherwise.
            let end = plain.headers.firstIndex(of: "cluster") ?? plain.headers.count
            #expect(plain.headers == secret.headers && plain.rows.count == 9)
            #expect(secret.rows.map { $0[0] } == secret.rows.map { $0[0] }.sorted())
            for row in plain.rows {
                let own = try pseudonym(row[0])
                let found = secret.rows.first { $0[0] == own }
                #expect(found.map { Array($0[1..<end]) } == Array(row[1..<end]), "\(name)")
            }
        }
        func orders(_ name: String, _ id: String) -> [[String]] {
            ResultFile(folder.data("\(name)/purchases.csv")).rows.filter { $0[0] == id }.map { Array($0.dropFirst()) }
        }
        #expect(orders("raw", "ZQID-4") == orders("out", try pseudonym("ZQID-4")))
        #expect(folder.text("out/manifest.json").contains("HMAC-SHA256"))
        #expect(!folder.text("raw/manifest.json").contains("pseudonyms"))
        // The same for any number of threads.
        for threads in ["1", "3"] {
            try quiet(
                ["run", "orders.csv", "--out", "again", "--threads", threads, "--pseudonymise", "key"] + reject)
            for name in [
                "segments.csv", "features.csv", "purchases.csv", "segment-features.csv", "cluster-choice.csv",
                "model.json",
            ] {
                #expect(folder.data("again/\(name)") == folder.data("out/\(name)"), "\(name)")
            }
        }
    }

    @Test func keysThatDoNotFitAreRefused() throws {
        let reject = ["--max-reject-share", "1"]
        try folder.write("other", Data("fedcba9876543210fedcba9876543210".utf8))
        try quiet(["run", "orders.csv", "--out", "one", "--pseudonymise", "key"] + reject)
        try quiet(["run", "orders.csv", "--out", "two", "--pseudonymise", "other"] + reject)
        try folder.strata("run", "orders.csv", "--out", "raw", "--max-reject-share", "1")
        #expect(try quiet(["diff", "one", "two"], status: 65).errors.contains("different keys"))
        #expect(try quiet(["diff", "one", "raw"], status: 65).errors.contains("one has pseudonyms and raw has ids"))
        #expect(
            try quiet(["explain", "ZQID-1", "--run", "one", "--pseudonymise", "other"], status: 64).errors.contains(
                "another key"))
        #expect(try quiet(["explain", "ZQID-1", "--run", "one"], status: 65).errors.contains("--pseudonymise"))
        #expect(
            try quiet(["export", "one/segments.csv", "--pseudonymise", "key"], status: 64).errors.contains(
                "has pseudonyms already"))
        try folder.write("short", Data("0123456789abcde\n".utf8))
        #expect(
            try quiet(["rfm", "orders.csv", "--pseudonymise", "short"], status: 65).errors.contains("at least 16 bytes")
        )
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: folder.path("key"))
        #expect(
            try quiet(["rfm", "orders.csv", "--out", "r.csv", "--pseudonymise", "key"] + reject).errors.contains(
                "note: others can read the key"))
    }

    @Test func contactsUnderAnyHeaderAreDropped() throws {
        let cells = [
            "contact_person": "Zaphod Zed", "کد ملی": "0012345678", "微信": "zaphod88", "Ship To": "Zaphod Zed, Bern",
            "referred_by": "Zaphod Zed", "number": "+49 151 2345678", "line": "021 4455 66778",
            "other": "zq@example.org",
            "kept": "2024-05-01", "amount": "012.5", "item": "P-0012345678",
        ]
        let headers = cells.keys.sorted()
        try folder.write(
            "more.csv",
            ["customer_id," + headers.joined(separator: ",")]
                + (1...3).map { "ZQID-\($0)," + headers.map { "\"\(cells[$0] ?? "")\"" }.joined(separator: ",") })
        try quiet(["export", "more.csv", "--out", "less.csv", "--pseudonymise", "key"])
        try expectQuiet("less.csv")
        #expect(ResultFile(folder.data("less.csv")).headers == ["customer_id", "amount", "item", "kept"])
    }

    @Test func pseudonymsAreNotMadeOfPseudonyms() throws {
        let options = ["--max-reject-share", "1", "--pseudonymise", "key"]
        try quiet(["run", "orders.csv", "--out", "hidden"] + options)
        let again = try quiet(
            ["cluster", "hidden/features.csv", "--columns", "frequency", "--k", "2", "--pseudonymise", "key"],
            status: 64)
        #expect(again.errors.contains("has pseudonyms already"))
        #expect(
            try quiet(["export", "hidden/segments.csv", "--pseudonymise", "key"], status: 64).errors
                == again.errors
                .replacingOccurrences(of: "features", with: "segments"))
    }
}
