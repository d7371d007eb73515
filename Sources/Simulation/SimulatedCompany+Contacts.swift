import CustomerData

extension SimulatedCompany {
    /// Rows of interactions.csv for contacts `rows` of `0..<contactCount`, in the order of time.
    public func interactions(_ rows: Range<Int>) -> ResultTable {
        var (customers, times) = (IdentifierList(), IdentifierList())
        var (customer, time) = (ASCIIText(), ASCIIText())
        var (kinds, directions, channels): ([UInt16], [UInt16], [UInt16]) = ([], [], [])
        var (campaigns, ratings, texts): ([Int64], [Int64], [UInt16]) = ([], [], [])
        for row in rows {
            let contact = contacts[row]
            customer.set("C", number: 100_001 + Int(contact.record))
            customer.append(to: &customers)
            let (day, second) = Int(contact.second).quotientAndRemainder(dividingBy: ShopCalendar.daySeconds)
            time.set(options.firstDay.advanced(byDays: day), second: second)
            time.append(to: &times)
            kinds.append(UInt16(contact.kind.rawValue))
            directions.append(contact.kind.isInbound ? 0 : 1)
            channels.append(UInt16(contact.channel))
            let detail = Int64(contact.detail)
            ratings.append(contact.kind == .rating ? detail : .min)
            campaigns.append(contact.kind != .rating && detail > 0 ? detail : .min)
            texts.append(contact.text == 0 ? .max : UInt16(contact.text) - 1)
        }
        return ResultTable(
            name: "interactions",
            columns: [
                .init("customer_id", .identifiers(customers)), .init("event_time", .identifiers(times)),
                .init("kind", .categories(kinds, labels: ContactKind.allCases.map(\.name))),
                .init("direction", .categories(directions, labels: ["inbound", "outbound"])),
                .init("channel", .categories(channels, labels: ["store", "web", "app", "email", "phone"])),
                .init("campaign", .integers(campaigns)), .init("rating", unit: "stars", .integers(ratings)),
                .init("text", .categories(texts, labels: ContactTexts.all)),
            ])
    }
}
