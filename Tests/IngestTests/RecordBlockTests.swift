import CustomerData
import Statistics
import Testing

@testable import Ingest

@Suite("Blocks of records") struct RecordBlockTests {
    private func fields(_ text: String, delimiter: Character = ",", newline: Character = "\n") throws -> [[String]] {
        let dialect = Dialect(
            delimiter: delimiter.asciiValue ?? 0, newline: newline.asciiValue ?? 0)
        return try records(Array(text.utf8), dialect).records
    }

    @Test(arguments: [
        ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
        ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
        // No newline at the end; an empty last field; a file that ends in a delimiter.
        ("a,b\n1,2", [["a", "b"], ["1", "2"]]),
        ("a,b\r\n1,2\r", [["a", "b"], ["1", "2"]]),
        ("1,\n,2\n,", [["1", ""], ["", "2"], ["", ""]]),
        // Quotes (RFC 4180).
        ("\"a\",\"b,c\"\n", [["a", "b,c"]]),
        ("\"a\nb\",\"c\r\nd\"\n", [["a\nb", "c\r\nd"]]),
        ("\"a\"\"b\",\"\"\"\",\"\"\n", [["a\"b", "\"", ""]]),
        ("\"\"\"a\"\"\",\"\"\"\"\"\"\r\n", [["\"a\"", "\"\""]]),
        // A quote that does not begin the field is a character.
        ("a\"b,5\"\" pipe\n1,2\n", [["a\"b", "5\"\" pipe"], ["1", "2"]]),
        (" \"a,b\",c\n", [["\"a", "b\"", "c"]]),
        // What stands behind the closing quote belongs to the field.
        ("\"a\" ,\"b\"c,\"d\"\"e\"f\n", [["a", "bc", "d\"ef"]]),
        ("\"a\"b\"c\"\"d\",x\n", [["ab\"c\"\"d\"", "x"]]),
        // Blanks around a field go, those inside stay.
        (" a ,\tb c\t,\" d \"\n", [["a", "b c", "d"]]),
        // Blank lines are records of one empty field.
        ("\na,b\n\r\n1,2\n\n", [[""], ["a", "b"], [""], ["1", "2"], [""]]),
        ("\"\"\n\" \"\n", [[""], [""]]),
        // A carriage return that ends no line stays.
        ("a\rb,c\n", [["a\rb", "c"]]),
        ("", []),
        ("\n", [[""]]),
    ])
    func `Fields of records`(text: String, expected: [[String]]) throws {
        #expect(try fields(text) == expected)
    }

    @Test func `A carriage return alone ends lines too`() throws {
        #expect(
            try fields("a,b\r\r\"1\n,\",2\r3,4", newline: "\r") == [["a", "b"], [""], ["1\n,", "2"], ["3", "4"]])
    }

    @Test(arguments: [",", ";", "|", "\t"] as [Character])
    func `Each delimiter divides, and the others are text`(delimiter: Character) throws {
        let others = String([",", ";", "|", "\t"].filter { $0 != delimiter })
        #expect(
            try fields("x\(others)y\(delimiter)\"\(delimiter)\"\n", delimiter: delimiter)
                == [["x\(others)y", String(delimiter)].map { $0 == "\t" ? "" : $0 }])
    }

    @Test(arguments: 0..<60 as Range<UInt64>)
    func `Blocks are the file, whatever their size and whoever reads them`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let alphabet = Array("ab,,\n\n\r\"".utf8) + [UInt8](repeating: UInt8(ascii: "c"), count: Int(seed) / 2)
        var text = (0..<random.index(below: 700)).map { _ in alphabet[random.index(below: alphabet.count)] }
        // A long record now and then, and every quote closed.
        text += Array("\n\"\(String(repeating: "long\n", count: 100 * (Int(seed) % 3)))\",end\n".utf8)
        let whole: (blocks: [[UInt8]], records: [[String]], raw: [[UInt8]])
        do { whole = try records(text, blockByteCount: 1 << 14) } catch is BlockProblem {
            // The quotes of this one do not add up; every reader says so.
            for size in [16, 64, 256] {
                #expect(throws: BlockProblem.self) { try records(text, blockByteCount: size) }
            }
            return
        }
        #expect(whole.blocks.count <= 1)
        #expect(whole.blocks.joined().elementsEqual(text))
        for size in [16, 64, 256] {
            let one = try records(text, blockByteCount: size, seed: seed)
            #expect(one.records == whole.records)
            #expect(one.raw == whole.raw)
            #expect(one.blocks.joined().elementsEqual(text))
            let several = try records(text, blockByteCount: size, workers: 3, seed: seed + 1)
            #expect(several.blocks == one.blocks)
            #expect(several.records == whole.records)
        }
    }

    @Test func `A field may be asked for again and again`() throws {
        // Nearly all of the block are doubled quotes, which take room behind the text.
        let field = String(repeating: "\"\"", count: 100)
        let text = Array(String(repeating: "\"\(field)\"\n", count: 20).utf8)
        let blocks = RecordBlocks(PieceSource(text), dialect: Dialect(), blockByteCount: text.count)
        let block = RecordBlock(capacity: text.count, dialect: Dialect())
        #expect(try blocks.next(block))
        block.index()
        let records = block.records
        for _ in 0..<50 {
            for record in 0..<records.count {
                let span = records.field(record, 0)
                #expect(Int(span.start) + Int(span.length) <= 2 * text.count + 64)
                #expect(records.string(span) == String(repeating: "\"", count: 100))
            }
        }
    }

    @Test func `A record may be longer than a block`() throws {
        let long = String(repeating: "x", count: 300_000)
        let text = "a,b\n1,\"\(long)\n\"\n2,y\n"
        #expect(try fields(text) == [["a", "b"], ["1", "\(long)\n"], ["2", "y"]])
    }

    @Test(arguments: [
        ("a,b\n1,\"2\n3,4\n", 0, 1),
        ("\"", 0, 0),
        ("a\n\n\"\"\"\n\n\n", 0, 2),
        ("a,b\n\"x\ny\",1\n2,\"z", 0, 3),
    ])
    func `A quote that is never closed is named with the line that it stands on`(
        text: String, block: Int, line: Int
    ) throws {
        let problem = #expect(throws: BlockProblem.self) { try fields(text) }
        #expect(problem?.line == line)
        #expect(problem?.sentence.contains("never closed") == true)
    }
}
