import Ingest
import Semantics

/// Columns that no pseudonymous output has: names and contacts, and what people wrote, in which both may stand.
enum PrivateColumns {
    /// The roles of such columns.
    static let roles: [ColumnRole] = [.name, .givenName, .familyName, .email, .phone, .address, .text]

    /// Roles that a header has also when it says so among other words: `Billing Phone`.
    private static let contacts: Set<ColumnRole> = [.givenName, .familyName, .email, .phone, .address]

    /// How strongly a header says a role when it says nothing else.
    private static let strength = 50

    /// Whether a column is dropped, by its header or because most of its cells are e-mail addresses. The features that
    /// strata makes, such as `channel=phone`, are none of these.
    static func isPrivate(_ header: String, cells: some Collection<String>) -> Bool {
        let filled = cells.count { !$0.isEmpty }
        if filled > 0, cells.count(where: { $0.contains("@") }) * 2 >= filled { return true }
        guard !header.contains("=") else { return false }
        if isNameOfPerson(header) { return true }
        return TableRole.ofCustomers.contains { table in
            roles.contains { role in
                let said = RoleDictionary.strength(of: header, as: role, in: table)
                return said >= strength || (said > 0 && contacts.contains(role))
            }
        }
    }

    /// Whether a header speaks of a person's name among other words: `Billing Name`.
    private static func isNameOfPerson(_ header: String) -> Bool {
        let lower = header.lowercased()
        return lower.hasSuffix("name")
            && ["billing", "shipping", "recipient", "buyer", "customer", "client", "contact", "person"].contains {
                lower.hasPrefix($0)
            }
    }

    /// How strongly a header must say that its column holds ids: also among other words.
    private static let idStrength = 44

    /// Whether a column holds customers' ids, by its header.
    static func isID(_ header: String) -> Bool {
        TableRole.ofCustomers.contains { RoleDictionary.strength(of: header, as: .customer, in: $0) >= idStrength }
    }

    /// The columns of ids in a file: an e-mail address or a phone number is one only where there is no other.
    static func idColumns(of file: TableFile) -> [Int] {
        let columns = file.headers.indices.filter { isID(file.headers[$0]) }
        let hidden = PrivateColumns.columns(of: file)
        let others = columns.filter { !hidden.contains($0) }
        return others.isEmpty ? columns : others
    }

    /// The columns of a file that are dropped, unless one of them is the id.
    static func columns(of file: TableFile) -> [Int] {
        file.headers.indices.filter { column in
            isPrivate(
                file.headers[column],
                cells: file.samples.lazy.map { $0.indices.contains(column) ? $0[column] : "" })
        }
    }

    /// What is said about columns that were dropped; nil when there are none.
    static func note(_ dropped: [String]) -> String? {
        guard !dropped.isEmpty else { return nil }
        let names = dropped.map { "\"\($0)\"" }.joined(separator: ", ")
        return "names and contacts are not in pseudonymous results: \(names) dropped"
    }
}

extension CustomerReader {
    /// Those of the wanted columns that no pseudonymous output may have: names, contacts, and the ids themselves.
    func privateAttributes(among wanted: [String]) -> [String] {
        wanted.filter { name in
            zip(files, roles).contains { file, roles in
                guard let column = file.headers.firstIndex(of: name) else { return false }
                if let role = roles.role(of: column), role == .customer || PrivateColumns.roles.contains(role) {
                    return true
                }
                return PrivateColumns.isID(name) || PrivateColumns.columns(of: file).contains(column)
            }
        }
    }
}
