/// Addresses of electronic mail.
public enum EmailAddress {
    /// Whether bytes are an address as it should be written: ASCII in small letters, one `@`, a local part of RFC 5321
    /// without quotes, and a domain of labels with a top-level domain of letters.
    ///
    /// - Complexity: O(bytes).
    public static func isStandard(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let at = bytes.firstIndex(of: 0x40), at > 0, at <= 64, bytes.count <= 254 else { return false }
        var before = UInt8(ascii: ".")
        for byte in bytes[..<at] {
            guard isLocal(byte), !(byte == 0x2E && before == 0x2E) else { return false }
            before = byte
        }
        guard before != 0x2E else { return false }
        var labelLength = 0
        var hasDot = false
        var isLetters = true
        before = 0x2E
        for byte in bytes[(at + 1)...] {
            if byte == 0x2E {
                guard labelLength > 0, before != 0x2D else { return false }
                (labelLength, hasDot, isLetters) = (0, true, true)
            } else {
                let isDigit = byte >= 0x30 && byte <= 0x39
                let isLetter = byte >= 0x61 && byte <= 0x7A
                guard isLetter || isDigit || (byte == 0x2D && labelLength > 0) else { return false }
                if !isLetter { isLetters = false }
                labelLength += 1
            }
            before = byte
        }
        return hasDot && labelLength >= 2 && before != 0x2D && isLetters
    }

    /// What RFC 5321 calls atext, in small letters, and the point.
    static func isLocal(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x61...0x7A, 0x30...0x39, 0x2E, 0x5F, 0x2D, 0x2B: true
        default: "!#$%&'*/=?^`{|}~".utf8.contains(byte)
        }
    }

    /// The address that a cell means, as it should be written: spaces and invisible marks gone, small letters, ASCII for
    /// full-width forms and letters that look alike, `mailto:` and brackets around it taken off, a comma in the domain
    /// made a point; nil when it means none.
    public static func standard(_ cell: String) -> String? {
        var text = PlainText.asciiDigits(PlainText.standard(cell).text)
        if let open = text.lastIndex(of: "<"), let close = text.lastIndex(of: ">"), open < close {
            text = String(text[text.index(after: open)..<close])
        }
        text = text.lowercased().filter { !$0.isWhitespace && $0 != "\u{200C}" }
        if text.hasPrefix("mailto:") { text = String(text.dropFirst(7)) }
        while let last = text.last, ".,;:>)\"'".contains(last) { text.removeLast() }
        while let first = text.first, "<(\"',;:".contains(first) { text.removeFirst() }
        text = PlainText.latinForLookalikes(text) ?? text
        guard let at = text.firstIndex(of: "@"), text.lastIndex(of: "@") == at else { return nil }
        let domain = text[text.index(after: at)...]
        var host = domain.replacing(",", with: ".")
        while host.contains("..") { host = host.replacing("..", with: ".") }
        text = String(text[...at]) + host
        return text.withUTF8Bytes(isStandard) ? text : nil
    }

    /// The bytes behind the `@`; nil where there is none.
    @inlinable
    public static func domain(of bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
        guard let at = bytes.lastIndex(of: 0x40) else { return nil }
        return UnsafeBufferPointer(rebasing: bytes[(at + 1)...])
    }

    /// Whether an address is of a provider whose mailboxes belong to persons.
    public static func isPersonal(domain: String) -> Bool { providers.contains(domain) }

    /// Providers of mailboxes for everybody.
    public static let providers: Set<String> = [
        "gmail.com", "googlemail.com", "yahoo.com", "yahoo.co.uk", "yahoo.fr", "yahoo.de", "yahoo.co.jp", "yahoo.co.in",
        "hotmail.com", "hotmail.co.uk", "hotmail.fr", "hotmail.de", "outlook.com", "live.com", "live.co.uk", "msn.com",
        "icloud.com", "me.com", "mac.com", "aol.com", "gmx.de", "gmx.net", "gmx.com", "web.de", "t-online.de",
        "btinternet.com", "protonmail.com", "proton.me", "mail.com", "mail.ru", "yandex.ru", "yandex.com", "zoho.com",
        "qq.com", "163.com", "126.com", "sina.com", "sina.cn", "sohu.com", "foxmail.com", "139.com", "189.cn",
        "aliyun.com", "yeah.net", "chmail.ir", "mailfa.com", "rocketmail.com", "ymail.com", "comcast.net",
        "verizon.net",
        "att.net", "orange.fr", "wanadoo.fr", "free.fr", "laposte.net", "libero.it", "virgilio.it", "naver.com",
        "daum.net", "rediffmail.com", "bigpond.com", "sky.com", "ntlworld.com", "talktalk.net", "cox.net",
    ]
}

extension String {
    /// Calls `body` with the text's UTF-8.
    func withUTF8Bytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        var text = self
        return text.withUTF8(body)
    }
}
