import CustomerData
import Glibc
import Statistics

/// What a person is like, as far as orders and records need it.
struct Person: BitwiseCopyable, Sendable {
    /// Number of the script.
    var script: UInt8
    var segment: UInt8
    var city: UInt8
    /// Share of the usual units of a line.
    var units: Float
    /// Products that are bought above all.
    var favourites: (UInt8, UInt8, UInt8, UInt8)
    /// Day of the first record, from the first day simulated on; negative before it.
    var registered: Int32
    /// Whether a life as a customer lies ahead.
    var isBuyer: Bool
    /// Whether mails may be sent.
    var consents: Bool
    /// Whether the person was there when the simulation begins.
    var isOld: Bool

    /// Share of the customers, and of those who never buy, who were registered before the first day.
    static let oldShare = 0.7
    static let oldProspectShare = 0.35
    /// Mean days since their registration.
    static let oldMeanDays = 500.0
    /// Days since the registration of the oldest at most.
    static let oldestDays = 3650
    /// Share of the persons who may be mailed.
    static let consentShare = 0.7
    /// Spread of ln units between the persons of a segment.
    static let unitSpread = 0.2

    init(_ number: Int, _ company: CompanyPlan) {
        var random = SeededGenerator(seed: company.options.seed, purpose: .person, thing: UInt64(number))
        script = UInt8(company.scripts.draw(&random))
        let segment = company.segmentChoice.draw(&random)
        self.segment = UInt8(segment)
        city = UInt8(company.frequencies[Int(script)].cities.draw(&random))
        isBuyer = !random.happens(company.options.rate(.prospects))
        isOld = random.happens(isBuyer ? Person.oldShare : Person.oldProspectShare)
        consents = random.happens(Person.consentShare)
        units = Float(exp(Person.unitSpread * random.normal()))
        registered =
            isOld
            ? -Int32(min(Double(Person.oldestDays), 1 + random.exponential(mean: Person.oldMeanDays)))
            : Int32(company.calendar.arrival(&random))
        func favourite(_ random: inout SeededGenerator) -> UInt8 {
            UInt8(company.baskets.product(segment: segment, month: 0, &random))
        }
        favourites = (
            favourite(&random), favourite(&random), favourite(&random), favourite(&random)
        )
    }

    /// One of the four favourites.
    @inline(__always)
    func favourite(_ index: Int) -> Int {
        switch index {
        case 0: Int(favourites.0)
        case 1: Int(favourites.1)
        case 2: Int(favourites.2)
        default: Int(favourites.3)
        }
    }
}
