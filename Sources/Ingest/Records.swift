import CustomerData

/// The records of a block and their fields. A view: plain pointers, made for loops over rows.
struct Records {
    /// Records, blank lines among them.
    let count: Int
    let text: UnsafeMutablePointer<UInt8>
    private let marks: UnsafeMutablePointer<UInt32>
    private let recordEnds: UnsafeMutablePointer<UInt32>
    /// Where unquoted fields are written: each as far behind this as it stands behind the text's beginning.
    private let sideStart: Int

    init(
        count: Int, text: UnsafeMutablePointer<UInt8>, marks: UnsafeMutablePointer<UInt32>,
        recordEnds: UnsafeMutablePointer<UInt32>, sideStart: Int
    ) {
        self.count = count
        self.text = text
        self.marks = marks
        self.recordEnds = recordEnds
        self.sideStart = sideStart
    }

    /// The index in `marks` of the first mark of a record.
    @inline(__always)
    private func firstMark(_ record: Int) -> Int { record == 0 ? 0 : Int(recordEnds[record - 1]) + 1 }

    /// Bytes from the beginning of the text in which all fields lie, unquoted ones and eight readable bytes among them.
    var extent: Int { sideStart + (count == 0 ? 0 : Int(marks[Int(recordEnds[count - 1])])) + 8 }

    /// Where a record begins.
    @inline(__always)
    func start(_ record: Int) -> Int { record == 0 ? 0 : Int(marks[Int(recordEnds[record - 1])]) + 1 }

    /// Where a record ends, its line ending left out.
    @inline(__always)
    func end(_ record: Int) -> Int {
        let end = Int(marks[Int(recordEnds[record])])
        return end > start(record) && text[end - 1] == UInt8(ascii: "\r") ? end - 1 : end
    }

    /// Fields of a record.
    @inline(__always)
    func fieldCount(_ record: Int) -> Int { Int(recordEnds[record]) - firstMark(record) + 1 }

    /// Whether a record is an empty line.
    @inline(__always)
    func isBlank(_ record: Int) -> Bool { start(record) == end(record) }

    /// A record for reading its fields one after the other.
    @inline(__always)
    func fields(_ record: Int) -> Fields {
        let first = firstMark(record)
        return Fields(
            records: self, marks: marks + first, start: first == 0 ? 0 : Int(marks[first - 1]) + 1,
            count: Int(recordEnds[record]) - first + 1)
    }

    /// The fields of one record.
    struct Fields {
        private let records: Records
        private let marks: UnsafeMutablePointer<UInt32>
        /// Where the record begins.
        let start: Int
        /// Fields.
        let count: Int

        @inline(__always)
        fileprivate init(records: Records, marks: UnsafeMutablePointer<UInt32>, start: Int, count: Int) {
            self.records = records
            self.marks = marks
            self.start = start
            self.count = count
        }

        /// Where a field begins and ends, its quotes among it.
        @inline(__always)
        fileprivate func extent(_ column: Int) -> (begin: Int, end: Int) {
            (column == 0 ? start : Int(marks[column &- 1]) &+ 1, Int(marks[column]))
        }

        /// As `Records.field`.
        @inline(__always)
        subscript(column: Int) -> Span {
            let begin = column == 0 ? start : Int(marks[column &- 1]) &+ 1
            let end = Int(marks[column])
            // Nearly all fields begin and end with a byte above the blank, the quote and the carriage return.
            if end > begin, records.text[begin] > UInt8(ascii: "\""), records.text[end &- 1] > UInt8(ascii: "\"") {
                return Span(start: begin, length: end &- begin)
            }
            let isLast = column == count - 1
            let carriage = isLast && end > begin && records.text[end - 1] == UInt8(ascii: "\r")
            return records.trimmed(begin, carriage ? end - 1 : end)
        }
    }

    /// A field of a record without its quotes and without blanks around it; a field with doubled quotes is written
    /// behind the text.
    @inline(__always)
    func field(_ record: Int, _ column: Int) -> Span { fields(record)[column] }

    /// A field without its quotes, with the blanks around it; whether it was quoted.
    @inline(__always)
    func wholeField(_ record: Int, _ column: Int) -> (field: Span, isQuoted: Bool) {
        let fields = fields(record)
        var (begin, end) = fields.extent(column)
        if column == fields.count - 1, end > begin, text[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        guard begin < end, text[begin] == UInt8(ascii: "\"") else {
            return (Span(start: begin, length: end &- begin), false)
        }
        return (unquoted(begin, end), true)
    }

    @inline(never)
    fileprivate func trimmed(_ begin: Int, _ end: Int) -> Span {
        var (begin, end) = (begin, end)
        if begin < end, text[begin] == UInt8(ascii: "\"") {
            let content = unquoted(begin, end)
            (begin, end) = (Int(content.start), Int(content.start + content.length))
        }
        func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        while begin < end, isBlank(text[begin]) { begin += 1 }
        while end > begin, isBlank(text[end - 1]) { end -= 1 }
        return Span(start: begin, length: end - begin)
    }

    /// A quoted field without its quotes. Where it holds doubled quotes, or something follows the closing quote, its
    /// content is written behind the text.
    private func unquoted(_ begin: Int, _ end: Int) -> Span {
        let quote = UInt8(ascii: "\"")
        var closing = begin + 1
        while closing < end, text[closing] != quote { closing += 1 }
        if closing >= end - 1 { return Span(start: begin + 1, length: closing - begin - 1) }
        let target = sideStart + begin
        var written = 0
        var quoted = true
        var offset = begin + 1
        while offset < end {
            if quoted, text[offset] == quote {
                if offset + 1 < end, text[offset + 1] == quote {
                    text[target + written] = quote
                    written += 1
                    offset += 2
                    continue
                }
                quoted = false
                offset += 1
                continue
            }
            text[target + written] = text[offset]
            written += 1
            offset += 1
        }
        return Span(start: target, length: written)
    }

    /// A field as `field` gives it, and whether blanks stand around it.
    @inline(__always)
    func paddedField(_ fields: Fields, _ column: Int) -> (span: Span, isPadded: Bool) {
        let span = fields[column]
        let begin = Int(span.start)
        let end = begin + Int(span.length)
        let (low, high) = fields.extent(column)
        // A field written behind the text is not looked at.
        guard begin > low || end < high, end <= high else { return (span, false) }
        func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        return (span, begin > low && isBlank(text[begin - 1]) || end < high && isBlank(text[end]))
    }

    /// The bytes of a span.
    @inline(__always)
    func bytes(_ span: Span) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: text + Int(span.start), count: Int(span.length))
    }

    /// A span as text.
    func string(_ span: Span) -> String { String(decoding: bytes(span), as: UTF8.self) }

    /// The bytes of a record as they stand in the file, without the line ending.
    func bytes(ofRecord record: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: text + start(record), count: end(record) - start(record))
    }
}
