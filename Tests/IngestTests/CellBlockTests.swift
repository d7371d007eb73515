import CustomerData
import Statistics
import Testing

@testable import Ingest

/// Rows of any table, and what becomes of damaged ones.
@Suite struct CellBlockTests {
    private let folder: TestFolder

    init() throws { folder = try TestFolder() }

    private func open(_ bytes: [UInt8]) throws -> TableFile {
        try TableFile(path: try folder.file(bytes), options: .init(allowsDamage: true))
    }

    /// Every accepted row's cells and line, and the accounts.
    private func read(
        _ file: TableFile, threads: Int = 1, maxShare: Double = 1
    ) throws -> (rows: [[String]], lines: [Int], accounts: RowAccounts) {
        var rows: [[String]] = []
        var lines: [Int] = []
        let accounts = try file.forEachCellBlock(
            parallel: Parallel(threads: threads), limits: RejectLimits(maxShare: maxShare)
        ) { block, _ in
            var line = 0
            return (0..<block.rowCount).map { row in
                line = row == 0 ? block.line(ofRow: 0) : line + block.lines(from: row - 1, to: row)
                return (
                    cells: (0..<block.columnCount).map {
                        String(decoding: block.cell(row: row, column: $0), as: UTF8.self)
                    }, line: line
                )
            }
        } commit: { part, firstLine, rowsBefore in
            #expect(rowsBefore == rows.count)
            rows += part.map(\.cells)
            lines += part.map { firstLine + $0.line }
        }
        return (rows, lines, accounts)
    }

    @Test func damagedRowsAreRejectedWithTheirReason() throws {
        let good = (0..<20).map { "\($0),é\n" }.joined()
        let bytes =
            Array("a,b\n\(good)x\n".utf8) + Array("1,n\0l\n".utf8) + [0x31, 0x2C, 0xE9, 0x0A]
            + Array("\n1,2,3\n2,ok\n".utf8)
        let (rows, lines, accounts) = try read(try open(bytes))
        #expect(rows.count == 21 && rows.last == ["2", "ok"] && lines.last == 27)
        #expect(accounts.unused == [.fieldCount: 2, .nulByte: 1, .undecodable: 1] && accounts.blankLines == 1)
        #expect(accounts.read == accounts.accepted + accounts.rejected && accounts.read == 25)
    }

    @Test func blanksAndQuotesAreTakenOff() throws {
        let file = try open(Array("a,b\n x ,\"  y\"\n\"q\"\"q\",z\n".utf8))
        var padded: [Int] = []
        _ = try file.forEachCellBlock(parallel: Parallel(threads: 1), limits: RejectLimits()) { block, _ in
            block.paddedCounts
        } commit: { counts, _, _ in
            padded = counts
        }
        #expect(try read(file).rows == [["x", "y"], ["q\"q", "z"]])
        #expect(padded == [1, 1])
    }

    @Test func blocksAreTheSameForAnyNumberOfThreads() throws {
        let text = "id,text\n" + (0..<60_000).map { "\($0),\"row \($0)\nof two lines\"\n" }.joined()
        let file = try open(Array(text.utf8))
        let alone = try read(file)
        let together = try read(file, threads: 4)
        #expect(alone.rows.count == 60_000 && alone.rows == together.rows && alone.lines == together.lines)
        #expect(alone.lines.last == 2 + 2 * 59_999)
    }

    @Test func aFileInAnotherEncodingIsReadAsThat() throws {
        let text = "name,city\nJosé,Köln\nZoë,Málaga\n"
        let bytes = text.unicodeScalars.map { UInt8($0.value) }
        let file = try open(bytes)
        #expect(file.encoding == .windows1252)
        #expect(try read(file).rows == [["José", "Köln"], ["Zoë", "Málaga"]])
    }

    @Test func bytesThatTheEncodingHasNotRejectTheirRow() throws {
        // GB18030 has no 0xFF.
        let rows: [[UInt8]] = (0..<30).map { _ in [0xD0, 0xD5, 0xC3, 0xFB, 0x2C, 0x31, 0x0A] }
        let file = try TableFile(
            path: try folder.file(Array("a,b\n".utf8) + rows.joined() + [0xFF, 0x2C, 0x31, 0x0A]),
            options: .init(encoding: .gb18030, allowsDamage: true))
        let (read, _, accounts) = try read(file)
        #expect(read.count == 30 && read[0][0] == "姓名" && accounts.unused == [.undecodable: 1])
    }

    @Test func tooManyDamagedRowsAreRefused() throws {
        let file = try open(Array("a,b\n1\n2\n3,4\n".utf8))
        #expect(problem { _ = try read(file, maxShare: 0.5) }?.kind == .data)
        let nothing = try open(Array("a,b\n1\n2\n".utf8))
        #expect(problem { _ = try read(nothing) }?.description.hasSuffix("none of 2 rows could be read") == true)
    }

    @Test func aBinaryFileIsRefused() throws {
        var random = SeededGenerator(seed: 1)
        let noise = (0..<5000).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        for bytes in [
            noise, Array("PK".utf8) + [3, 4, 20, 0], [0x7F, 0x45, 0x4C, 0x46] + [UInt8](repeating: 0, count: 99),
        ] {
            #expect(problem { _ = try open(bytes) }?.description.contains("is a binary file") == true)
        }
    }
}
