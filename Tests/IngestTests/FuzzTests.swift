import CustomerData
import Foundation
import Semantics
import Statistics
import Testing

@testable import Ingest

/// Files of chance and files damaged by chance: no crash, no hang, no lost row, and the same for any number of threads.
///
/// A few seconds of it are part of every test run. `STRATA_FUZZ_SECONDS=600 swift test --filter Fuzzing` goes on for
/// so long, from `STRATA_FUZZ_SEED` (1 unless given); each finding names the seed that shows it again.
@Suite("Fuzzing the text reader", .serialized) struct FuzzTests {
    private static let seconds = ProcessInfo.processInfo.environment["STRATA_FUZZ_SECONDS"].flatMap(Double.init)
    private static let firstSeed = ProcessInfo.processInfo.environment["STRATA_FUZZ_SEED"].flatMap(UInt64.init) ?? 1

    /// Calls `body` with one seed after the other: so many, or for half of the time that is given.
    private func forEachSeed(_ name: String, _ count: Int, _ body: (UInt64) throws -> Void) rethrows {
        let end = Self.seconds.map { Date(timeIntervalSinceNow: $0 / 2) }
        var seed = Self.firstSeed
        while end.map({ $0 > Date() }) ?? (seed < Self.firstSeed + UInt64(count)) {
            try body(seed)
            seed += 1
        }
        if Self.seconds != nil { print("\(name): \(seed - Self.firstSeed) inputs from seed \(Self.firstSeed)") }
    }

    @Test func `Bytes of chance in small blocks are read as the plain reader reads them`() {
        forEachSeed("blocks", 3000) { seed in
            var random = SeededGenerator(seed: seed)
            let dialect = Dialect(
                delimiter: Dialect.delimiters[random.index(below: 4)],
                newline: random.index(below: 4) == 0 ? UInt8(ascii: "\r") : UInt8(ascii: "\n"))
            let alphabet =
                Array("a \"\"\r\n\n,;|\t".utf8) + [UInt8](repeating: UInt8(ascii: "b"), count: random.index(below: 60))
            let text = (0..<random.index(below: 1500)).map { _ in alphabet[random.index(below: alphabet.count)] }
            let expected = ReferenceReader(text, dialect)
            let size = 1 + random.index(below: 300)
            do {
                let found = try records(
                    text, dialect, blockByteCount: size, workers: 1 + random.index(below: 3), seed: seed)
                #expect(expected.unclosedLine == nil, "seed \(seed)")
                #expect(found.raw == expected.raw, "seed \(seed)")
                #expect(
                    found.records == expected.records.map { $0.map { String(decoding: $0, as: UTF8.self) } },
                    "seed \(seed)")
            } catch {
                #expect(error is BlockProblem && expected.unclosedLine != nil, "seed \(seed)")
            }
        }
    }

    @Test func `Files of chance are read as the plain reader reads them`() throws {
        let folder = try TestFolder()
        try forEachSeed("files", 60) { seed in
            var random = SeededGenerator(seed: seed, stream: 7)
            let table = try FuzzTable(&random)
            if random.index(below: 3) == 0 {
                try checkWhole(table, folder, seed, packs: random.index(below: 3) == 0)
                return
            }
            let text = mutated(table.bytes, &random)
            var bytes = text
            var isDamaged = false
            if random.index(below: 5) == 0 {
                bytes = try packed(text)
                isDamaged = random.index(below: 2) == 0
                if isDamaged { bytes = mutated(bytes, &random) }
            }
            let path = try folder.file(bytes, name: "seed-\(seed)")
            try check(path, isDamaged ? nil : text, seed)
            let found = outcome(path, threads: 1)
            #expect(found == outcome(path, threads: 3), "seed \(seed)")
            #expect(!found.contains { $0.hasPrefix("no Problem") || $0 == "bug" }, "seed \(seed)")
            try FileManager.default.removeItem(atPath: path)
        }
    }

    /// A file that nothing happened to is read to the last cell, its form named or detected.
    private func checkWhole(_ table: FuzzTable, _ folder: TestFolder, _ seed: UInt64, packs: Bool) throws {
        let path = try folder.file(packs ? packed(table.bytes) : table.bytes, name: "seed-\(seed)")
        let named = TableFile.Options(encoding: table.encoding, delimiter: table.dialect.delimiter)
        let rows = table.rows.filter { $0 != [""] }
        // A header of one empty cell is a blank line, and then another line is the header.
        guard rows.count > 1 else { return }
        for threads in [1, 3] {
            let found = try TableFile(path: path, options: named).everyRecord(threads: threads).filter { $0 != [""] }
            #expect(found == rows, "seed \(seed)")
        }
        try check(path, table.bytes, seed)
        try FileManager.default.removeItem(atPath: path)
    }

    /// What the file holds, by the form that was detected, is what the plain reader finds in it.
    ///
    /// - Parameter bytes: the file's bytes, unpacked; nil when they are not known.
    private func check(_ path: String, _ bytes: [UInt8]?, _ seed: UInt64) throws {
        let file: TableFile
        do { file = try TableFile(path: path) } catch {
            #expect((error as? Problem)?.kind == .data, "seed \(seed)")
            return
        }
        guard let bytes else { return }
        let marks: [[UInt8]] = [[0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF]]
        let mark = marks.first { bytes.starts(with: $0) } ?? []
        guard let text = decoded(Array(bytes[mark.count...]), from: file.encoding) else {
            #expect(problem { _ = try file.everyRecord() }?.kind == .data, "seed \(seed)")
            return
        }
        let expected = ReferenceReader(text, file.dialect)
        for threads in [1, 3] {
            if let line = expected.unclosedLine {
                let found = problem { _ = try file.everyRecord(threads: threads) }
                #expect(found?.description.contains(" line \(line): a quoted field opens here") == true, "seed \(seed)")
                continue
            }
            let found = try file.everyRecord(threads: threads)
            #expect(found.count == expected.records.count, "seed \(seed)")
            #expect(
                found == expected.records.map { $0.map { String(decoding: $0, as: UTF8.self) } }, "seed \(seed)")
        }
        guard expected.unclosedLine == nil, let header = expected.header else { return }
        #expect(file.headers == expected.records[header].map { String(decoding: $0, as: UTF8.self) }, "seed \(seed)")
        guard file.headers.count >= 3 else { return }
        // Every row is accounted for, and the rows that were not used are written as they were.
        guard
            let run = try? TransactionRun(
                paths: [path], threads: 3, { $0.overrides = [.customer: "#1", .time: "#2", .amount: "#3"] })
        else { return }
        let rows = expected.raw[(header + 1)...]
        #expect(run.accounts.read == rows.count { !$0.isEmpty }, "seed \(seed)")
        #expect(run.accounts.blankLines == rows.count { $0.isEmpty }, "seed \(seed)")
        #expect(
            run.accounts.read == run.accounts.accepted + run.accounts.setAside + run.accounts.rejected, "seed \(seed)")
        let written = ReferenceReader(run.rejects, Dialect()).records.dropFirst()
        #expect(written.count == run.accounts.setAside + run.accounts.rejected, "seed \(seed)")
        let byLine = Dictionary(zip(expected.lines, expected.raw)) { $1 }
        for record in written {
            let line = Int(String(decoding: record[1], as: UTF8.self)) ?? 0
            #expect(record[5] == ReferenceReader.trimmed(byLine[line] ?? []), "seed \(seed) line \(line)")
        }
    }

    /// Everything that reading a file gives, or the sentences of what is wrong with it.
    private func outcome(_ path: String, threads: Int) -> [String] {
        let parallel = Parallel(threads: threads)
        func told(_ body: () throws -> String) -> String {
            do { return try body() } catch {
                guard let problem = error as? Problem else { return "no Problem: \(error)" }
                return problem.kind == .bug ? "bug" : problem.description
            }
        }
        let places: [ColumnRole: String] = [.customer: "#1", .time: "#2", .amount: "#3", .order: "#1"]
        return [
            told { try TransactionRun(paths: [path], threads: threads).everything },
            told {
                try TransactionRun(paths: [path], threads: threads) {
                    $0.overrides = places
                    $0.returns = .net
                }.everything
            },
            told {
                try TransactionRun(paths: [path], threads: threads) {
                    $0.overrides = places
                    $0.strict = true
                }.everything
            },
            told {
                let reader = try CustomerReader(files: [TableFile(path: path)], overrides: [.customer: "#1"])
                let headers = reader.files[0].headers
                let read = try reader.read(attributes: headers, parallel: parallel, limits: RejectLimits())
                return "\((0..<read.customers.ids.count).map { read.customers.ids[$0] }) \(read.accounts.accepted)"
            },
            told {
                let reader = try InteractionReader(
                    files: [TableFile(path: path)], overrides: [.customer: "#1", .time: "#2"], dateOrder: .dayMonthYear,
                    parallel: parallel)
                let builder = PurchaseHistoryBuilder(
                    orderRule: .row, returns: .match, countsProducts: false, threads: threads)
                let read = try reader.read(
                    into: builder, asOf: Day(number: 20_000), parallel: parallel, limits: RejectLimits())
                return "\(read.accounts.accepted) \(read.accounts.rejected) \(read.directions)"
            },
            told {
                let table = try FeatureTableReader.read(TableFile(path: path), parallel: parallel)
                return "\(table.rowCount) \(table.values)"
            },
        ]
    }
}
