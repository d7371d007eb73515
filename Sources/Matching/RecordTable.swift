import CustomerData
import Statistics

/// A table of records, column by column, each value kept once: what is matched.
///
/// Values stand in the order of their bytes and records in an order of their own (by id, then by content), so that
/// nothing that follows depends on the order of the rows in the file.
public struct RecordTable: Sendable {
    /// A column: the number of each record's value, -1 where there is none, and the values, ascending.
    public struct Column: Sendable {
        /// The number of each record's value.
        public let codes: [Int32]
        /// The values.
        public let values: IdentifierList
    }

    /// The columns and how they are compared.
    public let columns: ComparedColumns
    /// The cells.
    public let cells: [Column]
    /// How many records there are.
    public let rowCount: Int
    /// The number of each record's row in the file, from 1, among the rows that could be read.
    public let rowNumbers: [UInt32]
    /// The file that each record is from, counted from 0 in the order in which they were added.
    public let files: [UInt8]

    /// The records of a mark, in their order.
    public func keeping(_ isKept: [Bool]) -> RecordTable {
        func kept<Element>(_ list: [Element]) -> [Element] { list.indices.filter { isKept[$0] }.map { list[$0] } }
        return RecordTable(
            columns: columns, cells: cells.map { Column(codes: kept($0.codes), values: $0.values) },
            rowCount: isKept.count(where: \.self), rowNumbers: kept(rowNumbers), files: kept(files))
    }

    /// The value of a cell; nil where there is none.
    public func text(row: Int, column: Int) -> String? {
        let code = cells[column].codes[row]
        return code < 0 ? nil : cells[column].values[Int(code)]
    }

    /// How files name a record: its id, or the number of its row where there is none: `row 7`.
    public func name(of row: Int) -> String {
        columns.id.flatMap { text(row: row, column: $0) } ?? "row \(rowNumbers[row])"
    }
}

/// Values as they come, each numbered once.
private final class ValueTable {
    var table = ByteTable()
}

/// The rows of a block with their values numbered.
public final class RecordPart {
    fileprivate let values: [ValueTable]
    fileprivate let codes: [[Int32]]
    fileprivate let rowCount: Int

    /// The rows of a block of cells.
    public init(_ block: CellBlock, columns: ComparedColumns) {
        rowCount = block.rowCount
        let values = (0..<block.columnCount).map { _ in ValueTable() }
        self.values = values
        codes = values.indices.map { column in
            let spans = block.column(column)
            let isNameLike = columns.kinds[column].isNameLike
            let isID = columns.id == column
            let table = values[column]
            return (0..<block.rowCount).map { row in
                let span = spans[row]
                let cell = UnsafeBufferPointer(start: block.text + Int(span.start), count: Int(span.length))
                if MissingCell.isMissing(cell, isNameLike: isNameLike, isID: isID) { return -1 }
                return Int32(table.table.number(block.text + Int(span.start), cell.count))
            }
        }
    }
}

/// Makes a table of records from blocks, in their order.
public final class RecordTableBuilder {
    private let columns: ComparedColumns
    private let values: [ValueTable]
    private var codes: [[Int32]]
    private var rowCount = 0
    private var files: [UInt8] = []

    /// An empty table of those columns.
    public init(columns: ComparedColumns) {
        self.columns = columns
        values = columns.headers.map { _ in ValueTable() }
        codes = columns.headers.map { _ in [] }
    }

    /// Adds a block's rows, of the file of that number.
    public func add(_ part: RecordPart, file: UInt8 = 0) {
        files.append(contentsOf: repeatElement(file, count: part.rowCount))
        rowCount += part.rowCount
        for column in codes.indices {
            let local = part.values[column]
            let table = values[column]
            var scratch: [UInt8] = []
            let numbers = (0..<local.table.count).map { number -> Int32 in
                // Eight bytes behind the value must be readable.
                scratch.removeAll(keepingCapacity: true)
                scratch.append(contentsOf: local.table[number])
                let count = scratch.count
                scratch.append(contentsOf: repeatElement(0, count: 8))
                return scratch.withUnsafeBufferPointer { bytes in
                    bytes.baseAddress.map { Int32(table.table.number($0, count)) } ?? -1
                }
            }
            codes[column].append(contentsOf: part.codes[column].lazy.map { $0 < 0 ? -1 : numbers[Int($0)] })
        }
    }

    /// The table, its values and records in order.
    public func finish(parallel: Parallel) -> RecordTable {
        let sorted = parallel.map(codes.count) { column in sortedColumn(column) }
        let order = RecordOrder.order(sorted.map(\.codes), id: columns.id, rowCount: rowCount)
        let cells = parallel.map(sorted.count) { column in
            let codes = sorted[column].codes
            return RecordTable.Column(codes: order.map { codes[Int($0)] }, values: sorted[column].values)
        }
        return RecordTable(
            columns: columns, cells: cells, rowCount: rowCount, rowNumbers: rowNumbers(order),
            files: order.map { files[Int($0)] })
    }

    /// Rows are counted in each file anew.
    private func rowNumbers(_ order: [UInt32]) -> [UInt32] {
        var starts = [UInt32](repeating: 0, count: 256)
        for (row, file) in files.enumerated().reversed() { starts[Int(file)] = UInt32(row) }
        return order.map { $0 - starts[Int(files[Int($0)])] + 1 }
    }

    private func sortedColumn(_ column: Int) -> RecordTable.Column {
        let table = values[column]
        let count = table.table.count
        let keys = (0..<count).map { number -> UInt64 in
            var key: UInt64 = 0
            let bytes = table.table[number]
            for place in 0..<8 { key = key << 8 | (place < bytes.count ? UInt64(bytes[place]) : 0) }
            return key
        }
        var order = RadixSort.order(of: keys)
        var start = 0
        while start < count {
            var end = start + 1
            while end < count, keys[Int(order[end])] == keys[Int(order[start])] { end += 1 }
            if end > start + 1 {
                order[start..<end].sort {
                    table.table[Int($0)].lexicographicallyPrecedes(table.table[Int($1)])
                }
            }
            start = end
        }
        var ranks = [Int32](repeating: 0, count: count)
        var list = IdentifierList()
        for (rank, number) in order.enumerated() {
            ranks[Int(number)] = Int32(rank)
            list.append(table.table[Int(number)])
        }
        return RecordTable.Column(codes: codes[column].map { $0 < 0 ? -1 : ranks[Int($0)] }, values: list)
    }
}

/// The order of records that does not depend on that of their rows.
enum RecordOrder {
    /// Row numbers, ascending by id, then by the cells left to right; rows that are alike keep their order.
    static func order(_ columns: [[Int32]], id: Int?, rowCount: Int) -> [UInt32] {
        var order = (0..<UInt32(rowCount)).map { $0 }
        func sort(by codes: [Int32]) {
            let keys = order.map { UInt64(UInt32(bitPattern: codes[Int($0)] &+ 1)) }
            order = RadixSort.order(of: keys).map { order[Int($0)] }
        }
        let isUnique =
            id.map { column in
                var seen = [Bool](repeating: false, count: rowCount + 1)
                for code in columns[column] {
                    if code < 0 || Int(code) > rowCount || seen[Int(code)] { return false }
                    seen[Int(code)] = true
                }
                return true
            } ?? false
        if !isUnique {
            for column in columns.indices.reversed() where column != id { sort(by: columns[column]) }
        }
        if let id { sort(by: columns[id]) }
        return order
    }
}
