import Cleaning
import CustomerData
import Export
import Ingest
import Quality

extension CleanJob {
    /// Cleans a source, up to giving the files their names.
    ///
    /// - Parameter table: takes the table as it was, row for row, with the cleaned cells in it; nil when nobody reads on.
    /// - Throws: `Problem`.
    func prepare(
        _ source: CleanSource, table: OutputFile? = nil, _ phases: inout Phases
    ) throws -> PreparedCleaning {
        let columns = source.options.columns
        let folder = CleanFolder(out)
        let contacts = ContactList(
            columns, value: try value.map { try CleanJob.column($0, columns, option: "--value") })
        let customers = try folder.open(CleanFiles.customers)
        let ledger = try folder.open(CleanFiles.ledger)
        let review = try folder.open(CleanFiles.review)
        let contact = try folder.open(CleanFiles.contact)
        let archive = try archiveAfterDays.map { _ in try folder.open(CleanFiles.archive) }
        let rejectsFile = try folder.open(CleanFiles.rejects)
        try phases.measure("plan") { try source.settle() }
        let enrichment = try enrichment(columns, source)
        var tally = CleanTally(columnCount: columns.headers.count)
        var contactRows = ContactRows()
        var digest = CellDigest()
        try phases.measure("clean") {
            try customers.write(CSVText.header(columns.headers + (enrichment?.headers ?? [])))
            try ledger.write(CSVText.header(CleanFiles.ledgerHeader))
            try review.write(CSVText.header(CleanFiles.reviewHeader))
            try rejectsFile.write(CSVText.header(CleanFiles.rejectsHeader))
            try archive?.write(CSVText.header(["record"] + columns.headers))
            try table?.write(CleanedTable.header(of: source))
            try source.forEachBlock { block, cells, states, worker in
                let first = source.firstRecords[block.block]
                let rows = CleanBlockRows(
                    block, cells, states, source, firstRecord: first,
                    enrichment: enrichment.map { ($0, worker) }, contacts: contacts)
                return (rows, first, table == nil ? nil : CleanedTable.rows(of: block, cells, states, source))
            } commit: { outcome, firstLine in
                let (rows, first, tableRows) = outcome
                if let tableRows { try table?.write(tableRows) }
                try customers.write(rows.customers)
                try ledger.write(rows.ledger)
                try review.write(rows.review)
                try archive?.write(rows.archive)
                contactRows.add(rows.contact)
                try rejectsFile.write(
                    rows.rejectRows(source: source.file.input.name, firstRecord: first, firstLine: firstLine))
                tally.merge(rows.tally)
                digest.append(rows.digest)
            }
        }
        try contact.write(contactRows.sorted(header: contacts.header))
        let quality = try measure([source], of: source, customers, &phases)
        let files = try phases.measure("write") {
            try folder.open(CleanFiles.mapping).write(MappingFile.text(source))
            try write(quality, to: folder)
            let manifest = CleanManifest(
                self, whole: source, sources: [try CleanManifest.Source(source, tally, digest)],
                enriched: enrichment?.headers ?? [])
            try folder.open(CleanFiles.manifest).write(try JSONText.pretty(manifest))
            return manifest.files
        }
        return PreparedCleaning(
            folder: folder, files: files, customers: customers, rejects: rejectsFile, quality: quality,
            summary: CleanText.summary([source], source, tally, conflicts: 0),
            report: CleanText.report(self, [source], source, tally, conflicts: 0, quality))
    }

    func write(_ quality: CleanQuality, to folder: CleanFolder) throws {
        try CSVWriter(parallel: parallel).write(
            CleanQuality.table(quality.scorecards), to: folder.open(CleanFiles.quality, personal: false))
    }

    /// The scorecards of the sources, and of the cleaned customers where anybody is left.
    ///
    /// - Parameter whole: the rows that were put out.
    func measure(
        _ sources: [CleanSource], of whole: CleanSource, _ customers: OutputFile, _ phases: inout Phases
    ) throws -> CleanQuality {
        try phases.measure("quality") {
            func ages(_ source: CleanSource) throws -> TableProfiler.AgeLimit? {
                guard let archive = source.archive, whole.asOf != nil else { return nil }
                return .init(
                    column: source.options.columns.headers[archive.column], asOf: whole.asOf, maxAgeDays: archive.days)
            }
            let before = try sources.filter { $0.acceptedCount > 0 }.map { source in
                try CleanQuality.scorecard(
                    of: source.file, name: source.file.input.name, required: source.file.headers,
                    ages: source.archive == nil ? nil : ages(source), parallel: parallel)
            }
            var after: NamedScorecard?
            if let path = customers.pathBeforeCommit,
                whole.acceptedCount > whole.count(.archived) + whole.count(.merged)
            {
                let name = OutputFolder.path(CleanFiles.customers, in: out)
                let cleaned = try TableFile(
                    path: path, name: name,
                    options: .init(encoding: .utf8, delimiter: UInt8(ascii: ","), allowsDamage: true))
                after = try CleanQuality.scorecard(
                    of: cleaned, name: name, required: whole.options.columns.headers, ages: ages(whole),
                    parallel: parallel)
            }
            return CleanQuality(before: before, after: after)
        }
    }
}
