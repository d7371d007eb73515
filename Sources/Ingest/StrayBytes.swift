import CustomerData
import Glibc

/// Finds bytes of a block that are no text.
struct StrayBytes {
    /// What makes a record no text.
    enum Damage {
        case nulByte, undecodable
    }

    private let encoding: TextEncoding
    private let hasNul: Bool
    private let hasStray: Bool

    init(_ block: UnsafeBufferPointer<UInt8>, _ encoding: TextEncoding) {
        self.encoding = encoding
        hasNul = block.baseAddress.map { memchr($0, 0, block.count) != nil } ?? false
        // Bytes of other encodings have become characters that begin with F4.
        hasStray =
            encoding == .utf8
            ? UTF8Check.firstInvalid(block, isWhole: true) != nil
            : block.baseAddress.map { memchr($0, 0xF4, block.count) != nil } ?? false
    }

    /// What makes a record of the block no text; nil when it is one.
    func damage(_ record: UnsafeBufferPointer<UInt8>) -> Damage? {
        if hasNul, record.contains(0) { return .nulByte }
        guard hasStray else { return nil }
        if encoding == .utf8 { return UTF8Check.firstInvalid(record, isWhole: true) == nil ? nil : .undecodable }
        return record.indices.contains { stray(record, at: $0) != nil } ? .undecodable : nil
    }

    /// A private character of Unicode that stands for a byte which is no text in the file's encoding.
    static func character(standingFor byte: UInt8) -> [UInt8] {
        Array(String(Unicode.Scalar(base + UInt32(byte)) ?? " ").utf8)
    }

    /// Stands for the byte 0.
    private static let base: UInt32 = 0x10F700

    /// The byte that a character beginning there stands for.
    private func stray(_ record: UnsafeBufferPointer<UInt8>, at offset: Int) -> UInt8? {
        guard encoding != .utf8, record[offset] == 0xF4, offset + 3 < record.count else { return nil }
        let scalar =
            UInt32(record[offset] & 0x07) << 18 | UInt32(record[offset + 1] & 0x3F) << 12
            | UInt32(record[offset + 2] & 0x3F) << 6 | UInt32(record[offset + 3] & 0x3F)
        let base = StrayBytes.base
        return scalar >= base && scalar < base + 256 ? UInt8(scalar - base) : nil
    }

    /// A record with `\xNN` for bytes that are no text, and in UTF-16 `\0` for the character NUL, which is two bytes.
    func escaped(_ record: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var text: [UInt8] = []
        let digits = Array("0123456789ABCDEF".utf8)
        func put(_ byte: UInt8) { text += [0x5C, UInt8(ascii: "x"), digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
        var offset = 0
        while offset < record.count {
            let byte = record[offset]
            if byte == 0x5C {
                text += [0x5C, 0x5C]
            } else if byte == 0 {
                if encoding.isUTF16 { text += Array("\\0".utf8) } else { put(byte) }
            } else if let stray = stray(record, at: offset) {
                put(stray)
                offset += 3
            } else if encoding == .utf8, byte >= 0x80 {
                let length = byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
                let end = min(offset + length, record.count)
                if UTF8Check.firstInvalid(UnsafeBufferPointer(rebasing: record[offset..<end]), isWhole: true) == nil {
                    text += record[offset..<end]
                    offset = end - 1
                } else {
                    put(byte)
                }
            } else {
                text.append(byte)
            }
            offset += 1
        }
        return text
    }
}
