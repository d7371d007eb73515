import CustomerData

extension SimulatedCompany {
    /// truth/persons.csv: the person behind each record.
    public func persons() -> ResultTable {
        var persons = IdentifierList()
        for person in population.personOf { persons.append("H\(100_001 + Int(person))".utf8) }
        return ResultTable(
            name: "persons",
            columns: [
                .init("customer_id", .identifiers(ids(0..<recordCount))), .init("person_id", .identifiers(persons)),
            ])
    }

    /// truth/stages.csv: where each record truly stands as of the date.
    public func stages() -> ResultTable {
        let stages = ["prospect", "responder", "active", "former"]
        let codes = CustomerStanding.allCases.map { standing in
            UInt16(stages.firstIndex(of: standing.stage) ?? stages.count)
        }
        return ResultTable(
            name: "stages",
            columns: [
                .init("customer_id", .identifiers(ids(0..<recordCount))),
                .init("stage", .categories(standings.map { codes[Int($0.rawValue)] }, labels: stages)),
                .init(
                    "state",
                    .categories(
                        standings.map { UInt16($0.rawValue) }, labels: CustomerStanding.allCases.map(\.state))),
            ])
    }

    /// truth/segments.csv: the segment of each record's person.
    public func segments() -> ResultTable {
        let codes = population.personOf.map { UInt16(population.persons[Int($0)].segment) }
        return ResultTable(
            name: "segments",
            columns: [
                .init("customer_id", .identifiers(ids(0..<recordCount))),
                .init("segment", .categories(codes, labels: plan.segments.map(\.name))),
            ])
    }

    /// truth/rules.csv: what is bought together and one after the other. A chance of 0 keeps the goods apart.
    public func rules() -> ResultTable {
        let goods = plan.baskets.catalogue
        func id(_ name: String) -> String { goods.ids[goods.product(name)] }
        let associations = PlantedRules.associations
        let sequences = PlantedRules.sequences
        return ResultTable(
            name: "rules",
            columns: [
                .init(
                    "antecedent",
                    .texts(
                        associations.map { $0.antecedent.map(id).joined(separator: " ") }
                            + sequences.map { id($0.antecedent) })),
                .init(
                    "consequent", .texts(associations.map { id($0.consequent) } + sequences.map { id($0.consequent) })),
                .init(
                    "segment",
                    .texts(
                        associations.map { $0.segment.map { plan.segments[$0].name } ?? "" } + sequences.map { _ in "" }
                    )
                ),
                .init(
                    "kind",
                    .texts(
                        associations.map { $0.chance == 0 ? "apart" : "together" } + sequences.map { _ in "next order" }
                    )
                ),
                .init("chance", .reals(associations.map(\.chance) + sequences.map(\.chance))),
            ])
    }

    /// truth/fraud.csv: orders that are not what they seem.
    public func fraud() -> ResultTable {
        let rows = orders.indices.filter { orders[$0].kind.fraud != nil }
        return ResultTable(
            name: "fraud",
            columns: [
                .init("order_id", .texts(rows.map { SimulatedCompany.id(ofOrder: $0, orders[$0]) })),
                .init("kind", .texts(rows.map { orders[$0].kind.fraud?.rawValue ?? "" })),
            ])
    }

    /// products.csv: the goods by department and category, with their prices on the first day.
    public func products() -> ResultTable {
        let goods = plan.baskets.catalogue
        let categories = goods.categoryOf.map { goods.categories[$0] }
        return ResultTable(
            name: "products",
            columns: [
                .init("product_id", .texts(goods.ids)), .init("description", .texts(goods.names)),
                .init("category", .texts(categories.map(\.name))),
                .init("department", .texts(categories.map(\.department))),
                .init("list_price", unit: "money", .money(goods.cents.map { Int128($0) * 100 }, decimals: 2)),
            ])
    }

    /// rates.csv: what a unit of each currency is worth in the first of them, day by day; nil where there is only one.
    public func rates() -> ResultTable? {
        let (codes, days) = (plan.currencies.codes, options.days)
        guard codes.count > 1 else { return nil }
        let rows = (0..<days * codes.count).map { (day: $0 / codes.count, currency: $0 % codes.count) }
        return ResultTable(
            name: "rates",
            columns: [
                .init("date", .days(rows.map { options.firstDay.number + Int32($0.day) })),
                .init("currency", .categories(rows.map { UInt16($0.currency) }, labels: codes)),
                .init("rate", .fixed(rows.map { plan.currencies.rate($0.currency, day: $0.day) }, decimals: 9)),
            ])
    }

    /// How many orders bring goods back, those of fraud included.
    public var returnCount: Int { orders.count(where: \.kind.isReturn) }

    /// How many orders are fraud, by kind.
    public var fraudCounts: [SimulationRate: Int] {
        orders.reduce(into: [:]) { counts, order in
            if let kind = order.kind.fraud { counts[kind, default: 0] += 1 }
        }
    }

    /// How many records stand in each of the four stages.
    public var stageCounts: [String: Int] { standings.reduce(into: [:]) { $0[$1.stage, default: 0] += 1 } }
}
