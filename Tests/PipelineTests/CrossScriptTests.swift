import CustomerData
import Foundation
import Pipeline
import Statistics
import Testing

/// Customers who are twice, once in Persian or Chinese and once in Latin letters, and nothing of whom depends on threads.
@Suite(.serialized) struct CrossScriptTests {
    let folder: String

    init() throws {
        folder = NSTemporaryDirectory() + "strata-cross-script-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    /// Simulated customers, a third of them twice, with names in Latin letters in two fifths of the records of other
    /// scripts, and their persons; of a share of the records email and phone are gone.
    private func customers(_ count: Int, seed: UInt64, withoutContact: Int) throws -> [String] {
        _ = try SimulateJob(
            .init(
                customers: count, seed: seed, days: 30, rates: [.duplicates: 0.3, .transliterated: 0.4]),
            out: folder + "/company"
        ).run()
        func rows(_ name: String) throws -> [[String]] {
            try String(contentsOfFile: folder + "/company/" + name, encoding: .utf8).split(separator: "\n")
                .map { $0.components(separatedBy: ",") }
        }
        let persons = Dictionary(uniqueKeysWithValues: try rows("truth/persons.csv").dropFirst().map { ($0[0], $0[1]) })
        let all = try rows("customers.csv")
        let (email, phone) = (
            try #require(all[0].firstIndex(of: "email")), try #require(all[0].firstIndex(of: "phone"))
        )
        var generator = SeededGenerator(seed: seed, stream: 9)
        return [(all[0] + ["person"]).joined(separator: ",")]
            + all.dropFirst().filter { $0.count == all[0].count }.map { row in
                var row = row
                if generator.index(below: 10) < withoutContact { row[email] = "" }
                if generator.index(below: 10) < withoutContact { row[phone] = "" }
                return (row + [persons[row[0]] ?? ""]).joined(separator: ",")
            }
    }

    private func write(_ name: String, _ lines: [String]) throws -> String {
        let path = folder + "/" + name
        try (lines.joined(separator: "\n") + "\n").write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    private func job(_ file: String, out: String, threads: Int) -> MatchJob {
        var job = MatchJob()
        job.input.file = file
        job.input.parallel = Parallel(threads: threads)
        job.id = "customer_id"
        job.truth = "person"
        job.out = folder + "/" + out
        return job
    }

    @Test(arguments: [0, 10]) func pairsAcrossScriptsAreFound(withoutContact: Int) throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let file = try write("all.csv", try customers(3000, seed: 31, withoutContact: withoutContact))
        _ = try job(file, out: "found", threads: 2).run()
        struct Summary: Decodable {
            struct Accuracy: Decodable {
                struct Across: Decodable {
                    let truePairs: Int
                    let precision: Double
                    let recall: Double
                }
                let acrossScripts: Across
            }
            let accuracy: Accuracy
        }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let text = try Data(contentsOf: URL(filePath: folder + "/found/summary.json"))
        let across = try decoder.decode(Summary.self, from: text).accuracy.acrossScripts
        #expect(across.truePairs > 150)
        #expect(across.recall >= 0.95)
        #expect(across.precision >= 0.95)
    }

    @Test func threadsAndTheOrderOfRowsChangeNoByte() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let lines = try customers(2000, seed: 32, withoutContact: 2)
        var generator = SeededGenerator(seed: 5)
        let plain = try write("plain.csv", lines)
        let shuffled = try write("shuffled.csv", [lines[0]] + lines.dropFirst().shuffled(using: &generator))
        let files = [
            "pairs.csv", "clusters.csv", "golden.csv", "review.csv", "model.json", "summary.json", "blocking.yml",
            "records.csv", "log.csv",
        ]
        func bytes(_ input: String, threads: Int) throws -> [Data] {
            _ = try job(input, out: "out-\(threads)", threads: threads).run()
            return try files.map { try Data(contentsOf: URL(filePath: folder + "/out-\(threads)/\($0)")) }
        }
        let one = try bytes(plain, threads: 1)
        for (threads, input) in [(2, plain), (5, plain), (3, shuffled)] {
            let other = try bytes(input, threads: threads)
            for (place, name) in files.enumerated() {
                #expect(one[place] == other[place], "\(name), \(threads) threads")
            }
        }
    }
}
