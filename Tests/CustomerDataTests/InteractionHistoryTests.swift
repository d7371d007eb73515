import Statistics
import Testing

@testable import CustomerData

@Suite("Interactions by customer") struct InteractionHistoryTests {
    private struct Contact {
        var customer: String
        var day: Int32
        var kind: InteractionKind
        var channel = ""
        var rating = Interaction.noRating
    }

    /// Adds contacts, those of one part to one builder, and merges the builders.
    private func history(_ parts: [[Contact]], customers: [String]) -> InteractionHistory {
        let all = InteractionHistoryBuilder()
        for part in parts {
            let builder = InteractionHistoryBuilder()
            for contact in part {
                let (id, channel) = (Array(contact.customer.utf8), Array(contact.channel.utf8))
                let padding = [UInt8](repeating: 7, count: 8)
                (id + padding).withUnsafeBufferPointer { id in
                    (channel + padding).withUnsafeBufferPointer { channel in
                        builder.add(
                            UnsafeBufferPointer(rebasing: id.dropLast(8)), day: contact.day, kind: contact.kind,
                            channel: UnsafeBufferPointer(rebasing: channel.dropLast(8)), rating: contact.rating)
                    }
                }
            }
            all.merge(builder)
        }
        return all.finish(customers: IdentifierList(customers))
    }

    @Test func `Sixteen bytes a contact`() {
        #expect(MemoryLayout<Interaction>.stride == 16)
    }

    @Test func `Ascending by day within a customer, customers without a contact among them`() {
        let found = history(
            [
                [
                    Contact(customer: "b", day: 5, kind: .click, channel: "web"),
                    Contact(customer: "a", day: 9, kind: .rating, channel: "app", rating: 40_000),
                ],
                [
                    Contact(customer: "b", day: 2, kind: .sent, channel: "mail"),
                    Contact(customer: "x", day: 1, kind: .open),
                ],
            ], customers: ["a", "aa", "b"])
        #expect(found.starts == [0, 1, 1, 3])
        #expect(found.channels == ["app", "mail", "web"])
        #expect(
            found.events == [
                Interaction(customer: 0, day: 9, kind: .rating, channel: 0, rating: 40_000),
                Interaction(customer: 2, day: 2, kind: .sent, channel: 1),
                Interaction(customer: 2, day: 5, kind: .click, channel: 2),
            ])
        #expect(found.period == Day(number: 2)...Day(number: 9))
    }

    @Test func `The order and the parts do not matter`() {
        var random = SeededGenerator(seed: 3)
        let customers = (0..<40).map { "c\($0)" }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        var contacts = (0..<3000).map { _ in
            Contact(
                customer: "c\(random.index(below: 40))", day: Int32(random.index(below: 30)),
                kind: InteractionKind.allCases[random.index(below: 13)],
                channel: ["", "web", "mail", "app"][random.index(below: 4)],
                rating: random.index(below: 3) == 0 ? Int32(random.index(below: 5)) * 10_000 : Interaction.noRating)
        }
        let whole = history([contacts], customers: customers)
        for _ in 0..<4 {
            contacts.shuffle(using: &random)
            let cut = random.index(below: contacts.count)
            let parts = history(
                [Array(contacts[..<cut]), [], Array(contacts[cut...])], customers: customers)
            #expect(parts.events == whole.events && parts.starts == whole.starts && parts.channels == whole.channels)
        }
        #expect(whole.events.count == 3000)
    }

    @Test func `What was sent is answered by the next response within fourteen days`() {
        let found = history(
            [
                [
                    Contact(customer: "a", day: 0, kind: .visit), Contact(customer: "a", day: 1, kind: .sent),
                    Contact(customer: "a", day: 15, kind: .open), Contact(customer: "a", day: 15, kind: .sent),
                    Contact(customer: "a", day: 16, kind: .unsubscribed), Contact(customer: "a", day: 20, kind: .sent),
                    Contact(customer: "a", day: 35, kind: .reply),
                ]
            ], customers: ["a"])
        var sent: [Int32: Bool] = [:]
        found.events.withUnsafeBufferPointer { found.forEachSent($0) { sent[$0] = $1 } }
        // The open of day 15 answers both; the reply of day 35 comes a day too late for day 20.
        #expect(sent == [1: true, 15: true, 20: false])
    }
}
