import Ingest
import Matching

/// `summary.json` of a matching: the counts, which add up.
struct MatchSummary: Encodable {
    struct Rows: Encodable {
        let read: Int
        let records: Int
        let rejected: Int
    }

    struct Known: Encodable {
        /// Records that were known, those of them that a new row replaced, new ones; what the log got.
        let records: Int
        let updated: Int
        let new: Int
        let merges: Int
    }

    struct Entities: Encodable {
        /// Entities in all, those of one record, those of several, and the records of these.
        let count: Int
        let single: Int
        let merged: Int
        let mergedRecords: Int
        let largest: Int
    }

    struct Pairs: Encodable {
        /// Pairs within blocks; pairs from the review threshold up; what became of these.
        let inBlocks: Int
        let listed: Int
        let merged: Int
        let review: Int
        let bridges: Int
    }

    struct Blocking: Encodable {
        let recall: Double?
        /// Whether a person gave the rules.
        let isGiven: Bool
        let rules: [Matcher.BlockingAccount]
    }

    struct Column: Encodable {
        let name: String
        let kind: ComparisonKind
        let missingShare: Double
        let missingMeaning: String
        let missing: MissingMeaning?
        let dependsOn: String?
    }

    let rows: Rows
    let entities: Entities
    let pairs: Pairs
    let thresholds: MatchThresholds
    let blocking: Blocking
    let columns: [Column]
    let notCompared: [String]
    let accuracy: MatchAccuracy?
    let known: Known?

    init(
        _ matcher: Matcher, _ result: MatchResult, accounts: RowAccounts, accuracy: MatchAccuracy?, known: Int,
        updated: Int, log: [MatchLog.Line], isKnown: Bool
    ) {
        self.known =
            isKnown
            ? Known(
                records: known + updated, updated: updated, new: matcher.table.rowCount - known - updated,
                merges: Set(log.map(\.number)).count) : nil
        rows = Rows(read: accounts.read, records: matcher.table.rowCount, rejected: accounts.rejected)
        var sizes = [Int](repeating: 0, count: result.entities.count)
        for entity in result.entities.entities { sizes[Int(entity)] += 1 }
        let single = sizes.count { $0 == 1 }
        entities = Entities(
            count: sizes.count, single: single, merged: sizes.count - single,
            mergedRecords: matcher.table.rowCount - single, largest: sizes.max() ?? 0)
        let doubtful = MatchFiles.doubtful(result)
        pairs = Pairs(
            inBlocks: matcher.pairCount, listed: result.pairs.count,
            merged: result.pairs.count - doubtful.count, review: doubtful.count,
            bridges: result.entities.bridges.count)
        thresholds = result.thresholds
        let blocking = matcher.blockingAccounts(result)
        self.blocking = Blocking(
            recall: blocking.recall, isGiven: matcher.isBlockingGiven, rules: blocking.rules)
        columns = result.model.columns.map { column in
            Column(
                name: column.name, kind: column.kind, missingShare: column.missingShare,
                missingMeaning: column.missingMeaning, missing: column.missing,
                dependsOn: column.dependsOn.map { result.model.columns[$0].name })
        }
        let table = matcher.table.columns
        notCompared = table.headers.indices.filter { table.kinds[$0] == .ignored }.map { table.name(of: $0) }
        self.accuracy = accuracy
    }
}
