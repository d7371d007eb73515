import CustomerData
import Statistics
import Testing

@testable import Quality

/// The Misra-Gries summary and its bound.
@Suite struct FrequentTextsTests {
    private func summary(_ words: [Int]) -> FrequentTexts.Summary {
        let counts = Dictionary(words.map { ($0, 1 as UInt32) }, uniquingKeysWith: +).sorted { $0.key < $1.key }
        var bytes: [UInt8] = []
        let ranges = counts.map { word, _ in
            let begin = bytes.count
            bytes.append(contentsOf: String(word).utf8)
            return begin..<bytes.count
        }
        let hashes = counts.map { UInt64($0.key) + 1 }
        let times = counts.map(\.value)
        return bytes.withUnsafeBufferPointer { bytes in
            hashes.withUnsafeBufferPointer { hashes in
                times.withUnsafeBufferPointer { times in
                    FrequentTexts.summary(hashes: hashes, counts: times) {
                        UnsafeBufferPointer(rebasing: bytes[ranges[$0]])
                    }
                }
            }
        }
    }

    @Test func fewTextsAreCountedExactly() {
        var frequent = FrequentTexts()
        frequent.merge(summary([1, 2, 2, 3, 3, 3]))
        frequent.merge(summary([3, 1]))
        #expect(frequent.lost == 0)
        #expect(frequent.top(2).map(\.count) == [4, 2] && frequent.count == 3)
    }

    /// Misra & Gries 1982: no count is too large, none too small by more than what was lost, and that is at most n/(k+1).
    @Test func theBoundHolds() {
        var random = SeededGenerator(seed: 11)
        var frequent = FrequentTexts()
        var truth: [Int: Int] = [:]
        var total = 0
        for _ in 0..<60 {
            // Half of them frequent, half of them hardly ever the same.
            let words = (0..<4000).map { _ in
                random.unit() < 0.5 ? Int(1 / max(random.unit(), 1e-6)) % 50_000 : random.index(below: 20_000)
            }
            for word in words { truth[word, default: 0] += 1 }
            total += words.count
            frequent.merge(summary(words))
        }
        #expect(frequent.lost > 0 && frequent.lost <= total / (FrequentTexts.capacity + 1))
        let kept = Dictionary(uniqueKeysWithValues: frequent.top(.max).map { (Int($0.hash) - 1, $0.count) })
        for (word, count) in truth {
            let seen = kept[word] ?? 0
            #expect(seen <= count && count <= seen + frequent.lost, "\(word)")
        }
    }
}
