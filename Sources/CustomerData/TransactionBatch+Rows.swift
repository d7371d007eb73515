extension TransactionBatch {
    /// Keeps the rows for which `isKept` holds, in their order.
    ///
    /// - Complexity: O(rows).
    public func keep(where isKept: (_ row: Int) -> Bool) {
        var kept = 0
        for row in 0..<count where isKept(row) {
            if kept < row {
                customers[kept] = customers[row]
                days[kept] = days[row]
                seconds[kept] = seconds[row]
                values[kept] = values[row]
                if columns.contains(.order) { orders[kept] = orders[row] }
                if columns.contains(.product) { products[kept] = products[row] }
                if columns.contains(.channel) { channels[kept] = channels[row] }
                if columns.contains(.quantity) { quantities[kept] = quantities[row] }
            }
            kept += 1
        }
        count = kept
    }
}
