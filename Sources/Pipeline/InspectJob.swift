import CustomerData
import Ingest
import Report
import Semantics
import Statistics

/// `strata inspect`: what each file was taken for, with the options that say so.
public struct InspectJob: Sendable {
    /// The input.
    public var input = InputOptions()

    /// A job with the defaults.
    public init() {}

    /// Rows that are shown as they were read.
    private static let shownRows = 3

    /// Inspects every file.
    public func run() throws -> JobReport {
        var report = JobReport()
        for path in try InputFile.expand(input.files) { report.lines += try lines(path, nil) }
        for (paths, role) in [
            (input.transactions, TableRole.transactions), (input.customers, .customers),
            (input.interactions, .interactions),
        ] {
            for path in try InputFile.expand(paths) { report.lines += try lines(path, role) }
        }
        if report.lines.isEmpty { throw Problem(.usage, "no file to inspect: strata inspect FILE…") }
        return report
    }

    private func lines(_ path: String, _ stated: TableRole?) throws -> [String] {
        let file = try TableFile(path: path, options: input.form)
        var lines = [
            "\(file.input.name): \(Figures.bytes(file.input.byteCount))\(file.input.isPacked ? ", gzip" : ""), "
                + "\(file.encoding.rawValue), \(InspectJob.word(file.dialect.delimiterName)) between "
                + Figures.counted(file.headers.count, "column")
        ]
        guard let role = stated ?? InputFiles.role(of: file, input) else {
            lines.append("  role: not clear; name it with --transactions, --customers or --interactions")
            lines.append("  columns: " + file.headers.joined(separator: ", "))
            return lines
        }
        lines.append("  role: \(role.rawValue)\(stated == nil ? "" : " (as you said)")")
        do {
            lines += try columnLines(file, role)
        } catch let problem as Problem {
            lines.append("  " + problem.description)
        }
        return lines
    }

    private func columnLines(_ file: TableFile, _ role: TableRole) throws -> [String] {
        let overrides = input.overrides(for: role)
        let roles: RoleAssignment
        var dates: DateLayout?
        var numbers: NumberLayout?
        if role == .transactions {
            let table = try TransactionTable(
                file, overrides: overrides, dateOrder: input.dateOrder, parallel: input.parallel)
            (roles, dates, numbers) = (table.roles, table.dates, table.numbers)
        } else {
            roles = try RoleAssignment.detect(
                headers: file.headers, samples: file.samples, table: role, overrides: overrides)
        }
        var lines: [String] = []
        if let dates { lines.append("  dates: \(dates.rawValue)") }
        if let numbers { lines.append("  numbers: \(numbers.rawValue)") }
        let shown = file.samples.prefix(InspectJob.shownRows)
        let ids = PrivateColumns.idColumns(of: file)
        let hidden = input.pseudonyms == nil ? [] : PrivateColumns.columns(of: file)
        var text = TextTable(["role", "column"] + shown.indices.map { "row \($0 + 1)" }, right: [])
        for (column, header) in file.headers.enumerated() {
            let columnRole = roles.role(of: column)
            text.add(
                [columnRole?.rawValue ?? (role == .customers ? "attribute" : "–"), header]
                    + shown.map { row in
                        let cell = row.indices.contains(column) ? row[column] : ""
                        if let key = input.pseudonyms {
                            if columnRole == .customer || ids.contains(column) {
                                return InspectJob.shown(key.pseudonym(of: cell), nil, nil, nil)
                            }
                            if hidden.contains(column) || columnRole.map(PrivateColumns.roles.contains) == true {
                                return "–"
                            }
                        }
                        return InspectJob.shown(cell, columnRole, dates, numbers)
                    })
        }
        lines += text.lines
        lines.append(
            "  to say so yourself: "
                + roles.overrides.map { "--column \(InspectJob.quoted("\(role.rawValue).\($0)"))" }.joined(
                    separator: " "))
        return lines
    }

    /// A cell as it is read: dates in ISO form, numbers with a decimal point; long text cut.
    private static func shown(
        _ cell: String, _ role: ColumnRole?, _ dates: DateLayout?, _ numbers: NumberLayout?
    ) -> String {
        switch role {
        case .time:
            guard let parsed = dates?.parse(cell) else { break }
            let day = Day(number: parsed.day).description
            guard parsed.secondOfDay >= 0 else { return day }
            func two(_ value: Int32) -> String { value < 10 ? "0\(value)" : "\(value)" }
            let second = parsed.secondOfDay
            return "\(day) \(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))"
        case .quantity, .unitPrice, .amount:
            guard let parsed = numbers?.parse(cell) else { break }
            return Money(tenThousandths: Int128(parsed.tenThousandths)).formatted(decimals: parsed.decimals)
        default: break
        }
        return cell.count > 24 ? cell.prefix(23) + "…" : cell
    }

    /// A delimiter as a word.
    private static func word(_ delimiter: String) -> String {
        switch delimiter {
        case ",": "commas"
        case ";": "semicolons"
        case "|": "bars"
        default: "tabs"
        }
    }

    /// A word that a shell takes as one.
    private static func quoted(_ word: String) -> String {
        word.allSatisfy({ $0.isLetter || $0.isNumber || "_-=.#".contains($0) }) ? word : "'" + word + "'"
    }
}
