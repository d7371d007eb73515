import CustomerData
import Foundation
import Testing

@testable import Ingest

@Suite("Packed files") struct PackedFileTests {
    private static func table(rows: Int) -> String {
        var text = "customer_id,date,amount\n"
        for row in 0..<rows { text += "C\(row % 7),2024-01-01,1.25\n" }
        return text
    }

    @Test func `Files of any length are read to their end`() throws {
        let folder = try TestFolder()
        var wrong: [Int] = []
        for rows in stride(from: 1, to: 60_000, by: 1597) {
            let file = try TableFile(path: folder.file(packed(Array(Self.table(rows: rows).utf8))))
            if try file.everyRecord().count != rows + 1 { wrong.append(rows) }
        }
        #expect(wrong == [])
    }

    @Test func `What gzip writes is read`() throws {
        let folder = try TestFolder()
        let path = try folder.file(Self.table(rows: 100_000))
        let process = Process()
        process.executableURL = URL(filePath: "/bin/gzip")
        process.arguments = ["-k", path]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        let file = try TableFile(path: path + ".gz")
        #expect(file.input.isPacked)
        #expect(try file.everyRecord(threads: 3) == TableFile(path: path).everyRecord())
    }

    @Test func `Several members are one file, wherever they end`() throws {
        let folder = try TestFolder()
        let text = Array(Self.table(rows: 20_000).utf8)
        for size in [1, 13, 1000, 65_536, 300_000] {
            let part = size == 1 ? Array(text[..<4000]) : text
            var bytes: [UInt8] = []
            for start in stride(from: 0, to: part.count, by: size) {
                bytes += try packed(Array(part[start..<min(start + size, part.count)]))
            }
            // A member of nothing, and the zeros that tapes are filled up with.
            bytes += try packed([]) + [UInt8](repeating: 0, count: 1000)
            let plain = try TableFile(path: folder.file(part, name: "plain"))
            #expect(try TableFile(path: folder.file(bytes, name: "packed")).everyRecord() == plain.everyRecord())
        }
    }

    @Test func `A file that ends too early says so, wherever it was cut`() throws {
        let folder = try TestFolder()
        let bytes = try packed(Array(Self.table(rows: 30_000).utf8))
        let cuts = [3, 9, 11, bytes.count / 2] + (1...9).map { bytes.count - $0 }
        for cut in cuts {
            let path = try folder.file(Array(bytes[..<cut]))
            let found = problem { _ = try TableFile(path: path).everyRecord() }
            #expect(found?.kind == .data, "cut at \(cut)")
            #expect(found?.description == "\(path): the gzip data ends too early: copy or download the file again")
        }
        // Cut in the second member.
        let path = try folder.file(bytes + bytes[..<(bytes.count - 20)])
        #expect(problem { _ = try TableFile(path: path).everyRecord() }?.description.contains("too early") == true)
    }

    @Test func `A damaged file says so`() throws {
        let folder = try TestFolder()
        let bytes = try packed(Array(Self.table(rows: 30_000).utf8))
        var wrong: [Int] = []
        for position in [3, bytes.count / 2, bytes.count - 8, bytes.count - 1] {
            var damaged = bytes
            damaged[position] ^= 0xFF
            let path = try folder.file(damaged)
            let found = problem { _ = try TableFile(path: path).everyRecord() }
            if found?.kind != .data || found?.description.hasPrefix("\(path): the gzip data ") != true {
                wrong.append(position)
            }
        }
        #expect(wrong == [])
        let path = try folder.file(bytes + Array("trailing text".utf8))
        #expect(problem { _ = try TableFile(path: path).everyRecord() }?.description.contains("damaged") == true)
    }
}
