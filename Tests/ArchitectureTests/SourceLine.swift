/// A line of a source file, as bytes: the tests read many of them.
struct SourceLine: Sendable {
    private let bytes: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

    init(_ text: String) { bytes = ArraySlice(text.utf8) }

    /// Whether a text stands in the line, comments included.
    func contains(_ text: String) -> Bool { SourceLine.position(of: Array(text.utf8), in: bytes, asWord: false) != nil }

    /// Whether a text stands in the line's code and does not begin in the middle of a name.
    func codeContains(_ text: String) -> Bool {
        SourceLine.position(of: Array(text.utf8), in: codeBytes, asWord: true) != nil
    }

    /// The line up to a comment.
    var code: Substring { Substring(decoding: codeBytes, as: UTF8.self) }

    private var codeBytes: ArraySlice<UInt8> {
        let comment = SourceLine.position(of: Array("//".utf8), in: bytes, asWord: false)
        return comment.map { bytes[..<$0] } ?? bytes
    }

    /// The module that the line imports, if it does.
    var importedModule: String? {
        guard codeContains("import ") else { return nil }
        var words = code.split(whereSeparator: { $0 == " " || $0 == "\t" })
        let modifiers: Set<Substring> = ["public", "package", "internal", "private", "fileprivate"]
        while let first = words.first, first.hasPrefix("@") || modifiers.contains(first) { words.removeFirst() }
        guard words.count >= 2, words[0] == "import" else { return nil }
        let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "func", "typealias", "var", "let"]
        let name = kinds.contains(words[1]) ? words.dropFirst(2).first : words[1]
        return name.map { String($0.prefix { $0 != "." }) }
    }

    private static func position(of text: [UInt8], in bytes: ArraySlice<UInt8>, asWord: Bool) -> Int? {
        guard bytes.count >= text.count, let first = text.first else { return nil }
        for start in bytes.startIndex...(bytes.endIndex - text.count) where bytes[start] == first {
            if asWord, start > bytes.startIndex, isOfName(bytes[start - 1]), isOfName(first) { continue }
            if bytes[start..<start + text.count].elementsEqual(text) { return start }
        }
        return nil
    }

    private static func isOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
