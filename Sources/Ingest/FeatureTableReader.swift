import CustomerData
import Glibc
import Semantics
import Statistics

/// Reads a table of numbers from delimited text: one vector a row.
public enum FeatureTableReader {
    /// Reads the columns of a file as numbers.
    ///
    /// - Parameters:
    ///   - columns: headers of the columns to read, in this order; nil for all but the id.
    ///   - id: header of the id column; nil for a column whose header says that it is a customer's id.
    /// - Throws: `Problem(.usage)` when there is no such column; `Problem(.data)` when a cell is no number (a cell that
    ///   is empty or says so is NaN) or a row has another number of fields than the header.
    public static func read(
        _ file: TableFile, columns: [String]? = nil, id: String? = nil, parallel: Parallel
    ) throws -> FeatureTable {
        let table = try read(file, columns: columns, categories: [], id: id, parallel: parallel).numbers
        guard !table.columns.isEmpty else { throw Problem(.data, "\(file.input.name) has no column of numbers") }
        return table
    }

    /// Reads columns of a file as numbers, and others as words. A cell that is empty or says that it is missing has the
    /// empty word; other cells are taken as they are, less blanks around them.
    ///
    /// - Parameters:
    ///   - columns: headers of the columns of numbers, in this order; nil for all but the id and the categories.
    ///   - categories: headers of the columns of words, in this order.
    ///   - id: header of the id column; nil for a column whose header says that it is a customer's id.
    /// - Throws: as the reading of numbers does.
    public static func read(
        _ file: TableFile, columns: [String]?, categories: [String], id: String?, parallel: Parallel
    ) throws -> (numbers: FeatureTable, categories: [CategoryColumn]) {
        let words = try categories.map { try file.column(named: $0, option: "--categorical") }
        let idColumn =
            try id.map { try file.column(named: $0, option: "--id") }
            ?? idColumn(of: file).flatMap { words.contains($0) ? nil : $0 }
        let numeric: [Int]
        if let columns {
            numeric = try columns.map { try file.column(named: $0, option: "--columns") }
        } else {
            numeric = file.headers.indices.filter { $0 != idColumn && !words.contains($0) }
            try checkNumeric(numeric, file)
        }
        let builders = words.map { _ in CategoryColumnBuilder() }
        var values: [Double] = []
        var ids = idColumn == nil ? nil : IdentifierList()
        var rowCount = 0
        try file.forEachBlock(parallel: parallel) { block, records, _ in
            var values: [Double] = []
            var ids = IdentifierList()
            var rowCount = 0
            let cells = words.map { _ in CategoryColumnBuilder() }
            values.reserveCapacity(records.count * numeric.count)
            for record in file.firstRow(block, records)..<records.count where !records.isBlank(record) {
                guard records.fieldCount(record) == file.headers.count else {
                    throw problem(
                        file, block, records, record,
                        "\(records.fieldCount(record)) fields where the header has \(file.headers.count)")
                }
                for column in numeric {
                    let span = records.field(record, column)
                    if records.isMissing(span) {
                        values.append(.nan)
                        continue
                    }
                    guard let value = DecimalNumber.parse(records.text + Int(span.start), Int(span.length)) else {
                        throw problem(
                            file, block, records, record,
                            "column \"\(file.headers[column])\": expected a number; leave the column out with --columns"
                        )
                    }
                    values.append(value)
                }
                for (place, column) in words.enumerated() {
                    let span = records.field(record, column)
                    if records.isMissing(span) {
                        cells[place].appendMissing()
                    } else {
                        cells[place].append(records.text + Int(span.start), count: Int(span.length))
                    }
                }
                rowCount += 1
                if let idColumn { ids.append(records.bytes(records.field(record, idColumn))) }
            }
            return (values, ids, rowCount, cells)
        } commit: { outcome, _ in
            values.append(contentsOf: outcome.0)
            rowCount += outcome.2
            for (builder, part) in zip(builders, outcome.3) { builder.append(contentsOf: part) }
            for row in 0..<outcome.1.count { outcome.1.withBytes(at: row) { ids?.append($0) } }
        }
        let definitions = numeric.map {
            FeatureDefinition(name: file.headers[$0], unit: "", formula: "column of the input", transform: .init())
        }
        let table = FeatureTable(
            columns: definitions, ids: ids, idName: idColumn.map { file.headers[$0] } ?? "row", values: values,
            rowCount: rowCount)
        return (table, zip(builders, words).map { $0.column(named: file.headers[$1]) })
    }

    /// The column whose header says that it is a customer's id, or is just `id`.
    private static func idColumn(of file: TableFile) -> Int? {
        file.headers.indices.first {
            RoleDictionary.strength(of: file.headers[$0], as: .customer, in: .customers) >= 90
        } ?? file.headers.firstIndex { $0.lowercased() == "id" }
    }

    /// Refuses columns that hold no number at all in the sample, all at once.
    private static func checkNumeric(_ columns: [Int], _ file: TableFile) throws {
        let words = columns.filter { column in
            let cells = file.sampleCells(column).filter { !$0.isEmpty }
            return !cells.isEmpty && cells.allSatisfy { Double($0) == nil }
        }
        guard words.isEmpty else {
            let names = words.map { "\"\(file.headers[$0])\"" }.joined(separator: ", ")
            throw Problem(
                .data,
                "\(file.input.name): no numbers in \(words.count == 1 ? "column" : "columns") \(names): name the id column "
                    + "with --id, and the columns to use with --columns")
        }
    }

    private static func problem(
        _ file: TableFile, _ block: RecordBlock, _ records: Records, _ record: Int, _ sentence: String
    ) -> BlockProblem {
        let line = block.bytes[..<records.start(record)].count { $0 == file.dialect.newline }
        return BlockProblem(block: block.number, line: line, sentence: sentence)
    }
}

/// Reads decimal numbers to the nearest double.
enum DecimalNumber {
    private static let powers: [Double] = (0...22).map { pow(10, Double($0)) }

    /// The number of a whole cell, or nil. Up to 15 digits and a power of ten up to 22 are exact by one rounding
    /// (Clinger, 1990); all others go through `strtod`.
    static func parse(_ text: UnsafePointer<UInt8>, _ length: Int) -> Double? {
        var cursor = text
        let end = text + length
        let isNegative = cursor < end && cursor.pointee == UInt8(ascii: "-")
        if isNegative { cursor += 1 }
        var mantissa: UInt64 = 0
        var digits = 0
        var decimals = 0
        var inDecimals = false
        while cursor < end {
            let digit = cursor.pointee &- UInt8(ascii: "0")
            if digit <= 9 {
                mantissa = mantissa &* 10 &+ UInt64(digit)
                digits += 1
                if inDecimals { decimals += 1 }
            } else if cursor.pointee == UInt8(ascii: "."), !inDecimals {
                inDecimals = true
            } else {
                return slow(text, length)
            }
            cursor += 1
        }
        guard digits > 0 else { return nil }
        guard digits <= 15 else { return slow(text, length) }
        let value = Double(mantissa) / powers[decimals]
        return isNegative ? -value : value
    }

    private static func slow(_ text: UnsafePointer<UInt8>, _ length: Int) -> Double? {
        guard length < 512 else { return nil }
        return Double(String(decoding: UnsafeBufferPointer(start: text, count: length), as: UTF8.self))
    }
}
