import Semantics

/// How names in their own script are spelt in Latin letters, learnt from the emails of the same rows: an accumulator.
///
/// Only words are counted that stand as names in Latin letters in the file: so the table stays small.
final class LatinSpellings {
    /// Latin names in small letters that are looked for, by column.
    private let wanted: [Int: Set<String>]
    /// Name and word, apart by a unit separator.
    private var together: [Int: ValueCounts] = [:]
    /// Names that stand beside an email.
    private var names: [Int: ValueCounts] = [:]

    init(wanted: [Int: Set<String>]) {
        self.wanted = wanted
        for column in wanted.keys {
            together[column] = ValueCounts()
            names[column] = ValueCounts()
        }
    }

    var isIdle: Bool { wanted.values.allSatisfy(\.isEmpty) }

    func wants(_ column: Int) -> Bool { wanted[column]?.isEmpty == false }

    func add(column: Int, name: UnsafeBufferPointer<UInt8>, email: UnsafeBufferPointer<UInt8>) {
        guard let wanted = wanted[column], let script = ScriptCounts.script(name), script != 0,
            let at = email.firstIndex(of: 0x40)
        else { return }
        names[column]?.add(name)
        let text = String(decoding: name, as: UTF8.self)
        for word in email[..<at].split(whereSeparator: { !(0x61...0x7A).contains($0) }) where word.count >= 2 {
            let word = String(decoding: word, as: UTF8.self)
            // "jsmith" is an initial and a family name.
            for form in [word, String(word.dropFirst())] where wanted.contains(form) {
                together[column]?.add(text + "\u{1F}" + form)
                break
            }
        }
    }

    func merge(_ other: LatinSpellings) {
        for (column, counts) in other.together { together[column]?.merge(counts) }
        for (column, counts) in other.names { names[column]?.merge(counts) }
    }

    /// What a name in Latin letters is in the column's own script.
    struct Answer {
        /// The name; where there are several, the most frequent.
        let name: String
        /// Whether it is the only one.
        let isUnique: Bool
    }

    /// Names whose rows have the word in three of ten emails or more, and at least three times.
    func answers(column: Int) -> [String: Answer] {
        guard let together = together[column], let names = names[column] else { return [:] }
        var candidates: [String: [(name: String, count: Int)]] = [:]
        for number in together.entries.indices {
            let count = Int(together.entries[number].count)
            let parts = together.text(number).split(separator: "\u{1F}").map(String.init)
            guard count >= 3, parts.count == 2, count * 10 >= names.count(of: parts[0]) * 3 else { continue }
            candidates[parts[1], default: []].append((parts[0], count))
        }
        return candidates.compactMapValues { list in
            let ranked = list.sorted { ($1.count, $0.name) < ($0.count, $1.name) }
            guard let best = ranked.first else { return nil }
            return Answer(name: best.name, isUnique: ranked.count == 1 || ranked[1].count * 20 <= best.count)
        }
    }
}
