extension EmailAddress {
    /// Whether bytes have the form of an address: what RFC 5321 lets stand before the `@` without quotes, then two labels
    /// or more of letters, digits and inner hyphens, of which the last is no number. Addresses in other scripts
    /// (RFC 6531) count.
    public static func isValid(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count >= 6, bytes.count <= 254, let at = bytes.firstIndex(of: UInt8(ascii: "@")), at > 0, at <= 64,
            bytes[0] != UInt8(ascii: "."), bytes[at - 1] != UInt8(ascii: ".")
        else { return false }
        for position in 0..<at {
            let byte = bytes[position]
            if byte == UInt8(ascii: "."), bytes[position + 1] == UInt8(ascii: ".") { return false }
            guard byte >= 0x80 || isLocal(isUpper(byte) ? byte | 0x20 : byte) else { return false }
        }
        var labels = 0
        var begin = at + 1
        var isNumber = true
        for position in begin...bytes.count {
            guard position == bytes.count || bytes[position] == UInt8(ascii: ".") else {
                let byte = bytes[position]
                guard isAlphanumeric(byte) || byte == UInt8(ascii: "-") else { return false }
                continue
            }
            guard position > begin, position - begin <= 63, bytes[begin] != UInt8(ascii: "-"),
                bytes[position - 1] != UInt8(ascii: "-")
            else { return false }
            isNumber = bytes[begin..<position].allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
            if position == bytes.count, position - begin < 2 { return false }
            labels += 1
            begin = position + 1
        }
        return labels >= 2 && !isNumber
    }

    @inline(__always)
    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        byte &- 48 <= 9 || (byte | 0x20) &- 97 <= 25 || byte >= 0x80
    }

    @inline(__always)
    private static func isUpper(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") }
}
