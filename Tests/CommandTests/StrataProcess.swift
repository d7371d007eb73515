import Foundation
import Testing

/// The program, run as a user runs it.
enum StrataProcess {
    /// The package's root.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The program: `STRATA_BINARY`, or what a build for tests leaves in the package.
    static let binary =
        ProcessInfo.processInfo.environment["STRATA_BINARY"].map { URL(filePath: $0) }
        ?? root.appending(path: ".build-test/release/strata")

    /// What became of a run.
    struct Outcome {
        let status: Int32
        let output: String
        let errors: String

        /// The lines of standard error.
        var errorLines: [Substring] { errors.split(separator: "\n") }
    }

    /// Runs strata in a folder and waits for its end.
    static func run(
        _ arguments: [String], in folder: Scratch, input: Data? = nil, environment: [String: String] = [:]
    ) throws -> Outcome {
        try run(binary, arguments, in: folder, input: input, environment: environment)
    }

    /// Runs any program in a folder and waits for its end.
    static func run(
        _ program: URL, _ arguments: [String], in folder: Scratch, input: Data? = nil,
        environment: [String: String] = [:]
    ) throws -> Outcome {
        // Files, not pipes: nobody has to read along.
        let own = Scratch()
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.currentDirectoryURL = folder.url
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = try FileHandle(
            forReadingFrom: input.map { try own.write("in", $0) } ?? URL(filePath: "/dev/null"))
        process.standardOutput = try FileHandle(forWritingTo: own.write("out", Data()))
        process.standardError = try FileHandle(forWritingTo: own.write("errors", Data()))
        try process.run()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus,
            output: own.text("out"), errors: own.text("errors"))
    }

    /// Runs a line of a shell, in which `$STRATA` is the program.
    static func shell(_ line: String, in folder: Scratch) throws -> Outcome {
        try run(
            URL(filePath: "/bin/bash"), ["-c", "set -o pipefail; " + line], in: folder,
            environment: ["STRATA": binary.path])
    }
}

extension Scratch {
    /// Runs strata in this folder; expects it to succeed.
    @discardableResult
    func strata(
        _ arguments: String..., input: Data? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> StrataProcess.Outcome {
        let outcome = try StrataProcess.run(arguments, in: self, input: input)
        #expect(outcome.status == 0, "\(outcome.errors)", sourceLocation: sourceLocation)
        return outcome
    }
}
