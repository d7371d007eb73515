import Foundation
import Testing

/// `strata clean` on files that are not as they should be, and on files in every dialect.
@Suite struct CleanInputTests {
    let folder = Scratch()

    private static let header = "customer_id,given_name,family_name,email,birth_date,city,country"

    /// Sixty rows to be cleaned, in letters of one script each.
    private static func rows(given: String, family: String, city: String, country: String) -> [String] {
        [header]
            + (0..<60).map { row in
                let name = row % 7 == 0 ? " \(given)" : given
                return "\(row),\(name),\(family),a\(row)@gmial.com,\(1950 + row % 40)/01/15,\(city),\(country)"
            }
    }

    private static let latin = rows(given: "ANN", family: "O'Brien", city: "London", country: "UK")
    private static let persian = rows(given: "علي", family: "كريمي", city: "تهران", country: "ایران")
    private static let arabic = rows(given: "علي", family: "كريمي", city: "مشهد", country: "IR")
    private static let chinese = rows(given: "伟", family: "欧阳", city: "上 海", country: "中国")
    private static let german = rows(given: "Zoë", family: "MÜLLER", city: "Köln", country: "Deutschland")

    private static func data(_ lines: [String], _ encoding: UInt, newline: String = "\n") throws -> Data {
        try #require((lines.joined(separator: newline) + newline).data(using: String.Encoding(rawValue: encoding)))
    }

    private func undone(_ data: Data, _ name: String = "in.csv") throws -> Data? {
        try folder.write(name, data)
        try folder.strata("clean", name, "--out", "out", "--max-reject-share", "0.5")
        #expect(!ResultFile(folder.data("out/ledger.csv")).rows.isEmpty)
        try folder.strata("clean", "--undo", "out", "--out", "back.csv")
        return folder.data("back.csv")
    }

    /// Encodings by Foundation's numbers.
    @Test(arguments: [
        ("utf-8", UInt(4), latin), ("utf-16 big endian", 0x9000_0100, persian),
        ("gb18030", 0x8000_0632, chinese), ("windows-1256", 0x8000_0506, arabic), ("windows-1252", 12, german),
    ]) func everyEncodingComesBack(name: String, encoding: UInt, lines: [String]) throws {
        for newline in ["\n", "\r\n"] {
            var data = try Self.data(lines, encoding, newline: newline)
            if name.hasPrefix("utf-16") { data = Data([0xFE, 0xFF]) + data }
            #expect(try undone(data) == data, "\(name)")
        }
    }

    @Test func everyDialectComesBack() throws {
        let plain = Self.latin.joined(separator: "\n")
        let quoted = "70,\"Ann\nMarie\",Hill,x@gmail.com,1980-01-01,\"London, \"\"City\"\"\",GB"
        var files: [(String, String)] = [
            ("no last newline", plain), ("two last newlines", plain + "\n\n"), ("blank lines before", "\n\n" + plain),
            ("a blank line within", plain.replacing("\n5,", with: "\n\n5,")),
            ("carriage returns", plain.replacing("\n", with: "\r") + "\r"),
            ("a quoted newline", plain.replacing("\n5,", with: "\n\(quoted)\n5,") + "\n"),
            ("ragged rows", plain.replacing("\n5,", with: "\n71,Ann\n72,a,b,c,d,e,f,g,h\n73,\"a,b\"\n5,")),
        ]
        for (name, sign) in [("semicolons", ";"), ("tabs", "\t"), ("bars", "|")] {
            files.append((name, plain.replacing(",", with: sign)))
        }
        for (name, text) in files { #expect(try undone(Data(text.utf8)) == Data(text.utf8), "\(name)") }
        let marked = Data([0xEF, 0xBB, 0xBF]) + Data(Self.persian.joined(separator: "\r\n").utf8)
        #expect(try undone(marked) == marked)
    }

    @Test func aPackedFileComesBackUnpacked() throws {
        let data = Data((Self.latin.joined(separator: "\n") + "\n").utf8)
        try folder.write("plain.csv", data)
        let gzip = Process()
        gzip.executableURL = URL(filePath: "/usr/bin/env")
        gzip.arguments = ["gzip", "-k", folder.path("plain.csv")]
        try gzip.run()
        gzip.waitUntilExit()
        let packed = try #require(folder.data("plain.csv.gz"))
        #expect(try undone(packed, "packed.csv.gz") == data)
    }

    /// What is no text in the file's own encoding is a rejected row, and comes back.
    @Test func strayBytesComeBackInEveryEncoding() throws {
        var wide = Data([0xFF, 0xFE])
        wide += try #require(
            (Self.persian.joined(separator: "\n") + "\n").data(using: .utf16LittleEndian))
        // Half of a pair, in the last row's last cell, and the character NUL in the row before.
        wide.replaceSubrange((wide.count - 4)..<(wide.count - 2), with: [0x00, 0xD8])
        #expect(try undone(wide) == wide)
        #expect(ResultFile(folder.data("out/rejects.csv")).rows.map { $0[4] } == ["not text in the file's encoding"])
        let nul = try Self.data(Self.persian.map { $0.replacing("7,علي", with: "7,\u{0}علي") }, 0x9400_0100)
        #expect(try undone(Data([0xFF, 0xFE]) + nul) == Data([0xFF, 0xFE]) + nul)
        #expect(ResultFile(folder.data("out/rejects.csv")).rows.allSatisfy { $0[4] == "a NUL byte" })
        var mixed = Data((Self.persian.joined(separator: "\n") + "\n").utf8)
        mixed += Data("80,".utf8) + (try Self.data(["علي"], 0x8000_0506)).dropLast() + Data(",b,c,d,e,f\n".utf8)
        mixed += Data("81,a".utf8) + Data([0, 0x5C, 0xFF]) + Data("\\x41,b,c,d,e,f\n".utf8)
        #expect(try undone(mixed) == mixed)
        #expect(ResultFile(folder.data("out/rejects.csv")).rows.count == 2)
    }

    @Test func badRowsAreRejectedWithTheirReason() throws {
        let bad =
            Data("90,Ann\n91,a,b,c,d,e,f,g\n92,A".utf8) + Data([0]) + Data("nn,b,c,d,e,f\n93,J".utf8) + Data([0xE9])
            + Data(",b,c,d,e,f\n".utf8)
        let good = Data((Self.persian.joined(separator: "\n") + "\n").utf8)
        try folder.write("in.csv", good + bad)
        let outcome = try folder.strata("clean", "in.csv", "--out", "out")
        #expect(outcome.output.hasPrefix("64 rows read = 60 accepted + 0 merged + 4 rejected ("))
        let rejects = ResultFile(folder.data("out/rejects.csv"))
        #expect(rejects.column("record") == ["61", "62", "63", "64"])
        #expect(
            rejects.column("reason") == [
                "wrong number of fields", "wrong number of fields", "a NUL byte", "not text in the file's encoding",
            ])
        let strict = try StrataProcess.run(
            ["clean", "in.csv", "--out", "strict", "--max-reject-share", "0.05"], in: folder)
        #expect(strict.status == 65 && strict.errorLines.count == 1, "\(strict.errors)")
        // Nothing is left, whatever share is allowed.
        try folder.write("bad.csv", Data("a,b,c\n1,2\n3,4\n".utf8))
        let none = try StrataProcess.run(["clean", "bad.csv", "--out", "none", "--max-reject-share", "1"], in: folder)
        #expect(none.status == 65 && none.errorLines.count == 1, "\(none.errors)")
    }

    @Test func filesThatAreNoTablesAreRefusedInASentence() throws {
        try folder.write("binary.csv", Data((0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 7919 >> 3) }))
        try folder.write("empty.csv", Data())
        try folder.write("header.csv", ["id,name,city"])
        for name in ["binary.csv", "empty.csv", "header.csv"] {
            let outcome = try StrataProcess.run(["clean", name, "--out", "out"], in: folder)
            #expect(outcome.status == 65 && outcome.errorLines.count == 1, "\(name): \(outcome.errors)")
            #expect(!folder.names().contains("out"))
        }
        #expect(try StrataProcess.run(["clean", "nosuch.csv", "--out", "out"], in: folder).status == 66)
    }

    /// A line of 1 GiB, as a file without blocks on the disk, whose bytes are NULs; and one of letters past the longest line
    /// that is read.
    @Test func aLineOfAGibibyteIsRefused() throws {
        try folder.write("sparse.csv", ["id,name", "1,Ann"])
        let handle = try FileHandle(forWritingTo: folder.url.appending(path: "sparse.csv"))
        try handle.truncate(atOffset: 1 << 30)
        try handle.close()
        let outcome = try StrataProcess.run(["clean", "sparse.csv", "--out", "out"], in: folder)
        #expect(outcome.status == 65 && outcome.errorLines.count == 1, "\(outcome.errors)")
        #expect(!folder.names().contains("out"))
        try folder.write("long.csv", Data("id,name\n1,Ann\n2,".utf8) + Data(repeating: 0x61, count: 70 << 20))
        let long = try StrataProcess.run(["clean", "long.csv", "--out", "out"], in: folder)
        #expect(long.status == 65 && long.errorLines.count == 1, "\(long.errors)")
        #expect(!folder.names().contains("out"))
    }
}
