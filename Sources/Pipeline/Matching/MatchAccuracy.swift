import Matching

/// How a matching agrees with the truth, and how it does across scripts.
struct MatchAccuracy: Encodable {
    struct AcrossScripts: Encodable {
        /// Pairs of records that are one in truth and written in different scripts, and how many of them were found.
        let truePairs: Int
        let commonPairs: Int
    }

    let all: PairAccuracy
    let acrossScripts: AcrossScripts

    init(_ matcher: Matcher, _ result: MatchResult, truth: [Int32?]) {
        let found = result.entities.entities
        all = PairAccuracy(found: found, truth: truth)
        var groups: [Int32: [Int]] = [:]
        for (row, entity) in truth.enumerated() { if let entity { groups[entity, default: []].append(row) } }
        var (pairs, common) = (0, 0)
        for records in groups.values where records.count > 1 {
            for (place, left) in records.enumerated() {
                for right in records[(place + 1)...] where matcher.isAcrossScripts(left, right) {
                    pairs += 1
                    if found[left] == found[right] { common += 1 }
                }
            }
        }
        acrossScripts = AcrossScripts(truePairs: pairs, commonPairs: common)
    }
}
