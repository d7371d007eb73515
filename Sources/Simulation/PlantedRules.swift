/// Associations and sequences that are planted into the baskets.
struct PlantedRules: Sendable {
    /// Goods that are bought together with others.
    struct Association: Sendable {
        let antecedent: [String]
        let consequent: String
        /// Number of the segment in which it holds; nil for all.
        let segment: Int?
        /// The chance that the consequent is put in where the antecedents are; 0 keeps it out.
        let chance: Double
    }

    /// Goods that are bought after others: the antecedent in one order, the consequent in the next.
    struct Sequence: Sendable {
        let antecedent: String
        let consequent: String
        /// The chance that the next order has the consequent.
        let chance: Double
    }

    /// An association in numbers.
    struct Rule: Sendable {
        /// Bits of the antecedents.
        let antecedents: UInt64
        let consequent: Int
        /// Bit of the consequent.
        let consequentBit: UInt64
        let chance: Double
    }

    /// The last is the reverse of the first: what goes together elsewhere keeps apart among passers-by.
    static let associations = [
        Association(antecedent: ["White loaf"], consequent: "Butter", segment: 0, chance: 0.45),
        Association(antecedent: ["White loaf"], consequent: "Butter", segment: 1, chance: 0.45),
        Association(antecedent: ["White loaf"], consequent: "Butter", segment: 2, chance: 0),
        Association(antecedent: ["Basmati rice"], consequent: "Saffron", segment: nil, chance: 0.35),
        Association(antecedent: ["Laundry powder"], consequent: "Bin bags", segment: nil, chance: 0.30),
        Association(antecedent: ["Bananas", "Milk"], consequent: "Porridge oats", segment: nil, chance: 0.50),
        Association(antecedent: ["Crisps"], consequent: "Cola", segment: 2, chance: 0.50),
        Association(antecedent: ["Sandwich"], consequent: "Still water", segment: 2, chance: 0.40),
        Association(antecedent: ["Tomatoes"], consequent: "Feta", segment: 0, chance: 0.30),
        Association(antecedent: ["Chicken breast"], consequent: "Lager", segment: 0, chance: 0.25),
        Association(antecedent: ["Toilet paper"], consequent: "Shampoo", segment: 1, chance: 0.35),
        Association(antecedent: ["Black tea"], consequent: "Biscuits", segment: 1, chance: 0.40),
    ]

    static let sequences = [
        Sequence(antecedent: "Coffee machine", consequent: "Coffee capsules", chance: 0.70),
        Sequence(antecedent: "Razor", consequent: "Razor blades", chance: 0.60),
        Sequence(antecedent: "Nappies size 1", consequent: "Nappies size 2", chance: 0.65),
        Sequence(antecedent: "Teapot", consequent: "Jasmine tea", chance: 0.50),
    ]

    /// Chance of an order to begin one of the sequences.
    static let sequenceChance = 0.012

    /// The rules of each segment.
    let rules: [[Rule]]
    /// Bit of each product that a rule names; 0 for others.
    let bits: [UInt64]
    /// First and second product of each sequence.
    let sequenceProducts: [(first: Int, second: Int)]

    init(_ catalogue: Catalogue, segmentCount: Int) {
        var bits = [UInt64](repeating: 0, count: catalogue.names.count)
        var next: UInt64 = 1
        func bit(_ product: Int) -> UInt64 {
            if bits[product] == 0 {
                bits[product] = next
                next <<= 1
            }
            return bits[product]
        }
        var rules = [[Rule]](repeating: [], count: segmentCount)
        for association in PlantedRules.associations {
            let consequent = catalogue.product(association.consequent)
            let rule = Rule(
                antecedents: association.antecedent.reduce(0) { $0 | bit(catalogue.product($1)) },
                consequent: consequent, consequentBit: bit(consequent), chance: association.chance)
            for segment in 0..<segmentCount where association.segment ?? segment == segment {
                rules[segment].append(rule)
            }
        }
        self.rules = rules
        self.bits = bits
        sequenceProducts = PlantedRules.sequences.map {
            (catalogue.product($0.antecedent), catalogue.product($0.consequent))
        }
    }
}
