import Testing

@testable import Cleaning

/// Words of addresses are written as their column writes them; a saint is no street.
@Suite struct AddressFormTests {
    private func form(_ addresses: [String]) -> AddressForm {
        var evidence = AddressEvidence()
        for address in addresses { evidence.add(address) }
        return AddressForm(evidence)
    }

    private let whole = (1...12).map { "\($0) Main Street" }

    @Test(arguments: [
        ("5 St James St, Apt 4", "5 St James Street, Apt 4"), ("12 OAK ST", "12 OAK STREET"),
        ("1 High St. N", "1 High Street N"),
        ("9 St Johns Rd", "9 St Johns Rd"), ("7 Elm St 3", "7 Elm Street 3"), ("St", "St"),
    ])
    func theColumnSaysHow(given: String, expected: String) { #expect(form(whole).standard(given) == expected) }

    @Test func theShortFormMayBeTheColumns() {
        #expect(form((1...12).map { "\($0) Main St" }).standard("4 Oak Street") == "4 Oak St")
        #expect(form((1...12).map { "Hauptstr. \($0)" }).standard("Parkstraße 4") == "Parkstr. 4")
        #expect(form((1...12).map { "خیابان آزادی \($0)" }).standard("خ. ولیعصر 5") == "خیابان ولیعصر 5")
    }

    /// Half and half, and too few, say nothing.
    @Test func anOpenQuestionStaysOpen() {
        let both = (1...10).flatMap { ["\($0) Main Street", "\($0) Main St"] }
        #expect(form(both).standard("4 Oak St") == "4 Oak St")
        #expect(form(["1 Main Street"]).standard("4 Oak St") == "4 Oak St")
    }

    @Test(
        arguments: [
            ("1 High Street, London SW1A 1AA", "GB", "SW1A 1AA"), ("5 Main St, Dallas TX 75201", "US", "75201"),
            ("5 Main St, Dallas, TX 75201-1234", "US", "75201-1234"),
            ("تهران، خیابان آزادی، ۱۱۹۳۶۵۳۴۷۱", "IR", "1193653471"),
            ("北京市 朝阳区 建国路 100022", "CN", "100022"), ("12 Main Street 75201", "US", nil),
            ("1 High Street, London", "GB", nil),
            ("5 Main St, Dallas TX 75201", "DE", nil),
        ] as [(String, String, String?)])
    func postcodes(address: String, country: String, expected: String?) {
        #expect(AddressForm.postcode(in: address, country: country) == expected)
    }
}
