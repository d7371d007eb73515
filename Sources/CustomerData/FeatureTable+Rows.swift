extension FeatureTable {
    /// The rows of those numbers, in that order.
    public func rows(_ rows: [Int]) -> FeatureTable {
        var values: [Double] = []
        values.reserveCapacity(rows.count * columns.count)
        for row in rows { values += self.values[row * columns.count..<(row + 1) * columns.count] }
        var chosen = ids.map { _ in IdentifierList() }
        if let ids {
            for row in rows { ids.withBytes(at: row) { chosen?.append($0) } }
        }
        return FeatureTable(columns: columns, ids: chosen, idName: idName, values: values, rowCount: rows.count)
    }
}
