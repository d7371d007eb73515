import CustomerData
import Statistics

/// Makes the records of customers.csv, true and as they are written.
struct CustomerRecords {
    let plan: CompanyPlan
    let population: Population
    let standings: [CustomerStanding]

    /// Chances that a person's further record has another mail address, phone or city: no mistake, a life.
    static let otherEmail = 0.4
    static let otherPhone = 0.25
    static let otherCity = 0.1
    /// Systems that records come from.
    static let sources = ["web shop", "till", "loyalty app", "crm import", "trade fair"]

    /// The id of a record.
    static func id(_ record: Int) -> String { "C\(100_001 + record)" }

    func record(_ record: Int) -> RecordDirt {
        let number = Int(population.personOf[record])
        let person = population.persons[number]
        let options = plan.options
        guard let script = Script(rawValue: Int(person.script)) else { preconditionFailure("a script has a number") }
        var random = SeededGenerator(seed: options.seed, purpose: .identity, thing: UInt64(number))
        let identity = PersonIdentity(
            person: number, script: script, city: Int(person.city),
            registered: options.firstDay.advanced(byDays: Int(person.registered)),
            frequencies: plan.frequencies[script.rawValue], random: &random)
        var own = SeededGenerator(seed: options.seed, purpose: .duplicate, thing: 1 << 40 | UInt64(record))
        let ordinal = Int(population.ordinals[record])
        var (email, phone, city) = (identity.email, identity.phone, identity.city)
        if ordinal > 0 {
            // A number of its own keeps the further address apart from other persons'.
            if own.happens(CustomerRecords.otherEmail) {
                email = PersonIdentity.email(
                    identity.given.latin, identity.family.latin, script, options.customers * ordinal + number,
                    &own)
            }
            if own.happens(CustomerRecords.otherPhone) {
                phone = script.phone(prefix: 4 + ordinal, digits: number % 10_000_000 * 4_567_891 % 10_000_000)
            }
            if own.happens(CustomerRecords.otherCity) {
                city = plan.frequencies[script.rawValue].cities.draw(&own)
            }
        }
        let cells = CustomerColumn.allCases.map { column in
            switch column {
            case .id: CustomerRecords.id(record)
            case .givenName: identity.given.written
            case .familyName: identity.family.written
            case .email: email
            case .phone: phone
            case .birthDate: identity.birth.description
            case .city: script.cities[city].written
            case .country: script.country
            case .registered: options.firstDay.advanced(byDays: Int(population.registered[record])).description
            case .source: CustomerRecords.sources[own.index(below: CustomerRecords.sources.count)]
            case .leadStatus: leadStatus(standings[record], &own)
            case .consent: person.consents ? "true" : "false"
            }
        }
        return RecordDirt(cells, identity, record: record, options)
    }

    /// What the sales people wrote down, which is not always the truth.
    private func leadStatus(_ standing: CustomerStanding, _ random: inout SeededGenerator) -> String {
        let states = ["new", "contacted", "qualified", "unqualified"]
        switch standing {
        case .prospect: return random.happens(0.6) ? "new" : states[random.index(below: states.count)]
        case .responder: return random.happens(0.5) ? "qualified" : states[random.index(below: states.count)]
        default: return "customer"
        }
    }
}
