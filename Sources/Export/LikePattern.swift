/// A pattern of SQL's LIKE: `%` stands for any text, `_` for one character (of UTF-8), the rest for itself.
struct LikePattern: Sendable {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Whether the whole text is of the pattern.
    ///
    /// - Complexity: O(text · pattern) at worst.
    func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var (at, position) = (0, 0)
        // The last `%` and how much of the text it has taken: what to come back to.
        var (star, taken) = (-1, 0)
        while at < text.count {
            if position < bytes.count, bytes[position] == UInt8(ascii: "%") {
                (star, taken) = (position, at)
                position += 1
            } else if position < bytes.count, bytes[position] == UInt8(ascii: "_") {
                at = LikePattern.characterEnd(text, at)
                position += 1
            } else if position < bytes.count, bytes[position] == text[at] {
                at += 1
                position += 1
            } else if star >= 0 {
                taken = LikePattern.characterEnd(text, taken)
                (at, position) = (taken, star + 1)
            } else {
                return false
            }
        }
        return bytes[position...].allSatisfy { $0 == UInt8(ascii: "%") }
    }

    /// Where the character that begins at `start` ends.
    private static func characterEnd(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
        var end = start + 1
        while end < text.count, text[end] & 0xC0 == 0x80 { end += 1 }
        return end
    }
}
