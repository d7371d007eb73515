import CustomerData
import Export

/// The files of a run that give reasons.
struct RunReasons {
    /// Their names.
    static let files = [
        "segment-overview.csv", "segment-features.csv", "typical-customers.csv", "cluster-rules.csv",
    ]

    /// The open files, in the order of their names above.
    let files: [OutputFile]

    /// Opens all of them; none appears before it is committed.
    ///
    /// - Throws: `Problem(.outputFailed)`.
    init(path: (String) -> String) throws {
        files = try RunReasons.files.map { try OutputFile(path: path($0), personal: true) }
    }

    /// Writes all of them.
    ///
    /// - Throws: `Problem(.outputFailed)`.
    func write(_ reasons: CustomerReasons) throws {
        let writer = CSVWriter(parallel: reasons.parallel)
        let tables = [reasons.overview(), reasons.features(), try reasons.typical(), try reasons.rules()]
        for (table, file) in zip(tables, files) { try writer.write(table, to: file) }
    }
}
