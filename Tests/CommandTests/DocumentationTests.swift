import Foundation
import Testing

/// The documentation does what it says: every block of commands in README.md and docs runs, and prints the text that
/// stands next to it; every refusal in a table is the program's own sentence.
///
/// `STRATA_RECORD=1` writes down anew what the program prints.
@Suite struct DocumentationTests {
    /// Commands that would change the machine, and are not run.
    private static let untouched = ["git clone", "apt-get", "sudo "]

    @Test func theProgramIsThere() {
        #expect(DocumentationShell.binary != nil, "build it first, or name it in STRATA_BINARY")
    }

    @Test(arguments: DocumentationPage.all)
    func commandsRunAndPrintWhatThePageSays(_ page: DocumentationPage) throws {
        let shell = try DocumentationShell()
        defer { shell.close() }
        var outputs: [(block: DocumentationPage.Block, text: String)] = []
        var rows: [(line: Int, text: String)] = []
        for (commands, output) in page.examples
        where !DocumentationTests.untouched.contains(where: commands.text.contains) {
            let outcome = try shell.run(commands.text)
            #expect(outcome.status == 0, "\(page.path) line \(commands.start): \(outcome.output)")
            guard let output else { continue }
            let printed = DocumentationTests.trimmed(outcome.output)
            if DocumentationShell.records {
                outputs.append((output, printed))
            } else {
                #expect(
                    DocumentationTests.withoutSeconds(printed) == DocumentationTests.withoutSeconds(output.text),
                    "\(page.path) line \(output.start)")
            }
        }
        for refusal in page.refusals {
            let outcome = try shell.run("\(refusal.command) 2>&1 > out.tmp")
            let sentence = DocumentationTests.sentence(outcome.output)
            if DocumentationShell.records {
                let cell = sentence.replacing("|", with: "\\|")
                rows.append(
                    (refusal.line, "| \(refusal.cause) | `\(refusal.command)` | `\(cell)` | \(outcome.status) |"))
            } else {
                #expect(sentence == refusal.sentence, "\(page.path): \(refusal.command)")
                #expect(String(outcome.status) == refusal.status, "\(page.path): \(refusal.command)")
            }
        }
        if DocumentationShell.records { try page.write(outputs: outputs, rows: rows) }
    }

    @Test(arguments: DocumentationPage.all)
    func linksLeadSomewhere(_ page: DocumentationPage) {
        let folder = DocumentationShell.root.appending(path: page.path).deletingLastPathComponent()
        for link in page.links {
            let target = folder.appending(path: link)
            #expect(FileManager.default.fileExists(atPath: target.path), "\(page.path): \(link)")
        }
    }

    @Test(arguments: ["README.md", "docs/formulas.md", "docs/file-formats.md", "docs/bad-inputs.md"])
    func thePageIsThere(_ path: String) {
        #expect(DocumentationPage.all.contains { $0.path == path })
    }

    @Test func theTableOfRefusalsIsRead() {
        let refusals = DocumentationPage.all.filter { $0.path == "docs/bad-inputs.md" }.flatMap(\.refusals)
        #expect(refusals.count > 30)
        #expect(Set(refusals.map(\.status)) == ["64", "65", "66", "73"])
    }

    /// Output without the newlines at its end.
    private static func trimmed(_ output: String) -> String {
        var text = output[...]
        while text.last == "\n" { text = text.dropLast() }
        return String(text)
    }

    /// The lines that state no seconds, which differ from run to run.
    private static func withoutSeconds(_ text: String) -> [String] {
        text.components(separatedBy: "\n").filter { $0.firstMatch(of: /[0-9] (s|seconds)\b/) == nil }
    }

    /// The first line without the word that says who speaks.
    private static func sentence(_ output: String) -> String {
        let line = output.split(separator: "\n").first.map(String.init) ?? ""
        let speaker = ["strata: ", "Error: "].first(where: line.hasPrefix) ?? ""
        return String(line.dropFirst(speaker.count))
    }
}
