import ArgumentParser
import CustomerData
import Export
import Foundation
import Pipeline

/// Parses the command line, runs the command, and turns every failure into one sentence and an exit status.
enum Program {
    static func main() -> Never {
        ProcessSettings.apply()
        // A reader that has gone shows as an error of `write`.
        signal(SIGPIPE, SIG_IGN)
        do {
            let given = Array(CommandLine.arguments.dropFirst())
            try refuseUnknownCommand(given)
            let arguments = try ConfigFile.expand(given.isEmpty ? ["--help"] : given)
            var command = try Strata.parseAsRoot(arguments)
            try command.run()
            Strata.exit()
        } catch let problem as Problem {
            fail(problem)
        } catch let error where Strata.exitCode(for: error) == .validationFailure {
            // The parser's message begins with a capital and may go on with help: the first line is the sentence.
            let sentence = Strata.message(for: error).prefix { $0 != "\n" }
            fail(Problem(.usage, sentence.prefix(1).lowercased() + sentence.dropFirst() + " (see strata --help)"))
        } catch let error where Strata.exitCode(for: error) == .failure && !(error is ExitCode) {
            fail(Problem(.bug, "an error that strata did not expect: \(error); please report it"))
        } catch {
            Strata.exit(withError: error)
        }
    }

    /// Files may be given without a command: a word that is neither is more likely a command mistyped than a file.
    private static func refuseUnknownCommand(_ arguments: [String]) throws {
        guard let word = arguments.first, word != "help", !word.isEmpty, word.allSatisfy({ $0.isASCII && $0.isLetter }),
            !Strata.configuration.subcommands.contains(where: { $0._commandName == word }),
            !FileManager.default.fileExists(atPath: word)
        else { return }
        throw Problem(.usage, "\(word) is neither a command nor a file; strata --help lists the commands")
    }

    private static func fail(_ problem: Problem) -> Never {
        note("strata: \(problem.description)\n")
        exit(problem.kind.rawValue)
    }

    /// Writes the lines of a report to standard error, or to standard output where the results are files.
    ///
    /// - Throws: `Problem(.outputFailed)` when standard output can't be written.
    static func show(_ report: JobReport, onStandardOutput: Bool = false) throws {
        let text = report.lines.map { $0 + "\n" }.joined()
        guard onStandardOutput else { return note(text) }
        let output = try OutputFile(path: "-", personal: false)
        try output.write(text)
        try output.commit()
    }

    /// Writes to standard error. Where nobody can be told, the exit status still tells.
    private static func note(_ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { return }
            rest = rest.dropFirst(written)
        }
    }
}
