import Cleaning
import CustomerData
import Ingest
import Semantics
import Statistics
import Synchronization

/// A table that is being cleaned: its file, what its columns are, the plans so far, and what became of its rows.
final class CleanSource {
    /// What a row is besides cleaned.
    struct RowState: OptionSet {
        let rawValue: UInt8
        /// It repeats an earlier row, cell for cell.
        static let merged = RowState(rawValue: 1)
        /// Nothing was heard of its customer for too long.
        static let archived = RowState(rawValue: 2)
        /// Its id stands on an earlier row that says other things.
        static let repeatedID = RowState(rawValue: 4)
        /// The row is in customers.csv.
        var isKept: Bool { isDisjoint(with: [.merged, .archived]) }
    }

    let file: TableFile
    let options: CleaningOptions
    /// Days without contact after which a record is archived, and the column that says when the last was.
    let archive: (column: Int, days: Int)?
    private(set) var plans: [CleaningPlan] = []
    /// Every spelling that was merged, and those that the last plan doubts.
    private(set) var spellings: [(column: Int, pair: SpellingClusters.Pair)] = []
    /// By block: the number of the first record, from 1; one more at the end.
    private(set) var firstRecords: [Int] = [1]
    /// By block: what each row is.
    private(set) var states: [[RowState]] = []
    private(set) var form: RecordForm
    private(set) var head: [UInt8] = []
    private(set) var asOf: Day?
    /// Whether the last plan changed nothing.
    private(set) var isSettled = false
    private(set) var unreadCounts: [UnreadReason: Int] = [:]
    private(set) var acceptedCount = 0
    private let phones = Mutex<[[PhoneReading]]>([])
    let workers: [CleaningWorker]
    private let parallel: Parallel

    /// Plans after which cleaning ends although the last one still changed something.
    static let planLimit = 8

    init(
        _ file: TableFile, _ options: CleaningOptions, archive: (column: Int, days: Int)?, parallel: Parallel
    ) {
        self.file = file
        self.options = options
        self.archive = archive
        self.parallel = parallel
        form = RecordForm(columnCount: file.headers.count)
        asOf = options.asOf
        workers = (0..<parallel.threadCount).map { _ in CleaningWorker() }
    }

    /// Records, blank lines among them.
    var recordCount: Int { firstRecords[firstRecords.count - 1] - 1 }

    /// Rows, blank lines left out.
    var rowCount: Int { recordCount - unreadCounts[.blank, default: 0] }

    var rejectedCount: Int { unreadCounts.reduce(0) { $0 + ($1.key == .blank ? 0 : $1.value) } }

    /// Seconds spent on reading phones, of all threads together.
    var phoneSeconds: Double { workers.reduce(0) { $0 + $1.phoneSeconds } }

    func count(_ state: RowState) -> Int { states.reduce(0) { $0 + $1.count { $0.contains(state) } } }

    /// Surveys, plans and cleans until a plan changes nothing.
    func settle() throws {
        while plans.count < CleanSource.planLimit {
            let surveys = workers.map { _ in CleaningSurvey(options, after: plans.last) }
            let pass = try survey(surveys)
            if plans.last?.isComplete == true, pass.changed == 0, pass.states == states {
                isSettled = true
                break
            }
            states = pass.states
            let survey = surveys[0]
            for other in surveys.dropFirst() { survey.merge(other) }
            // Later surveys know dates that were not yet of one form.
            if options.asOf == nil { asOf = survey.latest ?? asOf }
            let plan = CleaningPlan(survey)
            plans.append(plan)
        }
        for (number, plan) in plans.enumerated() {
            for (column, pairs) in plan.spellings {
                for pair in pairs where pair.decision == .merge || number == plans.count - 1 {
                    spellings.append((column, pair))
                }
            }
        }
    }

    private struct Digests {
        var rows: [UInt64] = []
        var ids: [UInt64] = []
        var isStale: [Bool] = []
        var changed = 0
        var rowCount = 0
        var recordCount = 0
        var form: RecordForm
        var head: [UInt8]?
        var unread: [UnreadReason: Int] = [:]
        var block = 0
    }

    /// One pass over the file: adds what the plans leave to the surveys.
    private func survey(_ surveys: [CleaningSurvey]) throws -> (changed: Int, states: [[RowState]]) {
        let isFirst = plans.isEmpty
        let idColumn = options.columns.first(.id)
        var changed = 0
        var next: [[RowState]] = []
        var rows: Set<UInt64> = []
        var ids: Set<UInt64> = []
        try file.forEachRowOfCells(parallel: parallel) { block, worker -> Digests in
            let cells = clean(block, worker)
            var digests = Digests(form: block.form)
            digests.changed = plans.isEmpty ? 0 : cells.takeChangeCount()
            let known = block.block < states.count ? states[block.block] : []
            surveys[worker].add(cells) { known.isEmpty || known[$0].isKept }
            digests.rowCount = cells.rowCount
            digests.recordCount = block.recordCount
            digests.head = block.head
            digests.block = block.block
            for row in block.unread { digests.unread[row.reason, default: 0] += 1 }
            if let idColumn {
                for row in 0..<cells.rowCount {
                    digests.rows.append(CleanSource.digest(cells, row))
                    let id = cells.cell(row, idColumn)
                    digests.ids.append(id.isEmpty ? 0 : CleanSource.digest(id))
                }
            }
            if let archive, let asOf {
                digests.isStale = (0..<cells.rowCount).map { row in
                    guard let day = Day(String(cells.text(row, archive.column).prefix(10))) else { return false }
                    return asOf.days(since: day) > archive.days
                }
            }
            return digests
        } commit: { digests, _ in
            changed += digests.changed
            var states = [RowState](repeating: [], count: digests.rowCount)
            for row in 0..<digests.ids.count where digests.ids[row] != 0 {
                if !rows.insert(digests.rows[row]).inserted {
                    states[row].insert(.merged)
                } else if !ids.insert(digests.ids[row]).inserted {
                    states[row].insert(.repeatedID)
                }
            }
            for row in 0..<digests.isStale.count where digests.isStale[row] && !states[row].contains(.merged) {
                states[row].insert(.archived)
            }
            next.append(states)
            guard isFirst else { return }
            firstRecords.append(firstRecords[firstRecords.count - 1] + digests.recordCount)
            form.merge(digests.form)
            if let head = digests.head { self.head = head }
            unreadCounts.merge(digests.unread, uniquingKeysWith: +)
            acceptedCount += digests.rowCount
        }
        return (changed, next)
    }

    /// A digest of a row's cells, of 64 bits.
    private static func digest(_ cells: CleanedCells, _ row: Int) -> UInt64 {
        (0..<cells.columnCount).reduce(0x9E37_79B9_7F4A_7C15) { digest, column in
            (digest ^ CleanSource.digest(cells.cell(row, column))) &* 0xD6E8_FEB8_6659_FD93
        }
    }

    private static func digest(_ cell: UnsafeBufferPointer<UInt8>) -> UInt64 {
        guard let start = cell.baseAddress, cell.count > 0 else { return 1 }
        return ByteHash.hash(start, cell.count) | 1
    }

    /// The cells of a block as the plans leave them; the changes that are counted are those of the last plan.
    func clean(_ block: CellRows, _ worker: Int) -> CleanedCells {
        let cells = CleanedCells(block.cells, columnCount: block.columnCount)
        let own = workers[worker]
        own.begin(phones: phones.withLock { block.block < $0.count ? $0[block.block] : [] })
        let known = own.phones.count
        for plan in plans {
            // What the last plan changes is counted.
            if plan === plans.last { _ = cells.takeChangeCount() }
            plan.apply(to: cells, own)
        }
        if own.phones.count > known {
            let read = own.phones
            phones.withLock { all in
                while all.count <= block.block { all.append([]) }
                all[block.block] = read
            }
        }
        return cells
    }

    /// Works on the cleaned rows, block by block.
    func forEachBlock<Outcome>(
        process: (_ block: CellRows, _ cells: CleanedCells, _ states: [RowState], _ worker: CleaningWorker) -> Outcome,
        commit: (_ outcome: Outcome, _ firstLine: Int) throws -> Void
    ) throws {
        try file.forEachRowOfCells(parallel: parallel) { block, worker in
            process(block, clean(block, worker), states[block.block], workers[worker])
        } commit: { outcome, firstLine in
            try commit(outcome, firstLine)
        }
    }
}
