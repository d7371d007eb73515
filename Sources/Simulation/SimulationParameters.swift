import CustomerData

/// truth/parameters.json: everything that was planted, with its values.
public struct SimulationParameters: Encodable, Sendable {
    struct Segment: Encodable {
        let name: String
        let share: Double
        let meanGapDays: Double
        let rateShape: Double
        let dropoutMean: Double
        let dropoutConcentration: Double
        let meanLines: Double
        let units: Double
        let tastes: [String: Double]
        let channels: [String: Double]
    }

    struct Life: Encodable {
        let registeredBeforeShare = Person.oldShare
        let prospectsRegisteredBeforeShare = Person.oldProspectShare
        let registeredBeforeMeanDays = Person.oldMeanDays
        let consentShare = Person.consentShare
        let unitSpread = Person.unitSpread
        let satisfactionWeight = CustomerLife.satisfactionWeight
        let satisfactionRateWeight = CustomerLife.satisfactionRateWeight
        let consentRateWeight = CustomerLife.consentRateWeight
        let phaseChance = CustomerLife.phaseChance
        let phaseMeanDays = CustomerLife.phaseMeanDays
        let growthFactor = CustomerLife.growthFactor
        let declineFactor = CustomerLife.declineFactor
        let reachableShare = CustomerLife.reachableShare
        let winBackChance = CustomerLife.winBackChance
        let winBackAfterDays = CustomerLife.winBackAfterDays
        let sameDayShare = CustomerLife.sameDayShare
        let firstPurchaseMeanDays = CustomerLife.firstPurchaseMeanDays
        let welcomeShare = CustomerLife.welcomeShare
        let wholeReturnShare = PersonConduct.wholeReturnShare
        let interestedShare = PersonContacts.interestedShare
        let interestMeanDays = PersonContacts.interestMeanDays
        let interestGapDays = PersonContacts.interestGapDays
        let interestRememberedDays = RecordStandings.interestDays
        let recentDays = RecordStandings.recentDays
    }

    struct Contacts: Encodable {
        let visitShare = PersonContacts.visitShare
        let ratingShare = PersonContacts.ratingShare
        let enquiryShare = PersonContacts.enquiryShare
        let complaintShare = PersonContacts.complaintShare
        let campaignShare = PersonContacts.campaignShare
        let winBackShare = PersonContacts.winBackShare
        let openChances = PersonContacts.openChances
        let clickChances = PersonContacts.clickChances
    }

    struct Calendar: Encodable {
        let yearlyGrowth = ShopCalendar.yearlyGrowth
        let yearlyInflation = ShopCalendar.yearlyInflation
        let monthWeights = ShopCalendar.monthWeights
        let weekdayWeights = ShopCalendar.weekdayWeights
        let promotionPrice = ShopCalendar.promotionPrice
        let promotionLift = ShopCalendar.promotionLift
        let promotions: [Promotion]
        let campaigns: [Campaign]
    }

    struct Promotion: Encodable {
        let from: Day
        let category: String
    }

    struct Campaign: Encodable {
        let number: Int
        let day: Day
        let winsBack: Bool
    }

    struct Orders: Encodable {
        let favouriteChance = Baskets.favouriteChance
        let promotionChance = Baskets.promotionChance
        let couponPrice = Baskets.couponPrice
        let sequenceChance = PlantedRules.sequenceChance
    }

    let customers: Int
    let persons: Int
    let activeButLeft: Int
    let seed: UInt64
    let asOf: Day
    let days: Int
    let currencies: [String]
    let segmentPlan: String
    let rates: [String: Double]
    let segments: [Segment]
    let life = Life()
    let contacts = Contacts()
    let calendar: Calendar
    let orders = Orders()

    init(_ company: SimulatedCompany) {
        let (plan, options) = (company.plan, company.options)
        customers = company.recordCount
        persons = company.personCount
        activeButLeft = company.notMissedCount
        seed = options.seed
        asOf = options.asOf
        days = options.days
        currencies = options.currencies
        segmentPlan = options.segments.rawValue
        rates = Dictionary(
            uniqueKeysWithValues: SimulationRate.allCases.map { ($0.rawValue, options.rate($0)) })
        segments = plan.segments.map { traits in
            Segment(
                name: traits.name, share: traits.share, meanGapDays: traits.meanGapDays,
                rateShape: CustomerLife.rateShape, dropoutMean: traits.dropout,
                dropoutConcentration: CustomerLife.dropoutConcentration, meanLines: traits.lines, units: traits.units,
                tastes: traits.tastes,
                channels: Dictionary(uniqueKeysWithValues: zip(["store", "web", "app"], traits.channels)))
        }
        let calendar = plan.calendar
        let categories = plan.baskets.catalogue.categories
        self.calendar = Calendar(
            promotions: stride(from: 0, to: options.days, by: 7).compactMap { day in
                let category = Int(calendar.promotions[day])
                guard category >= 0 else { return nil }
                return Promotion(from: calendar.firstDay.advanced(byDays: day), category: categories[category].name)
            },
            campaigns: calendar.campaigns.enumerated().map { number, day in
                Campaign(
                    number: number + 1, day: calendar.firstDay.advanced(byDays: day),
                    winsBack: ShopCalendar.winsBack(number))
            })
    }
}

extension SimulatedCompany {
    /// Everything that was planted, with its values.
    public var parameters: SimulationParameters { SimulationParameters(self) }
}
