import CustomerData
import Foundation
import Ingest
import LinearAlgebra
import Testing

@Suite("Reading .npy files")
struct NumpyFileTests {
    /// A file with a header of version 1, as numpy lays it out.
    private func file(_ header: String, data: [UInt8], version: UInt8 = 1) -> [UInt8] {
        let sizeBytes = version == 1 ? 2 : 4
        var text = Array(header.utf8)
        text += [UInt8](repeating: 0x20, count: (64 - (8 + sizeBytes + text.count + 1) % 64) % 64) + [0x0A]
        let length = (0..<sizeBytes).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) }
        return [0x93] + Array("NUMPY".utf8) + [version, 0] + length + text + data
    }

    private func bytes(hex: String) -> [UInt8] {
        let digits = Array(hex.utf8)
        return stride(from: 0, to: digits.count, by: 2).compactMap {
            UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16)
        }
    }

    private func problem(_ bytes: [UInt8]) -> Problem? {
        do {
            _ = try NumpyFile(name: "f.npy", bytes: bytes)
            return nil
        } catch { return error as? Problem }
    }

    // The data bytes of these tests were written by numpy 2.4.6 for [[1.5, -2, 3], [4, 5, 6.25]].
    private static let doubles =
        "000000000000f83f00000000000000c00000000000000840000000000000104000000000000014400000000000001940"
    private static let columns =
        "000000000000f83f000000000000104000000000000000c0000000000000144000000000000008400000000000001940"
    private static let floats = "0000c03f000000c000004040000080400000a0400000c840"
    private static let values = [1.5, -2, 3, 4, 5, 6.25]

    @Test(arguments: [1, 2, 3] as [UInt8]) func `float64 in C order, in every version`(version: UInt8) throws {
        let read = try NumpyFile(
            name: "f.npy",
            bytes: file(
                "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }", data: bytes(hex: Self.doubles),
                version: version))
        guard case .doubles(let matrix) = read else {
            Issue.record("doubles")
            return
        }
        #expect(matrix.elements == Self.values)
        #expect((read.rowCount, read.columnCount) == (2, 3))
    }

    @Test func `float64 in Fortran order`() throws {
        let read = try NumpyFile(
            name: "f.npy",
            bytes: file(
                "{'descr': '<f8', 'fortran_order': True, 'shape': (2, 3), }", data: bytes(hex: Self.columns)))
        #expect(read.asDoubles.elements == Self.values)
    }

    @Test func `float32 stays float32`() throws {
        let read = try NumpyFile(
            name: "f.npy",
            bytes: file(
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", data: bytes(hex: Self.floats)))
        guard case .floats(let matrix) = read else {
            Issue.record("floats")
            return
        }
        #expect(matrix.elements == Self.values.map(Float.init))
        #expect(read.asDoubles.elements == Self.values)
    }

    // numpy 2.4.6: np.array([1, -2, 3], 'i4') and np.array([[2**40], [-7]]).
    @Test func `whole numbers become doubles, one dimension one column`() throws {
        let one = try NumpyFile(
            name: "f.npy",
            bytes: file(
                "{'descr': '<i4', 'fortran_order': False, 'shape': (3,), }",
                data: bytes(hex: "01000000feffffff03000000")))
        #expect(one.asDoubles.elements == [1, -2, 3])
        #expect((one.rowCount, one.columnCount) == (3, 1))
        let two = try NumpyFile(
            name: "f.npy",
            bytes: file(
                "{'descr': '<i8', 'fortran_order': False, 'shape': (2, 1), }",
                data: bytes(hex: "0000000000010000f9ffffffffffffff")))
        #expect(two.asDoubles.elements == [1_099_511_627_776, -7])
    }

    @Test func `no rows are no values`() throws {
        let read = try NumpyFile(
            name: "f.npy", bytes: file("{'descr': '<f8', 'fortran_order': False, 'shape': (0, 4), }", data: []))
        #expect((read.rowCount, read.columnCount) == (0, 4))
    }

    @Test func `keys in another order, quotes and spacing are read`() throws {
        let read = try NumpyFile(
            name: "f.npy",
            bytes: file(
                "{\"shape\":(2,3),\"fortran_order\" : True ,\"descr\":  \"<f8\"}", data: bytes(hex: Self.columns)))
        #expect(read.asDoubles.elements == Self.values)
    }

    @Test func `what is no .npy file is told so`() {
        for other in [[], Array("recency,frequency\n1,2\n".utf8), [0x93, 0x4E], Array("PK\u{3}\u{4}".utf8)] {
            #expect(
                problem(other)
                    == Problem(.data, "f.npy: not a .npy file (it doesn't begin with \\x93NUMPY)"))
        }
    }

    @Test func `every truncation is found, and so is a longer file`() throws {
        let whole = file("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }", data: bytes(hex: Self.doubles))
        for length in 6..<whole.count {
            let found = try #require(problem(Array(whole[..<length])))
            #expect(found == Problem(.data, "f.npy: the .npy file ends before its data does; was it copied in full?"))
        }
        #expect(problem(whole + [0]) == Problem(.data, "f.npy: the .npy file goes on after its data"))
    }

    @Test(arguments: ["<c16", ">f8", "|b1", "<U7", "<f2", "|O", "<u8"])
    func `other types are named`(descriptor: String) {
        #expect(
            problem(
                file("{'descr': '\(descriptor)', 'fortran_order': False, 'shape': (1,), }", data: [0, 0, 0, 0]))
                == Problem(
                    .data,
                    "f.npy: numbers of type '\(descriptor)'; expected '<f4', '<f8', '<i4' or '<i8' "
                        + "(in Python: array.astype('<f8'))"))
    }

    @Test func `records, other dimensions and other versions are refused`() {
        #expect(
            problem(
                file("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,), }", data: []))
                == Problem(.data, "f.npy: the .npy file holds records; expected one kind of number"))
        for (shape, count) in [("()", 0), ("(1, 2, 3)", 3)] {
            #expect(
                problem(file("{'descr': '<f8', 'fortran_order': False, 'shape': \(shape), }", data: []))
                    == Problem(.data, "f.npy: an array of \(count) dimensions; expected 1 or 2"))
        }
        #expect(
            problem(file("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }", data: [], version: 4))
                == Problem(.data, "f.npy: .npy format version 4; versions 1 to 3 can be read"))
    }

    @Test(arguments: [
        "", "{}", "{'descr': '<f8'}", "{'descr': '<f8, 'fortran_order': False", "{'descr': '<f8', 'shape': (1,)}",
        "{'descr': '<f8', 'fortran_order': 2, 'shape': (1,)}", "{'descr': '<f8', 'fortran_order': True, 'shape': (1,",
        "{'descr': '<f8', 'fortran_order': True, 'shape': (-1,)}",
        "{'descr': '<f8', 'fortran_order': True, 'shape': (1, x)}",
        "{'descr': '<f8', 'fortran_order': True, 'shape': (9000000000000000000, 9000000000000000000)}",
    ])
    func `a damaged header is refused`(header: String) {
        #expect(problem(file(header, data: [])) != nil)
    }

    @Test func `a header that asks for more than the file holds takes no memory`() {
        #expect(
            problem(file("{'descr': '<f8', 'fortran_order': False, 'shape': (100000000000000, 9)}", data: [1]))
                == Problem(.data, "f.npy: the .npy file ends before its data does; was it copied in full?"))
    }

    @Test func `files are read, and a missing one is an input that is missing`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "strata-npy-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "a.npy")
        try Data(file("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", data: bytes(hex: Self.floats)))
            .write(to: path)
        #expect(try NumpyFile(path: path.path).asDoubles.elements == Self.values)
        for missing in [folder.appending(path: "b.npy").path, folder.path] {
            do {
                _ = try NumpyFile(path: missing)
                Issue.record("a problem")
            } catch { #expect((error as? Problem)?.kind == .inputMissing) }
        }
    }
}
