import CustomerData
import Statistics

/// Why a row of a table can't be read as cells.
public enum UnreadReason: String, Sendable, CaseIterable {
    /// The row has another number of fields than the header.
    case fieldCount = "wrong number of fields"
    /// The row holds a byte 0.
    case nul = "a NUL byte"
    /// The row holds bytes that are no text in the file's encoding.
    case encoding = "not text in the file's encoding"
    /// There is nothing on the line.
    case blank = "blank line"

    /// Whether the row is told with a `\xNN` in place of every byte that is no text, and with two backslashes for one.
    public var isEscaped: Bool { self == .nul || self == .encoding }
}

/// A row that can't be read as cells.
public struct UnreadRow: Sendable {
    /// Its number among the records of its block, from 0, blank lines counted.
    public let position: Int
    /// Its first line in the block, from 0.
    public let line: Int
    /// Why.
    public let reason: UnreadReason
    /// The record as it stands in the file, without its line ending; escaped where the reason says so.
    public let text: [UInt8]
}

/// A block of a table's rows as cells: every byte of them, the blanks around them too.
public struct CellRows {
    /// Number of the block; blocks are the same every time a file is read.
    public let block: Int
    /// Cells a row.
    public let columnCount: Int
    /// The cells of the rows that can be read, one row after the other; good until the block's work ends, and eight bytes
    /// behind each are readable, so that cells can be hashed and compared by words.
    public let cells: [UnsafeBufferPointer<UInt8>]
    /// The number of each of these rows among the block's records, from 0.
    public let positions: [Int32]
    /// The records that can't be read, ascending.
    public let unread: [UnreadRow]
    /// Records, blank lines among them.
    public let recordCount: Int
    /// How the block's records are written.
    public let form: RecordForm
    /// What stands before the first row, the header's line ending left out; nil in all blocks but the first.
    public let head: [UInt8]?
    /// Each row's record as it stands in the file, without its line ending; good until the block's work ends.
    public let records: [UnsafeBufferPointer<UInt8>]
    private let text: UnsafeBufferPointer<UInt8>
    private let newline: UInt8

    init(
        _ block: RecordBlock, newline: UInt8, columnCount: Int, cells: [UnsafeBufferPointer<UInt8>], positions: [Int32],
        unread: [UnreadRow],
        recordCount: Int, form: RecordForm, head: [UInt8]?, records: [UnsafeBufferPointer<UInt8>]
    ) {
        self.block = block.number
        text = block.bytes
        self.newline = newline
        self.columnCount = columnCount
        self.cells = cells
        self.positions = positions
        self.unread = unread
        self.recordCount = recordCount
        self.form = form
        self.head = head
        self.records = records
    }

    /// The line in the block, from 0, on which a row begins.
    ///
    /// - Complexity: O(bytes before it).
    public func line(ofRow row: Int) -> Int {
        guard let start = text.baseAddress, let record = records[row].baseAddress else { return 0 }
        return text[..<(record - start)].count { $0 == newline }
    }
}

/// How records write their cells: an accumulator.
public struct RecordForm: Sendable {
    /// Cells of a column that hold something or nothing, with quotes around them and without.
    public struct Quoting: Sendable, Equatable {
        /// Cells that hold something, without quotes.
        public var bare = 0
        /// Cells that hold something, quoted.
        public var quoted = 0
        /// Empty cells without quotes.
        public var emptyBare = 0
        /// Empty cells in quotes.
        public var emptyQuoted = 0

        mutating func merge(_ other: Quoting) {
            bare += other.bare
            quoted += other.quoted
            emptyBare += other.emptyBare
            emptyQuoted += other.emptyQuoted
        }
    }

    /// The columns, left to right.
    public var columns: [Quoting]
    /// Records that end with a carriage return before the line feed.
    public var carriageReturns = 0
    /// Records.
    public var records = 0
    /// Whether the last record has no line ending.
    public var lacksLastNewline = false

    /// No records of so many columns.
    public init(columnCount: Int) { columns = Array(repeating: Quoting(), count: columnCount) }

    /// Adds the form of other records.
    public mutating func merge(_ other: RecordForm) {
        for column in columns.indices { columns[column].merge(other.columns[column]) }
        carriageReturns += other.carriageReturns
        records += other.records
        lacksLastNewline = lacksLastNewline || other.lacksLastNewline
    }
}

extension TableFile {
    /// Works on all rows as cells: `process` on every worker at the same time, `commit` in the order of the file. A row
    /// that can't be read is told, and ends nothing: for files opened with `Options.allowsDamage`.
    ///
    /// - Parameters:
    ///   - process: makes something of a block.
    ///   - commit: takes that together with the line in the file, from 1, on which the block begins.
    /// - Throws: `Problem(.data)` when a quote is never closed or a line is longer than 64 MiB.
    public func forEachRowOfCells<Outcome>(
        parallel: Parallel, process: (_ rows: CellRows, _ worker: Int) throws -> Outcome,
        commit: (_ outcome: Outcome, _ firstLine: Int) throws -> Void
    ) throws {
        try forEachBlock(parallel: parallel, checksText: false) { block, records, worker in
            try process(cellRows(block, records), worker)
        } commit: { outcome, firstLine in
            try commit(outcome, firstLine)
        }
    }

    private func cellRows(_ block: RecordBlock, _ records: Records) -> CellRows {
        let columnCount = headers.count
        var cells: [UnsafeBufferPointer<UInt8>] = []
        cells.reserveCapacity(records.count * columnCount)
        var positions: [Int32] = []
        positions.reserveCapacity(records.count)
        var unread: [UnreadRow] = []
        var rows: [UnsafeBufferPointer<UInt8>] = []
        rows.reserveCapacity(records.count)
        var form = RecordForm(columnCount: columnCount)
        form.lacksLastNewline = block.lacksLastNewline
        let stray = StrayBytes(block.bytes, encoding)
        let first = firstRow(block, records)
        var (countedRecord, countedLine) = (0, 0)
        for record in first..<records.count {
            let bytes = records.bytes(ofRecord: record)
            form.records += 1
            // Where carriage returns end the lines there is no second byte.
            let end = records.start(record) + bytes.count
            if records.text[end] == UInt8(ascii: "\r"), dialect.newline != UInt8(ascii: "\r") {
                form.carriageReturns += 1
            }
            var reason: UnreadReason?
            if bytes.isEmpty {
                reason = .blank
            } else if let damage = stray.damage(bytes) {
                reason = damage == .nulByte ? .nul : .encoding
            } else if records.fieldCount(record) != columnCount {
                reason = .fieldCount
            }
            if let reason {
                // Quoted line ends make a record longer than a line.
                for position in records.start(countedRecord)..<records.start(record)
                where records.text[position] == dialect.newline {
                    countedLine += 1
                }
                countedRecord = record
                unread.append(
                    UnreadRow(
                        position: record - first, line: countedLine, reason: reason,
                        text: reason.isEscaped ? stray.escaped(bytes) : Array(bytes)))
                continue
            }
            positions.append(Int32(record - first))
            rows.append(bytes)
            for column in 0..<columnCount {
                let (field, isQuoted) = records.wholeField(record, column)
                let cell = records.bytes(field)
                cells.append(cell)
                switch (cell.isEmpty, isQuoted) {
                case (false, false): form.columns[column].bare += 1
                case (false, true): form.columns[column].quoted += 1
                case (true, false): form.columns[column].emptyBare += 1
                case (true, true): form.columns[column].emptyQuoted += 1
                }
            }
        }
        return CellRows(
            block, newline: dialect.newline, columnCount: columnCount, cells: cells, positions: positions,
            unread: unread,
            recordCount: records.count - first, form: form,
            head: first == 0 ? nil : Array(UnsafeBufferPointer(start: records.text, count: records.end(first - 1))),
            records: rows)
    }
}
