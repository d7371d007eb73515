import Foundation
import Statistics

/// What a matching found.
public struct MatchResult: Sendable {
    /// The model.
    public let model: MatchModel
    /// The thresholds.
    public let thresholds: MatchThresholds
    /// The scored pairs of records from the review threshold up, ordered by their records.
    public let pairs: [ScoredPair]
    /// The entities.
    public let entities: Entities
}

extension Matcher {
    /// Matches by an estimated model, or by a given one.
    public func result(model given: MatchModel? = nil) -> MatchResult {
        let model = given ?? self.model()
        let (pairs, equal) = scores(model)
        let probabilities =
            pairs.map(\.probability)
            + equal.flatMap { entry in
                [Double](
                    repeating: MatchModel.probability(Double(entry.weight)),
                    count: distinct.members(of: Int(entry.group)).count - 1)
            }
        let thresholds = MatchThresholds(probabilities, precision: settings.precision)
        // From here on pairs are of records: those of distinct ones stand for their first records, and equal records
        // hang on the first of them.
        var listed: [ScoredPair] = []
        let merge = Float(log2(thresholds.merge / (1 - thresholds.merge)))
        var links: [ScoredPair] = []
        for pair in pairs where pair.probability >= thresholds.review {
            let moved = ScoredPair(
                left: distinct.first[Int(pair.left)], right: distinct.first[Int(pair.right)], pattern: pair.pattern,
                weight: pair.weight)
            listed.append(moved)
            if pair.weight >= merge { links.append(moved) }
        }
        for entry in equal {
            let members = distinct.members(of: Int(entry.group))
            guard let first = members.first, MatchModel.probability(Double(entry.weight)) >= thresholds.review else {
                continue
            }
            let pattern = score(Int(entry.group), Int(entry.group), scorer(model), comparer()).pattern
            for other in members.dropFirst() {
                let pair = ScoredPair(left: first, right: other, pattern: pattern, weight: entry.weight)
                listed.append(pair)
                if pair.weight >= merge { links.append(pair) }
            }
        }
        listed.sort { ($0.left, $0.right) < ($1.left, $1.right) }
        let grouping = EntityGrouping(self, model: model, links: links)
        return MatchResult(
            model: model, thresholds: thresholds, pairs: listed,
            entities: grouping.entities())
    }
}
