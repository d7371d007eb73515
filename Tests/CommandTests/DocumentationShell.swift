import Foundation

/// Runs shell commands as a reader of the documentation would: in a folder of their own, with `strata` on the path.
struct DocumentationShell {
    /// What a script did.
    struct Outcome {
        let status: Int32
        /// Standard output and standard error, as they came.
        let output: String
    }

    /// The package's root.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The program under test: named by `STRATA_BINARY`, or beside the test bundle.
    static let binary: URL? = {
        if let path = ProcessInfo.processInfo.environment["STRATA_BINARY"] { return URL(filePath: path) }
        let folders = [
            Bundle.main.executableURL?.deletingLastPathComponent(), root.appending(path: ".build-test/release"),
        ]
        return folders.compactMap { $0?.appending(path: "strata") }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
    }()

    /// Whether what is expected is to be written down anew rather than compared.
    static let records = ProcessInfo.processInfo.environment["STRATA_RECORD"] == "1"

    /// What of the package the examples need beside the program.
    private static let shared = ["notebooks-data", "models", "Makefile"]

    let folder: URL

    /// A shell in a new folder, which links to the example data.
    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "strata-documentation-\(UUID().uuidString)")
        let programs = folder.appending(path: ".bin")
        try FileManager.default.createDirectory(at: programs, withIntermediateDirectories: true)
        for name in DocumentationShell.shared {
            try FileManager.default.createSymbolicLink(
                at: folder.appending(path: name), withDestinationURL: DocumentationShell.root.appending(path: name))
        }
        if let binary = DocumentationShell.binary {
            try FileManager.default.createSymbolicLink(
                at: programs.appending(path: "strata"), withDestinationURL: binary)
        }
    }

    /// Removes the folder.
    func close() { try? FileManager.default.removeItem(at: folder) }

    /// Runs a script, which ends with its first command that fails.
    ///
    /// `make run` runs what `scripts/run.sh` does once it has built; any other target of `make` need only be there.
    func run(_ script: String) throws -> Outcome {
        let steps = try String(contentsOf: DocumentationShell.root.appending(path: "scripts/run.sh"), encoding: .utf8)
        let lines = steps.split(separator: "\n")
        let job = lines.drop { !$0.hasPrefix("swift build ") }.dropFirst().joined(separator: "\n")
            .replacing(".build/release/strata", with: "strata")
        let prelude = """
            set -euo pipefail
            export PATH="$PWD/.bin:$PATH"
            make() {
            if [ "$1" != run ]; then grep -q "^$1:" Makefile; return; fi
            shift
            \(job.isEmpty ? "strata --bogus" : job)
            }

            """
        let process = Process()
        process.executableURL = URL(filePath: "/bin/bash")
        process.arguments = ["-c", prelude + script]
        process.currentDirectoryURL = folder
        process.environment = ProcessInfo.processInfo.environment.merging(
            ["COLUMNS": "80", "LC_ALL": "C.UTF-8"], uniquingKeysWith: { $1 })
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Outcome(status: process.terminationStatus, output: String(decoding: output, as: UTF8.self))
    }
}
