import Foundation

/// A folder of a test's own, which goes when the test is done.
final class TestFolder {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "ingest-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a file and gives its path.
    func file(_ bytes: [UInt8], name: String = "orders.csv") throws -> String {
        let file = "\(path)/\(name)"
        try Data(bytes).write(to: URL(filePath: file))
        return file
    }

    /// Writes a file in UTF-8 and gives its path.
    func file(_ text: String, name: String = "orders.csv") throws -> String { try file(Array(text.utf8), name: name) }
}
