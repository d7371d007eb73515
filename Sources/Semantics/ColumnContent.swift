/// Whether sample cells of columns look like what their headers promise.
struct ColumnContent {
    /// What cells can be asked to be.
    enum Kind: Hashable {
        case anything, date, number, currency, email, words
    }

    /// What samples say.
    enum Verdict {
        /// At least half of the cells that are not empty look like it.
        case fits
        /// There is no cell to judge by.
        case unknown
        /// Most cells do not look like it.
        case against
    }

    private let samples: [[String]]

    /// Rows of sample cells; a row may be short.
    init(samples: [[String]]) { self.samples = samples }

    /// How many rows there are.
    var rowCount: Int { samples.count }

    /// The cells of a column that are not empty.
    func cells(of column: Int) -> [String] {
        samples.compactMap { row in
            guard column < row.count else { return nil }
            return row[column].allSatisfy(\.isWhitespace) ? nil : row[column]
        }
    }

    /// Whether a row has something in a column.
    func isFilled(row: Int, column: Int) -> Bool {
        column < samples[row].count && !samples[row][column].allSatisfy(\.isWhitespace)
    }

    /// What the samples say about a column being of a kind.
    func verdict(on column: Int, as kind: Kind) -> Verdict {
        let cells = cells(of: column)
        guard !cells.isEmpty else { return .unknown }
        let fitting: Int
        switch kind {
        case .anything: return .fits
        case .date: fitting = DateTally(cells).bestCount
        case .number: fitting = NumberTally(cells).numberCount
        case .currency: fitting = cells.count { CurrencyMark($0) != nil }
        case .email: fitting = cells.count { $0.contains("@") }
        case .words: fitting = cells.count { $0.unicodeScalars.contains { $0.properties.isAlphabetic } }
        }
        return fitting * 2 >= cells.count ? .fits : .against
    }
}
