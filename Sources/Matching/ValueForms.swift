import CustomerData
import Statistics

/// What the values of a column are compared by, one entry a distinct value: made once, read for every pair.
final class ValueForms: Sendable {
    let kind: ComparisonKind
    /// Letters of the match key, or the digits: `letters[ends[i - 1]..<ends[i]]`.
    let letters: [UInt16]
    let ends: [UInt32]
    /// Equal where two values are one but for writing; 0 for a value of which nothing is left.
    let keys: [UInt64]
    /// Equal where two values of different scripts are one; 0 for none. Pinyin or Latin letters.
    let latinKeys: [UInt64]
    /// Of the consonants; 0 for fewer than two, in a person's name for none.
    let skeletons: [UInt64]
    /// The script (`LatinLetters.Script`).
    let scripts: [UInt8]
    /// Nicknames of a given name, the hash of an email's host, or the day number of a date.
    let extras: [UInt64]
    /// Hashes of the words, ascending: `words[wordEnds[i - 1]..<wordEnds[i]]`; only where the kind has words.
    let words: [UInt64]
    let wordEnds: [UInt32]
    /// The number that a value states.
    let numbers: [Double]

    /// The level of equal values.
    let topLevel: UInt8

    private static let blockSize = 4096

    /// The forms of a column's values.
    init(_ values: IdentifierList, kind: ComparisonKind, parallel: Parallel) {
        self.kind = kind
        topLevel = UInt8(kind.levels.count)
        let blockCount = (values.count + ValueForms.blockSize - 1) / ValueForms.blockSize
        let blocks = parallel.map(blockCount) { block in
            var part = ValueFormBlock(kind: kind)
            let end = min(values.count, (block + 1) * ValueForms.blockSize)
            for number in block * ValueForms.blockSize..<end { values.withBytes(at: number) { part.add($0) } }
            return part
        }
        var ends: [UInt32] = []
        var wordEnds: [UInt32] = []
        var letterCount: UInt32 = 0
        var wordCount: UInt32 = 0
        for block in blocks {
            for end in block.ends { ends.append(letterCount + end) }
            letterCount += UInt32(block.letters.count)
            for end in block.wordEnds { wordEnds.append(wordCount + end) }
            wordCount += UInt32(block.words.count)
        }
        self.ends = ends
        self.wordEnds = wordEnds
        letters = blocks.flatMap(\.letters)
        words = blocks.flatMap(\.words)
        keys = blocks.flatMap(\.keys)
        latinKeys = blocks.flatMap(\.latinKeys)
        skeletons = blocks.flatMap(\.skeletons)
        scripts = blocks.flatMap(\.scripts)
        extras = blocks.flatMap(\.extras)
        numbers = blocks.flatMap(\.numbers)
    }

    /// The values as they are compared: -1 for one that says nothing, such as a phone of three digits or of one digit
    /// again and again.
    func comparable(_ codes: [Int32]) -> [Int32] {
        guard kind == .phone || kind == .code else { return codes }
        let isEmpty = keys.indices.map { value in
            withLetters(value) { letters in
                let isOneDigit = letters.count > 3 && letters.allSatisfy { $0 == letters[0] }
                return letters.isEmpty || isOneDigit || (kind == .phone && letters.count < 6)
            }
        }
        return codes.map { $0 >= 0 && isEmpty[Int($0)] ? -1 : $0 }
    }

    @inline(__always)
    func withLetters<Result>(_ value: Int, _ body: (UnsafeBufferPointer<UInt16>) -> Result) -> Result {
        let start = value == 0 ? 0 : Int(ends[value - 1])
        let end = Int(ends[value])
        return letters.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[start..<end])) }
    }

    @inline(__always)
    func wordRange(_ value: Int) -> Range<Int> {
        (value == 0 ? 0 : Int(wordEnds[value - 1]))..<Int(wordEnds[value])
    }
}
