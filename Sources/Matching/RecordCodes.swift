/// The values of records one behind the other, record by record: what a comparison of two records reads lies together.
final class RecordCodes {
    /// `values[record * columnCount + column]`, -1 for none; never written after `init`.
    let values: UnsafePointer<Int32>
    let columnCount: Int
    private let storage: UnsafeMutablePointer<Int32>

    /// - Parameter codes: by column, each record's value.
    init(_ codes: [[Int32]]) {
        columnCount = codes.count
        let recordCount = codes.first?.count ?? 0
        storage = .allocate(capacity: max(1, columnCount * recordCount))
        for (column, list) in codes.enumerated() {
            for (record, code) in list.enumerated() {
                (storage + record * codes.count + column).initialize(to: code)
            }
        }
        values = UnsafePointer(storage)
    }

    deinit { storage.deallocate() }
}
