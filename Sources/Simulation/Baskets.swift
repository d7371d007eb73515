import Glibc
import Statistics

/// A line of an order.
struct BasketLine {
    var product: Int
    var quantity: Int
    var cents: Int
}

/// What is in an order: drawn from the person and the number of the order alone, so that a return finds again what was
/// bought.
struct Baskets: Sendable {
    let catalogue: Catalogue
    let rules: PlantedRules
    let segments: [SegmentTraits]
    private let seed: UInt64
    /// Draws of a category by segment and month.
    private let categories: [[WeightedChoice]]
    /// Goods that strangers order.
    private let dear: Range<Int>

    /// Chance of a line to be one of the person's favourites.
    static let favouriteChance = 0.3
    /// Chance of an order to have one line more from the category that is cheaper.
    static let promotionChance = 0.2
    /// What is left of a price under the welcome coupon.
    static let couponPrice = 0.8

    init(catalogue: Catalogue, rules: PlantedRules, segments: [SegmentTraits], seed: UInt64) {
        self.catalogue = catalogue
        self.rules = rules
        self.segments = segments
        self.seed = seed
        categories = segments.map { segment in
            (0..<12).map { month in
                WeightedChoice(
                    catalogue.categories.map { category in
                        switch category.name {
                        case "Winter": [10, 11].contains(month) ? 1.5 : 0.02
                        case "Summer": (4...7).contains(month) ? 1.5 : 0.02
                        default: segment.tastes[category.department] ?? 0.5
                        }
                    })
            }
        }
        guard let cards = catalogue.categories.first(where: { $0.name == "Gift cards" }) else {
            preconditionFailure("there are gift cards among the goods")
        }
        dear = cards.products
    }

    /// A product that a segment likes, by month (0–11).
    @inline(__always)
    func product(segment: Int, month: Int, _ random: inout SeededGenerator) -> Int {
        let category = categories[segment][month].draw(&random)
        return catalogue.categories[category].products.lowerBound + catalogue.choices[category].draw(&random)
    }

    /// The lines of the order whose lines an event has, into `lines`.
    func draw(
        _ event: OrderEvent, person: Person, number: Int, calendar: ShopCalendar, into lines: inout [BasketLine]
    ) {
        lines.removeAll(keepingCapacity: true)
        var random = SeededGenerator(
            seed: seed, purpose: .basket, thing: UInt64(number) << 16 | UInt64(event.ordinal))
        let day = Int(event.origin) / ShopCalendar.daySeconds
        let traits = segments[Int(person.segment)]
        let hasCoupon = event.kind == .welcome || event.kind == .couponAgain
        let level = calendar.priceLevel(day) * (hasCoupon ? Baskets.couponPrice : 1)
        let promoted = Int(calendar.promotions[day])
        func add(_ product: Int, units: Double, _ random: inout SeededGenerator) {
            guard !lines.contains(where: { $0.product == product }) else { return }
            let category = catalogue.categoryOf[product]
            let price =
                Double(catalogue.cents[product]) * level * (promoted == category ? ShopCalendar.promotionPrice : 1)
            let more = catalogue.categories[category].moreUnits * units
            lines.append(
                BasketLine(
                    product: product, quantity: min(99, 1 + random.geometric(mean: more)), cents: Int(price.rounded())))
        }
        if event.kind == .stolen || event.kind == .burst {
            for _ in 0...(event.kind == .stolen ? random.index(below: 2) : 0) {
                add(dear.lowerBound + random.index(below: dear.count), units: 1, &random)
            }
            return
        }
        let units = traits.units * Double(person.units)
        let month = calendar.month(day)
        for _ in 0...min(40, random.geometric(mean: traits.lines - 1)) {
            let product =
                random.happens(Baskets.favouriteChance)
                ? person.favourite(random.index(below: 4))
                : self.product(segment: Int(person.segment), month: month, &random)
            add(product, units: units, &random)
        }
        if promoted >= 0, random.happens(Baskets.promotionChance) {
            let product = catalogue.categories[promoted].products.lowerBound
            add(product + catalogue.choices[promoted].draw(&random), units: units, &random)
        }
        var bits = lines.reduce(into: UInt64(0)) { $0 |= rules.bits[$1.product] }
        for rule in rules.rules[Int(person.segment)] where bits & rule.antecedents == rule.antecedents {
            if rule.chance == 0, bits & rule.consequentBit != 0 {
                lines.removeAll { $0.product == rule.consequent }
                bits &= ~rule.consequentBit
            } else if bits & rule.consequentBit == 0, random.happens(rule.chance) {
                add(rule.consequent, units: units, &random)
                bits |= rule.consequentBit
            }
        }
        if event.plan > 0 {
            let (sequence, part) = (Int(event.plan) - 1).quotientAndRemainder(dividingBy: 2)
            let pair = rules.sequenceProducts[sequence]
            add(part == 0 ? pair.first : pair.second, units: 0, &random)
        }
    }
}
