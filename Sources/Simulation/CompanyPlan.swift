import CustomerData
import Statistics

/// Everything about a company that is settled before anybody buys: goods, calendar, persons and their records.
struct CompanyPlan: Sendable {
    let options: Simulation.Options
    let segments: [SegmentTraits]
    let calendar: ShopCalendar
    let baskets: Baskets
    let currencies: CurrencyRates
    let scripts: WeightedChoice
    let segmentChoice: WeightedChoice
    let frequencies: [PersonIdentity.Frequencies]
    /// All cities, those of one script after those of the other.
    let cityNames: [String]
    /// Where the cities of each script begin among them, and their number.
    let scriptCities: [Int]

    init(_ options: Simulation.Options) {
        self.options = options
        segments = SegmentTraits.all(options.segments)
        let catalogue = Catalogue(seed: options.seed)
        calendar = ShopCalendar(options, categoryCount: catalogue.categories.count)
        baskets = Baskets(
            catalogue: catalogue, rules: PlantedRules(catalogue, segmentCount: segments.count), segments: segments,
            seed: options.seed)
        currencies = CurrencyRates(options)
        scripts = WeightedChoice(Script.allCases.map(\.share))
        segmentChoice = WeightedChoice(segments.map(\.share))
        frequencies = Script.allCases.map(PersonIdentity.Frequencies.init)
        cityNames = Script.allCases.flatMap { $0.cities.map(\.written) }
        scriptCities = Script.allCases.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.cities.count) }
    }
}

/// The persons of a company and their records, which are numbered in the order of registration.
struct Population: Sendable {
    let persons: [Person]
    /// Person of each record.
    let personOf: [UInt32]
    /// Day of registration of each record, from the first day simulated on.
    let registered: [Int32]
    /// Number of each record among the person's, by registration: 0 for the first.
    let ordinals: [UInt8]
    /// The records of person p are `recordsOf[recordStarts[p]..<recordStarts[p + 1]]`, by registration.
    let recordStarts: [Int]
    let recordsOf: [UInt32]

    /// Records at most of one person.
    static let mostRecords = 4
    private static let blockSize = 4096

    /// - Complexity: O(records).
    init(_ plan: CompanyPlan, parallel: Parallel) {
        let count = plan.options.customers
        let duplicates = min(count - 1, Int((Double(count) * plan.options.rate(.duplicates)).rounded()))
        let personCount = count - duplicates
        let size = Population.blockSize
        let persons = parallel.map((personCount + size - 1) / size) { block in
            (block * size..<min(personCount, (block + 1) * size)).map { Person($0, plan) }
        }.flatMap(\.self)
        var people = (0..<UInt32(personCount)).map(\.self)
        var days = persons.map(\.registered)
        var recordCounts = [UInt8](repeating: 1, count: personCount)
        for duplicate in 0..<duplicates {
            var random = SeededGenerator(seed: plan.options.seed, purpose: .duplicate, thing: UInt64(duplicate))
            var person = random.index(below: personCount)
            while recordCounts[person] == Population.mostRecords { person = (person + 1) % personCount }
            recordCounts[person] += 1
            people.append(UInt32(person))
            let since = max(0, Int(persons[person].registered))
            days.append(Int32(since + random.index(below: plan.options.days - since)))
        }
        // By day, then by number: the days begin long before the first one simulated.
        var keys = days.indices.map { UInt64(Int(days[$0]) + Person.oldestDays) << 32 | UInt64($0) }
        RadixSort.sort(&keys)
        let order = keys.map { Int($0 & 0xFFFF_FFFF) }
        personOf = order.map { people[$0] }
        registered = order.map { days[$0] }
        var starts = [0]
        for count in recordCounts { starts.append(starts[starts.count - 1] + Int(count)) }
        var (next, ordinals) = (starts, [UInt8](repeating: 0, count: count))
        var recordsOf = [UInt32](repeating: 0, count: count)
        for (record, person) in personOf.enumerated() {
            ordinals[record] = UInt8(next[Int(person)] - starts[Int(person)])
            recordsOf[next[Int(person)]] = UInt32(record)
            next[Int(person)] += 1
        }
        self.ordinals = ordinals
        recordStarts = starts
        self.recordsOf = recordsOf
        self.persons = persons
    }

    /// The records of a person, by registration.
    func records(of person: Int) -> ArraySlice<UInt32> { recordsOf[recordStarts[person]..<recordStarts[person + 1]] }
}
