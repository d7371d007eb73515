/// Reads the parts of a date from folded bytes, left to right.
struct DateCursor {
    private let bytes: UnsafeBufferPointer<UInt8>
    /// Where the next part begins.
    private(set) var position = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    private var isAtEnd: Bool { position == bytes.count }

    private func digit(at index: Int) -> Int? {
        guard index < bytes.count, bytes[index] >= UInt8(ascii: "0"), bytes[index] <= UInt8(ascii: "9") else {
            return nil
        }
        return Int(bytes[index] - UInt8(ascii: "0"))
    }

    /// The whole run of digits here, when it has as many as allowed (at most 18).
    mutating func number(digits: ClosedRange<Int>) -> Int? {
        var value = 0
        var end = position
        while let digit = digit(at: end), end - position < digits.upperBound {
            value = value * 10 + digit
            end += 1
        }
        guard digits.contains(end - position), digit(at: end) == nil else { return nil }
        position = end
        return value
    }

    /// So many digits, whatever follows.
    mutating func number(exactly count: Int) -> Int? {
        var value = 0
        for offset in 0..<count {
            guard let digit = digit(at: position + offset) else { return nil }
            value = value * 10 + digit
        }
        position += count
        return value
    }

    /// Steps over a byte when it stands here.
    mutating func take(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    /// Steps over a text when it stands here.
    mutating func take(_ text: StaticString) -> Bool {
        let length = text.utf8CodeUnitCount
        guard position + length <= bytes.count else { return false }
        for offset in 0..<length where bytes[position + offset] != text.utf8Start[offset] { return false }
        position += length
        return true
    }

    /// Steps over one of some ASCII characters, and says which.
    mutating func take(anyOf characters: StaticString) -> UInt8? {
        for offset in 0..<characters.utf8CodeUnitCount where take(characters.utf8Start[offset]) {
            return characters.utf8Start[offset]
        }
        return nil
    }

    /// Steps over a word of ASCII letters, in either case; the word is given in upper case.
    private mutating func take(word: StaticString) -> Bool {
        let length = word.utf8CodeUnitCount
        guard position + length <= bytes.count else { return false }
        for offset in 0..<length where bytes[position + offset] & 0xDF != word.utf8Start[offset] { return false }
        position += length
        return true
    }

    private mutating func skipSpaces() {
        while take(UInt8(ascii: " ")) {}
    }

    /// The time up to the end of the cell as the second of the day; `DateLayout.noTime` when nothing is left, nil when
    /// what is left is no time.
    mutating func time(isCompact: Bool) -> Int32? {
        if isAtEnd { return DateLayout.noTime }
        let start = position
        if !take(word: "T") { skipSpaces() }
        guard isCompact || position > start else { return nil }
        let separated = position > start
        guard let hourMinuteSecond = isCompact ? compactClock() ?? (separated ? clock() : nil) : clock() else {
            return nil
        }
        var (hour, minute, second) = hourMinuteSecond
        skipSpaces()
        if take(word: "AM") {
            guard hour >= 1, hour <= 12 else { return nil }
            hour %= 12
        } else if take(word: "PM") {
            guard hour >= 1, hour <= 12 else { return nil }
            hour = hour % 12 + 12
        }
        guard hour < 24, minute < 60, second < 60, zone(), isAtEnd else { return nil }
        return Int32(hour * 3600 + minute * 60 + second)
    }

    /// `H:mm`, `HH:mm:ss`, `HH:mm:ss.fraction`.
    private mutating func clock() -> (Int, Int, Int)? {
        guard let hour = number(digits: 1...2), take(UInt8(ascii: ":")), let minute = number(exactly: 2) else {
            return nil
        }
        guard take(UInt8(ascii: ":")) else { return (hour, minute, 0) }
        guard let second = number(exactly: 2), fraction() else { return nil }
        return (hour, minute, second)
    }

    /// `HHmmss`, `HHmmss.fraction`.
    private mutating func compactClock() -> (Int, Int, Int)? {
        let start = position
        guard let hour = number(exactly: 2), let minute = number(exactly: 2), let second = number(exactly: 2),
            fraction()
        else {
            position = start
            return nil
        }
        return (hour, minute, second)
    }

    /// Steps over a fraction of a second when one stands here; false when its digits are missing.
    private mutating func fraction() -> Bool {
        guard take(anyOf: ".,") != nil else { return true }
        let start = position
        while digit(at: position) != nil { position += 1 }
        return position > start
    }

    /// Steps over a zone when one stands here; false when it is none.
    private mutating func zone() -> Bool {
        skipSpaces()
        if isAtEnd || take(word: "Z") || take(word: "UTC") || take(word: "GMT") { return true }
        guard take(anyOf: "+-") != nil, let hours = number(exactly: 2), hours <= 18 else { return false }
        if isAtEnd { return true }
        _ = take(UInt8(ascii: ":"))
        guard let minutes = number(exactly: 2) else { return false }
        return minutes < 60
    }

    /// A count of seconds or milliseconds since 1970 that fills the cell, as the day and second in UTC; a fraction is
    /// dropped.
    mutating func epoch(digits: ClosedRange<Int>, perSecond: Int) -> (day: Int32, secondOfDay: Int32)? {
        guard let count = number(digits: digits) else { return nil }
        if take(UInt8(ascii: ".")) {
            let start = position
            while digit(at: position) != nil { position += 1 }
            guard position > start else { return nil }
        }
        guard isAtEnd else { return nil }
        let seconds = count / perSecond
        return (Int32(seconds / 86_400), Int32(seconds % 86_400))
    }
}
