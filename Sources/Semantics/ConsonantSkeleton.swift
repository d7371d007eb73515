/// The consonants of a word, by which a name in Arabic letters, whose short vowels are not written, meets the same name
/// in Latin letters: محمد and Mohammad are both `mhmd`.
///
/// Letters that Persian speaks alike are one (ث س ص, ذ ز ض ظ, ت ط, ح ه, غ ق); digraphs of romanisation are one letter
/// (kh, sh, ch, zh, gh); ا و ی, y, w, v and all vowels go, and so does an h at the end behind a vowel; doubled letters
/// count once.
public enum ConsonantSkeleton {
    /// The skeleton of a match key (`PlainText.matchKey`) in Arabic or Latin letters; digits stay, other letters go.
    ///
    /// - Complexity: O(letters).
    public static func of(_ key: some Sequence<UInt16>) -> [UInt8] {
        let letters = Array(key)
        var result: [UInt8] = []
        var before: UInt16 = 0
        var place = 0
        while place < letters.count {
            let letter = letters[place]
            let next = place + 1 < letters.count ? letters[place + 1] : 0
            var plain: UInt8 = 0
            var length = 1
            switch letter {
            case 0x30...0x39: plain = UInt8(letter)
            case 0x61, 0x65, 0x69, 0x6F, 0x75, 0x79, 0x77, 0x76: break
            case 0x63 where next == 0x68: (plain, length) = (0x43, 2)
            case 0x73 where next == 0x68: (plain, length) = (0x53, 2)
            case 0x6B where next == 0x68: (plain, length) = (0x58, 2)
            case 0x7A where next == 0x68: (plain, length) = (0x4A, 2)
            case 0x67 where next == 0x68: (plain, length) = (0x67, 2)
            case 0x71: plain = 0x67
            case 0x78: plain = 0x58
            case 0x63: plain = 0x6B
            case 0x70 where next == 0x68: (plain, length) = (0x66, 2)
            case 0x68 where next == 0 && isVowel(before): break
            case 0x61...0x7A: plain = UInt8(letter)
            case 0x0647 where next == 0: break
            default: plain = persian[letter] ?? 0
            }
            if plain != 0, !(length == 1 && letter == before) { result.append(plain) }
            before = letters[place + length - 1]
            place += length
        }
        return result
    }

    private static func isVowel(_ letter: UInt16) -> Bool { [0x61, 0x65, 0x69, 0x6F, 0x75].contains(letter) }

    private static let persian: [UInt16: UInt8] = Dictionary(
        zip("بپتطثسصجچحهخدذزضظرژشغقفکكگلمن".utf16, "bpttsssjChhXdzzzzrJSggfkkglmn".utf8),
        uniquingKeysWith: { first, _ in first })
}
