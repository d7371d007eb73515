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

    /// The columns of those names, in that order, without the ids; names that the table has not are left out.
    public func columns(_ names: [String]) -> FeatureTable {
        let positions = names.compactMap { name in columns.firstIndex { $0.name == name } }
        var values: [Double] = []
        values.reserveCapacity(rowCount * positions.count)
        for row in 0..<rowCount {
            for position in positions { values.append(self[row, position]) }
        }
        return FeatureTable(
            columns: positions.map { columns[$0] }, ids: nil, idName: idName, values: values, rowCount: rowCount)
    }
}

extension FeatureTable {
    /// The values of one column, one a row.
    public func column(_ position: Int) -> [Double] {
        (0..<rowCount).map { values[$0 * columns.count + position] }
    }
}
