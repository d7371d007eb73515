import CustomerData
import Export
import Foundation
import Models

/// The folder of a run that was done before.
struct RunFolder {
    /// Where it lies.
    let path: String
    /// Its manifest.
    let manifest: RunManifest

    /// Opens a folder.
    ///
    /// - Throws: `Problem(.inputMissing)` when it is not the folder of a run; `Problem(.data)` when its manifest is
    ///   damaged.
    init(path: String) throws {
        self.path = path
        manifest = try RunManifest(reading: path)
    }

    /// The run's model.
    ///
    /// - Throws: `Problem` when it is not there, damaged, or one of a newer strata.
    func model() throws -> CustomerModel {
        let path = path("model.json")
        guard let data = FileManager.default.contents(atPath: path) else { throw missing("model.json") }
        return try ModelFile<CustomerModel>(bytes: data, path: path, kind: CustomerModel.kind).model
    }

    /// A table of the run.
    ///
    /// - Throws: `Problem(.inputMissing)` when it is not there; `Problem(.data)` when it is not whole.
    func table(_ name: String) throws -> SortedTable {
        guard FileManager.default.fileExists(atPath: path(name)) else { throw missing(name) }
        return try SortedTable(path: path(name))
    }

    /// Whether the run has a file.
    func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

    /// Where a file of the run lies.
    func path(_ name: String) -> String { OutputFolder.path(name, in: path) }

    private func missing(_ name: String) -> Problem {
        Problem(.inputMissing, "\(path) has no \(name): write the run again with this strata run")
    }
}
