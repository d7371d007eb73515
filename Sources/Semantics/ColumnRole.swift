/// What a column of a table holds. The raw value is the name a person uses: `--column unit_price=Price`.
public enum ColumnRole: String, CaseIterable, Codable, Sendable, Hashable {
    /// The customer's id.
    case customer
    /// The order, invoice or receipt that a line belongs to.
    case order
    /// When it happened.
    case time
    /// The product's id.
    case product
    /// The product in words.
    case description
    /// The group of products that the product belongs to.
    case category
    /// How many units; negative for a return.
    case quantity
    /// Price of one unit.
    case unitPrice = "unit_price"
    /// Value of the line, or of the order.
    case amount
    /// The currency of the amounts.
    case currency
    /// Through what a customer bought or was met: web, store, app.
    case channel
    /// A customer's whole name.
    case name
    /// A customer's given name.
    case givenName = "given_name"
    /// A customer's family name.
    case familyName = "family_name"
    /// A customer's e-mail address.
    case email
    /// A customer's phone number.
    case phone
    /// A customer's date of birth.
    case birthDate = "birth_date"
    /// A customer's city.
    case city
    /// A customer's country.
    case country
    /// A customer's street address.
    case address
    /// When a customer was first entered.
    case registered
    /// Where a customer came from.
    case source
    /// Whether a customer agreed to be written to.
    case consent
    /// What kind of contact it was: visit, open, click, reply.
    case kind
    /// Whether a contact came from the customer or went to the customer.
    case direction
    /// A number that goes with a contact.
    case value
    /// A customer's mark: stars, points.
    case rating
    /// What a customer wrote or was told.
    case text
    /// A deal's id.
    case deal
    /// How far a deal has come.
    case stage
    /// When a deal was opened.
    case opened
    /// When a deal was closed.
    case closed
    /// Who of the company works on a deal.
    case owner

    /// Whether the cells of a column of this role are dates.
    public var isDate: Bool { content == .date }

    /// What the cells of a column of this role must look like.
    var content: ColumnContent.Kind {
        switch self {
        case .time, .birthDate, .registered, .opened, .closed: .date
        case .quantity, .unitPrice, .amount, .value, .rating: .number
        case .currency: .currency
        case .email: .email
        case .city, .country, .name, .givenName, .familyName, .description, .text: .words
        case .customer, .order, .product, .channel, .phone, .address, .source, .kind, .category,
            .consent, .direction, .deal, .stage, .owner:
            .anything
        }
    }
}
