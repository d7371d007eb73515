/// How found entities agree with true ones: pairs (precision, recall, F1) and records (B³: Bagga & Baldwin 1998).
public struct PairAccuracy: Codable, Hashable, Sendable {
    /// Pairs of records that are one in truth.
    public let truePairs: Int
    /// Pairs that are one as found.
    public let foundPairs: Int
    /// Pairs that are both.
    public let commonPairs: Int
    /// Share of the pairs found that are true.
    public let precision: Double
    /// Share of the true pairs that were found.
    public let recall: Double
    /// Harmonic mean of the two.
    public let f1: Double
    /// Share of a record's found entity that is truly of it, averaged over the records.
    public let bCubedPrecision: Double
    /// Share of a record's true entity that was found, averaged over the records.
    public let bCubedRecall: Double
    /// Harmonic mean of the two.
    public let bCubedF1: Double

    /// - Parameters:
    ///   - found: the entity of each record.
    ///   - truth: the true entity of each record; nil where nobody knows: such a record is left out.
    public init(found: [UInt32], truth: [Int32?]) {
        struct Both: Hashable {
            let found: UInt32
            let truth: Int32
        }
        var cells: [Both: Int] = [:]
        var foundCounts: [UInt32: Int] = [:]
        var trueCounts: [Int32: Int] = [:]
        var records = 0
        for (entity, known) in zip(found, truth) {
            guard let known else { continue }
            cells[Both(found: entity, truth: known), default: 0] += 1
            foundCounts[entity, default: 0] += 1
            trueCounts[known, default: 0] += 1
            records += 1
        }
        func pairs(_ count: Int) -> Int { count * (count - 1) / 2 }
        truePairs = trueCounts.values.reduce(0) { $0 + pairs($1) }
        foundPairs = foundCounts.values.reduce(0) { $0 + pairs($1) }
        commonPairs = cells.values.reduce(0) { $0 + pairs($1) }
        precision = foundPairs == 0 ? 1 : Double(commonPairs) / Double(foundPairs)
        recall = truePairs == 0 ? 1 : Double(commonPairs) / Double(truePairs)
        f1 = precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall)
        // Summed in the order of the keys: a dictionary's own differs from run to run.
        var (right, whole) = (0.0, 0.0)
        for (cell, count) in cells.sorted(by: { ($0.key.truth, $0.key.found) < ($1.key.truth, $1.key.found) }) {
            let square = Double(count) * Double(count)
            right += square / Double(foundCounts[cell.found] ?? 1)
            whole += square / Double(trueCounts[cell.truth] ?? 1)
        }
        bCubedPrecision = records == 0 ? 1 : right / Double(records)
        bCubedRecall = records == 0 ? 1 : whole / Double(records)
        bCubedF1 =
            bCubedPrecision + bCubedRecall == 0
            ? 0 : 2 * bCubedPrecision * bCubedRecall / (bCubedPrecision + bCubedRecall)
    }
}
