import CustomerData
import Export
import Ingest
import Matching
import Report
import Statistics

extension MatchJob {
    /// `--check`: for each record of the file, who of the known it is. The gate fails when any is known.
    ///
    /// - Parameter path: the CSV of the answers; `-` for standard output.
    /// - Throws: `Problem`.
    public func check(to path: String) throws -> JobReport {
        guard let known else { throw Problem(.usage, "--check needs --known FOLDER: who is known") }
        let folder = try MatchedFolder(known)
        let (table, accounts, _) = try read(folder)
        let constraints = MatchJob.constraints(table, folder)
        let path0 = model ?? OutputFolder.path(MatchFiles.model, in: folder.path)
        let model = try MatchJob.readModel(path0)
        try MatchJob.check(model, table.columns, path: path0)
        let matcher = try Matcher(
            table, matcherOptions(), constraints,
            parallel: input.parallel)
        let result = matcher.result(model: model)
        var best: [UInt32: ScoredPair] = [:]
        for pair in result.pairs where pair.probability >= result.thresholds.merge {
            for (record, other) in [(pair.left, pair.right), (pair.right, pair.left)]
            where table.files[Int(record)] == 1 && table.files[Int(other)] == 0 {
                if let before = best[record], before.weight >= pair.weight { continue }
                best[record] = pair
            }
        }
        var text = CSVText.header([
            table.columns.id.map { table.columns.headers[$0] } ?? "row", "entity_id", "known_record", "probability",
        ])
        var knownCount = 0
        let file = try OutputFile(path: path, personal: true)
        for row in 0..<table.rowCount where table.files[row] == 1 {
            text.put(table.name(of: row))
            if constraints.entities[row] >= 0 {
                // The id itself is known.
                text.put("E\(constraints.entities[row])")
                text.put(table.name(of: row))
                text.put("1.0000")
                knownCount += 1
            } else if let pair = best[UInt32(row)] {
                let other = Int(pair.left) == row ? Int(pair.right) : Int(pair.left)
                text.put("E\(constraints.entities[other])")
                text.put(table.name(of: other))
                text.put(MatchFiles.fixed(pair.probability, 4))
                knownCount += 1
            } else {
                for _ in 0..<3 { text.put("") }
            }
            text.endRow()
        }
        try file.write(text)
        try file.commit()
        var report = JobReport()
        let count = table.files.count { $0 == 1 }
        report.lines.append(JobReport.sentence(of: accounts, what: "row"))
        report.lines.append(
            "\(Figures.counted(count, "record")) = \(Figures.count(knownCount)) known + "
                + "\(Figures.count(count - knownCount)) new")
        report.isGateFailed = knownCount > 0
        return report
    }

    /// `--explain A B`: why these two, in words.
    ///
    /// - Throws: `Problem`.
    public func explain(_ left: String, _ right: String) throws -> JobReport {
        let (table, _, _) = try read()
        func row(_ name: String) throws -> Int {
            guard let row = (0..<table.rowCount).first(where: { table.name(of: $0) == name }) else {
                throw Problem(
                    .usage,
                    "--explain: \(input.file) has no record \(name)"
                        + (table.columns.id == nil ? "; without --id records are called row 1, row 2 and so on" : ""))
            }
            return row
        }
        let (first, second) = (try row(left), try row(right))
        guard first != second else { throw Problem(.usage, "--explain takes two records; got \(left) twice") }
        let matcher = try Matcher(
            table, matcherOptions(),
            parallel: input.parallel)
        let given = try model.map(MatchJob.readModel)
        if let given { try MatchJob.check(given, table.columns, path: model ?? "") }
        let result = matcher.result(model: given)
        let pair = matcher.pair(first, second, result.model)
        var report = JobReport()
        report.lines = MatchWords.lines(
            pair, matcher.waterfall(pair, result.model), result.model, result.thresholds, left, right)
        let entities = result.entities.entities
        report.lines.append(
            entities[first] == entities[second] ? "they are in one entity" : "they are in different entities")
        return report
    }

    /// `--link`: the records of two files that are one, pairs across only.
    ///
    /// - Throws: `Problem`.
    public func link(_ other: String, oneToOne: Bool) throws -> JobReport {
        let first = try input.open()
        var second = input
        second.file = other
        let secondFile = try second.open()
        guard first.headers == secondFile.headers else {
            throw Problem(
                .data,
                "\(other) has other columns than \(input.file): expected \(first.headers.joined(separator: ", "))")
        }
        let columns = try ComparedColumns.detect(
            headers: first.headers, samples: first.samples, id: id, stated: self.columns)
        let builder = RecordTableBuilder(columns: columns)
        var accounts = [try MatchJob.add(first, input, to: builder, columns, number: 0)]
        accounts.append(try MatchJob.add(secondFile, second, to: builder, columns, number: 1))
        let table = builder.finish(parallel: input.parallel)
        var constraints = MatchConstraints()
        constraints.sides = table.files
        constraints.isOneToOne = oneToOne
        let matcher = try Matcher(
            table, matcherOptions(), constraints,
            parallel: input.parallel)
        let result = matcher.result(model: try model.map(MatchJob.readModel))
        let folder = try OutputFolder(out, what: "the results")
        do {
            let entities = result.entities.entities
            var text = CSVText.header(["id_a", "id_b", "probability", "weight", "decision"])
            var (linked, review) = (0, 0)
            for pair in result.pairs {
                let (a, b) =
                    table.files[Int(pair.left)] == 0
                    ? (Int(pair.left), Int(pair.right)) : (Int(pair.right), Int(pair.left))
                let isOne = pair.probability >= result.thresholds.merge && entities[a] == entities[b]
                text.put(table.name(of: a))
                text.put(table.name(of: b))
                text.put(MatchFiles.fixed(pair.probability, 4))
                text.put(MatchFiles.fixed(Double(pair.weight), 2))
                text.put(isOne ? "same" : "review")
                text.endRow()
                if isOne { linked += 1 } else { review += 1 }
            }
            let path = OutputFolder.path("links.csv", in: out)
            try TextOutput.write(String(decoding: text.bytes, as: UTF8.self), to: path, personal: true)
            var report = JobReport()
            for (number, name) in [input.file, other].enumerated() {
                report.lines.append("\(name): " + JobReport.sentence(of: accounts[number], what: "row"))
            }
            report.lines.append(
                "\(Figures.counted(result.pairs.count, "pair")) = \(Figures.count(linked)) linked + "
                    + "\(Figures.count(review)) for review; in \(path)")
            return report
        } catch {
            folder.removeIfMade()
            throw error
        }
    }
}
