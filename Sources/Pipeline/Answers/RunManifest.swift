import CustomerData
import Foundation

/// The manifest of a run that was done before, perhaps by another version of strata.
struct RunManifest {
    /// All of it.
    let content: JSONValue

    /// Reads `manifest.json` of a folder.
    ///
    /// - Throws: `Problem(.inputMissing)` when there is no such folder or no manifest in it; `Problem(.data)` when it is
    ///   damaged.
    init(reading folder: String) throws {
        let path = OutputFolder.path("manifest.json", in: folder)
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
            throw Problem(
                .inputMissing, "\(folder) is no folder: expected one that strata run wrote its results to")
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Problem(
                .inputMissing,
                "\(folder) is not the folder of a run: there is no manifest.json in it; expected one that strata run wrote "
                    + "its results to")
        }
        guard let content = try? JSONDecoder().decode(JSONValue.self, from: data), content["counts"] != nil else {
            throw Problem(.data, "\(path) is no manifest of a run, or it is damaged: run strata run again")
        }
        self.content = content
    }

    /// The manifest of a folder; nil when there is none.
    init?(folder: String) {
        guard let manifest = try? RunManifest(reading: folder) else { return nil }
        self = manifest
    }

    /// What tells the key of the pseudonyms; nil when the ids are as they were.
    var keyCheck: String? { content["pseudonyms"]?["keyCheck"]?.text }

    /// Names of the run's files.
    var outputs: [String] { content["outputs"]?.elements.compactMap(\.text) ?? [] }

    /// How many customers there are.
    var customerCount: Int? {
        if case .whole(let count)? = content["counts"]?["customers"] { Int(count) } else { nil }
    }
}
