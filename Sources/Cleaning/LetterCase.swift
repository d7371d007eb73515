import Semantics

/// How a column writes its words in capitals and small letters: learnt from the values that have both.
struct LetterCase {
    /// The most frequent form of each value and of each word, by its small letters, with how often it occurs.
    private var forms: [String: (form: String, count: Int)] = [:]
    /// How often particles stand in small letters less how often with a capital, at the beginning of several words and
    /// within them.
    private var smallParticles: [Particle: Int] = [:]

    private struct Particle: Hashable {
        let word: String
        let isFirst: Bool
    }

    /// Learns from values and how often each occurs; their order does not matter.
    init(_ values: some Sequence<(text: String, count: Int)>) {
        var counts: [String: [String: Int]] = [:]
        for (text, count) in values where LetterCase.isMixed(text) {
            counts[text.lowercased(), default: [:]][text, default: 0] += count
            let words = LetterCase.words(text)
            guard words.count > 1 else { continue }
            for (position, word) in words.enumerated() {
                let small = word.lowercased()
                if LetterCase.particles.contains(small) {
                    let particle = Particle(word: small, isFirst: position == 0)
                    smallParticles[particle, default: 0] += word == small ? count : -count
                } else if LetterCase.isMixed(word) {
                    counts[small, default: [:]][String(word), default: 0] += count
                }
            }
        }
        forms = counts.compactMapValues { forms in
            forms.max { ($0.value, $1.key) < ($1.value, $0.key) }.map { ($0.key, $0.value) }
        }
    }

    /// Whether text has capitals and small letters.
    static func isMixed(_ text: some StringProtocol) -> Bool {
        text.contains(where: \.isLowercase) && text.contains(where: \.isUppercase)
    }

    /// Whether text is shouted or all small: two cased letters or more, of one case.
    static func isOneCase(_ text: String) -> Bool {
        var (upper, lower) = (0, 0)
        for character in text {
            if character.isUppercase { upper += 1 } else if character.isLowercase { lower += 1 }
        }
        return upper + lower >= 2 && (upper == 0 || lower == 0)
    }

    private static func words(_ text: String) -> [Substring] { text.split(separator: " ") }

    /// A shouted or small text as the column has it, else as English titles are: nil when it is neither.
    ///
    /// - Parameter keepsShort: whether shouted words of two or three letters that the column does not know stay, as
    ///   codes and initials do.
    /// - Parameter mayBeginSmall: whether the first word may be a small particle, as in `von Trapp`: family names may, La
    ///   Jolla and La Toya do not. Where the column does not say otherwise, only German ones are: Dutch, Italian and
    ///   Spanish names that stand alone begin with a capital (Van der Berg, De Niro, De la Cruz).
    func fixed(_ text: String, keepsShort: Bool, mayBeginSmall: Bool = true) -> String? {
        guard LetterCase.isOneCase(text) else { return calmed(text) }
        if let known = forms[text.lowercased()] { return known.form == text ? nil : known.form }
        let isShouted = text.contains(where: \.isUppercase)
        let words = LetterCase.words(text)
        let result = words.enumerated().map { position, word -> String in
            let small = word.lowercased()
            if let known = forms[small] { return known.form }
            if keepsShort, isShouted, small.count <= 3, words.count == 1 { return String(word) }
            if isShouted, small.count <= 2 || LetterCase.numerals.contains(small),
                !small.contains(where: { "aeiouy".contains($0) })
                    || LetterCase.numerals.contains(small)
            {
                return String(word)
            }
            if position < words.count - 1, LetterCase.particles.contains(small),
                isSmall(small, isFirst: position == 0, mayBeginSmall)
            {
                return small
            }
            // AJ, TJ: no name of two letters ends in a j.
            if isShouted, small.count == 2, small.last == "j" { return String(word) }
            return LetterCase.title(small)
        }.joined(separator: " ")
        return result == text ? nil : result
    }

    /// Whether a particle is written small there: as in most of the column, else within a name and at the beginning of
    /// German and Arabic ones.
    private func isSmall(_ particle: String, isFirst: Bool, _ mayBeginSmall: Bool) -> Bool {
        if isFirst, !mayBeginSmall { return false }
        return smallParticles[Particle(word: particle, isFirst: isFirst)].map { $0 > 0 }
            ?? (!isFirst || LetterCase.smallAlone.contains(particle))
    }

    /// A text some of whose words have their capitals where a locked or a late shift key puts them, with those words as
    /// the column has them; nil when there are none. Words that the column does not know change only when the key was
    /// the wrong way round from the first letter to the last: `sMITH`.
    private func calmed(_ text: String) -> String? {
        let words = LetterCase.words(text)
        guard words.contains(where: LetterCase.isOdd) else { return nil }
        let result = words.map { word -> String in
            guard LetterCase.isOdd(word) else { return String(word) }
            if let known = forms[word.lowercased()], known.count >= 3, !LetterCase.isOdd(known.form[...]) {
                return known.form
            }
            return LetterCase.isInverted(word) ? LetterCase.title(word.lowercased()) : String(word)
        }.joined(separator: " ")
        return result == text ? nil : result
    }

    /// Whether capitals stand where no name has them: behind a small first letter, twice at the beginning of small
    /// ones, or twice within.
    static func isOdd(_ word: Substring) -> Bool {
        let letters = word.filter { $0.isUppercase || $0.isLowercase }
        guard letters.count >= 3, let first = letters.first, letters.contains(where: \.isLowercase) else {
            return false
        }
        let within = letters.dropFirst()
        let capitals = within.count(where: \.isUppercase)
        if first.isLowercase { return capitals >= 2 }
        let second = within.first?.isUppercase ?? false
        return second && capitals == 1 && letters.count >= 4 || capitals >= 2
    }

    /// Whether small letters stand for capitals and capitals for small ones: `sMITH`, `o'bRIEN`.
    private static func isInverted(_ word: Substring) -> Bool {
        let title = title(word.lowercased())
        return zip(word, title).allSatisfy { $0.isUppercase != $1.isUppercase || !$0.isCased } && word.count >= 3
    }

    /// A word in small letters as a name is written: `o'brien` → `O'Brien`, `smith-jones` → `Smith-Jones`, `mccoy` →
    /// `McCoy`.
    static func title(_ word: String) -> String {
        var result = ""
        var begins = true
        for character in word {
            result += begins ? character.uppercased() : String(character)
            begins = "-/.(&".contains(character) || ("'’".contains(character) && result.count == 2)
        }
        if result.hasPrefix("Mc"), result.count > 3 {
            let third = result.index(result.startIndex, offsetBy: 2)
            result.replaceSubrange(third...third, with: result[third].uppercased())
        }
        return result
    }

    private static let particles: Set<String> = [
        "de", "da", "do", "dos", "das", "del", "della", "di", "du", "la", "le", "van", "von", "der", "den", "ter",
        "ten",
        "zu", "zur", "bin", "ibn", "y", "e", "of", "on", "upon", "the", "and", "und", "sur", "en", "al",
    ]
    private static let smallAlone: Set<String> = ["von", "zu", "zur", "bin", "ibn"]
    private static let numerals: Set<String> = ["ii", "iii", "iv", "vi", "vii", "viii", "ix"]
}
