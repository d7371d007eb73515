/// What a table is about. The raw value is the name of its option: `--transactions FILE`.
public enum TableRole: String, CaseIterable, Codable, Sendable, Hashable {
    /// A line a purchase, an order or an order's line.
    case transactions
    /// A line a customer.
    case customers
    /// A line a contact with a customer.
    case interactions
    /// A line a deal: something that was offered to an account, with the stage that it has come to.
    case deals

    /// The tables of which a history of customers is made, and which are told apart by their headers.
    public static let ofCustomers: [TableRole] = [.transactions, .customers, .interactions]

    /// The roles that a table's columns can have; in a customers table every other column is an attribute.
    public var roles: [ColumnRole] {
        switch self {
        case .transactions:
            [
                .customer, .order, .time, .product, .description, .category, .quantity, .unitPrice, .amount, .currency,
                .channel,
            ]
        case .customers:
            [
                .customer, .name, .givenName, .familyName, .email, .phone, .birthDate, .city, .country, .address,
                .registered, .source, .consent,
            ]
        case .interactions: [.customer, .time, .kind, .direction, .channel, .value, .rating, .text]
        case .deals: [.deal, .customer, .stage, .amount, .currency, .opened, .closed, .owner, .product]
        }
    }

    /// Roles without which a table can't be read. Transactions need beside them an amount, or a quantity and a unit
    /// price.
    public var requiredRoles: [ColumnRole] {
        switch self {
        case .transactions, .interactions: [.customer, .time]
        case .customers: [.customer]
        case .deals: [.stage]
        }
    }

    /// Roles where a wrong column would change results without a sign: two equal candidates are refused. In other
    /// roles the column further left is taken.
    var decisiveRoles: Set<ColumnRole> {
        switch self {
        case .transactions:
            [.customer, .order, .time, .product, .quantity, .unitPrice, .amount, .currency, .channel]
        case .customers: [.customer]
        case .interactions: [.customer, .time, .kind]
        case .deals: [.deal, .stage, .amount, .currency, .opened, .closed]
        }
    }
}
