import Semantics

/// Spellings of one value that a column has: found by what they have in common and by edits.
public struct SpellingClusters: Sendable {
    /// What is to become of a spelling.
    public enum Decision: String, Codable, Sendable {
        /// It becomes the other one.
        case merge
        /// It may be the other one; a person decides.
        case doubtful
        /// It stays as it is.
        case keep
    }

    /// Two spellings.
    public struct Pair: Sendable {
        /// The rarer spelling.
        public let from: String
        /// The more frequent one.
        public let to: String
        /// How many rows have the rarer one.
        public let count: Int
        /// How they were found: `fingerprint`, `n-grams` or `edit distance`.
        public let method: String
        /// What becomes of the rarer one.
        public let decision: Decision
        /// In hundredths.
        public let confidence: UInt8
    }

    /// A spelling, how often it occurs and what it belongs to; only spellings of one group are compared.
    struct Value {
        let text: String
        let count: Int
        let group: String
    }

    /// Pairs by their rarer spelling, each once.
    public let pairs: [Pair]

    /// Times that a spelling must be more frequent than one with other capitals, accents or signs.
    static let fingerprintRatio = 3
    /// Times that a spelling must be more frequent than one an edit away, to take its place, and to be told.
    static let editRatio = (merge: 25, doubtful: 6)
    /// Spellings beyond which none are compared by edits.
    static let editLimit = 200_000

    /// Compares values: the most frequent first, equal ones by their bytes.
    ///
    /// - Parameters:
    ///   - comparesEdits: whether spellings an edit apart are looked for, too.
    ///   - key: what spellings of one value have in common.
    ///   - mayMerge: whether two with the same key are one value beyond doubt, where one is frequent enough.
    init(
        _ values: [Value], comparesEdits: Bool = true, key: (String) -> String = SpellingClusters.key,
        mayMerge: (String, String) -> Bool = { _, _ in true }
    ) {
        var pairs: [Pair] = []
        var leaders: [Value] = []
        var leaderOfKey: [String: Int] = [:]
        var leaderOfGrams: [String: Int] = [:]
        for value in values where !value.text.isEmpty {
            let key = value.group + "\u{1F}" + key(value.text)
            guard let known = leaderOfKey[key] else {
                let grams = comparesEdits ? SpellingClusters.grams(value) : nil
                if let grams, let known = leaderOfGrams[grams],
                    leaders[known].count >= value.count * SpellingClusters.editRatio.doubtful
                {
                    let isClear = leaders[known].count >= value.count * SpellingClusters.editRatio.merge
                    pairs.append(
                        Pair(
                            from: value.text, to: leaders[known].text, count: value.count, method: "n-grams",
                            decision: isClear ? .merge : .doubtful, confidence: isClear ? 90 : 50))
                    continue
                }
                if let grams, leaderOfGrams[grams] == nil { leaderOfGrams[grams] = leaders.count }
                leaderOfKey[key] = leaders.count
                leaders.append(value)
                continue
            }
            let leader = leaders[known]
            let isClear =
                leader.count >= value.count * SpellingClusters.fingerprintRatio && mayMerge(value.text, leader.text)
            pairs.append(
                Pair(
                    from: value.text, to: leader.text, count: value.count, method: "fingerprint",
                    decision: isClear ? .merge : .doubtful, confidence: isClear ? 97 : 60))
        }
        if comparesEdits, leaders.count <= SpellingClusters.editLimit { SpellingClusters.addEdits(leaders, &pairs) }
        self.pairs = pairs
    }

    /// What spellings of one value have in common: `PlainText.matchKey`, and the signs that tell values apart, such as
    /// `A+` and `A-`, `<18` and `>18`, `1-5` and `15`. Points, commas and dashes between letters tell nothing.
    static func key(_ text: String) -> String {
        let plain = PlainText.matchKey(text)
        let scalars = Array(text.unicodeScalars)
        guard scalars.contains(where: { isSign($0) }) else { return plain }
        let hasDigits = scalars.contains { $0.properties.numericType == .decimal }
        var result = plain + "\u{1E}"
        for (place, scalar) in scalars.enumerated() where isSign(scalar) {
            let isEdge = place == 0 || place == scalars.count - 1
            switch scalar {
            case ".", ",", "'", "’", "_", "/", "(", ")", "،", "·", "\"":
                if hasDigits { result.unicodeScalars.append(scalar) }
            case "-", "‐", "–": if hasDigits || isEdge { result.append("-") }
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result.hasSuffix("\u{1E}") ? plain : result
    }

    /// The pairs of letters of a longer word or name, in the order of the alphabet, each once (OpenRefine's n-gram
    /// fingerprint): equal where words stand in another order or a part is written twice. Nil for short texts and those
    /// with digits, of which other ones have the same.
    private static func grams(_ value: Value) -> String? {
        let letters = Array(PlainText.matchKey(value.text).unicodeScalars)
        guard letters.count >= 8, !letters.contains(where: { $0.properties.numericType != nil || PlainText.isHan($0) })
        else { return nil }
        let pairs = Set(zip(letters, letters.dropFirst()).map { String($0) + String($1) })
        return value.group + "\u{1F}" + pairs.sorted().joined()
    }

    private static func isSign(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .dashPunctuation, .otherPunctuation, .openPunctuation, .closePunctuation, .connectorPunctuation,
            .initialPunctuation, .finalPunctuation, .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol:
            true
        default: false
        }
    }

    /// Finds rare spellings one edit away from frequent ones: both leave out a letter and compare what is left.
    private static func addEdits(_ values: [Value], _ pairs: inout [Pair]) {
        let keys = values.map { Array(PlainText.matchKey($0.text).unicodeScalars) }
        var shortened: [String: [Int32]] = [:]
        func forms(_ index: Int) -> Set<String> {
            var forms: Set<String> = [values[index].group + "\u{1F}" + text(keys[index][...])]
            guard keys[index].count <= 40 else { return forms }
            for place in keys[index].indices {
                forms.insert(
                    values[index].group + "\u{1F}" + text(keys[index][..<place]) + text(keys[index][(place + 1)...]))
            }
            return forms
        }
        // Values come most frequent first, so that those that can be the right one of a pair stand before the other.
        for index in values.indices {
            let value = values[index]
            var near: [Int] = []
            let own = forms(index)
            for form in own {
                for other in shortened[form, default: []] where !near.contains(Int(other)) {
                    let candidate = values[Int(other)]
                    guard candidate.count >= value.count * editRatio.doubtful,
                        isLikely(keys[index], keys[Int(other)])
                    else { continue }
                    near.append(Int(other))
                }
            }
            near.sort()
            if let best = near.first {
                let second = near.count > 1 ? values[near[1]].count : 0
                let isClear =
                    values[best].count >= value.count * editRatio.merge && values[best].count >= second * 10
                    && isTelling(
                        keys[index], keys[best], count: value.count,
                        isRare: values[best].count >= value.count * editRatio.merge * 4)
                pairs.append(
                    Pair(
                        from: value.text, to: values[best].text, count: value.count, method: "edit distance",
                        decision: isClear ? .merge : .doubtful, confidence: isClear ? 93 : 50))
            }
            if value.count >= editRatio.doubtful {
                for form in own { shortened[form, default: []].append(Int32(index)) }
            }
        }
    }

    private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    /// Whether two keys are one edit apart, and neither has digits: numbers differ by a digit and mean other things.
    private static func isLikely(_ rare: [Unicode.Scalar], _ frequent: [Unicode.Scalar]) -> Bool {
        let hasDigit = { (key: [Unicode.Scalar]) in
            key.contains { $0.properties.numericType != nil && !PlainText.isHan($0) }
        }
        guard !hasDigit(rare), !hasDigit(frequent) else { return false }
        // Of two or three Latin letters every code is an edit from another.
        guard frequent.count >= 4 || frequent.allSatisfy({ $0.value >= 0x250 }) else { return false }
        return EditDistance.isOne(rare, frequent)
    }

    /// Whether an edit is a slip of the hand rather than another word: letters exchanged, doubled or left out within a
    /// word, or one for its neighbour on the keyboard. Any other letter, and all at the beginning of a word, may make
    /// another word (`Lead` and `Dead`, `Bolton` and `Boston`): they are slips only in longer words and where a spelling
    /// hardly occurs. In Chinese a character is a word.
    private static func isTelling(
        _ rare: [Unicode.Scalar], _ frequent: [Unicode.Scalar], count: Int, isRare: Bool
    ) -> Bool {
        let isHan = frequent.contains(where: PlainText.isHan)
        let isOnce = count <= 2 && !isHan && frequent.count >= (isRare ? 5 : 6)
        if rare.count == frequent.count {
            let places = rare.indices.filter { rare[$0] != frequent[$0] }
            if places.count == 2 { return true }
            guard let place = places.first, frequent.count >= 4 else { return false }
            // Of five letters, the first makes another word: hired, fired.
            return isOnce && (place > 0 || frequent.count >= 6)
                || place > 0 && Keyboard.areNear(rare[place], frequent[place])
        }
        let (longer, shorter) = rare.count > frequent.count ? (rare, frequent) : (frequent, rare)
        // The places at which a letter can be taken from the longer one.
        let places = longer.indices.filter { Array(longer[..<$0] + longer[($0 + 1)...]) == shorter }
        let isDoubled = places.count > 1
        if isDoubled { return isHan ? rare.count > frequent.count : shorter.count >= 3 }
        guard let place = places.first, shorter.count >= (isHan ? 2 : 4) else { return false }
        let isWithin = place > 0 && place < longer.count - 1
        if rare.count < frequent.count { return isHan || isWithin || isOnce }
        let isNear = [place - 1, place + 1].contains {
            longer.indices.contains($0) && Keyboard.areNear(longer[place], longer[$0])
        }
        return isOnce || isWithin && isNear
    }
}

/// Which keys lie beside each other on a keyboard of Latin letters (QWERTY) and on the Persian one (ISIRI 9147).
enum Keyboard {
    /// Whether two letters, small ones where there are others, lie beside each other.
    static func areNear(_ left: Unicode.Scalar, _ right: Unicode.Scalar) -> Bool {
        guard let (row, column) = places[left], let (otherRow, otherColumn) = places[right],
            (left.value < 0x250) == (right.value < 0x250)
        else { return false }
        // A row stands half a key to the right of the one above it.
        let shift = otherColumn - column
        switch otherRow - row {
        case 0: return abs(shift) == 1
        case 1: return shift == 0 || shift == -1
        case -1: return shift == 0 || shift == 1
        default: return false
        }
    }

    private static let places: [Unicode.Scalar: (row: Int, column: Int)] = Dictionary(
        uniqueKeysWithValues: [
            ["qwertyuiop", "asdfghjkl", "zxcvbnm"], ["ضصثقفغعهخحجچ", "شسیبلاتنمکگ", "ظطزرذدپو"],
        ].flatMap { rows in
            rows.enumerated().flatMap { row, keys in
                keys.unicodeScalars.enumerated().map { ($0.element, (row: row, column: $0.offset)) }
            }
        })
}

/// What a person, or an earlier run, said about spellings: rows of a mapping file.
public struct SpellingMapping: Sendable {
    /// Decisions by column name and spelling.
    private var entries: [String: [String: (to: String, decision: SpellingClusters.Decision)]] = [:]

    /// Nothing said.
    public init() {}

    /// Whether nothing is said.
    public var isEmpty: Bool { entries.isEmpty }

    /// Says what becomes of a spelling in a column; `doubtful` says nothing.
    public mutating func add(column: String, from: String, to: String, _ decision: SpellingClusters.Decision) {
        guard decision != .doubtful else { return }
        entries[column, default: [:]][from] = (to, decision)
    }

    /// What is said about a spelling, followed to the end; nil when nothing is.
    func target(column: String, _ spelling: String) -> String? {
        guard let column = entries[column], var entry = column[spelling] else { return nil }
        if entry.decision == .keep { return spelling }
        var seen: Set<String> = [spelling]
        while let next = column[entry.to], next.decision == .merge, seen.insert(entry.to).inserted { entry = next }
        return entry.to
    }

    /// A column's spellings that lead back to themselves, or nil.
    public func firstCircle() -> (column: String, spelling: String)? {
        for (name, column) in entries.sorted(by: { $0.key < $1.key }) {
            for spelling in column.keys.sorted() {
                var place = spelling
                var steps = 0
                while let next = column[place], next.decision == .merge, next.to != place {
                    place = next.to
                    steps += 1
                    if steps > column.count { return (name, spelling) }
                }
            }
        }
        return nil
    }
}
