import CustomerData

/// Which column of a table has which role.
public struct RoleAssignment: Hashable, Codable, Sendable {
    /// What the table is about.
    public let table: TableRole
    /// The table's headers, left to right.
    public let headers: [String]
    /// The column of each role that has one.
    public let columns: [ColumnRole: Int]
    /// The roles that a person assigned.
    public let overridden: Set<ColumnRole>

    init(table: TableRole, headers: [String], columns: [ColumnRole: Int], overridden: Set<ColumnRole>) {
        self.table = table
        self.headers = headers
        self.columns = columns
        self.overridden = overridden
    }

    /// The column that has a role, or nil.
    public subscript(role: ColumnRole) -> Int? { columns[role] }

    /// The header of the column that has a role, or nil.
    public func header(of role: ColumnRole) -> String? { columns[role].map { headers[$0] } }

    /// The role of a column, or nil.
    public func role(of column: Int) -> ColumnRole? { columns.first { $0.value == column }?.key }

    /// The columns without a role, which in a customers table are attributes.
    public var others: [Int] {
        let taken = Set(columns.values)
        return headers.indices.filter { !taken.contains($0) }
    }

    /// What to give to `--column`, role by role, to get this assignment again: `customer=CustomerID`.
    public var overrides: [String] {
        table.roles.compactMap { role in
            columns[role].map { "\(role.rawValue)=\(ColumnOverride.name(of: $0, in: headers))" }
        }
    }
}

extension ColumnRole: CodingKeyRepresentable {}
