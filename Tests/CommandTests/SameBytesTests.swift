import Foundation
import Testing

/// The same input gives the same bytes, however it comes.
@Suite(.serialized) struct SameBytesTests {
    let folder = Scratch()

    static let results = [
        "segments.csv", "features.csv", "kpis.csv", "segment-overview.csv", "segment-features.csv",
        "typical-customers.csv", "cluster-rules.csv", "cluster-choice.csv", "cohorts.csv", "purchases.csv",
        "rejects.csv", "model.json",
    ]

    func run(_ arguments: String..., into out: String) throws -> [Data?] {
        let outcome = try StrataProcess.run(["run"] + arguments + ["--out", out], in: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        return Self.results.map { folder.data("\(out)/\($0)") }
    }

    @Test func threadsDoNotMatter() throws {
        let source = Samples.hasOnlineRetail ? Samples.onlineRetail : Samples.cdnow
        let one = try run(source, "--threads", "1", into: "one")
        #expect(!one.contains(nil))
        #expect(try run(source, "--threads", "2", into: "two") == one)
        #expect(try run(source, "--threads", "3", into: "three") == one)
        for command in ["rfm", "lifecycle", "features"] {
            let tables = try ["1", "2", "3"].map { threads in
                try folder.strata(command, source, "--threads", threads).output
            }
            #expect(tables[0] == tables[1] && tables[1] == tables[2], "\(command)")
        }
    }

    @Test func packingStandardInputAndPartsDoNotMatter() throws {
        let bytes = try Data(contentsOf: URL(filePath: Samples.cdnow))
        let plain = try folder.strata("rfm", Samples.cdnow).output
        #expect(plain.utf8.count > 1_000_000)
        try folder.write("orders.csv", bytes)
        try #require(try StrataProcess.shell("gzip -k orders.csv", in: folder).status == 0)
        #expect(try folder.strata("rfm", "orders.csv.gz").output == plain)
        #expect(try folder.strata("rfm", "-", input: bytes).output == plain)
        #expect(try folder.strata("rfm", "--transactions", "-", input: folder.data("orders.csv.gz")).output == plain)
        #expect(try StrataProcess.shell("\"$STRATA\" rfm <(cat orders.csv)", in: folder).output == plain)
        // Monthly files of very different sizes, by a quoted pattern.
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
        let header = [lines[0]]
        for (name, range) in [
            ("month-1.csv", 1..<2), ("month-2.csv", 2..<30_001), ("month-3.csv", 30_001..<lines.count),
        ] {
            try folder.write(name, header + lines[range])
        }
        #expect(try folder.strata("rfm", "--transactions", "month-*.csv").output == plain)
        #expect(try folder.strata("rfm", "month-1.csv", "month-2.csv", "month-3.csv").output == plain)
        // Quoted cells, CRLF, a byte order mark, tabs: other forms of the same table.
        let other = lines.map { $0.split(separator: ",").map { "\"\($0)\"" }.joined(separator: "\t") }
        try folder.write("other.tsv", Data("\u{FEFF}\(other.joined(separator: "\r\n"))\r\n".utf8))
        #expect(try folder.strata("rfm", "other.tsv").output == plain)
    }

    @Test func scoringTheTrainingDataGivesTheTrainingResult() throws {
        for source in [Samples.cdnow] + (Samples.hasOnlineRetail ? [Samples.onlineRetail] : []) {
            _ = try run(source, into: "out")
            try folder.strata("score", "--model", "out/model.json", "--transactions", source, "--out", "scored.csv")
            #expect(folder.data("scored.csv") == folder.data("out/segments.csv"))
            #expect(folder.mode("scored.csv") == 0o600)
        }
    }

    @Test func aScoreHasADateOfItsOwn() throws {
        let lines = String(decoding: try Data(contentsOf: URL(filePath: Samples.cdnow)), as: UTF8.self)
            .split(separator: "\n").map(String.init)
        // The dates are the second column, as yyyy-MM-dd.
        try folder.write(
            "early.csv", lines.filter { $0.hasPrefix("customer") || $0.split(separator: ",")[1] < "1998-01-01" })
        try folder.strata("run", "early.csv", "--out", "out")
        let later = try folder.strata("score", "--model", "out/model.json", Samples.cdnow, "--out", "later.csv")
        #expect(later.errors.contains("as of 1998-07-01, by a model as of 1998-01-01: 23,570 customers"))
        let (trained, scored) = (ResultFile(folder.data("out/segments.csv")), ResultFile(folder.data("later.csv")))
        #expect(trained.headers == scored.headers && scored.rows.count == 23_570)
        // 00001 bought on 1997-01-01 only.
        #expect(trained.rows[0][3] == "365" && scored.rows[0][3] == "546")
        // Nothing from after the date is used.
        try folder.strata("run", "early.csv", "--as-of", "1997-12-31", "--out", "out")
        let stated = try folder.strata("score", "--model", "out/model.json", Samples.cdnow, "--as-of", "1997-12-31")
        #expect(stated.output == folder.text("out/segments.csv"))
    }
}
