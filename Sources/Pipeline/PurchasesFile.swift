import CustomerData
import Export
import Statistics

/// `purchases.csv` of a run: every customer's orders, from which `strata explain` looks at one customer again.
enum PurchasesFile {
    /// Rows a part.
    private static let partSize = 1 << 15

    /// Writes the table in parts, so that it is never in memory as a whole.
    ///
    /// - Throws: `Problem(.outputFailed)` when the file can't be written.
    static func write(_ history: PurchaseHistory, to file: OutputFile, parallel: Parallel) throws {
        let decimals = PurchaseRecords.decimals(of: history)
        let parts = PurchaseRecords.parts(of: history, rowCount: partSize)
        let writer = CSVWriter(parallel: Parallel(threads: 1))
        let roundSize = parallel.threadCount * 4
        for start in stride(from: 0, to: parts.count, by: roundSize) {
            let round = parts[start..<min(start + roundSize, parts.count)]
            let texts = parallel.map(round.count) { number in
                let table = PurchaseRecords.table(
                    of: history, customers: round[round.startIndex + number], decimals: decimals)
                return writer.bytes(of: table, header: start + number == 0)
            }
            for text in texts { try text.withUnsafeBytes { try file.write($0) } }
        }
        if parts.isEmpty {
            try writer.write(PurchaseRecords.table(of: history, customers: 0..<0, decimals: decimals), to: file)
        }
    }
}
