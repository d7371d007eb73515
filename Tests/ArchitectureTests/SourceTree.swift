import Foundation

/// The package's files as the tests see them, read once.
struct SourceTree: Sendable {
    struct File: Sendable {
        /// Path from the package's root.
        let path: String
        /// The module or test target that it belongs to.
        let module: String
        /// Its lines as they stand.
        let lines: [SourceLine]
    }

    /// This package.
    static let house = Result { try SourceTree() }

    /// The package's root.
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Folders in `Sources`.
    let modules: [String]
    /// Every file in `Sources` with Swift or C in it.
    let sources: [File]
    /// Every Swift file in `Tests`, everything that runs in `Benchmarks`, and every script.
    let others: [File]
    /// `Package.swift`.
    let manifest: File
    /// Which modules of the house each module imports, by the `import` lines of its Swift files.
    let imports: [String: Set<String>]
    /// The dependencies that `Package.swift` declares for each target.
    let declared: [String: Set<String>]

    private init() throws {
        let folders = try FileManager.default.contentsOfDirectory(
            at: SourceTree.root.appending(path: "Sources"), includingPropertiesForKeys: [.isDirectoryKey])
        let modules = try folders.filter { try $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true }
            .map(\.lastPathComponent).sorted()
        self.modules = modules
        sources = try SourceTree.files(in: "Sources", ["swift", "c", "h"])
        others =
            try SourceTree.files(in: "Tests", ["swift"]) + SourceTree.files(in: "Benchmarks", ["swift", "py", "sh"])
            + SourceTree.files(in: "scripts", ["sh"])
        manifest = try SourceTree.file(
            "Package.swift", at: SourceTree.root.appending(path: "Package.swift"), module: "")
        var imports: [String: Set<String>] = [:]
        for file in sources where file.path.hasSuffix(".swift") {
            imports[file.module, default: []].formUnion(
                file.lines.compactMap(\.importedModule).filter(modules.contains))
        }
        self.imports = imports
        declared = SourceTree.declarations(in: manifest.lines.map { String($0.code) }.joined(separator: " "))
    }

    private static func files(in folder: String, _ extensions: Set<String>) throws -> [File] {
        let start = root.appending(path: folder)
        guard let walk = FileManager.default.enumerator(at: start, includingPropertiesForKeys: nil) else { return [] }
        return try walk.compactMap { $0 as? URL }.filter { extensions.contains($0.pathExtension) }.map { url in
            let parts = url.pathComponents.dropFirst(start.pathComponents.count)
            return try file(([folder] + parts).joined(separator: "/"), at: url, module: parts.first ?? "")
        }.sorted { $0.path < $1.path }
    }

    private static func file(_ path: String, at url: URL, module: String) throws -> File {
        let bytes = [UInt8](try Data(contentsOf: url))
        return File(
            path: path, module: module,
            lines: bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(SourceLine.init))
    }

    /// Targets and their dependencies: every text in the first list in brackets after a target's name.
    static func declarations(in manifest: String) -> [String: Set<String>] {
        var found: [String: Set<String>] = [:]
        for start in ["room(", "tests(", "executableTarget("] {
            for entry in manifest.components(separatedBy: start).dropFirst() {
                let texts = entry.prefix { $0 != "]" }.components(separatedBy: "\"")
                // Texts in quotes stand at the odd places; the first is the name.
                let quoted = texts.indices.filter { $0 % 2 == 1 }.map { texts[$0] }
                if let name = quoted.first { found[name, default: []].formUnion(quoted.dropFirst()) }
            }
        }
        return found
    }
}
