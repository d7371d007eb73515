import CustomerData
import Foundation
import Semantics

/// The forms of some values of a column, as they are made.
struct ValueFormBlock {
    let kind: ComparisonKind
    var letters: [UInt16] = []
    var ends: [UInt32] = []
    var keys: [UInt64] = []
    var latinKeys: [UInt64] = []
    var skeletons: [UInt64] = []
    var scripts: [UInt8] = []
    var extras: [UInt64] = []
    var words: [UInt64] = []
    var wordEnds: [UInt32] = []
    var numbers: [Double] = []

    init(kind: ComparisonKind) { self.kind = kind }

    /// Adds the next value.
    mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
        let start = letters.count
        var latin: UInt64 = 0
        var skeleton: UInt64 = 0
        var script = LatinLetters.Script.latin
        var extra: UInt64 = 0
        var number = Double.nan
        switch kind {
        case .givenName, .familyName, .words, .category:
            (latin, skeleton, script) = addWord(bytes, isName: kind.isPersonName)
            if kind == .givenName {
                extra = Nicknames.groups(of: String(decoding: letters[start...], as: UTF16.self))
            }
        case .name, .company, .address: (latin, skeleton, script) = addWords(bytes)
        case .email: (skeleton, extra) = addEmail(bytes)
        case .phone: addPhone(bytes)
        case .date: extra = addDate(bytes)
        case .code, .placeCode: addCode(bytes)
        case .number:
            addKey(bytes)
            number = Double(PlainText.asciiDigits(String(decoding: bytes, as: UTF8.self))) ?? .nan
        case .ignored: break
        }
        let key = Hashing.hash(letters[start...])
        keys.append(key)
        latinKeys.append(latin == 0 && script == .latin ? key : latin)
        skeletons.append(skeleton)
        scripts.append(script.rawValue)
        extras.append(extra)
        numbers.append(number)
        ends.append(UInt32(letters.count))
        wordEnds.append(UInt32(words.count))
    }

    /// Adds the match key's letters.
    private mutating func addKey(_ bytes: UnsafeBufferPointer<UInt8>) {
        let start = letters.count
        for byte in bytes {
            switch byte {
            case 0x30...0x39, 0x61...0x7A: letters.append(UInt16(byte))
            case 0x41...0x5A: letters.append(UInt16(byte) + 32)
            case 0x00...0x7F: continue
            default:
                letters.removeSubrange(start...)
                letters.append(contentsOf: PlainText.matchKey(String(decoding: bytes, as: UTF8.self)).utf16)
                return
            }
        }
    }

    private mutating func addWord(_ bytes: UnsafeBufferPointer<UInt8>, isName: Bool) -> (
        UInt64, UInt64, LatinLetters.Script
    ) {
        let start = letters.count
        addKey(bytes)
        if letters[start...].allSatisfy({ $0 < 0x80 }) {
            return (0, skeleton(letters[start...], isName), .latin)
        }
        let text = String(decoding: bytes, as: UTF8.self)
        let script = LatinLetters.script(of: text)
        switch script {
        case .latin, .arabic:
            return (0, skeleton(letters[start...], isName), script)
        case .han:
            let simplified = LatinLetters.simplified(String(decoding: letters[start...], as: UTF16.self))
            letters.removeSubrange(start...)
            letters.append(contentsOf: simplified.utf16)
            let pinyin = LatinLetters.pinyin(simplified, isName: isName).utf16.filter { $0 != 0x20 }
            return (Hashing.hash(pinyin), skeleton(pinyin, isName), script)
        case .other:
            let latin = PlainText.matchKey(LatinLetters.any(text)).utf16.map { $0 }
            return (Hashing.hash(latin), skeleton(latin, isName), script)
        }
    }

    /// The hash of the consonants: of a name from one on (علی is Ali), of other words from two on; else 0.
    private func skeleton(_ letters: some Sequence<UInt16>, _ isName: Bool) -> UInt64 {
        let skeleton = ConsonantSkeleton.of(letters)
        return skeleton.count < (isName ? 1 : 2) ? 0 : Hashing.hash(skeleton.map { UInt16($0) })
    }

    /// Adds a text of several words: their match keys one behind the other as letters, and their hashes ascending.
    private mutating func addWords(_ bytes: UnsafeBufferPointer<UInt8>) -> (UInt64, UInt64, LatinLetters.Script) {
        let start = letters.count
        let isASCII = bytes.allSatisfy { $0 < 0x80 }
        var parts: [[UInt16]] = []
        var latinParts: [[UInt16]] = []
        var script = LatinLetters.Script.latin
        if isASCII {
            for part in bytes.split(whereSeparator: { $0 == 0x20 || $0 == 0x2C || $0 == 0x2F || $0 == 0x3B }) {
                let before = letters.count
                addKey(UnsafeBufferPointer(rebasing: part))
                if letters.count > before { parts.append(Array(letters[before...])) }
            }
            letters.removeSubrange(start...)
            latinParts = parts
        } else {
            let text = PlainText.standard(String(decoding: bytes, as: UTF8.self), persian: true).text
            script = LatinLetters.script(of: text)
            let pieces = text.split { " ,/;،、，".contains($0) }.map(String.init)
            if script == .han {
                let simplified = pieces.map { LatinLetters.simplified(PlainText.matchKey($0)) }
                parts = simplified.map { Array($0.utf16) }
                var names = simplified
                if kind == .name, names.count == 1, let name = LatinLetters.parts(ofChineseName: names[0]) {
                    names = [name.family, name.given]
                }
                latinParts = names.enumerated().map { place, name in
                    LatinLetters.pinyin(name, isName: kind == .name && place == 0).utf16.filter { $0 != 0x20 }
                }
            } else {
                parts = pieces.map { Array(PlainText.matchKey($0).utf16) }
                latinParts =
                    script == .other
                    ? pieces.map { Array(PlainText.matchKey(LatinLetters.any($0)).utf16) } : parts
            }
            parts.removeAll(where: \.isEmpty)
            latinParts.removeAll(where: \.isEmpty)
        }
        for part in parts { letters.append(contentsOf: part) }
        // Of the words in Latin letters, so that scripts meet; one word of pinyin after the other also as a whole.
        let hashes = latinParts.map { Hashing.hash($0[...]) }.sorted()
        words.append(contentsOf: hashes)
        let skeletons = latinParts.map { ConsonantSkeleton.of($0) }.filter { !$0.isEmpty }
            .sorted { $0.lexicographicallyPrecedes($1) }
        return (
            script == .arabic ? 0 : Hashing.hash(latinParts.flatMap(\.self)[...]),
            Hashing.hash(skeleton: skeletons.flatMap(\.self)), script
        )
    }

    /// Adds the address in small letters; returns the hash of the part before the `@` and that of the host.
    private mutating func addEmail(_ bytes: UnsafeBufferPointer<UInt8>) -> (UInt64, UInt64) {
        let start = letters.count
        if bytes.allSatisfy({ $0 < 0x80 && $0 > 0x20 }) {
            for byte in bytes { letters.append(UInt16(byte >= 0x41 && byte <= 0x5A ? byte + 32 : byte)) }
        } else {
            let text = String(decoding: bytes, as: UTF8.self)
            let standard = EmailAddress.standard(text) ?? PlainText.standard(text).text.lowercased()
            letters.append(contentsOf: standard.utf16)
        }
        guard let at = letters[start...].lastIndex(of: 0x40) else { return (Hashing.hash(letters[start...]), 0) }
        return (Hashing.hash(letters[start..<at]), Hashing.hash(letters[(at + 1)...]))
    }

    /// Adds the last ten digits: a country's code and the zero before the number go.
    private mutating func addPhone(_ bytes: UnsafeBufferPointer<UInt8>) {
        var digits: [UInt16] = []
        if bytes.allSatisfy({ $0 < 0x80 }) {
            for byte in bytes where byte >= 0x30 && byte <= 0x39 { digits.append(UInt16(byte)) }
        } else {
            digits = PlainText.asciiDigits(String(decoding: bytes, as: UTF8.self)).utf16.filter {
                $0 >= 0x30 && $0 <= 0x39
            }
        }
        var rest = digits.suffix(10)
        if digits.count <= 11 { while rest.first == 0x30 { rest = rest.dropFirst() } }
        letters.append(contentsOf: rest)
    }

    /// Adds a date as eight digits, any other text as its match key; returns the day's number, offset to be positive.
    private mutating func addDate(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        guard let day = MatchDate.day(bytes) else {
            addKey(bytes)
            return 0
        }
        let (year, month, date) = day.civil
        for (value, places) in [(year, 1000), (month, 10), (date, 10)] {
            var place = places
            while place > 0 {
                letters.append(UInt16(value / place % 10) + 0x30)
                place /= 10
            }
        }
        return UInt64(bitPattern: Int64(day.number) + 1_000_000)
    }

    /// Adds letters and digits, without zeros before them.
    private mutating func addCode(_ bytes: UnsafeBufferPointer<UInt8>) {
        let start = letters.count
        addKey(bytes)
        var zeros = start
        while zeros < letters.count - 1, letters[zeros] == 0x30 { zeros += 1 }
        letters.removeSubrange(start..<zeros)
    }
}

/// The day that a cell of any layout states.
enum MatchDate {
    static func day(_ bytes: UnsafeBufferPointer<UInt8>) -> Day? {
        for layout in layouts { if let (number, _) = layout.parse(bytes) { return Day(number: number) } }
        return MonthNames.parse(String(decoding: bytes, as: UTF8.self))
    }

    private static let layouts: [DateLayout] = [
        .yearMonthDay, .yearMonthDaySlash, .yearMonthDayDot, .yearMonthDayChinese, .compact, .jalali, .jalaliSlash,
        .jalaliDot, .jalaliCompact, .dayMonthYear, .monthDayYear,
    ]
}

/// 64-bit hashes that are the same in every run; 0 stands for nothing.
enum Hashing {
    static func hash(_ letters: some Collection<UInt16>) -> UInt64 {
        if letters.isEmpty { return 0 }
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        for letter in letters { state = mix(state ^ UInt64(letter), 0xA076_1D64_78BD_642F) }
        return max(1, mix(state, 0xE703_7ED1_A0B4_28DB))
    }

    /// Of a skeleton; 0 for fewer than two consonants.
    static func hash(skeleton: [UInt8]) -> UInt64 {
        skeleton.count < 2 ? 0 : hash(skeleton.map { UInt16($0) }[...])
    }

    @inline(__always)
    static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = (left ^ 0x2D35_8DCC_AA6C_78A5).multipliedFullWidth(by: right)
        return product.high ^ product.low
    }
}
