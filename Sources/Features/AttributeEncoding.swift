import CustomerData
import Semantics

/// An attribute of the customers: one text a customer, in the order of the history's customers.
public struct AttributeColumn: Sendable {
    /// The attribute's name, as its header has it.
    public let name: String
    /// One text a customer; empty where it is not known.
    public let values: [String]

    /// A column of that name and those values.
    public init(name: String, values: [String]) {
        self.name = name
        self.values = values
    }
}

/// How an attribute becomes numbers; learnt from the training data, so that scoring has the same columns.
public struct AttributeEncoding: Hashable, Codable, Sendable {
    /// What the numbers are.
    public enum Kind: Hashable, Codable, Sendable {
        /// The number that the text states; NaN where it states none.
        case numeric(NumberLayout)
        /// One column a category, 1 where the text is it and 0 elsewhere, in the order of the categories' bytes. An
        /// empty text, and one that training did not see, is 0 in all of them.
        case oneHot([String])
    }

    /// The attribute's name.
    public let name: String
    /// What the numbers are.
    public let kind: Kind

    /// Categories that a one-hot attribute may have.
    public static let maximumCategoryCount = 50

    /// Learns an encoding: numeric when every text that is not empty states a number and `categorical` is not set,
    /// one-hot otherwise.
    ///
    /// - Throws: `Problem(.data)` when all texts are empty, or there are more than 50 categories.
    /// - Complexity: O(n log n) in the number of texts.
    public init(of column: AttributeColumn, categorical: Bool = false) throws {
        name = column.name
        let tally = NumberTally(column.values)
        guard tally.cellCount > 0 else {
            throw Problem(.data, "attribute \"\(column.name)\": no customer has a value")
        }
        if !categorical, tally.numberCount == tally.cellCount, let layout = NumberLayout.detect(in: column.values) {
            kind = .numeric(layout)
            return
        }
        var categories = Set(column.values.map(AttributeEncoding.trimmed))
        categories.remove("")
        guard categories.count <= AttributeEncoding.maximumCategoryCount else {
            throw Problem(
                .data,
                "attribute \"\(column.name)\": \(categories.count) different texts, more than the "
                    + "\(AttributeEncoding.maximumCategoryCount) that can each have a column")
        }
        kind = .oneHot(categories.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    }

    /// The declarations of its columns.
    public var definitions: [FeatureDefinition] {
        switch kind {
        case .numeric:
            [
                FeatureDefinition(
                    name: name, unit: "", formula: "the attribute's number",
                    transform: FeatureTransform(winsorise: 0.01, scaling: .standard))
            ]
        case .oneHot(let categories):
            categories.map {
                FeatureDefinition(
                    name: "\(name)=\($0)", unit: "flag", formula: "1 where the attribute is this, 0 elsewhere",
                    transform: FeatureTransform())
            }
        }
    }

    /// Writes the columns of the attribute's values into a row-major table, from a column on.
    func write(_ values: [String], into table: inout [Double], column: Int, columnCount: Int) {
        switch kind {
        case .numeric(let layout):
            for (row, text) in values.enumerated() {
                let number = layout.parse(text).map { Double($0.tenThousandths) / Double(Money.scale) }
                table[row * columnCount + column] = number ?? .nan
            }
        case .oneHot(let categories):
            let positions = Dictionary(zip(categories, categories.indices)) { first, _ in first }
            for (row, text) in values.enumerated() {
                for offset in categories.indices { table[row * columnCount + column + offset] = 0 }
                if let position = positions[AttributeEncoding.trimmed(text)] {
                    table[row * columnCount + column + position] = 1
                }
            }
        }
    }

    private static func trimmed(_ text: String) -> String {
        guard text.utf8.first.map({ $0 <= 0x20 || $0 >= 0x80 }) ?? false || text.utf8.last.map({ $0 <= 0x20 }) ?? false
        else { return text }
        var rest = text[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
