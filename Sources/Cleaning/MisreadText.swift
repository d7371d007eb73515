/// Text that went through a program which took it for something else: `ZoÃ«` for `Zoë`, `O&#39;Brien` for `O'Brien`.
enum MisreadText {
    /// The text as it was meant; nil when nothing speaks for another.
    static func decoded(_ text: String) -> String? {
        var result = text
        // Some text went through twice.
        for _ in 0..<2 { if let better = fromWindows(result) { result = better } else { break } }
        // `&amp;amp;` went through twice: each round takes one off.
        while result.contains("&") {
            let plainer = withoutEntities(result)
            if plainer.utf8.count == result.utf8.count { break }
            result = plainer
        }
        return result.utf8.elementsEqual(text.utf8) ? nil : result
    }

    /// UTF-8 that was read as Windows-1252 or Latin 1: nil when the characters are not all of these, or their bytes are
    /// no UTF-8. That text which was meant so is UTF-8 by chance needs pairs such as `Ã©`, which no language writes.
    private static func fromWindows(_ text: String) -> String? {
        guard text.unicodeScalars.contains(where: { (0xC2...0xF4).contains($0.value) }) else { return nil }
        var bytes: [UInt8] = []
        var isLatin = true
        for scalar in text.unicodeScalars {
            if scalar.value < 0x100 {
                bytes.append(UInt8(scalar.value))
            } else if let byte = windows[scalar] {
                bytes.append(byte)
            } else {
                isLatin = false
                break
            }
        }
        guard isLatin, let result = String(validating: bytes, as: UTF8.self),
            !result.unicodeScalars.contains(where: { (0x7F...0x9F).contains($0.value) || $0.value < 0x20 })
        else { return nil }
        return result
    }

    /// What Windows-1252 has at 0x80 to 0x9F (WHATWG Encoding Standard, index windows-1252).
    private static let windows: [Unicode.Scalar: UInt8] = Dictionary(
        zip(
            "\u{20AC}\u{201A}\u{0192}\u{201E}\u{2026}\u{2020}\u{2021}\u{02C6}\u{2030}\u{0160}\u{2039}\u{0152}\u{017D}\u{2018}\u{2019}\u{201C}\u{201D}\u{2022}\u{2013}\u{2014}\u{02DC}\u{2122}\u{0161}\u{203A}\u{0153}\u{017E}\u{0178}"
                .unicodeScalars,
            [
                0x80, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8A, 0x8B, 0x8C, 0x8E, 0x91, 0x92, 0x93, 0x94,
                0x95, 0x96, 0x97, 0x98, 0x99, 0x9A, 0x9B, 0x9C, 0x9E, 0x9F,
            ] as [UInt8]), uniquingKeysWith: { first, _ in first })

    private static func withoutEntities(_ text: String) -> String {
        var result = text
        for (entity, sign) in entities where result.contains(entity) { result = result.replacing(entity, with: sign) }
        return result
    }

    private static let entities = [
        ("&#39;", "'"), ("&#039;", "'"), ("&apos;", "'"), ("&quot;", "\""), ("&nbsp;", " "), ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ]
}
