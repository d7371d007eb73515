import Foundation

/// A folder of a test's own, gone with it.
final class Scratch: Sendable {
    let url: URL

    init() {
        url = FileManager.default.temporaryDirectory.appending(path: "strata-test-\(UUID().uuidString)")
        try? FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// Where a file of that name lies.
    func path(_ name: String) -> String { url.appending(path: name).path }

    @discardableResult
    func write(_ name: String, _ data: Data) throws -> URL {
        let file = url.appending(path: name)
        try data.write(to: file)
        return file
    }

    @discardableResult
    func write(_ name: String, _ lines: [String]) throws -> URL {
        try write(name, Data(lines.map { $0 + "\n" }.joined().utf8))
    }

    func data(_ name: String) -> Data? { FileManager.default.contents(atPath: path(name)) }

    func text(_ name: String) -> String { String(decoding: data(name) ?? Data(), as: UTF8.self) }

    /// Every name in the folder, hidden ones too, ascending.
    func names(in folder: String = "") -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: path(folder))) ?? []).sorted()
    }

    /// The permission bits of a file.
    func mode(_ name: String) -> Int? {
        (try? FileManager.default.attributesOfItem(atPath: path(name)))?[.posixPermissions] as? Int
    }
}
