import CustomerData
import Glibc

/// How a file's characters are written as bytes.
public enum TextEncoding: String, CaseIterable, Codable, Sendable {
    /// UTF-8, with or without a byte order mark.
    case utf8 = "utf-8"
    /// UTF-16, least significant byte first.
    case utf16LittleEndian = "utf-16le"
    /// UTF-16, most significant byte first.
    case utf16BigEndian = "utf-16be"
    /// The Chinese national standard; GBK and GB2312 are parts of it.
    case gb18030
    /// Arabic script under Windows, Persian among it.
    case windows1256 = "windows-1256"
    /// Western European languages under Windows; ISO 8859-1 is nearly a part of it.
    case windows1252 = "windows-1252"

    /// The encoding of that name, common spellings among them.
    public init?(name: String) {
        switch name.lowercased().filter({ $0.isLetter || $0.isNumber }) {
        case "utf8": self = .utf8
        case "utf16", "utf16le": self = .utf16LittleEndian
        case "utf16be": self = .utf16BigEndian
        case "gb18030", "gbk", "gb2312", "cp936": self = .gb18030
        case "windows1256", "cp1256": self = .windows1256
        case "windows1252", "cp1252", "latin1", "iso88591": self = .windows1252
        default: return nil
        }
    }

    /// Whether a character takes two bytes or four.
    var isUTF16: Bool { self == .utf16LittleEndian || self == .utf16BigEndian }

    /// Text in UTF-8 as bytes of this encoding, without a mark; nil when a character has none in it.
    public func encoded(_ text: [UInt8]) -> [UInt8]? {
        if self == .utf8 { return text }
        let converter = iconv_open(iconvName, "UTF-8")
        guard converter != iconv_t(bitPattern: -1) else { return nil }
        defer { iconv_close(converter) }
        var input = text.map { CChar(bitPattern: $0) }
        // No encoding here takes more than four bytes for a character, or than two for one of one byte.
        var output = [CChar](repeating: 0, count: text.count * 2 + 16)
        var left = input.count
        var room = output.count
        let status = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                var source = input.baseAddress
                var target = output.baseAddress
                return iconv(converter, &source, &left, &target, &room)
            }
        }
        guard status != -1, left == 0 else { return nil }
        return output.dropLast(room).map { UInt8(bitPattern: $0) }
    }

    /// The byte order mark of the encoding.
    public var mark: [UInt8] {
        switch self {
        case .utf8: [0xEF, 0xBB, 0xBF]
        case .utf16LittleEndian: [0xFF, 0xFE]
        case .utf16BigEndian: [0xFE, 0xFF]
        case .gb18030, .windows1256, .windows1252: []
        }
    }

    var iconvName: String {
        switch self {
        case .utf8: "UTF-8"
        case .utf16LittleEndian: "UTF-16LE"
        case .utf16BigEndian: "UTF-16BE"
        case .gb18030: "GB18030"
        case .windows1256: "CP1256"
        case .windows1252: "CP1252"
        }
    }

    /// The encoding of a file by its first bytes, and the length of its byte order mark.
    ///
    /// Without a mark: UTF-16 where every other byte is mostly zero; UTF-8 where the bytes are valid UTF-8; GB18030
    /// where all high bytes pair up as its double or four bytes, mostly with another high byte; otherwise Windows-1256 where
    /// high bytes mostly make words of their own, and Windows-1252 where they mostly stand alone or among ASCII letters.
    ///
    /// - Parameters:
    ///   - isWhole: whether the bytes are the whole file; otherwise a character may be cut by their end.
    ///   - allowsDamage: whether a few lines may be in another encoding than the rest, which is then UTF-8.
    static func detect(
        _ sample: UnsafeBufferPointer<UInt8>, isWhole: Bool, allowsDamage: Bool = false
    ) -> (encoding: TextEncoding, markLength: Int) {
        if sample.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
        if sample.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, 2) }
        if sample.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, 2) }
        var zeros = [0, 0]
        for (offset, byte) in sample.enumerated() where byte == 0 { zeros[offset & 1] += 1 }
        if zeros[1] * 4 > sample.count, zeros[0] * 8 < sample.count { return (.utf16LittleEndian, 0) }
        if zeros[0] * 4 > sample.count, zeros[1] * 8 < sample.count { return (.utf16BigEndian, 0) }
        if UTF8Check.firstInvalid(sample, isWhole: isWhole) == nil { return (.utf8, 0) }
        if allowsDamage, isMostlyUTF8(sample) { return (.utf8, 0) }
        if isGB18030(sample), hasRunsOfTheirOwn(sample) { return (.gb18030, 0) }
        return (hasWordsOfHighBytes(sample) ? .windows1256 : .windows1252, 0)
    }

    /// Whether of the lines with high bytes four times as many are UTF-8 as are not: text of another encoding hardly ever
    /// is.
    private static func isMostlyUTF8(_ sample: UnsafeBufferPointer<UInt8>) -> Bool {
        var (valid, invalid) = (0, 0)
        for line in sample.split(separator: UInt8(ascii: "\n")) where line.contains(where: { $0 >= 0x80 }) {
            if UTF8Check.firstInvalid(UnsafeBufferPointer(rebasing: line), isWhole: true) == nil {
                valid += 1
            } else {
                invalid += 1
            }
        }
        return valid >= 4 * invalid && valid > 0
    }

    /// Whether all high bytes stand in GB18030's double and four-byte forms, and more of the doubles have two high
    /// bytes than one: a lone high byte before a Latin letter looks like one of these.
    private static func isGB18030(_ sample: UnsafeBufferPointer<UInt8>) -> Bool {
        var offset = 0
        var highPairs = 0
        var lowPairs = 0
        while offset < sample.count {
            if sample[offset] < 0x80 {
                offset += 1
                continue
            }
            guard (0x81...0xFE).contains(sample[offset]) else { return false }
            guard offset + 1 < sample.count else { break }
            switch sample[offset + 1] {
            case 0x30...0x39:
                guard offset + 3 < sample.count else { return highPairs > lowPairs }
                guard (0x81...0xFE).contains(sample[offset + 2]), (0x30...0x39).contains(sample[offset + 3]) else {
                    return false
                }
                highPairs += 1
                offset += 4
            case 0x40...0x7E:
                lowPairs += 1
                offset += 2
            case 0x80...0xFE:
                highPairs += 1
                offset += 2
            default: return false
            }
        }
        return highPairs > lowPairs
    }

    /// Whether more runs of high bytes are words of their own, of two letters or more, than stand alone or beside an
    /// ASCII letter.
    private static func hasWordsOfHighBytes(_ sample: UnsafeBufferPointer<UInt8>) -> Bool {
        var words = 0
        var others = 0
        forEachHighRun(sample) { length, letters in
            if length >= 2, letters == 0 { words += 1 } else { others += 1 }
        }
        return words > others
    }

    /// Whether fewer than half of the runs of high bytes have ASCII letters on both sides, as ö and ß have in Größe.
    private static func hasRunsOfTheirOwn(_ sample: UnsafeBufferPointer<UInt8>) -> Bool {
        var between = 0
        var count = 0
        forEachHighRun(sample) { _, letters in
            count += 1
            if letters == 2 { between += 1 }
        }
        return between * 2 < count
    }

    /// Calls `body` with the length of each run of high bytes and how many ASCII letters stand beside it, 0 to 2.
    private static func forEachHighRun(_ sample: UnsafeBufferPointer<UInt8>, _ body: (Int, Int) -> Void) {
        func isLetter(_ offset: Int) -> Bool {
            guard sample.indices.contains(offset) else { return false }
            let lowered = sample[offset] | 0x20
            return lowered >= UInt8(ascii: "a") && lowered <= UInt8(ascii: "z")
        }
        var begin = 0
        while let start = sample[begin...].firstIndex(where: { $0 >= 0x80 }) {
            let end = sample[start...].firstIndex { $0 < 0x80 } ?? sample.count
            body(end - start, (isLetter(start - 1) ? 1 : 0) + (isLetter(end) ? 1 : 0))
            begin = end
        }
    }
}

/// Whether bytes are UTF-8 (Unicode 15, table 3-7).
enum UTF8Check {
    /// The offset of the first byte that begins no character, or nil. In a part of a text (`isWhole` false) a
    /// character may be cut by the end.
    static func firstInvalid(_ bytes: UnsafeBufferPointer<UInt8>, isWhole: Bool) -> Int? {
        guard let base = bytes.baseAddress else { return nil }
        let count = bytes.count
        var offset = 0
        while offset < count {
            // Sixteen bytes of ASCII at a time.
            while offset + 16 <= count {
                let raw = UnsafeRawPointer(base + offset)
                let high = raw.loadUnaligned(as: UInt64.self) | raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
                if high & 0x8080_8080_8080_8080 != 0 { break }
                offset += 16
            }
            guard offset < count else { return nil }
            let byte = base[offset]
            if byte < 0x80 {
                offset += 1
                continue
            }
            let length: Int
            var low: UInt8 = 0x80
            var high: UInt8 = 0xBF
            switch byte {
            case 0xC2...0xDF: length = 2
            case 0xE0: (length, low) = (3, 0xA0)
            case 0xED: (length, high) = (3, 0x9F)
            case 0xE1...0xEF: length = 3
            case 0xF0: (length, low) = (4, 0x90)
            case 0xF4: (length, high) = (4, 0x8F)
            case 0xF1...0xF3: length = 4
            default: return offset
            }
            for step in 1..<length {
                guard offset + step < count else { return isWhole ? offset : nil }
                let follower = base[offset + step]
                if follower < low || follower > high { return offset }
                (low, high) = (0x80, 0xBF)
            }
            offset += length
        }
        return nil
    }
}
