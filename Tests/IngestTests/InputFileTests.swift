import CustomerData
import Foundation
import Glibc
import Statistics
import Testing

@testable import Ingest

@Suite("Input files", .serialized) struct InputFileTests {
    private let folder: TestFolder

    init() throws { folder = try TestFolder() }

    /// Writes bytes to a descriptor from another thread, and closes it.
    private func feed(_ bytes: [UInt8], open: @escaping @Sendable () -> Int32) {
        let thread = Thread {
            let descriptor = open()
            var left = bytes[...]
            while !left.isEmpty {
                let count = left.withUnsafeBytes { write(descriptor, $0.baseAddress, min($0.count, 5000)) }
                guard count > 0 else { break }
                left = left.dropFirst(count)
            }
            close(descriptor)
        }
        thread.start()
    }

    private let table = Array(
        ("customer_id,date,amount\n" + (0..<30_000).map { "C\($0),2024-01-01,1\n" }.joined()).utf8)

    @Test func `A pipe with a name is read as a file is, again and again`() throws {
        let path = "\(folder.path)/pipe"
        #expect(mkfifo(path, 0o600) == 0)
        feed(table) { open(path, O_WRONLY) }
        let file = try TableFile(path: path)
        #expect(file.input.byteCount == table.count)
        #expect(try file.everyRecord(threads: 2).count == 30_001)
        #expect(try file.everyRecord().count == 30_001)
        let run = try TransactionReader(files: [file], options: .init(), parallel: Parallel(threads: 2))
        #expect(run.tables[0].roles[.amount] == 2)
    }

    @Test func `A packed pipe is unpacked`() throws {
        let path = "\(folder.path)/pipe"
        #expect(mkfifo(path, 0o600) == 0)
        feed(try packed(table)) { open(path, O_WRONLY) }
        let file = try TableFile(path: path)
        #expect(file.input.isPacked)
        #expect(try file.everyRecord().count == 30_001)
    }

    @Test func `A dash is standard input`() throws {
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        let kept = dup(STDIN_FILENO)
        let writing = ends[1]
        feed(table) { writing }
        dup2(ends[0], STDIN_FILENO)
        close(ends[0])
        defer {
            dup2(kept, STDIN_FILENO)
            close(kept)
        }
        let file = try TableFile(path: "-")
        #expect(file.input.name == "standard input")
        #expect(try file.everyRecord().count == 30_001)
    }

    @Test func `The bytes of a file as it lies on the disk, piece by piece`() throws {
        let bytes = try packed((0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7919 >> 3) })
        var found: [UInt8] = []
        try InputFile(path: folder.file(bytes)).forEachChunk { found.append(contentsOf: $0) }
        #expect(found == bytes)
    }

    @Test func `A file that is not there`() {
        let path = "\(folder.path)/none.csv"
        #expect(
            problem { _ = try TableFile(path: path) }
                == Problem(.inputMissing, "\(path): can't be opened: No such file or directory"))
    }

    @Test func `A folder is no file`() {
        let found = problem { _ = try TableFile(path: folder.path) }
        #expect(found?.kind == .inputMissing)
        #expect(found?.description.contains("is a folder") == true)
    }

    @Test func `A pattern stands for its files in the order of their names`() throws {
        let names = ["2024-02.csv", "2024-01.csv", "2024-10.csv", "other.txt", "[x].csv"]
        let paths = try names.map { try folder.file("a\n1\n", name: $0) }
        #expect(try InputFile.expand(["\(folder.path)/2024-*.csv"]) == [paths[1], paths[0], paths[2]])
        #expect(try InputFile.expand(["\(folder.path)/2024-0?.csv", "-"]) == [paths[1], paths[0], "-"])
        // A name of a file is that file, whatever is in it; a name without a pattern is left as it is.
        #expect(try InputFile.expand([paths[4], "nothing.csv"]) == [paths[4], "nothing.csv"])
        #expect(
            problem { _ = try InputFile.expand(["\(folder.path)/*.parquet"]) }
                == Problem(.inputMissing, "\(folder.path)/*.parquet: no file matches"))
    }
}
