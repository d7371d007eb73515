extension TableRole {
    /// What a table is about, told from its headers and sample rows; nil when that is not clear.
    ///
    /// - Transactions have a customer, a time, and an amount or a price and a quantity.
    /// - Interactions have a customer, a time, and a kind, a rating or a text, and neither orders nor products.
    /// - Customers have an id and something personal (a name, an address, a birth date), or an id that stands on one
    ///   row only and no time.
    public static func sniff(headers: [String], samples: [[String]]) -> TableRole? {
        let lines = RoleSearch(headers: headers, samples: samples, table: .transactions)
        let contacts = RoleSearch(headers: headers, samples: samples, table: .interactions)
        let people = RoleSearch(headers: headers, samples: samples, table: .customers)

        func claims(_ search: RoleSearch, _ role: ColumnRole) -> Bool { search.strengths[role, default: 0] >= 60 }
        let personal: [ColumnRole] = [
            .name, .givenName, .familyName, .email, .phone, .birthDate, .address, .city, .registered,
        ]
        let personalCount = personal.count { claims(people, $0) }
        let ids = people.cells(of: .customer)
        let hasDistinctIds = !ids.isEmpty && Set(ids).count == ids.count

        let hasMoney = claims(lines, .amount) || (claims(lines, .quantity) && claims(lines, .unitPrice))
        let hasLines = [.order, .product, .quantity, .unitPrice].contains { claims(lines, $0) }
        let isContact =
            claims(contacts, .customer) && claims(contacts, .time)
            && [.kind, .rating, .text].contains { claims(contacts, $0) }
        let isPerson = claims(people, .customer) && personalCount > 0

        if claims(lines, .customer), claims(lines, .time), hasMoney || hasLines {
            if hasLines, hasMoney { return .transactions }
            if isContact, contacts.strengths[.kind, default: 0] >= 86, lines.strengths[.amount, default: 0] < 86 {
                return .interactions
            }
            if isPerson, personalCount >= 2, hasDistinctIds { return .customers }
            if hasMoney { return .transactions }
        }
        if isPerson, hasDistinctIds, personalCount >= 3 { return .customers }
        if isContact, !hasLines { return .interactions }
        if isPerson { return .customers }
        if claims(people, .customer), hasDistinctIds, !claims(lines, .time) { return .customers }
        return nil
    }
}
