import CustomerData
import Export
import Ingest

/// `strata clean --undo`: the table that was cleaned, cell for cell, from what the cleaning wrote.
public struct UndoJob: Sendable {
    /// The folder of the cleaning.
    public var folder: String
    /// Where the original goes.
    public var out: String
    /// The source that is given back, where there were several; by its name.
    public var source: String?

    /// Gives back the table of a folder.
    public init(folder: String, out: String) {
        self.folder = folder
        self.out = out
    }

    /// Writes the original.
    ///
    /// - Throws: `Problem(.data)` when the files are not as they were written.
    public func run() throws -> JobReport {
        let manifest = try CleanManifest.read(folder: folder)
        let named = manifest.sources.first { self.source == nil || $0.name == self.source }
        guard let source = named else {
            throw Problem(
                .usage,
                "--source \(self.source ?? ""): the folder was not made from it; its sources are "
                    + manifest.sources.map(\.name).joined(separator: ", "))
        }
        let file = try OutputFile(path: out, personal: true)
        let writer = OriginalWriter(source.form, file)
        let restored = try restore(source, manifest, writer)
        try writer.finish()
        try file.commit()
        var report = JobReport()
        report.lines.append("\(source.name): \(restored) of \(source.records) records written to \(out)")
        return report
    }

    private func restore(
        _ source: CleanManifest.Source, _ manifest: CleanManifest, _ writer: OriginalWriter
    ) throws -> Int {
        let only = manifest.sources.count > 1 ? source.name : nil
        let ledger = try LedgerCursor(
            OutputFolder.path(CleanFiles.ledger, in: folder), record: 0, only: only.map { (7, $0) })
        let rejects = try LedgerCursor(
            OutputFolder.path(CleanFiles.rejects, in: folder), record: 1, only: only.map { (0, $0) })
        let rows = try CleanedRows(folder, manifest, source)
        var columns: [String: Int] = [:]
        for (column, entry) in source.columns.enumerated() {
            columns[entry.header] = columns[entry.header] ?? column
            columns["#\(column + 1)"] = columns["#\(column + 1)"] ?? column
        }
        var digest = CellDigest()
        for record in 1...max(source.records, 1) where source.records > 0 {
            if rejects.record == record {
                let row = rejects.row
                digest.add(text: Array(row[5].utf8))
                let isEscaped = UnreadReason(rawValue: row[4])?.isEscaped ?? false
                try writer.put(record: Array(row[5].utf8), isEscaped: isEscaped)
                try rejects.advance()
                continue
            }
            guard let whole = try rows.row(of: record) else {
                throw damaged(CleanFiles.customers, "it has too few rows")
            }
            var cells = source.columns.map { whole[$0.place] }
            while ledger.record == record {
                let entry = ledger.row
                guard let column = columns[entry[2]] else {
                    throw damaged(CleanFiles.ledger, "record \(record) names a column that there is not")
                }
                guard cells[column].utf8.elementsEqual(entry[4].utf8) else {
                    throw damaged(
                        CleanFiles.customers,
                        "record \(record), column \"\(entry[2])\", does not hold what the ledger says")
                }
                cells[column] = entry[3]
                try ledger.advance()
            }
            digest.add(texts: cells)
            try writer.put(cells: cells)
        }
        guard rows.isAtEnd else { throw damaged(CleanFiles.customers, "it has too many rows") }
        guard ledger.isAtEnd, rejects.isAtEnd else {
            throw damaged(CleanFiles.ledger, "its records are not in their order")
        }
        guard digest.text == source.cells else {
            throw damaged(CleanFiles.customers, "cells were changed after the cleaning, or rows put in another order")
        }
        return source.records
    }

    private func damaged(_ name: String, _ why: String) -> Problem {
        Problem(
            .data,
            "\(OutputFolder.path(name, in: folder)) is not as strata clean wrote it (\(why)): the original can't be given back"
        )
    }
}

/// The rows of a file one after the other, with the number of the record that the present one is about.
final class LedgerCursor {
    private let cursor: TableCursor
    private let recordColumn: Int?
    private let only: (column: Int, value: String)?
    /// The cells of the present row; none at the end.
    private(set) var row: [String] = []
    private(set) var isAtEnd = false

    /// - Parameters:
    ///   - record: the column of the record's number.
    ///   - only: a column and what its cells must be; other rows are passed over.
    init(_ path: String, record: Int? = nil, only: (column: Int, value: String)? = nil) throws {
        let table = try SortedTable(path: path)
        cursor = table.rows()
        recordColumn = record
        self.only = only
        try advance()
    }

    func advance() throws {
        repeat {
            isAtEnd = try !cursor.advance()
            row = isAtEnd ? [] : cursor.texts
        } while !isAtEnd && only.map { row[$0.column] != $0.value } ?? false
    }

    /// The record that the present row is about; nil at the end.
    var record: Int? { isAtEnd ? nil : recordColumn.flatMap { Int(row[$0]) } }
}

/// The cleaned rows of a source's records: those of the one file in their order, of several by their links.
private final class CleanedRows {
    private let customers: LedgerCursor
    private let archive: LedgerCursor?
    private let links: LedgerCursor?
    private let width: Int
    /// All rows by their number, where sources share them.
    private var all: [[String]] = []

    init(_ folder: String, _ manifest: CleanManifest, _ source: CleanManifest.Source) throws {
        customers = try LedgerCursor(OutputFolder.path(CleanFiles.customers, in: folder))
        archive =
            manifest.files.contains(CleanFiles.archive)
            ? try LedgerCursor(OutputFolder.path(CleanFiles.archive, in: folder), record: 0) : nil
        width = (manifest.sources.flatMap { $0.columns.map(\.place) }.max() ?? 0) + 1
        guard manifest.sources.count > 1 else {
            links = nil
            return
        }
        links = try LedgerCursor(
            OutputFolder.path(CleanFiles.links, in: folder), record: 1, only: (0, source.name))
        for number in 1...max(manifest.customers + manifest.archived, 1) {
            if let row = try next(number) { all.append(row) }
        }
    }

    /// The row of a number, in the order of the numbers.
    private func next(_ number: Int) throws -> [String]? {
        if let archive, archive.record == number {
            let row = Array(archive.row.dropFirst())
            try archive.advance()
            return row
        }
        guard !customers.isAtEnd else { return nil }
        let row = Array(customers.row.prefix(width))
        try customers.advance()
        return row
    }

    func row(of record: Int) throws -> [String]? {
        guard let links else { return try next(record) }
        guard links.record == record, let number = Int(links.row[2]), all.indices.contains(number - 1) else {
            return nil
        }
        try links.advance()
        return all[number - 1]
    }

    var isAtEnd: Bool { customers.isAtEnd && archive?.isAtEnd ?? true && links?.isAtEnd ?? true }
}

/// Writes records as a file had them.
final class OriginalWriter {
    private let form: CleanManifest.Form
    private let file: OutputFile
    private let delimiter: UInt8
    private let newline: [UInt8]
    /// Text in UTF-8 that waits to be written; escaped bytes of another encoding are written as they are.
    private var text: [UInt8] = []
    private var hasPending = false

    init(_ form: CleanManifest.Form, _ file: OutputFile) {
        self.form = form
        self.file = file
        delimiter = form.delimiter == "TAB" ? 9 : form.delimiter.utf8.first ?? 44
        newline = form.newline == "CRLF" ? [13, 10] : form.newline == "CR" ? [13] : [10]
        text = Array(form.head.utf8)
        hasPending = true
        isFirst = true
    }

    private var isFirst: Bool

    /// Ends the line before, when there is one.
    private func endLine() throws {
        if hasPending { text += newline }
        hasPending = true
        if text.count > 1 << 18 { try flush() }
    }

    func put(cells: [String]) throws {
        try endLine()
        for (column, cell) in cells.enumerated() {
            if column > 0 { text.append(delimiter) }
            let bytes = cell.utf8
            let isQuoted =
                bytes.isEmpty
                ? form.emptyQuoted[column]
                : form.quoted[column]
                    || bytes.contains { $0 == 34 || $0 == 10 || $0 == 13 || $0 == delimiter }
            if !isQuoted {
                text += bytes
                continue
            }
            text.append(34)
            for byte in bytes {
                if byte == 34 { text.append(34) }
                text.append(byte)
            }
            text.append(34)
        }
    }

    func put(record: [UInt8], isEscaped: Bool) throws {
        try endLine()
        guard isEscaped else {
            text += record
            return
        }
        var place = 0
        while place < record.count {
            guard record[place] == 0x5C, place + 1 < record.count else {
                text.append(record[place])
                place += 1
                continue
            }
            if record[place + 1] == UInt8(ascii: "x"), place + 3 < record.count,
                let byte = UInt8(String(decoding: record[(place + 2)...(place + 3)], as: UTF8.self), radix: 16)
            {
                // A byte of another encoding can't be encoded; it is written as it was.
                if form.encoding == .utf8 {
                    text.append(byte)
                } else {
                    try flush()
                    try [byte].withUnsafeBytes { try file.write($0) }
                }
                place += 4
            } else if record[place + 1] == UInt8(ascii: "0") {
                text.append(0)
                place += 2
            } else {
                text.append(0x5C)
                place += 2
            }
        }
    }

    func finish() throws {
        if form.endsWithNewline { text += newline }
        try flush()
    }

    private func flush() throws {
        if isFirst, form.hasByteOrderMark { try form.encoding.mark.withUnsafeBytes { try file.write($0) } }
        isFirst = false
        guard let bytes = form.encoding.encoded(text) else {
            throw Problem(
                .data, "a cell of the ledger has characters that \(form.encoding.rawValue) has not: was it edited?")
        }
        try bytes.withUnsafeBytes { try file.write($0) }
        text.removeAll(keepingCapacity: true)
    }
}
