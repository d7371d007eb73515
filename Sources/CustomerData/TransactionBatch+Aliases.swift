extension TransactionBatch {
    /// Puts the ids by which customers go in place of their aliases, and gives the number of rows where it did.
    ///
    /// Where there are any, `text` becomes a copy with those ids behind it.
    ///
    /// - Parameter extent: bytes of `text` in which all spans of the batch lie, the eight readable ones behind them among
    ///   them.
    /// - Complexity: O(rows), and O(extent) where an alias is met.
    public func follow(_ aliases: CustomerAliases, extent: Int) -> Int {
        var renamed = 0
        var latest: (alias: Span, id: Span)?
        for row in 0..<count {
            let span = customers[row]
            let alias = text + Int(span.start)
            // Lines of an order follow each other.
            if let latest, latest.alias.length == span.length,
                ByteHash.same(text + Int(latest.alias.start), alias, Int(span.length))
            {
                customers[row] = latest.id
                renamed += 1
                continue
            }
            guard let id = aliases.id(of: alias, Int(span.length)) else { continue }
            if renamed == 0 { copyText(extent) }
            let start = appendToText(id)
            latest = (span, Span(start: start, length: id.count))
            customers[row] = Span(start: start, length: id.count)
            renamed += 1
        }
        return renamed
    }
}
