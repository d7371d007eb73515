import CustomerData
import Export
import Statistics

/// A table or a record in a file of its own: JSON where the file's name ends in `.json`, CSV otherwise.
struct TableOutput {
    private let file: OutputFile
    private let isJSON: Bool

    /// Opens the file; nothing appears before `commit`.
    ///
    /// - Throws: `Problem(.outputFailed)`.
    init(path: String, personal: Bool) throws {
        file = try OutputFile(path: path, personal: personal)
        isJSON = path.hasSuffix(".json")
    }

    /// Writes a table; as JSON the record, where there is one.
    ///
    /// - Throws: `Problem(.outputFailed)`.
    func write(_ table: ResultTable, record: (any Encodable)? = nil, parallel: Parallel) throws {
        if isJSON, let record {
            try file.write(JSONText.pretty(record))
        } else if isJSON {
            try JSONTable.bytes(of: table).withUnsafeBytes { try file.write($0) }
        } else {
            try CSVWriter(parallel: parallel).write(table, to: file)
        }
    }

    /// Makes the file appear.
    ///
    /// - Throws: `Problem(.outputFailed)`.
    func commit() throws { try file.commit() }
}
