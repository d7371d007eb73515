import CustomerData

extension RoleAssignment {
    /// Assigns the roles of a table to its columns, by header names first, then by whether the cells look like it.
    ///
    /// A column is a candidate for a role when `RoleDictionary` knows its header for it and its cells do not speak
    /// against it: dates for a time, numbers for an amount. A column without any cell in the samples counts for less.
    /// The strongest pair of role and column is assigned first; a column has one role. An `amount` column wins over
    /// quantity × unit price where both are there, unless its cells are empty in sample rows that have quantity and
    /// unit price (exports that state an order's total on its first line only).
    ///
    /// - Parameters:
    ///   - headers: the header row.
    ///   - samples: rows from the table's beginning; a row may be short.
    ///   - table: what the table is about.
    ///   - overrides: columns that a person named, see `ColumnOverride`; these are taken as they are.
    /// - Throws: `Problem(.data)` when two columns could have a role that matters equally well, or a role that is
    ///   needed has no column; `Problem(.usage)` when an override names a role that the table has not, or a column that
    ///   is not there. The sentences name headers, never cells.
    public static func detect(
        headers: [String], samples: [[String]], table: TableRole, overrides: [ColumnRole: String] = [:]
    ) throws -> RoleAssignment {
        var chosen: [ColumnRole: Int] = [:]
        for role in ColumnRole.allCases {
            guard let name = overrides[role] else { continue }
            guard table.roles.contains(role) else {
                let known = table.roles.map(\.rawValue).joined(separator: ", ")
                throw Problem(
                    .usage,
                    "--column \(role.rawValue)=\(name): a table of \(table) has no such role; its roles are \(known)")
            }
            if !name.isEmpty { chosen[role] = try ColumnOverride.find(name, role: role, in: headers) }
        }
        let search = RoleSearch(
            headers: headers, samples: samples, table: table, fixed: chosen, closed: Set(overrides.keys))
        if let clash = search.clashes.first { throw clash.problem(headers) }
        for role in table.requiredRoles where search.columns[role] == nil { throw search.missing(role) }
        let columns = search.columns
        if table == .transactions, columns[.amount] == nil, columns[.quantity] == nil || columns[.unitPrice] == nil {
            throw search.missing(.amount)
        }
        return RoleAssignment(
            table: table, headers: headers, columns: columns, overridden: Set(chosen.keys))
    }
}

/// A search for the columns of a table's roles.
struct RoleSearch {
    /// Two columns or more that could have one role equally well.
    struct Clash {
        let role: ColumnRole
        let columns: [Int]

        /// The clash in a sentence.
        func problem(_ headers: [String]) -> Problem {
            let names = columns.map { column in
                let name = ColumnOverride.name(of: column, in: headers)
                return name == headers[column] ? "\"\(name)\"" : "\"\(headers[column])\" (\(name))"
            }
            let first = ColumnOverride.name(of: columns[0], in: headers)
            return Problem(
                .data,
                "the columns \(names.dropLast().joined(separator: ", ")) and \(names[names.count - 1]) could each be the "
                    + "\(role.rawValue); name one with \(RoleSearch.option(role, first))")
        }
    }

    private let headers: [String]
    private let content: ColumnContent
    private let table: TableRole
    /// The column of each role that has one.
    private(set) var columns: [ColumnRole: Int]
    /// How strongly each role's column claims it; 100 where a person said so.
    private(set) var strengths: [ColumnRole: Int]
    /// What is in doubt.
    private(set) var clashes: [Clash] = []
    /// Columns whose header names a role but whose cells speak against it.
    private var contradicted: [ColumnRole: Int] = [:]

    private struct Candidate {
        let role: ColumnRole
        let column: Int
        let strength: Int
    }

    /// Searches; roles in `fixed` have their column, and no other role in `closed` gets one.
    init(
        headers: [String], samples: [[String]], table: TableRole, fixed: [ColumnRole: Int] = [:],
        closed: Set<ColumnRole> = []
    ) {
        self.headers = headers
        self.table = table
        content = ColumnContent(samples: samples)
        columns = fixed
        strengths = fixed.mapValues { _ in 100 }
        assign(candidates(closed: closed), taken: Set(fixed.values))
        settleNames(closed: closed)
        if !closed.contains(.amount) { dropPartialAmount() }
    }

    /// Every pair of a column and a role that its header names, the strongest first.
    private mutating func candidates(closed: Set<ColumnRole>) -> [Candidate] {
        var candidates: [Candidate] = []
        for (column, header) in headers.enumerated() {
            var matches = RoleDictionary.matches(header: header, table: table)
            if let role = KnownExport.role(of: header, among: headers, table: table) { matches = [(role, 100)] }
            for match in matches where !closed.contains(match.role) {
                switch content.verdict(on: column, as: match.role.content) {
                case .fits: candidates.append(.init(role: match.role, column: column, strength: match.strength))
                case .unknown:
                    let doubt = content.rowCount == 0 ? 0 : 40
                    candidates.append(.init(role: match.role, column: column, strength: match.strength - doubt))
                case .against: contradicted[match.role] = contradicted[match.role] ?? column
                }
            }
        }
        let rank = Dictionary(uniqueKeysWithValues: table.roles.enumerated().map { ($1, $0) })
        return candidates.sorted {
            ($1.strength, rank[$0.role, default: 0], $0.column) < ($0.strength, rank[$1.role, default: 0], $1.column)
        }
    }

    /// Gives roles to columns, the strongest claim first.
    private mutating func assign(_ candidates: [Candidate], taken: Set<Int>) {
        var taken = taken
        for candidate in candidates where columns[candidate.role] == nil && !taken.contains(candidate.column) {
            let equals = candidates.filter {
                $0.role == candidate.role && $0.strength == candidate.strength && !taken.contains($0.column)
            }
            if equals.count > 1, table.decisiveRoles.contains(candidate.role) {
                clashes.append(Clash(role: candidate.role, columns: equals.map(\.column)))
            }
            columns[candidate.role] = candidate.column
            strengths[candidate.role] = candidate.strength
            taken.insert(candidate.column)
        }
    }

    /// A column called "name" beside one for family names holds given names.
    private mutating func settleNames(closed: Set<ColumnRole>) {
        guard columns[.familyName] != nil, columns[.givenName] == nil, let name = columns[.name],
            !closed.contains(.givenName), !closed.contains(.name),
            RoleDictionary.strength(of: headers[name], as: .givenName, in: table) >= 60
        else { return }
        columns[.givenName] = name
        strengths[.givenName] = strengths[.name]
        columns[.name] = nil
        strengths[.name] = nil
    }

    /// An amount that is missing where quantity and unit price are there is no line's amount.
    private mutating func dropPartialAmount() {
        guard let amount = columns[.amount], let quantity = columns[.quantity], let price = columns[.unitPrice] else {
            return
        }
        let isPartial = (0..<content.rowCount).contains { row in
            !content.isFilled(row: row, column: amount) && content.isFilled(row: row, column: quantity)
                && content.isFilled(row: row, column: price)
        }
        guard isPartial else { return }
        columns[.amount] = nil
        strengths[.amount] = nil
        clashes.removeAll { $0.role == .amount }
    }

    /// The error for a role that is needed and has no column.
    func missing(_ role: ColumnRole) -> Problem {
        var sentence = "no column could be the \(role.rawValue)"
        if role == .amount {
            sentence += ", nor are there both a quantity and a unit_price"
        }
        if let column = contradicted[role] {
            let cells = role.content == .date ? "dates" : "numbers"
            sentence += " (\"\(headers[column])\" is named like it, but its cells are no \(cells))"
        } else if role == .amount, let price = columns[.unitPrice] {
            return Problem(
                .data,
                sentence + "; if \"\(headers[price])\" is the value of a line, say so with "
                    + RoleSearch.option(role, ColumnOverride.name(of: price, in: headers)))
        }
        return Problem(
            .data,
            sentence + "; the columns are \(ColumnOverride.list(headers)); name it with --column \(role.rawValue)=NAME")
    }

    /// The values of a column in the samples, for telling whether they are distinct.
    func cells(of role: ColumnRole) -> [String] { columns[role].map { content.cells(of: $0) } ?? [] }

    /// An option to copy into a shell.
    static func option(_ role: ColumnRole, _ name: String) -> String {
        let text = "\(role.rawValue)=\(name)"
        let isPlain = text.unicodeScalars.allSatisfy {
            $0.properties.isAlphabetic || $0.properties.numericType != nil || "_-=./:".unicodeScalars.contains($0)
        }
        return "--column "
            + (isPlain
                ? text
                : "'"
                    + text.split(separator: "'", omittingEmptySubsequences: false)
                    .joined(separator: "'\\''") + "'")
    }
}
