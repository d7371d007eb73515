import CustomerData
import Semantics
import Testing

@Suite struct InteractionKindTests {
    @Test(
        arguments: [
            ("visit", .visit), ("Page View", .visit), ("email-opened", .open), ("LINK_CLICK", .click), ("پاسخ", .reply),
            ("call in", .enquiry), ("Complaint", .complaint), ("投诉", .complaint), ("شکایت", .complaint),
            ("review", .rating),
            ("sign up", .otherInbound), ("Email Sent", .sent), ("newsletter", .sent), ("ارسال شده", .sent),
            ("hard bounce", .undelivered), ("退订", .unsubscribed), ("delivered", .otherOutbound), ("dance", .unknown),
            ("", .unknown),
        ] as [(String, InteractionKind)])
    func kindsHaveNames(name: String, kind: InteractionKind) {
        #expect(InteractionKind(name: name) == kind)
    }

    @Test func theCustomersKindsAreResponses() {
        let inbound: [InteractionKind] = [.visit, .open, .click, .reply, .enquiry, .complaint, .rating, .otherInbound]
        #expect(InteractionKind.allCases.filter(\.isInbound) == inbound)
    }

    @Test func aDirectionCorrectsAKind() {
        #expect(InteractionKind.enquiry.directed(by: "Outbound") == .sent)
        #expect(InteractionKind.unknown.directed(by: "outgoing") == .sent)
        #expect(InteractionKind.undelivered.directed(by: "out") == .undelivered)
        #expect(InteractionKind.unknown.directed(by: "inbound") == .otherInbound)
        #expect(InteractionKind.sent.directed(by: "incoming") == .otherInbound)
        #expect(InteractionKind.click.directed(by: "inbound") == .click)
        #expect(InteractionKind.click.directed(by: "") == .click)
    }

    @Test(
        arguments: [
            ("Yes", true), ("TRUE", true), ("1", true), ("opt-in", true), ("بله", true), ("同意", true), ("no", false),
            ("0", false), ("Opted Out", false), ("خیر", false), ("不同意", false), ("", nil), ("perhaps", nil),
        ] as [(String, Bool?)])
    func consentIsYesNoOrNeither(cell: String, mark: Bool?) {
        #expect(ConsentMark.parse(cell) == mark)
    }
}
