import Matching

/// How a matching agrees with the truth, and how it does across scripts.
struct MatchAccuracy: Encodable {
    struct AcrossScripts: Encodable {
        /// Pairs of records written in different scripts: those that are one in truth, as found, and both.
        let truePairs: Int
        let foundPairs: Int
        let commonPairs: Int
        /// Share of the pairs found that are true; of the true ones that were found; their harmonic mean. Nil without pairs.
        let precision: Double?
        let recall: Double?
        let f1: Double?
    }

    let all: PairAccuracy
    let acrossScripts: AcrossScripts

    init(_ matcher: Matcher, _ result: MatchResult, truth: [Int32?]) {
        let found = result.entities.entities
        all = PairAccuracy(found: found, truth: truth)
        let scripts = truth.indices.map(matcher.scripts(of:))
        /// Pairs across scripts of records with one key.
        func pairs<Key: Hashable>(_ key: (Int) -> Key) -> Int {
            var groups: [Key: [[UInt8]: Int]] = [:]
            for row in truth.indices where truth[row] != nil {
                groups[key(row), default: [:]][scripts[row], default: 0] += 1
            }
            return groups.values.reduce(0) { sum, counts in
                let list = Array(counts)
                return sum
                    + list.indices.reduce(0) { sum, first in
                        list[(first + 1)...].reduce(sum) { sum, second in
                            Matcher.areAcrossScripts(list[first].key, second.key)
                                ? sum + list[first].value * second.value : sum
                        }
                    }
            }
        }
        let (truePairs, foundPairs) = (pairs { truth[$0] }, pairs { found[$0] })
        let common = pairs { [Int64(found[$0]), Int64(truth[$0] ?? -1)] }
        let precision = foundPairs == 0 ? nil : Double(common) / Double(foundPairs)
        let recall = truePairs == 0 ? nil : Double(common) / Double(truePairs)
        acrossScripts = AcrossScripts(
            truePairs: truePairs, foundPairs: foundPairs, commonPairs: common, precision: precision, recall: recall,
            f1: truePairs + foundPairs == 0 ? nil : 2 * Double(common) / Double(truePairs + foundPairs))
    }
}
