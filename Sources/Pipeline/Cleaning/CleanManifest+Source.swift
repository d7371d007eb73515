import Cleaning
import CustomerData
import Ingest
import Models

extension CleanManifest {
    /// What a cleaning did.
    ///
    /// - Parameters:
    ///   - whole: the rows that were put out, those of the one file or of all files together.
    ///   - sources: the files.
    ///   - further: files beyond those of every cleaning.
    init(_ job: CleanJob, whole: CleanSource, sources: [Source], enriched: [String], further: [String] = []) {
        kind = CleanManifest.kind
        format = CleanManifest.format
        strata = strataVersion
        self.sources = sources
        archived = whole.count(.archived)
        customers = whole.acceptedCount - archived - whole.count(.merged)
        let source = whole
        options = Options(
            region: job.region, asOf: source.asOf, dateOrder: job.dateOrder?.rawValue, fills: job.fills,
            archiveAfterDays: job.archiveAfterDays,
            archiveColumn: source.archive.map { source.options.columns.name(of: $0.column) }, enriched: enriched,
            maxRejectShare: job.maxRejectShare)
        rounds = source.plans.count
        isSettled = source.isSettled
        files =
            [CleanFiles.customers, CleanFiles.ledger, CleanFiles.review, CleanFiles.contact]
            + (job.archiveAfterDays == nil ? [] : [CleanFiles.archive]) + [CleanFiles.rejects] + further + [
                CleanFiles.mapping, CleanFiles.quality, CleanFiles.manifest,
            ]
    }
}

extension CleanManifest.Source {
    /// A file, whose columns stand at those places of the whole; nil for their own.
    init(_ source: CleanSource, _ tally: CleanTally, _ digest: CellDigest, places: [Int]? = nil) throws {
        let file = source.file
        name = file.input.name
        path = file.input.name
        sha256 = try FileDigest.sha256(of: file.input)
        bytes = file.input.byteCount
        gzip = file.input.isPacked
        records = source.recordCount
        cells = digest.text
        form = CleanManifest.Form(source)
        let columns = source.options.columns
        self.columns = columns.headers.indices.map { column in
            CleanManifest.Column(
                header: columns.headers[column], kind: columns.kinds[column], place: places?[column] ?? column,
                filledBefore: tally.filledBefore[column],
                filledAfter: tally.filledAfter[column],
                changed: Dictionary(
                    uniqueKeysWithValues: tally.changed[column].map { ($0.key.text, $0.value) }),
                review: Dictionary(uniqueKeysWithValues: tally.review[column].map { ($0.key.rawValue, $0.value) }))
        }
        let (merged, archived) = (source.count(.merged), source.count(.archived))
        rows = CleanManifest.Rows(
            read: source.rowCount, accepted: source.acceptedCount - merged - archived, merged: merged,
            archived: archived,
            rejected: Dictionary(
                uniqueKeysWithValues: source.unreadCounts.filter { $0.key != .blank }.map {
                    ($0.key.rawValue, $0.value)
                }),
            blankLines: source.unreadCounts[.blank, default: 0])
    }
}

extension CleanManifest.Form {
    init(_ source: CleanSource) {
        let file = source.file
        encoding = file.encoding
        hasByteOrderMark = file.markLength > 0
        delimiter = file.dialect.delimiterName
        let form = source.form
        newline =
            file.dialect.newline == UInt8(ascii: "\r") ? "CR" : form.carriageReturns * 2 > form.records ? "CRLF" : "LF"
        endsWithNewline = !form.lacksLastNewline
        head = String(decoding: source.head, as: UTF8.self)
        quoted = form.columns.map { $0.quoted > 0 && $0.bare == 0 }
        emptyQuoted = form.columns.map { $0.emptyQuoted > $0.emptyBare }
    }
}
