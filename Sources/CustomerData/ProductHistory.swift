/// What every customer bought, in purchase lines by item: a product in a category.
public struct ProductHistory: Sendable {
    /// Where each customer's entries begin; one more than there are customers.
    public let starts: [Int]
    /// Items, ascending within a customer.
    public let items: [UInt32]
    /// Lines of each of them.
    public let lines: [UInt32]
    /// Product of each item, an index of `products`; `ProductHistory.none` where it is not known. Items are ascending by
    /// product, then by category.
    public let itemProducts: [UInt32]
    /// Category of each item, an index of `categories`; `ProductHistory.none` where it is not known.
    public let itemCategories: [UInt32]
    /// Ids of the products, ascending by bytes.
    public let products: IdentifierList
    /// Names of the categories, ascending by bytes.
    public let categories: IdentifierList

    /// Stands for "not known".
    public static let none = UInt32.max

    /// A history from its columns.
    public init(
        starts: [Int], items: [UInt32], lines: [UInt32], itemProducts: [UInt32], itemCategories: [UInt32],
        products: IdentifierList, categories: IdentifierList
    ) {
        precondition(starts.last == items.count && items.count == lines.count)
        precondition(itemProducts.count == itemCategories.count)
        self.starts = starts
        self.items = items
        self.lines = lines
        self.itemProducts = itemProducts
        self.itemCategories = itemCategories
        self.products = products
        self.categories = categories
    }

    /// Customers, those without a line among them.
    public var customerCount: Int { starts.count - 1 }

    /// Lines of every product, or of every category, over all customers.
    ///
    /// - Complexity: O(entries).
    public func totals(of groups: [UInt32], count: Int) -> [Int] {
        var totals = [Int](repeating: 0, count: count)
        for entry in items.indices {
            let group = groups[Int(items[entry])]
            if group != ProductHistory.none { totals[Int(group)] += Int(lines[entry]) }
        }
        return totals
    }

    /// The same with customers in another order: where in this one each of them stands.
    ///
    /// - Complexity: O(entries).
    public func reordered(_ order: [Int]) -> ProductHistory {
        var (movedItems, movedLines): ([UInt32], [UInt32]) = ([], [])
        movedItems.reserveCapacity(items.count)
        movedLines.reserveCapacity(lines.count)
        var movedStarts = [0]
        for old in order {
            movedItems += items[starts[old]..<starts[old + 1]]
            movedLines += lines[starts[old]..<starts[old + 1]]
            movedStarts.append(movedItems.count)
        }
        return ProductHistory(
            starts: movedStarts, items: movedItems, lines: movedLines, itemProducts: itemProducts,
            itemCategories: itemCategories, products: products, categories: categories)
    }
}
