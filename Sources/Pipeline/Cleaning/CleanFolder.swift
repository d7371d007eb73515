import CustomerData
import Export

/// The files of a cleaning on their way into a folder: all are complete before the first gets its name.
final class CleanFolder {
    private let path: String
    private var files: [OutputFile] = []

    init(_ path: String) { self.path = path }

    /// A new file of the folder.
    ///
    /// - Throws: `Problem(.outputFailed)`.
    func open(_ name: String, personal: Bool = true) throws -> OutputFile {
        let file = try OutputFile(path: OutputFolder.path(name, in: path), personal: personal)
        files.append(file)
        return file
    }

    /// Gives the files their names, in the order in which they were opened.
    ///
    /// - Throws: `Problem(.outputFailed)`.
    func commit() throws {
        for file in files { try file.commit() }
        files = []
    }

    /// Gives one file its name and drops the others: when too much was bad, the rejects are wanted most.
    func commitOnly(_ file: OutputFile) throws {
        files = []
        try file.commit()
    }
}

/// A cleaning that is done, its files complete and without names.
struct PreparedCleaning {
    let folder: CleanFolder
    /// The names of the files.
    let files: [String]
    /// The cleaned customers, to be read before they have a name.
    let customers: OutputFile
    /// The rows that could not be read.
    let rejects: OutputFile
    /// The sources' quality, and that of the cleaned customers.
    let quality: CleanQuality
    /// What became of the rows, and how many cells were changed.
    let summary: [String]
    /// All that a person is told.
    let report: JobReport
}
