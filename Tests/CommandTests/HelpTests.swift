import Foundation
import Testing

/// Help texts are part of the product: they change on purpose only. `STRATA_RECORD=1` records them anew.
@Suite struct HelpTests {
    static let commands = [
        "", "run", "inspect", "rfm", "lifecycle", "movement", "cohorts", "features", "cluster", "score", "export",
        "explain", "diff", "deals", "simulate", "profile", "check", "trend", "audit", "clean", "match",
        "itemsets",
    ]

    @Test(arguments: commands)
    func helpIsAsRecorded(_ command: String) throws {
        let shell = try DocumentationShell()
        defer { shell.close() }
        let outcome = try shell.run("strata \(command) --help")
        #expect(outcome.status == 0)
        let file = HelpTests.folder.appending(path: command.isEmpty ? "strata.txt" : "\(command).txt")
        if DocumentationShell.records { try outcome.output.write(to: file, atomically: true, encoding: .utf8) }
        #expect(try outcome.output == String(contentsOf: file, encoding: .utf8))
    }

    /// Every command that the program names has a recorded help, and no other has.
    @Test func everyCommandIsRecorded() throws {
        let shell = try DocumentationShell()
        defer { shell.close() }
        let lines = try shell.run("strata --help").output.split(separator: "\n").map(String.init)
        var named: Set<String> = []
        var isList = false
        for line in lines {
            if line.hasSuffix("SUBCOMMANDS:") {
                isList = true
            } else if isList, let match = line.firstMatch(of: #/^  ([a-z]+)( \(default\))?  /#) {
                named.insert(String(match.1))
            }
        }
        #expect(named == Set(HelpTests.commands.filter { !$0.isEmpty }))
        let files = try FileManager.default.contentsOfDirectory(atPath: HelpTests.folder.path)
        #expect(Set(files) == Set(HelpTests.commands.map { $0.isEmpty ? "strata.txt" : "\($0).txt" }))
    }

    private static let folder = DocumentationShell.root.appending(path: "Tests/CommandTests/Help")
}
