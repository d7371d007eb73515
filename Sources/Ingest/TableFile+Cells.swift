import CustomerData
import Statistics

extension TableFile {
    /// Bytes of text of a block of cells: larger than those of other readers, since more is made of a block as a whole.
    static let cellBlockByteCount = 1 << 20

    /// Works on the file's rows, whatever they hold: `process` on every worker at the same time, `commit` in the order of
    /// the file.
    ///
    /// Rows with another number of fields than the header, with NUL bytes or with bytes of another encoding are rejected
    /// (the last two only in a file that was opened with `allowsDamage`).
    ///
    /// - Parameters:
    ///   - process: makes something of a block's rows.
    ///   - commit: takes that together with the line in the file, from 1, on which the block begins, and the rows that
    ///     were accepted before it.
    ///   - rejects: takes the rows that were not used.
    ///   - limits: what is done about rows that can't be read.
    /// - Throws: `Problem(.data)` when too many rows are rejected, or none is left.
    public func forEachCellBlock<Outcome>(
        parallel: Parallel, limits: RejectLimits, rejects: RejectsWriter? = nil,
        process: (_ block: CellBlock, _ worker: Int) throws -> Outcome,
        commit: (_ outcome: Outcome, _ firstLine: Int, _ rowsBefore: Int) throws -> Void
    ) throws -> RowAccounts {
        rejects?.isComplete = false
        var total = RowAccounts()
        let cells = (0..<parallel.threadCount).map { _ in CellBlock(columnCount: headers.count) }
        try forEachBlock(parallel: parallel, byteCount: TableFile.cellBlockByteCount, checksText: false) {
            block, records, worker in
            var accounts = RowAccounts()
            let unused = try fill(
                cells[worker], from: block, records, &accounts, keepsText: rejects != nil, strict: limits.strict)
            return (accounts, unused, try process(cells[worker], worker))
        } commit: { part, firstLine in
            let (accounts, unused, outcome) = part
            try commit(outcome, firstLine, total.accepted)
            total.merge(accounts)
            try rejects?.add(unused, of: self, firstLine: firstLine)
        }
        rejects?.isComplete = true
        try total.checkRejected(maxShare: limits.maxShare, names: input.name)
        guard total.accepted > 0 else {
            throw Problem(.data, "\(input.name): none of \(total.read) rows could be read")
        }
        return total
    }

    /// Enters a block's rows, and returns those that were rejected.
    private func fill(
        _ cells: CellBlock, from block: RecordBlock, _ records: Records, _ accounts: inout RowAccounts,
        keepsText: Bool, strict: Bool
    ) throws -> UnusedRows {
        var unused = UnusedRows(keepsText: keepsText)
        let stray = StrayBytes(block.bytes, encoding)
        cells.begin(
            number: block.number, text: UnsafePointer(records.text), newline: dialect.newline, reserving: records.count)
        for record in firstRow(block, records)..<records.count {
            if records.isBlank(record) {
                accounts.blankLines += 1
                continue
            }
            let fields = records.fields(record)
            guard let reason = reason(records.bytes(ofRecord: record), fields, stray) else {
                accounts.accepted += 1
                cells.addRow(start: fields.start) { records.paddedField(fields, $0) }
                continue
            }
            accounts.unused[reason, default: 0] += 1
            unused.add(reason, column: nil, record: record, of: records, newline: dialect.newline)
            if strict, let entry = unused.entries.last {
                throw entry.strictProblem(block: block.number, headers: headers)
            }
        }
        accounts.read = accounts.accepted + accounts.rejected
        return unused
    }

    /// Why a row can't be read.
    private func reason(
        _ bytes: UnsafeBufferPointer<UInt8>, _ fields: Records.Fields, _ stray: StrayBytes
    ) -> RowAccounts.Reason? {
        switch stray.damage(bytes) {
        case .nulByte: .nulByte
        case .undecodable: .undecodable
        case nil: fields.count == headers.count ? nil : .fieldCount
        }
    }
}
