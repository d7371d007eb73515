import CustomerData
import Foundation
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

    /// Words of a header that say that persons, or what reaches or identifies them, stand below.
    private static let words: Set<String> = [
        "contact", "whatsapp", "telegram", "wechat", "skype", "instagram", "twitter", "facebook", "fax", "login",
        "username",
        "nickname", "alias", "passport", "iban", "ssn", "signature", "spouse", "maiden", "manager", "recipient",
        "referrer",
        "referred", "remark", "remarks", "postcode", "postal", "zip", "zipcode",
    ]

    /// The same in other scripts, and where words stand together.
    private static let phrases = [
        "national id", "national_id", "nationalid", "ship to", "ship_to", "کد ملی", "کدملی", "شماره ملی", "کد پستی",
        "تلگرام",
        "واتساپ", "یادداشت", "معرف", "گیرنده", "收货人", "身份证", "护照", "微信", "昵称", "备注", "邮编", "推荐人", "联系人",
    ]

    /// Whether a column is dropped, by its header or because its cells are contacts. The features that strata makes, such
    /// as `channel=phone`, are none of these.
    static func isPrivate(_ header: String, cells: some Collection<String>) -> Bool {
        if holdContacts(cells) { return true }
        guard !header.contains("=") else { return false }
        if isNameOfPerson(header) || speaksOfPersons(header) { return true }
        return TableRole.ofCustomers.contains { table in
            roles.contains { role in
                let said = RoleDictionary.strength(of: header, as: role, in: table)
                return said >= strength || (said > 0 && contacts.contains(role))
            }
        }
    }

    private static func speaksOfPersons(_ header: String) -> Bool {
        let lower = header.lowercased()
        return phrases.contains { lower.contains($0) }
            || lower.split { !$0.isLetter }.contains { words.contains(String($0)) }
    }

    /// Whether one of the cells is an e-mail address or an international telephone number, or most may be numbers of
    /// telephones.
    private static func holdContacts(_ cells: some Collection<String>) -> Bool {
        var filled = 0
        var numbers = 0
        for cell in cells where !cell.isEmpty {
            filled += 1
            if isAddress(cell) { return true }
            if isTelephone(cell) {
                if cell.hasPrefix("+") { return true }
                numbers += 1
            }
        }
        return filled > 0 && numbers * 2 >= filled
    }

    private static func isAddress(_ cell: String) -> Bool {
        guard let at = cell.firstIndex(of: "@"), at > cell.startIndex else { return false }
        return cell[at...].contains(".")
    }

    /// Nine to fifteen digits with what is written between them, that begin as telephone numbers do.
    private static func isTelephone(_ cell: String) -> Bool {
        guard let first = cell.first, first == "+" || first == "(" || first.wholeNumberValue == 0,
            cell.utf8.count <= 64
        else { return false }
        var digits = 0
        for character in cell {
            if character.wholeNumberValue != nil { digits += 1 } else if !"+-() ".contains(character) { return false }
        }
        return (9...15).contains(digits)
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

    /// Refuses a table of a run that has pseudonyms already: those of pseudonyms would join with nothing.
    ///
    /// - Throws: `Problem(.usage)`.
    static func checkHasNoPseudonyms(_ table: String) throws {
        let folder = (table as NSString).deletingLastPathComponent
        if let manifest = RunManifest(folder: folder.isEmpty ? "." : folder), manifest.keyCheck != nil,
            manifest.outputs.contains((table as NSString).lastPathComponent)
        {
            throw Problem(
                .usage, "\(table) has pseudonyms already: use it without --pseudonymise, or make it anew from ids")
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
    /// Whether where customers came from is told by persons.
    var hasPrivateSources: Bool {
        zip(files, roles).contains { file, roles in
            roles[.source].map { PrivateColumns.columns(of: file).contains($0) } ?? false
        }
    }

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
