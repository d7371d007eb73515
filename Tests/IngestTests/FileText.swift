import CustomerData
import Statistics

@testable import Ingest

extension TableFile {
    /// The cells of every record of the file, the header's and blank lines' among them.
    func everyRecord(threads: Int = 1) throws -> [[String]] {
        var all: [[String]] = []
        try forEachBlock(parallel: Parallel(threads: threads)) { _, records, _ in
            (0..<records.count).map { record in
                (0..<records.fieldCount(record)).map { records.string(records.field(record, $0)) }
            }
        } commit: { rows, _ in
            all.append(contentsOf: rows)
        }
        return all
    }
}

/// The problem that a call throws, or nil.
func problem(_ body: () throws -> Void) -> Problem? {
    do {
        try body()
        return nil
    } catch { return error as? Problem }
}
