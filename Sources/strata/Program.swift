import ArgumentParser
import CustomerData
import Foundation
import Pipeline

/// Parses the command line, runs the command, and turns every failure into one sentence and an exit status.
enum Program {
    static func main() -> Never {
        do {
            var command = try Strata.parseAsRoot()
            try command.run()
            Strata.exit()
        } catch let problem as Problem {
            fail(problem)
        } catch let error where Strata.exitCode(for: error) == .failure && !(error is ExitCode) {
            fail(Problem(.bug, "an error that strata did not expect: \(error); please report it"))
        } catch {
            Strata.exit(withError: error)
        }
    }

    private static func fail(_ problem: Problem) -> Never {
        note("strata: \(problem.description)")
        exit(problem.kind.rawValue)
    }

    /// Writes a line to standard error.
    static func note(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }

    /// Writes the lines of a report to standard error, or to standard output where the results are files.
    static func show(_ report: JobReport, onStandardOutput: Bool = false) {
        let text = Data((report.lines.joined(separator: "\n") + "\n").utf8)
        (onStandardOutput ? FileHandle.standardOutput : FileHandle.standardError).write(text)
    }
}
