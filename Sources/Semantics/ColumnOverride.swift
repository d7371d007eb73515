import CustomerData

/// A person's word on which column has a role: `--column amount=总金额`.
///
/// The column is a header, compared as it stands and, when none is equal, as `RoleDictionary` compares names; or `#3`,
/// the third column from the left. An empty column (`--column order=`) leaves the role without one. A table may be
/// named before the role when several are read: `--column customers.customer=Email`.
public struct ColumnOverride: Hashable, Sendable {
    /// The table it is meant for, or nil for every table that has the role.
    public let table: TableRole?
    /// The role.
    public let role: ColumnRole
    /// The column, as the person named it; empty for none.
    public let column: String

    /// Reads `ROLE=NAME` or `TABLE.ROLE=NAME`.
    ///
    /// - Throws: `Problem(.usage)` when there is no `=`, or the role or the table does not exist.
    public init(_ text: String) throws {
        guard let equals = text.firstIndex(of: "=") else {
            throw Problem(.usage, "--column \(text): expected ROLE=NAME, for example --column customer=CustomerID")
        }
        var name = text[..<equals]
        var table: TableRole?
        if let dot = name.firstIndex(of: ".") {
            table = TableRole(rawValue: String(name[..<dot]))
            guard table != nil else {
                let known = TableRole.allCases.map(\.rawValue).joined(separator: ", ")
                throw Problem(.usage, "--column \(text): unknown table \"\(name[..<dot])\"; the tables are \(known)")
            }
            name = name[name.index(after: dot)...]
        }
        guard let role = ColumnRole(rawValue: String(name)), table.map({ $0.roles.contains(role) }) ?? true else {
            let known = (table?.roles ?? ColumnRole.allCases).map(\.rawValue).joined(separator: ", ")
            throw Problem(.usage, "--column \(text): unknown role \"\(name)\"; the roles are \(known)")
        }
        self.table = table
        self.role = role
        column = String(text[text.index(after: equals)...])
    }

    /// The overrides that a table's columns can follow: those that name the table, or name none and have a role of the
    /// table. Later ones win over earlier ones, and those that name the table over those that do not.
    public static func columns(for table: TableRole, from overrides: [ColumnOverride]) -> [ColumnRole: String] {
        var columns: [ColumnRole: String] = [:]
        for named in [false, true] {
            for override in overrides where (override.table != nil) == named {
                guard override.table ?? table == table, table.roles.contains(override.role) else { continue }
                columns[override.role] = override.column
            }
        }
        return columns
    }

    /// The column that a person means by a name.
    ///
    /// - Throws: `Problem(.usage)` when there is no such column, or more than one.
    static func find(_ name: String, role: ColumnRole, in headers: [String]) throws -> Int {
        let option = "--column \(role.rawValue)=\(name)"
        var found = headers.indices.filter { headers[$0] == name }
        if found.isEmpty, name.hasPrefix("#"), let number = Int(name.dropFirst()), headers.indices.contains(number - 1)
        {
            return number - 1
        }
        if found.isEmpty {
            let key = HeaderKey(name)
            found = key.words.isEmpty ? [] : headers.indices.filter { HeaderKey(headers[$0]) == key }
        }
        guard let column = found.first else {
            throw Problem(.usage, "\(option): there is no such column; the columns are \(list(headers))")
        }
        guard found.count == 1 else {
            let numbers = found.map { "#\($0 + 1)" }.joined(separator: ", ")
            throw Problem(
                .usage, "\(option): \(found.count) columns have that name; say which by its number (\(numbers))")
        }
        return column
    }

    /// How a person names a column: its header, or its number when the header is empty or not the only one of its kind.
    static func name(of column: Int, in headers: [String]) -> String {
        let header = headers[column]
        let isClear = !header.isEmpty && headers.count { $0 == header } == 1
        return isClear ? header : "#\(column + 1)"
    }

    /// Headers for a sentence, in quotes and on one line; no more than 40 of them, and of each no more than 80
    /// characters.
    static func list(_ headers: [String]) -> String {
        let shown = headers.prefix(40).map { header in
            let line = String(header.prefix(80).map { $0.isNewline ? " " : $0 })
            return "\"\(line)\(header.count > 80 ? "…" : "")\""
        }.joined(separator: ", ")
        return headers.count > 40 ? shown + " and \(headers.count - 40) more" : shown
    }
}
