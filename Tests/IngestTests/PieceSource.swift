import Statistics

@testable import Ingest

/// Bytes in memory that come in pieces of chance.
final class PieceSource: ByteSource {
    private var left: ArraySlice<UInt8>
    private var random: SeededGenerator
    private let largest: Int
    private(set) var offset = 0

    init(_ bytes: [UInt8], largest: Int = 7, seed: UInt64 = 1) {
        left = bytes[...]
        random = SeededGenerator(seed: seed)
        self.largest = largest
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(left.count, buffer.count, 1 + random.index(below: largest))
        buffer.copyBytes(from: left.prefix(count))
        left = left.dropFirst(count)
        offset += count
        return count
    }
}

/// The records of a text, read in blocks of so many bytes that one worker, or several in turn, reuse.
func records(
    _ text: [UInt8], _ dialect: Dialect = Dialect(), blockByteCount: Int = 64, workers: Int = 1, seed: UInt64 = 1
) throws -> (blocks: [[UInt8]], records: [[String]], raw: [[UInt8]]) {
    let blocks = RecordBlocks(PieceSource(text, seed: seed), dialect: dialect, blockByteCount: blockByteCount)
    let mine = (0..<workers).map { _ in RecordBlock(capacity: blockByteCount, dialect: dialect) }
    var random = SeededGenerator(seed: seed, stream: 1)
    var found: (blocks: [[UInt8]], records: [[String]], raw: [[UInt8]]) = ([], [], [])
    while true {
        let block = mine[random.index(below: workers)]
        guard try blocks.next(block) else { return found }
        block.index()
        found.blocks.append(Array(block.bytes))
        let records = block.records
        for record in 0..<records.count {
            found.raw.append(Array(records.bytes(ofRecord: record)))
            found.records.append(
                (0..<records.fieldCount(record)).map { records.string(records.field(record, $0)) })
        }
    }
}
