import CustomerData
import Foundation
import Pipeline
import Statistics
import Testing

/// `strata match` as a job: its files, what they add up to, and how it goes on from one day to the next.
@Suite struct MatchJobTests {
    let folder: String

    init() throws {
        folder = NSTemporaryDirectory() + "strata-match-job-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    func read(_ name: String) throws -> [[String]] {
        try String(contentsOfFile: folder + "/" + name, encoding: .utf8).split(separator: "\n")
            .map { $0.components(separatedBy: ",") }
    }

    func write(_ name: String, _ lines: [String]) throws -> String {
        let path = folder + "/" + name
        try (lines.joined(separator: "\n") + "\n").write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    func job(_ file: String, out: String) -> MatchJob {
        var job = MatchJob()
        job.input.file = file
        job.id = "customer_id"
        job.out = folder + "/" + out
        return job
    }

    /// A company of three scripts with planted duplicates.
    func company() throws -> (lines: [String], persons: [String: String]) {
        _ = try SimulateJob(.init(customers: 3000, seed: 5, days: 30), out: folder + "/company").run()
        let lines = try String(contentsOfFile: folder + "/company/customers.csv", encoding: .utf8)
            .split(separator: "\n").map(String.init)
        let persons = try read("company/truth/persons.csv").dropFirst()
        return (lines, Dictionary(uniqueKeysWithValues: persons.map { ($0[0], $0[1]) }))
    }

    /// The entity of each id, from the folder of a matching.
    private func entities(in folder: String) throws -> [String: String] {
        let rows = try read(String(folder.dropFirst(self.folder.count + 1)) + "/clusters.csv").dropFirst()
        return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0[1]) })
    }

    @Test func aSimulatedCompanyIsFoundAgainAndGoesOn() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let (lines, persons) = try company()
        let all = try write("all.csv", lines)
        var job = job(all, out: "all")
        _ = try job.run()
        let clusters = try read("all/clusters.csv")
        #expect(clusters[0] == ["customer_id", "entity_id"])
        #expect(clusters.count == lines.count)
        var byEntity: [String: [String]] = [:]
        for row in clusters.dropFirst() { byEntity[row[1], default: []].append(row[0]) }
        func pairs(_ groups: some Collection<[String]>) -> Set<String> {
            Set(
                groups.flatMap { group in
                    let ids = group.sorted()
                    return ids.indices.flatMap { first in ids[(first + 1)...].map { ids[first] + " " + $0 } }
                })
        }
        var byPerson: [String: [String]] = [:]
        for (id, person) in persons { byPerson[person, default: []].append(id) }
        let (found, truth) = (pairs(byEntity.values), pairs(byPerson.values))
        let f1 = 2 * Double(found.intersection(truth).count) / Double(found.count + truth.count)
        #expect(f1 >= 0.97)
        // One golden record an entity, and its records add up.
        let golden = try read("all/golden.csv").dropFirst()
        #expect(golden.count == byEntity.count)
        #expect(golden.reduce(0) { $0 + (Int($1[1]) ?? 0) } == lines.count - 1)

        // Yesterday's, then today's: entities keep their ids.
        let cut = lines.count - 300
        job = self.job(try write("yesterday.csv", Array(lines[..<cut])), out: "state")
        _ = try job.run()
        let before = try entities(in: folder + "/state")
        job = self.job(try write("today.csv", [lines[0]] + lines[cut...]), out: "state")
        job.known = folder + "/state"
        _ = try job.run()
        let after = try entities(in: folder + "/state")
        #expect(after.count == lines.count - 1)
        #expect(before.allSatisfy { after[$0.key] == $0.value })

        // A merge taken back stays so.
        let log = try read("state/log.csv")
        let last = try #require(log.last)
        var undo = MatchUndoJob()
        undo.folder = folder + "/state"
        undo.number = try #require(Int(last[0]))
        undo.match = job
        _ = try undo.run()
        let apart = try entities(in: folder + "/state")
        #expect(apart[last[4]] != after[last[4]])
        #expect(try read("state/log.csv").starts(with: log))
        #expect(throws: Problem.self) { try undo.run() }
        _ = try job.run()
        #expect(try entities(in: folder + "/state")[last[4]] == apart[last[4]])

        // At the door.
        let door = try write("door.csv", [lines[0], lines[1]])
        job = self.job(door, out: "nowhere")
        job.known = folder + "/state"
        let report = try job.check(to: folder + "/known.csv")
        #expect(report.isGateFailed)
        #expect(try read("known.csv")[1][1] == "E1")
    }

    @Test func whatAPersonDecidesBinds() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let (lines, _) = try company()
        var job = job(try write("all.csv", lines), out: "free")
        _ = try job.run()
        let clusters = try read("free/clusters.csv").dropFirst()
        var groups: [String: [String]] = [:]
        for row in clusters { groups[row[1], default: []].append(row[0]) }
        let merged = try #require(groups.values.filter { $0.count == 2 }.map { $0.sorted() }.min { $0[0] < $1[0] })
        let alone = groups.values.filter { $0.count == 1 }.map { $0[0] }.sorted()
        let decisions = try write(
            "decided.csv",
            ["id_a,id_b,decision", "\(merged[0]),\(merged[1]),different", "\(alone[0]),\(alone[9]),same"])
        job.decisionsFile = decisions
        job.out = folder + "/bound"
        _ = try job.run()
        let bound = try entities(in: folder + "/bound")
        #expect(bound[merged[0]] != bound[merged[1]])
        #expect(bound[alone[0]] == bound[alone[9]])
    }
}
