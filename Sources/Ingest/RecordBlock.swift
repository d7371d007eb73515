import CKernels
import CustomerData

/// A piece of delimited text that holds whole records, with the places of its delimiters. One worker uses it again
/// and again.
final class RecordBlock {
    /// Number of the block in its file.
    fileprivate(set) var number = 0
    /// How far the file on the disk had been read when the block was filled.
    fileprivate(set) var sourceOffset = 0
    /// The text, followed by room for unquoted fields as long as the text, and padding.
    fileprivate var text: UnsafeMutablePointer<UInt8>
    /// Bytes of text that fit.
    fileprivate var capacity: Int
    /// Bytes of text.
    fileprivate(set) var length = 0
    /// Whether the file ends with this block and without a line ending.
    fileprivate(set) var lacksLastNewline = false
    private var marks: UnsafeMutablePointer<UInt32>
    private var recordEnds: UnsafeMutablePointer<UInt32>
    private var recordCount = 0
    /// Newlines, quoted ones among them.
    private(set) var lineCount = 0
    private let dialect: Dialect

    private static let padding = 128

    init(capacity: Int, dialect: Dialect) {
        self.capacity = capacity
        self.dialect = dialect
        text = .allocate(capacity: 2 * capacity + RecordBlock.padding)
        marks = .allocate(capacity: capacity + 64)
        recordEnds = .allocate(capacity: capacity + 64)
    }

    deinit {
        text.deallocate()
        marks.deallocate()
        recordEnds.deallocate()
    }

    /// Makes room for so much text, and keeps what is there.
    fileprivate func reserve(_ byteCount: Int) {
        guard byteCount > capacity else { return }
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: 2 * byteCount + RecordBlock.padding)
        larger.update(from: text, count: length)
        text.deallocate()
        marks.deallocate()
        recordEnds.deallocate()
        capacity = byteCount
        text = larger
        marks = .allocate(capacity: capacity + 64)
        recordEnds = .allocate(capacity: capacity + 64)
    }

    /// Finds the fields.
    func index() {
        (text + length).update(repeating: 0, count: RecordBlock.padding)
        let scan = strata_scan_records(
            text, length, dialect.delimiter, dialect.newline, UInt8(ascii: "\""), marks, recordEnds)
        recordCount = scan.record_count
        lineCount = scan.line_count
    }

    /// The text.
    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: text, count: length) }

    /// The records, once they are indexed; good until the block is filled again.
    var records: Records {
        Records(count: recordCount, text: text, marks: marks, recordEnds: recordEnds, sideStart: length + 64)
    }
}

/// Cuts a file into blocks of whole records, one after the other; workers take turns.
final class RecordBlocks {
    /// A record longer than this is taken for an unclosed quote.
    static let longestRecord = 1 << 26

    private let source: any ByteSource
    private let dialect: Dialect
    private let blockByteCount: Int
    private var rest: [UInt8] = []
    /// Number of the block that is read next.
    private(set) var nextNumber = 0
    /// Whether the source has been read to its end.
    private(set) var ended = false

    /// - Parameter blockByteCount: bytes of text that a block aims at; one with a longer record has more.
    init(_ source: any ByteSource, dialect: Dialect, blockByteCount: Int) {
        self.source = source
        self.dialect = dialect
        self.blockByteCount = blockByteCount
    }

    /// Fills a block with the next records; false at the end, which an error is too. Not to be called by two threads at
    /// once.
    func next(_ block: RecordBlock) throws -> Bool {
        guard !ended else { return false }
        do {
            return try fill(block)
        } catch {
            ended = true
            throw error
        }
    }

    private func fill(_ block: RecordBlock) throws -> Bool {
        // What a block takes depends on the text alone, not on the room that an earlier record made in this one.
        var wanted = blockByteCount
        while wanted < rest.count * 2 { wanted *= 2 }
        block.reserve(wanted)
        rest.withUnsafeBufferPointer { rest in
            if let base = rest.baseAddress { block.text.update(from: base, count: rest.count) }
        }
        block.length = rest.count
        block.lacksLastNewline = false
        rest.removeAll(keepingCapacity: true)
        while true {
            while block.length < wanted {
                let count = try read(into: block, upTo: wanted)
                if count == 0 {
                    ended = true
                    break
                }
                block.length += count
            }
            (block.text + block.length).update(repeating: 0, count: 64)
            var quoteOffset = 0
            var end = strata_last_record_end(
                block.text, block.length, dialect.delimiter, dialect.newline, UInt8(ascii: "\""), &quoteOffset)
            if ended {
                if quoteOffset != Int(bitPattern: UInt.max) { throw unclosedQuote(block, at: quoteOffset) }
                if end < block.length {
                    // The last record has no line ending: it gets one.
                    block.reserve(block.length + 1)
                    block.lacksLastNewline = true
                    block.text[block.length] = dialect.newline
                    block.length += 1
                    end = block.length
                }
                if end == 0 { return false }
            }
            if end > 0 {
                rest.append(contentsOf: UnsafeBufferPointer(start: block.text + end, count: block.length - end))
                block.length = end
                break
            }
            if wanted >= RecordBlocks.longestRecord {
                if quoteOffset != Int(bitPattern: UInt.max) { throw unclosedQuote(block, at: quoteOffset) }
                throw problem(block, at: 0, "the line is longer than 64 MiB: is this a text file?")
            }
            wanted *= 2
            block.reserve(wanted)
        }
        block.number = nextNumber
        nextNumber += 1
        block.sourceOffset = source.offset
        return true
    }

    private func read(into block: RecordBlock, upTo wanted: Int) throws -> Int {
        do {
            return try source.read(
                into: UnsafeMutableRawBufferPointer(start: block.text + block.length, count: wanted - block.length))
        } catch let problem as UndecodableText {
            throw self.problem(block, at: block.length, problem.sentence)
        }
    }

    private func unclosedQuote(_ block: RecordBlock, at offset: Int) -> BlockProblem {
        problem(
            block, at: offset, "a quoted field opens here and is never closed: close it, or remove the quote")
    }

    private func problem(_ block: RecordBlock, at offset: Int, _ sentence: String) -> BlockProblem {
        var line = 0
        for position in 0..<offset where block.text[position] == dialect.newline { line += 1 }
        return BlockProblem(block: nextNumber, line: line, sentence: sentence)
    }
}

/// A problem in a line of a block: its line in the file is known once the blocks before it have been counted.
struct BlockProblem: Error {
    /// Number of the block.
    let block: Int
    /// Line in the block, from 0.
    let line: Int
    /// What is wrong.
    let sentence: String
}
