import CustomerData
import Foundation
import Glibc

/// The folder of a job that writes several files.
struct OutputFolder {
    private let path: String
    /// Whether it was not there before.
    private let isMade: Bool

    /// Makes a folder, and those above it, where it is not there yet.
    ///
    /// - Parameter what: what it is for, in the message.
    /// - Throws: `Problem(.outputFailed)`.
    init(_ path: String, what: String) throws {
        self.path = path
        let isThere = FileManager.default.fileExists(atPath: path)
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw Problem(.outputFailed, "can't make the folder \(path) for \(what): name another one with --out")
        }
        isMade = !isThere
    }

    /// Where a file of a folder lies.
    static func path(_ name: String, in folder: String) -> String {
        folder.hasSuffix("/") ? folder + name : folder + "/" + name
    }

    /// Removes the folder of a job that failed, when the job made it and nothing is in it.
    func removeIfMade() {
        if isMade { rmdir(path) }
    }
}
