import CustomerData
import Export
import Foundation
import Ingest
import Quality
import Report
import Statistics

/// `strata check`: whether a table keeps its rules.
public struct CheckJob: Sendable {
    /// The table.
    public var input = TableInput()
    /// The rules file, as messages name it.
    public var rulesFile = ""
    /// The rules.
    public var rules: [QualityRule] = []
    /// Where the findings go: JSON, or JUnit where the name ends in .xml; nil for nowhere.
    public var out: String?
    /// A shell command that gets the findings as JSON when a rule is broken.
    public var alert: String?
    /// A file to which metrics are appended; nil for none.
    public var history: String?
    /// The day of the history's record; nil for today.
    public var day: Day?
    /// Where the timings go.
    public var timings: String?

    /// A job with the defaults.
    public init() {}

    struct Document: Encodable {
        let file: String
        let rules: String
        let rows: Int
        let rejected: Int
        let broken: Int
        let findings: [RuleFinding]
    }

    /// Checks the table. The report's gate has failed when a rule of severity error is broken.
    public func run() throws -> JobReport {
        try QualityRule.checkTogether(rules, file: rulesFile)
        var phases = Phases()
        let table = try input.open()
        let conditions = try rules.map { rule in
            try rule.condition.map { text -> RowFilter in
                do { return try RowFilter(parsing: text, columns: table.headers) } catch let problem as Problem {
                    throw Problem(.usage, "\(rulesFile) line \(rule.line): where: \(problem.description)")
                }
            }
        }
        let checker = try RuleChecker(
            rules, file: rulesFile, headers: table.headers, samples: table.samples, references: try references(),
            conditions: conditions.map { filter in filter.map { filter in { cell in filter.matches(cell) } } })
        let accounts = try phases.measure("read") {
            try input.read(table) { block, _ in
                checker.check(block)
            } commit: { part, firstLine, _ in
                checker.commit(part, firstLine: firstLine)
            }
        }
        let findings = checker.findings()
        let broken = findings.filter { !$0.isKept }
        let json = try JSONText.snake(
            Document(
                file: table.input.name, rules: rulesFile, rows: accounts.accepted, rejected: accounts.rejected,
                broken: broken.count, findings: findings))
        if let out {
            try TextOutput.write(
                out.hasSuffix(".xml") ? CheckText.junit(findings, file: table.input.name) : json, to: out,
                personal: false)
        }
        if let history {
            var metrics = ["rows": Double(accounts.accepted)]
            for finding in findings { metrics["rule: \(finding.rule)"] = finding.share }
            try MetricHistory.append(
                .init(day: day ?? MetricHistory.today, file: table.input.name, metrics: metrics), to: history)
        }
        if let timings { try TextOutput.write(try phases.timings(rows: accounts.read), to: timings, personal: false) }
        if let alert, !broken.isEmpty { try CheckJob.run(alert, input: json) }
        var report = JobReport()
        report.lines.append(JobReport.sentence(of: accounts, what: "row"))
        report.lines += CheckText.lines(of: findings)
        report.isGateFailed = broken.contains { $0.severity == .error }
        return report
    }

    /// The values of the references, by the rule's position.
    private func references() throws -> [Int: Set<String>] {
        var references: [Int: Set<String>] = [:]
        for (position, rule) in rules.enumerated() {
            guard case .reference(let path, let column) = rule.check else { continue }
            let file = try TableFile(path: path, options: input.form)
            guard let place = file.headers.firstIndex(of: column) else {
                throw Problem(
                    .usage,
                    "\(rulesFile) line \(rule.line): \(path) has no column \"\(column)\"; its columns are "
                        + file.headers.joined(separator: ", "))
            }
            var values: Set<String> = []
            try file.forEachTextBlock(parallel: input.parallel) { rows in
                (0..<rows.count).map { String(decoding: rows.cells(ofRow: $0)[place], as: UTF8.self) }
            } commit: {
                values.formUnion($0)
            }
            references[position] = values
        }
        return references
    }

    /// Runs a shell command with text as its standard input.
    ///
    /// - Throws: `Problem(.outputFailed)` when it can't be run or does not end with status 0.
    private static func run(_ command: String, input: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", command]
        let pipe = Pipe()
        process.standardInput = pipe
        do { try process.run() } catch {
            throw Problem(.outputFailed, "--on-alert: /bin/sh can't be run")
        }
        // A command that does not read its input is no failure.
        try? pipe.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try? pipe.fileHandleForWriting.close()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Problem(
                .outputFailed,
                "--on-alert: the command ended with status \(process.terminationStatus); rules are broken")
        }
    }
}

/// Findings of rules as people and machines read them.
enum CheckText {
    static func lines(of findings: [RuleFinding]) -> [String] {
        var text = TextTable(
            ["", "rule", "severity", "broken", "of", "share", "allowed", "lines"], right: [3, 4, 5, 6])
        for finding in findings {
            text.add([
                finding.isKept ? "ok" : "BROKEN", finding.rule, finding.severity.rawValue,
                Figures.count(finding.failing), Figures.count(finding.applicable), Figures.percent(finding.share),
                Figures.percent(finding.maxShare), finding.examples.map(String.init).joined(separator: ", "),
            ])
        }
        let broken = findings.filter { !$0.isKept }
        let errors = broken.count { $0.severity == .error }
        return text.lines + [
            "\(Figures.counted(findings.count, "rule")): \(Figures.count(findings.count - broken.count)) kept, "
                + "\(Figures.count(broken.count)) broken (\(Figures.counted(errors, "error")), "
                + "\(Figures.counted(broken.count - errors, "warning")))"
        ]
    }

    /// JUnit's XML, as continuous integration reads it: a test case a rule; warnings pass and say what they found.
    static func junit(_ findings: [RuleFinding], file: String) -> String {
        func escaped(_ text: String) -> String {
            text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
                .replacing("\"", with: "&quot;")
        }
        let failures = findings.count { !$0.isKept && $0.severity == .error }
        var lines = [
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
            "<testsuite name=\"strata check \(escaped(file))\" tests=\"\(findings.count)\" failures=\"\(failures)\">",
        ]
        for finding in findings {
            let name = "  <testcase classname=\"\(escaped(finding.check))\" name=\"\(escaped(finding.rule))\""
            let sentence =
                "\(finding.failing) of \(finding.applicable) rows break it; lines "
                + finding.examples.map(String.init).joined(separator: ", ")
            if finding.isKept {
                lines.append(name + "/>")
            } else if finding.severity == .error {
                lines += [name + ">", "    <failure message=\"\(escaped(sentence))\"/>", "  </testcase>"]
            } else {
                lines += [name + ">", "    <system-out>\(escaped(sentence))</system-out>", "  </testcase>"]
            }
        }
        return (lines + ["</testsuite>"]).joined(separator: "\n") + "\n"
    }
}
