import Glibc
import Statistics

/// What the shop sells: departments, categories, products with list prices.
struct Catalogue: Sendable {
    struct Category: Sendable {
        let name: String
        let department: String
        /// Products of the category, the most bought first.
        let products: Range<Int>
        /// Units of a line beyond the first, on average.
        let moreUnits: Double
    }

    let categories: [Category]
    /// Names of the products.
    let names: [String]
    /// `P1001`, `P1002`, …
    let ids: [String]
    /// Category of each product.
    let categoryOf: [Int]
    /// List prices in cents on the first day.
    let cents: [Int]
    /// Draws of a product within each category, by rank.
    let choices: [WeightedChoice]

    /// The catalogue of a seed: the goods are always the same, the prices are not.
    init(seed: UInt64) {
        var random = SeededGenerator(seed: seed, purpose: .catalogue, thing: 0)
        var (categories, names, categoryOf, cents): ([Category], [String], [Int], [Int]) = ([], [], [], [])
        for line in Catalogue.goods.split(separator: "\n") {
            let parts = line.split(separator: "|").map { String($0.drop { $0 == " " }) }
            let products = parts[4].split(separator: ",").map { String($0.drop { $0 == " " }) }
            guard let price = Double(parts[2]), let more = Double(parts[3]) else {
                preconditionFailure("a line of goods has a price and a number of units")
            }
            for product in products {
                names.append(product)
                categoryOf.append(categories.count)
                // Prices within a category spread log-normally and end in 9, as prices on shelves do.
                let drawn = price * exp(0.3 * random.normal())
                cents.append(max(49, Int(drawn * 10) * 10 + 9))
            }
            categories.append(
                Category(
                    name: parts[1], department: parts[0], products: names.count - products.count..<names.count,
                    moreUnits: more))
        }
        self.categories = categories
        self.names = names
        self.categoryOf = categoryOf
        self.cents = cents
        ids = names.indices.map { "P\(1001 + $0)" }
        let reserved = Set(PlantedRules.sequences.map(\.antecedent))
        choices = categories.map { category in
            var weights = WeightedChoice.zipf(category.products.count, exponent: 0.9)
            // What begins a planted sequence is bought by plan alone.
            for (rank, product) in category.products.enumerated() where reserved.contains(names[product]) {
                weights[rank] = 0
            }
            return WeightedChoice(weights)
        }
    }

    /// The number of a product by its name; the name must be among the goods.
    func product(_ name: String) -> Int {
        guard let product = names.firstIndex(of: name) else { preconditionFailure("\(name) is not among the goods") }
        return product
    }

    /// Department | category | price | units beyond the first | products, the most bought first.
    private static let goods = """
        Fresh|Bread|3.2|0.3|White loaf,Wholemeal loaf,Baguette,Rye bread,Croissants,Bagels,Flatbread
        Fresh|Dairy|3.4|0.5|Milk,Butter,Natural yoghurt,Eggs,Cream,Cottage cheese,Kefir
        Fresh|Cheese|7.5|0.1|Cheddar,Brie,Feta,Gouda,Parmesan,Goat cheese
        Fresh|Fruit|4.1|0.4|Bananas,Apples,Oranges,Grapes,Pomegranates,Pears,Strawberries,Dates
        Fresh|Vegetables|3.3|0.4|Tomatoes,Potatoes,Onions,Cucumbers,Carrots,Spinach,Herbs,Aubergines
        Fresh|Meat|11.5|0.2|Chicken breast,Beef mince,Lamb,Sausages,Ham,Turkey
        Fresh|Fish|13.0|0.1|Salmon,Cod,Prawns,Trout,Smoked mackerel
        Pantry|Pasta and rice|4.6|0.5|Basmati rice,Spaghetti,Penne,Noodles,Couscous,Lasagne sheets
        Pantry|Sauces|4.9|0.3|Tomato sauce,Pesto,Soy sauce,Mustard,Mayonnaise,Chilli sauce
        Pantry|Oils and spices|9.5|0.1|Olive oil,Sunflower oil,Saffron,Black pepper,Cinnamon,Turmeric
        Pantry|Tins|3.1|0.8|Chickpeas,Tuna,Sweetcorn,Kidney beans,Coconut milk,Soup
        Pantry|Breakfast|5.2|0.2|Cornflakes,Porridge oats,Muesli,Honey,Strawberry jam,Peanut butter
        Drinks|Coffee|9.8|0.2|Ground coffee,Coffee beans,Instant coffee,Decaf coffee,Coffee capsules,Coffee machine
        Drinks|Tea|6.2|0.2|Black tea,Green tea,Jasmine tea,Earl Grey,Herbal tea
        Drinks|Soft drinks|3.6|0.9|Cola,Orange juice,Sparkling water,Still water,Lemonade,Iced tea,Energy drink
        Drinks|Wine and beer|11.0|0.6|Lager,Red wine,White wine,Sparkling wine,Ale,Cider
        Snacks|Sweets|3.4|0.5|Milk chocolate,Dark chocolate,Biscuits,Chewing gum,Baklava,Turkish delight
        Snacks|Savoury|3.7|0.5|Crisps,Salted nuts,Crackers,Popcorn,Pistachios,Rice crackers
        Snacks|Lunch|6.4|0.1|Sandwich,Salad bowl,Sushi,Wrap,Samosa,Fruit pot
        Household|Cleaning|6.8|0.2|Washing-up liquid,Laundry powder,Bleach,Sponges,Dishwasher tablets,Bin bags
        Household|Paper|6.1|0.2|Toilet paper,Kitchen roll,Tissues,Napkins
        Household|Body care|7.4|0.2|Shampoo,Shower gel,Toothpaste,Hand cream,Razor,Razor blades,Deodorant
        Household|Baby|12.5|0.3|Nappies size 2,Nappies size 1,Baby wipes,Baby food,Baby formula
        Household|Pets|8.9|0.5|Cat food,Dog food,Cat litter,Dog treats,Bird seed
        Home|Kitchen|16.0|0.1|Tea towels,Storage boxes,Frying pan,Kettle,Teapot,Chopping board
        Home|Electrical|19.0|0.1|Batteries,Light bulbs,Phone charger,Headphones,Extension lead,Torch
        Home|Gift cards|42.0|0.0|Gift card games,Gift card music,Gift card travel
        Home|Stationery|4.8|0.4|Notebook,Pens,Greeting card,Wrapping paper,Sticky tape
        Seasonal|Winter|9.0|0.3|Advent calendar,Fairy lights,Gingerbread,Candles,Mulled wine
        Seasonal|Summer|9.0|0.3|Ice cream,Charcoal,Sun cream,Picnic set,Paddling pool
        """
}
