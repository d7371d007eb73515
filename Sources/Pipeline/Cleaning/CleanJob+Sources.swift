import Cleaning
import CustomerData
import Export
import Foundation
import Ingest
import Report
import Semantics

extension CleanJob {
    /// What a person said about columns of which sources say different things.
    ///
    /// - Throws: `Problem(.usage)` for an unknown policy or column.
    func policies(of sources: [CleanSource]) throws -> [String: SourcePolicy] {
        let names = sources.map(\.file.input.name)
        if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
            throw Problem(.usage, "\(twice) is named as a source twice")
        }
        var result: [String: SourcePolicy] = [:]
        for text in policies {
            guard let equals = text.lastIndex(of: "="),
                let policy = SourcePolicy(String(text[text.index(after: equals)...]), sources: names)
            else {
                throw Problem(
                    .usage, "--policy \(text): expected HEADER=POLICY with newest, first, longest or a source's name")
            }
            let header = String(text[..<equals])
            guard sources.contains(where: { $0.options.columns.headers.contains(header) }) else {
                throw Problem(.usage, "--policy \(text): no source has the column \(header)")
            }
            // Headers that differ in case and signs alone are one.
            result[PlainText.matchKey(header)] = policy
        }
        return result
    }

    /// Opens several sources. What is said of a column holds for the sources that have it; fills and the archive are for the
    /// whole.
    ///
    /// - Throws: `Problem`; also when a column that a person names is in none.
    func openSources() throws -> [CleanSource] {
        var form = form
        form.allowsDamage = true
        let tables = try files.map { try TableFile(path: $0, options: form) }
        for stated in columns where !tables.contains(where: { CleanJob.has($0.headers, stated) }) {
            throw Problem(.usage, "--column \(stated): no source has such a column")
        }
        return try tables.map { table in
            var job = self
            job.columns = columns.filter { CleanJob.has(table.headers, $0) }
            (job.fills, job.archiveAfterDays, job.contacted) = ([], nil, nil)
            return try job.source(of: table)
        }
    }

    /// Whether `KIND=HEADER` is about one of the headers.
    private static func has(_ headers: [String], _ stated: String) -> Bool {
        guard let equals = stated.firstIndex(of: "=") else { return true }
        let plain = CleaningColumns(headers: headers, kinds: headers.map { _ in .text })
        return plain.column(named: String(stated[stated.index(after: equals)...])) != nil
    }

    /// Cleans several sources, puts them together by their ids, and cleans the whole.
    func merge(
        _ sources: [CleanSource], _ policies: [String: SourcePolicy], _ phases: inout Phases
    ) throws -> PreparedCleaning {
        let folder = CleanFolder(out)
        let rejects = try folder.open(CleanFiles.rejects)
        try rejects.write(CSVText.header(CleanFiles.rejectsHeader))
        let tables = try phases.measure("read") {
            try sources.map { source in
                try source.settle()
                let rows = try SourceRows(source)
                try rejects.write(rows.rejects)
                try checkRejected(source) { try folder.commitOnly(rejects) }
                return rows
            }
        }
        let merged = try phases.measure("merge") {
            try MergedSources(tables, modified: modified, policies: policies)
        }
        let whole = try settled(merged, sources[0])
        let final = try SourceRows(whole)
        var counts: [Int] = []
        var names = [CleanFiles.links, CleanFiles.conflicts]
        let customers = try phases.measure("write") { () -> OutputFile in
            let customers = try writeWhole(whole, to: folder)
            let ledger = try folder.open(CleanFiles.ledger)
            try folder.open(CleanFiles.links).write(linkRows(merged, tables))
            try folder.open(CleanFiles.conflicts).write(conflictRows(merged, tables, final))
            try ledger.write(CSVText.header(CleanFiles.ledgerHeader))
            for number in tables.indices {
                let name = CleanJob.changesName(tables[number].name, number)
                let changes = try folder.open(name)
                try changes.write(CSVText.header(CleanFiles.changesHeader))
                counts.append(try writeChanges(of: number, merged, tables, final, ledger, changes))
                names.append(name)
            }
            return customers
        }
        let quality = try measure(sources, of: whole, customers, &phases)
        let enriched = try enrichment(whole.options.columns, whole)?.headers ?? []
        let manifest = CleanManifest(
            self, whole: whole,
            sources: try tables.enumerated().map { number, table in
                try CleanManifest.Source(table.source, table.tally, table.digest, places: merged.places[number])
            }, enriched: enriched, further: names)
        try folder.open(CleanFiles.mapping).write(MappingFile.text(whole))
        try write(quality, to: folder)
        try folder.open(CleanFiles.manifest).write(try JSONText.pretty(manifest))
        let conflicts = merged.conflicts.count
        var report = CleanText.report(self, sources, whole, final.tally, conflicts: conflicts, quality)
        let lines = tables.indices.map { number in
            "\(tables[number].name): \(Figures.counted(counts[number], "cell")) to correct, in "
                + CleanJob.changesName(tables[number].name, number)
        }
        report.lines.insert(contentsOf: lines, at: 2)
        return PreparedCleaning(
            folder: folder, files: manifest.files, customers: customers, rejects: rejects, quality: quality,
            summary: CleanText.summary(sources, whole, final.tally, conflicts: conflicts), report: report)
    }

    /// The whole as a table of its own, cleaned until nothing changes.
    private func settled(_ merged: MergedSources, _ first: CleanSource) throws -> CleanSource {
        var text = CSVText.header(merged.headers)
        for row in merged.cells {
            for cell in row { text.put(cell) }
            text.endRow()
        }
        let path = NSTemporaryDirectory() + "strata-merged-" + UUID().uuidString
        try TextOutput.write(String(decoding: text.bytes, as: UTF8.self), to: path, personal: true)
        // The open file stays when its name goes.
        defer { try? FileManager.default.removeItem(atPath: path) }
        var job = self
        job.form = TableFile.Options(encoding: .utf8, delimiter: UInt8(ascii: ","))
        // What the first source's columns are, the whole's are too.
        let columns = first.options.columns
        job.columns =
            columns.headers.indices.map { "\(columns.kinds[$0].rawValue)=\(columns.name(of: $0))" }
            + self.columns.filter { CleanJob.has(merged.headers, $0) }
        let whole = try job.open(path)
        try whole.settle()
        return whole
    }

    /// Writes customers, which are returned, review, the contact list and the archive.
    private func writeWhole(_ whole: CleanSource, to folder: CleanFolder) throws -> OutputFile {
        let columns = whole.options.columns
        let enrichment = try enrichment(columns, whole)
        let contacts = ContactList(
            columns, value: try value.map { try CleanJob.column($0, columns, option: "--value") })
        let customers = try folder.open(CleanFiles.customers)
        let review = try folder.open(CleanFiles.review)
        let contact = try folder.open(CleanFiles.contact)
        let archive = try archiveAfterDays.map { _ in try folder.open(CleanFiles.archive) }
        var contactRows = ContactRows()
        try customers.write(CSVText.header(columns.headers + (enrichment?.headers ?? [])))
        try review.write(CSVText.header(CleanFiles.reviewHeader))
        try archive?.write(CSVText.header(["record"] + columns.headers))
        try whole.forEachBlock { block, cells, states, worker in
            CleanBlockRows(
                block, cells, states, whole, firstRecord: whole.firstRecords[block.block],
                enrichment: enrichment.map { ($0, worker) }, contacts: contacts, name: "all sources")
        } commit: { rows, _ in
            try customers.write(rows.customers)
            try review.write(rows.review)
            try archive?.write(rows.archive)
            contactRows.add(rows.contact)
        }
        try contact.write(contactRows.sorted(header: contacts.header))
        return customers
    }

    private func linkRows(_ merged: MergedSources, _ tables: [SourceRows]) -> CSVText {
        var text = CSVText.header(CleanFiles.linksHeader)
        let rows = merged.rowsOfSources(tables)
        for (number, table) in tables.enumerated() {
            for (row, record) in table.records.enumerated() {
                text.put(table.name)
                text.put(record)
                text.put(rows[number][row] + 1)
                text.endRow()
            }
        }
        return text
    }

    private func conflictRows(_ merged: MergedSources, _ tables: [SourceRows], _ final: SourceRows) -> CSVText {
        var text = CSVText.header(CleanFiles.conflictsHeader)
        let id = final.source.options.columns.first(.id)
        for (row, column) in merged.conflicts {
            for member in merged.members[row] {
                guard let own = merged.places[member.source].firstIndex(of: column) else { continue }
                let value = tables[member.source].cell(member.row, own)
                if value.isEmpty { continue }
                text.put(row + 1)
                text.put(id.map { merged.cells[row][$0] } ?? "")
                text.put(merged.headers[column])
                text.put(tables[member.source].name)
                text.put(tables[member.source].records[member.row])
                text.put(value)
                text.put(value == merged.cells[row][column] ? "yes" : "no")
                text.endRow()
            }
        }
        return text
    }

    /// Writes every cell of a source that the whole has otherwise, in the order of its records; how many there are.
    private func writeChanges(
        of number: Int, _ merged: MergedSources, _ tables: [SourceRows], _ final: SourceRows, _ ledger: OutputFile,
        _ changes: OutputFile
    ) throws -> Int {
        var count = 0
        let table = tables[number]
        let columns = table.source.options.columns
        let rows = merged.rowsOfSources(tables)[number]
        let id = columns.first(.id)
        for (row, record) in table.records.enumerated() {
            var all = CSVText()
            var own = CSVText()
            for column in 0..<table.columnCount {
                let place = merged.places[number][column]
                let before = table.rawCell(row, column)
                let whole = rows[row] * final.columnCount + place
                let after = final.cell(rows[row], place)
                if before.utf8.elementsEqual(after.utf8) { continue }
                var (rules, confidence) = table.changes[row * table.columnCount + column] ?? (CleaningRules(), 100)
                if !table.cell(row, column).utf8.elementsEqual(merged.cells[rows[row]][place].utf8) {
                    (rules, confidence) = (.update, 100)
                }
                if let later = final.changes[whole] {
                    rules = rules.union(later.rules)
                    confidence = min(confidence, later.confidence)
                }
                let cells = [
                    id.map { table.cell(row, $0) } ?? "", columns.name(of: column), before, after, rules.text,
                    CleanBlockRows.share(confidence),
                ]
                all.put(record)
                own.put(record)
                for cell in cells {
                    all.put(cell)
                    own.put(cell)
                }
                all.put(table.name)
                all.endRow()
                own.endRow()
                count += 1
            }
            if !all.bytes.isEmpty {
                try ledger.write(all)
                try changes.write(own)
            }
        }
        return count
    }

    /// `changes-1-crm.csv` for the first source, crm.csv.
    private static func changesName(_ source: String, _ number: Int) -> String {
        let base = source.split(separator: "/").last.map(String.init) ?? source
        let stem = base.split(separator: ".").first.map(String.init) ?? base
        return "changes-\(number + 1)-\(stem).csv"
    }
}
