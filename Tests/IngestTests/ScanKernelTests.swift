import CKernels
import Statistics
import Testing

/// What a scan found.
private struct Scan: Hashable {
    var marks: [UInt32]
    var recordEnds: [UInt32]
    var lineCount: Int
    /// Where the open quoted field begins, when the text ends in one.
    var openQuote: Int?
    var lastRecordEnd: Int
    var lastQuote: Int

    /// Scans `text`; what lies behind it must not matter.
    init(level: Int32, _ text: [UInt8], behind: [UInt8], delimiter: UInt8, newline: UInt8) {
        let padded = text + behind
        var marks = [UInt32](repeating: 0, count: text.count + 1)
        var ends = marks
        let quote = UInt8(ascii: "\"")
        let scan = strata_scan_records_at(level, padded, text.count, delimiter, newline, quote, &marks, &ends)
        self.marks = Array(marks[..<scan.mark_count])
        recordEnds = Array(ends[..<scan.record_count])
        lineCount = scan.line_count
        openQuote = scan.ends_quoted != 0 ? scan.quote_offset : nil
        lastQuote = 0
        lastRecordEnd = strata_last_record_end_at(level, padded, text.count, delimiter, newline, quote, &lastQuote)
    }
}

@Suite("Scan kernels") struct ScanKernelTests {
    private static let levels = Array(0...strata_scan_level())

    private func agree(_ text: [UInt8], behind: [UInt8], delimiter: UInt8, newline: UInt8) -> Bool {
        let scans = Self.levels.map {
            Scan(level: $0, text, behind: behind, delimiter: delimiter, newline: newline)
        }
        return Set(scans).count == 1
    }

    @Test(arguments: 0..<12 as Range<UInt64>)
    func `Every level finds what the plain loops find`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        // From much quoting to hardly any.
        let alphabet = Array("a,\"\n\r;".utf8) + [UInt8](repeating: UInt8(ascii: "b"), count: Int(seed) * 3)
        for length in 0...300 {
            let bytes = (0..<length + 64).map { _ in alphabet[random.index(below: alphabet.count)] }
            let (text, behind) = (Array(bytes[..<length]), Array(bytes[length...]))
            #expect(agree(text, behind: behind, delimiter: UInt8(ascii: ","), newline: UInt8(ascii: "\n")))
            #expect(agree(text, behind: behind, delimiter: UInt8(ascii: ";"), newline: UInt8(ascii: "\r")))
        }
    }

    @Test func `Every text of seven bytes that lies across the border of 64 bytes`() {
        let alphabet = Array("a,\"\n".utf8)
        let behind = [UInt8](repeating: UInt8(ascii: "\""), count: 64)
        var differing = 0
        for before in ["", ",", "\"", "\"x"] {
            let prefix = [UInt8](repeating: UInt8(ascii: "x"), count: 60 - before.utf8.count)
            for number in 0..<1 << 14 {
                var text = before == "\"x" ? Array(",\"".utf8) + prefix : prefix + Array(before.utf8)
                for position in 0..<7 { text.append(alphabet[number >> (2 * position) & 3]) }
                if !agree(text, behind: behind, delimiter: UInt8(ascii: ","), newline: UInt8(ascii: "\n")) {
                    differing += 1
                }
            }
        }
        #expect(differing == 0)
    }

    @Test func `The dispatched functions are those of the best level`() {
        let text = Array("a,\"b\n\"\"c\",d\n1,2\n\"open".utf8)
        let padded = text + [UInt8](repeating: 0, count: 64)
        var marks = [UInt32](repeating: 0, count: text.count)
        var ends = marks
        let scan = strata_scan_records(padded, text.count, 44, 10, 34, &marks, &ends)
        #expect(Array(marks[..<scan.mark_count]) == [1, 9, 11, 13, 15])
        #expect(Array(ends[..<scan.record_count]) == [2, 4])
        #expect(scan.line_count == 3 && scan.ends_quoted != 0 && scan.quote_offset == 16)
        var quoteOffset = 0
        #expect(strata_last_record_end(padded, text.count, 44, 10, 34, &quoteOffset) == 16)
        #expect(quoteOffset == 16)
    }
}
