/// Exports whose headers mean something only together.
enum KnownExport {
    /// The role of a header that only its company explains, or nil.
    ///
    /// Shopify's export of orders calls the order's number `Name`.
    static func role(of header: String, among headers: [String], table: TableRole) -> ColumnRole? {
        guard table == .transactions, header == "Name", headers.contains("Lineitem name"),
            headers.contains("Lineitem price")
        else { return nil }
        return .order
    }
}
