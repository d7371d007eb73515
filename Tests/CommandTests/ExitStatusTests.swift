import Foundation
import Testing

/// Every failure is one sentence on standard error and its status, and never shows what a person's cell held.
@Suite struct ExitStatusTests {
    let folder = Scratch()

    /// Runs, and expects one sentence with those words and nothing on standard output.
    func expect(
        _ status: Int32, _ words: String..., from arguments: String...,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let outcome = try StrataProcess.run(arguments, in: folder)
        #expect(outcome.status == status, "\(outcome.errors)", sourceLocation: sourceLocation)
        #expect(outcome.output.isEmpty, sourceLocation: sourceLocation)
        #expect(outcome.errorLines.count == 1, "\(outcome.errors)", sourceLocation: sourceLocation)
        #expect(outcome.errors.hasPrefix("strata: "), "\(outcome.errors)", sourceLocation: sourceLocation)
        for word in words {
            #expect(outcome.errors.contains(word), "\(outcome.errors)", sourceLocation: sourceLocation)
        }
        for cell in ["Zebulon", "zeb@example.org", "SECRET"] {
            #expect(!outcome.errors.contains(cell), "\(outcome.errors)", sourceLocation: sourceLocation)
        }
    }

    static let readers = [["run"], [], ["rfm"], ["lifecycle"], ["features"], ["inspect"]]

    @Test(arguments: readers) func missingFilesAre66(_ command: [String]) throws {
        let outcome = try StrataProcess.run(command + ["absent.csv"], in: folder)
        #expect(outcome.status == 66)
        #expect(outcome.errors == "strata: absent.csv: can't be opened: No such file or directory\n")
        #expect(folder.names().isEmpty)
    }

    @Test func missingModelsMapsConfigurationsAndPatternsAre66() throws {
        try folder.write("orders.csv", Samples.orders())
        try expect(66, "absent.json", from: "score", "--model", "absent.json", "--transactions", "orders.csv")
        try expect(66, "absent", "rfm-two-digit", from: "rfm", "--transactions", "orders.csv", "--map", "absent")
        try expect(66, "absent.yaml", from: "run", "orders.csv", "--config", "absent.yaml")
        try expect(66, "*.gone", from: "rfm", "--transactions", "*.gone")
        try expect(66, "absent.csv", from: "export", "absent.csv")
        try expect(66, "absent.npy", from: "cluster", "absent.npy", "--k", "2")
    }

    @Test(arguments: readers) func filesThatAreNoTablesAre65(_ command: [String]) throws {
        try folder.write("empty.csv", Data())
        try folder.write("header.csv", ["customer_id,date,amount"])
        try folder.write("binary.csv", Data((0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 197 ^ $0 >> 3) }))
        try folder.write("cut.gz", Data([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0x4B, 0x4C]))
        try folder.write(
            "open.csv", ["customer_id,date,amount", "Zebulon,2024-01-01,5", "c2,\"SECRET,5", "c3,2024-01-03,6"])
        for (file, words) in [
            ("empty.csv", "is empty"), ("header.csv", "no rows"), ("binary.csv", "binary"), ("cut.gz", "cut.gz"),
            ("open.csv", "line 3"),
        ] {
            let outcome = try StrataProcess.run(command + [file], in: folder)
            if command == ["inspect"], file == "header.csv" { continue }
            #expect(outcome.status == 65, "\(file): \(outcome.errors)")
            #expect(outcome.errorLines.count == 1)
            #expect(outcome.errors.contains(words) && outcome.errors.contains(file), "\(outcome.errors)")
            #expect(!outcome.errors.contains("Zebulon") && !outcome.errors.contains("SECRET"))
        }
        #expect(!folder.names().contains("strata-out"), "no folder stays behind a run that wrote nothing")
    }

    @Test func columnsThatFillNoRoleAre65() throws {
        try folder.write("norole.csv", ["a,b,c", "Zebulon,SECRET,z", "u,v,w"])
        try expect(
            65, "customer", "\"a\", \"b\", \"c\"", "--column customer=", from: "rfm", "--transactions", "norole.csv")
        try expect(65, "--transactions, --customers or --interactions", from: "run", "norole.csv")
        try folder.write("two.csv", ["buyer_id,client_id,date,amount", "a,b,2024-01-01,5", "c,d,2024-01-02,6"])
        try expect(65, "\"buyer_id\"", "\"client_id\"", "--column customer=", from: "rfm", "two.csv")
    }

    @Test func nothingAcceptedIs65() throws {
        try folder.write("nobody.csv", ["customer_id,date,amount", ",2024-01-01,5", ",2024-01-02,6"])
        try expect(65, "none of 2 rows", "no customer", from: "rfm", "nobody.csv", "--column", "customer=customer_id")
        try folder.write("orders.csv", Samples.orders())
        try expect(65, "none of 40 rows", "after the as-of date", from: "rfm", "orders.csv", "--as-of", "1990-01-01")
    }

    @Test func tooManyRejectsAre65AndCanBeSeen() throws {
        try folder.write("orders.csv", Samples.orders() + (0..<15).map { _ in "Zebulon,o,SECRET,5" })
        try expect(
            65, "15 of 55 rows", "not a date", from: "rfm", "orders.csv", "--rejects", "rejects.csv", "--out", "rfm.csv"
        )
        #expect(folder.names() == ["orders.csv", "rejects.csv"])
        #expect(ResultFile(folder.data("rejects.csv")).rows.count == 15)
        try folder.strata("rfm", "orders.csv", "--max-reject-share", "0.3", "--out", "rfm.csv")
    }

    @Test func strictStopsAtTheFirstRejectedRow() throws {
        try folder.write(
            "orders.csv", Samples.orders() + ["c1,o,SECRET,5", "c1,o,2024-02-30,5"])
        try expect(65, "orders.csv line 42", "\"date\"", from: "rfm", "orders.csv", "--strict", "--out", "rfm.csv")
        #expect(folder.names() == ["orders.csv"])
    }

    @Test func twoCurrenciesAre65() throws {
        try folder.write(
            "column.csv", ["customer_id,date,amount,currency", "c1,2024-01-01,5,EUR", "c2,2024-01-02,5,USD"])
        try expect(65, "EUR", "USD", "never added", from: "rfm", "column.csv")
        try folder.write("signs.csv", ["customer_id,date,amount", "c1,2024-01-01,€5", "c2,2024-01-02,$5"])
        try expect(65, "€", "$", "never added", from: "rfm", "signs.csv")
    }

    @Test func moreClustersThanDistinctRowsAre65() throws {
        try folder.write("orders.csv", Samples.orders(3))
        try expect(65, "9 clusters", from: "run", "orders.csv", "--k", "9")
        try folder.write("table.csv", ["x,y", "1,2", "1,2", "3,4"])
        try expect(65, "table.csv", "2 distinct rows", "3 clusters", from: "cluster", "table.csv", "--k", "3")
    }

    @Test func valuesThatAreNotFiniteAre65() throws {
        try folder.write("table.csv", ["x,y", "1,2", "1,", "3,4"])
        for scale in ["none", "standard", "robust"] {
            try expect(65, "table.csv", "row 1", "\"y\"", from: "cluster", "table.csv", "--k", "2", "--scale", scale)
        }
    }

    @Test func damagedAndNewerModelsAre65() throws {
        try folder.write("orders.csv", Samples.orders())
        try folder.strata("run", "orders.csv", "--out", "out")
        let model = folder.text("out/model.json")
        try folder.write("newer.json", [model.replacing("\"format\" : 1", with: "\"format\" : 2")])
        try expect(65, "format 2", "newer", from: "score", "--model", "newer.json", "orders.csv")
        try folder.write("cut.json", Data(model.utf8.prefix(model.utf8.count / 2)))
        try expect(65, "cut.json", "damaged", from: "score", "--model", "cut.json", "orders.csv")
        try folder.write("part.json", [model.replacing("\"kMeans\"", with: "\"kMens\"")])
        try expect(
            65, "part.json", "damaged at model.clusters.kMeans", from: "score", "--model", "part.json", "orders.csv")
        try expect(65, "orders.csv", "no strata model", from: "score", "--model", "orders.csv", "orders.csv")
    }

    @Test func outputsThatCannotBeWrittenAre73() throws {
        try folder.write("orders.csv", Samples.orders())
        try expect(73, "absent/rfm.csv", "no folder", from: "rfm", "orders.csv", "--out", "absent/rfm.csv")
        try expect(73, "it is a folder", from: "rfm", "orders.csv", "--out", folder.url.path)
        try expect(73, "No space left", from: "rfm", "orders.csv", "--out", "/dev/full")
        // Nobody can make a file there, not even root.
        try expect(73, "/proc/rfm.csv", from: "rfm", "orders.csv", "--out", "/proc/rfm.csv")
        try expect(73, "/proc/out", from: "run", "orders.csv", "--out", "/proc/out")
        for command in ["rfm", "lifecycle", "features", "run", "inspect"] {
            let outcome = try StrataProcess.shell("\"$STRATA\" \(command) orders.csv > /dev/full", in: folder)
            #expect(outcome.status == 73, "\(command)")
            #expect(outcome.errors.contains("can't write standard output: No space left on device"), "\(command)")
        }
    }

    /// A file system of 64 kB holds neither the results nor a part of them.
    @Test(.enabled(if: Samples.isRoot, "only root can mount a small disk"))
    func aFullDiskKeepsWhatStoodThere() throws {
        let disk = folder.path("disk")
        let mounted = try StrataProcess.shell("mkdir disk && mount -t tmpfs -o size=64k tmpfs disk", in: folder)
        try #require(mounted.status == 0, "no right to mount: \(mounted.errors)")
        defer { _ = try? StrataProcess.shell("umount \(disk)", in: folder) }
        try folder.write("disk/rfm.csv", ["what stood there"])
        let outcome = try StrataProcess.run(["rfm", Samples.cdnow, "--out", "disk/rfm.csv"], in: folder)
        #expect(outcome.status == 73 && outcome.errors.contains("No space left"), "\(outcome.errors)")
        #expect(folder.names(in: "disk") == ["rfm.csv"])
        #expect(folder.text("disk/rfm.csv") == "what stood there\n")
        let run = try StrataProcess.run(["run", Samples.cdnow, "--out", "disk/out"], in: folder)
        #expect(run.status == 73, "\(run.errors)")
        #expect(folder.names(in: "disk") == ["rfm.csv"])
        let readOnly = try StrataProcess.shell("mount -o remount,ro disk", in: folder)
        try #require(readOnly.status == 0)
        try expect(73, "Read-only file system", from: "rfm", Samples.cdnow, "--out", "disk/other.csv")
    }

    @Test func wrongUsageIs64() throws {
        try folder.write("orders.csv", Samples.orders())
        try expect(64, "unknown option '--bogus'", from: "rfm", "orders.csv", "--bogus")
        try expect(64, "neither a command nor a file", from: "rfn")
        try expect(64, "no transactions", from: "run")
        try expect(64, "--out must be a folder", from: "run", "orders.csv", "--out", "-")
        try expect(64, "--threads must be in 1...1024; got 0", from: "rfm", "orders.csv", "--threads", "0")
        try expect(64, "must be in 2...10; got 11", from: "rfm", "orders.csv", "--bins", "11")
        try expect(64, "--as-of", from: "rfm", "orders.csv", "--as-of", "32/32/32")
        try expect(64, "'match', 'net' or 'ignore'", from: "rfm", "orders.csv", "--returns", "keep")
        try expect(64, "--max-reject-share must be in 0...1", from: "rfm", "orders.csv", "--max-reject-share", "2")
        try expect(64, "no such column", from: "rfm", "orders.csv", "--column", "amount=price")
        try expect(64, "unknown role", from: "rfm", "orders.csv", "--column", "amnt=amount")
        try expect(64, "no such feature", from: "run", "orders.csv", "--cluster-on", "height")
        try expect(64, "--k", from: "cluster", "orders.csv")
    }

    @Test func helpAndVersionAre0() throws {
        for arguments in [["--help"], [], ["help"], ["run", "--help"], ["help", "rfm"], ["--version"]] {
            let outcome = try StrataProcess.run(arguments, in: folder)
            #expect(outcome.status == 0 && outcome.errors.isEmpty && !outcome.output.isEmpty, "\(arguments)")
        }
    }
}
