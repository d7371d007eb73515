import Export
import Testing

@Suite("Writing .npy files")
struct NumpyFileTests {
    private func written(_ values: [Double], columnCount: Int?) -> [UInt8] {
        var bytes: [UInt8] = []
        NumpyFile.write(values, columnCount: columnCount) { bytes += Array($0) }
        return bytes
    }

    private func written(_ values: [Float], columnCount: Int?) -> [UInt8] {
        var bytes: [UInt8] = []
        NumpyFile.write(values, columnCount: columnCount) { bytes += Array($0) }
        return bytes
    }

    /// The first 128 bytes as numpy 2.4.6 writes them: magic, version 1.0, length 118 and the dictionary, padded.
    private func start(_ dictionary: String) -> [UInt8] {
        let text = Array(dictionary.utf8)
        let padding = [UInt8](repeating: 0x20, count: 117 - text.count)
        return [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0, 0x76, 0] + text + padding + [0x0A]
    }

    private func hex(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    // numpy 2.4.6: numpy.save of [[1.5, -2, 3], [4, 5, 6.25]].
    @Test func `a matrix of doubles is numpy's, byte for byte`() {
        let bytes = written([1.5, -2, 3, 4, 5, 6.25] as [Double], columnCount: 3)
        #expect(
            Array(bytes.prefix(128)) == start("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }"))
        #expect(
            hex(bytes.dropFirst(128))
                == "000000000000f83f00000000000000c00000000000000840000000000000104000000000000014400000000000001940")
    }

    // numpy 2.4.6: the same as float32.
    @Test func `a matrix of floats is numpy's, byte for byte`() {
        let bytes = written([1.5, -2, 3, 4, 5, 6.25] as [Float], columnCount: 3)
        #expect(
            Array(bytes.prefix(128)) == start("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }"))
        #expect(hex(bytes.dropFirst(128)) == "0000c03f000000c000004040000080400000a0400000c840")
    }

    // numpy 2.4.6: numpy.save of numpy.arange(3.0) and of numpy.zeros((0, 4)).
    @Test func `one dimension, and no rows`() {
        let bytes = written([0, 1, 2] as [Double], columnCount: nil)
        #expect(Array(bytes.prefix(128)) == start("{'descr': '<f8', 'fortran_order': False, 'shape': (3,), }"))
        #expect(hex(bytes.dropFirst(128)) == "0000000000000000000000000000f03f0000000000000040")
        #expect(
            written([] as [Double], columnCount: nil)
                == start("{'descr': '<f8', 'fortran_order': False, 'shape': (0,), }"))
    }

    @Test func `the error of the sink is thrown on`() {
        struct Full: Error {}
        #expect(throws: Full.self) { try NumpyFile.write([1.0], columnCount: 1) { _ in throw Full() } }
    }
}
