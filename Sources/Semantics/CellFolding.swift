/// Brings a cell's bytes to the plain form that the parsers read, without a String.
///
/// Persian, Arabic and full-width digits become `0`–`9`, full-width forms become ASCII, the wide and the no-break
/// spaces become a space, the Unicode minus and dashes become `-`, Arabic ي and ك become Persian ی and ک, and marks
/// of direction, joiners and byte order marks vanish. Everything else stays as it is. Spaces around the cell go.
enum CellFolding {
    /// Stands in folded bytes for the Arabic decimal separator ٫.
    static let decimalSeparator: UInt8 = 0x01
    /// Stands in folded bytes for the Arabic thousands separator ٬ (and the Arabic comma ،).
    static let groupSeparator: UInt8 = 0x02

    /// Calls `body` with the folded bytes, which never are more than the cell's. A cell of plain ASCII is handed on
    /// without a copy.
    ///
    /// - Complexity: O(bytes).
    static func withFolded<Result>(
        _ bytes: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        if bytes.allSatisfy({ $0 < 0x80 }) { return body(trimmed(bytes)) }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: bytes.count) { folded in
            var count = 0
            var position = 0
            while position < bytes.count {
                let (scalar, length) = decode(bytes, at: position)
                if let plain = plainByte(scalar) {
                    if plain != 0 {
                        folded[count] = plain
                        count += 1
                    }
                } else if let letter = persianLetter(scalar) {
                    folded[count] = letter.0
                    folded[count + 1] = letter.1
                    count += 2
                } else {
                    for offset in 0..<length {
                        folded[count] = bytes[position + offset]
                        count += 1
                    }
                }
                position += length
            }
            return body(trimmed(UnsafeBufferPointer(rebasing: folded[0..<count])))
        }
    }

    /// The scalar that begins at a position and how many bytes it takes; a byte that begins none stands for itself.
    private static func decode(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> (scalar: UInt32, length: Int) {
        let first = UInt32(bytes[position])
        let length = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        guard length > 1, position + length <= bytes.count else { return (first < 0x80 ? first : 0xFFFD, 1) }
        var scalar = first & (0xFF >> UInt32(length + 1))
        for offset in 1..<length { scalar = scalar << 6 | UInt32(bytes[position + offset] & 0x3F) }
        return (scalar, length)
    }

    /// The plain byte a scalar becomes, 0 when it vanishes, nil when it stays.
    private static func plainByte(_ scalar: UInt32) -> UInt8? {
        switch scalar {
        case 0x00..<0x80: UInt8(scalar)
        case 0x06F0...0x06F9: UInt8(scalar - 0x06F0) + UInt8(ascii: "0")
        case 0x0660...0x0669: UInt8(scalar - 0x0660) + UInt8(ascii: "0")
        case 0xFF01...0xFF5E: UInt8(scalar - 0xFF01) + UInt8(ascii: "!")
        case 0x00A0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: UInt8(ascii: " ")
        case 0x2010...0x2015, 0x2212, 0xFE63: UInt8(ascii: "-")
        case 0x2018, 0x2019, 0x02BC: UInt8(ascii: "'")
        case 0x066B: decimalSeparator
        case 0x066C, 0x060C: groupSeparator
        case 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xFEFF, 0x061C: 0
        default: nil
        }
    }

    /// The UTF-8 bytes of the Persian letter that an Arabic yeh or kaf stands for.
    private static func persianLetter(_ scalar: UInt32) -> (UInt8, UInt8)? {
        switch scalar {
        case 0x064A, 0x0649: (0xDB, 0x8C)
        case 0x0643: (0xDA, 0xA9)
        default: nil
        }
    }

    /// The bytes without the spaces, tabs and line ends around them.
    private static func trimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        var start = 0
        var end = bytes.count
        while start < end, isSpace(bytes[start]) { start += 1 }
        while end > start, isSpace(bytes[end - 1]) { end -= 1 }
        return UnsafeBufferPointer(rebasing: bytes[start..<end])
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }
}
