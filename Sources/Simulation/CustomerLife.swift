import Glibc
import Statistics

/// A person's life with the shop, from the first day simulated to the last: when they buy, when they leave, whether they
/// come back, and what passes between them and the shop.
///
/// Purchases follow BG/NBD (Fader, Hardie & Lee 2005): a Poisson process whose rate is gamma distributed over the persons
/// of a segment, and after every purchase a chance of leaving for good that is beta distributed over them. On top: the
/// clock runs faster when the shop is busy, covariates (satisfaction, consent) move both, phases of growth and
/// decline move the rate, and some of those who left can be won back.
struct CustomerLife {
    /// Shape of the gamma distribution of rates within a segment.
    static let rateShape = 6.0
    /// Sum of the shapes of the beta distribution of the chance of leaving.
    static let dropoutConcentration = 20.0
    /// What a standard deviation of satisfaction takes from the logarithm of the chance of leaving.
    static let satisfactionWeight = 0.4
    /// What moves the logarithm of the rate: a standard deviation of satisfaction, and being mailed or not.
    static let satisfactionRateWeight = 0.1
    static let consentRateWeight = 0.1
    /// Chance of a purchase to begin a phase of growth or decline, mean days of one, and what it does to the rate.
    static let phaseChance = 0.03
    static let phaseMeanDays = 90.0
    static let growthFactor = 1.5
    static let declineFactor = 0.6
    /// Share of those who leave that a campaign can still reach, and its chance each time.
    static let reachableShare = 0.4
    static let winBackChance = 0.15
    /// Days of silence after which a campaign tries to win back.
    static let winBackAfterDays = 60
    /// Share of new persons who buy on the day of their registration, and mean days of the others.
    static let sameDayShare = 0.4
    static let firstPurchaseMeanDays = 6.0
    /// Share of first orders on the web or in the app with the welcome coupon.
    static let welcomeShare = 0.5
    /// Orders at most of one person.
    static let mostOrders = 60_000

    private enum Phase { case steady, growth, decline }

    let number: Int
    let person: Person
    private let plan: CompanyPlan
    private let traits: SegmentTraits
    private var random: SeededGenerator
    private(set) var orders = PersonOrders()
    /// Standard normal: how content the person is with the shop.
    let satisfaction: Double
    /// Purchases a day while the person is there.
    let rate: Double
    private let dropout: Double
    /// Second at which the person left; nil for those who are still there at the end.
    private(set) var leftAt: Int?
    /// Whether one who left could be reached by a campaign.
    private(set) var isReachable = false
    private var phase = Phase.steady
    private var phaseEnd = 0.0
    /// Second of the last purchase that a campaign won.
    private(set) var wonBackAt: Int?

    init(_ number: Int, _ person: Person, _ plan: CompanyPlan) {
        self.number = number
        self.person = person
        self.plan = plan
        traits = plan.segments[Int(person.segment)]
        random = SeededGenerator(seed: plan.options.seed, purpose: .life, thing: UInt64(number))
        satisfaction = random.normal()
        let covariates =
            CustomerLife.satisfactionRateWeight * satisfaction
            + (person.consents ? 1 : -1) * CustomerLife.consentRateWeight
        rate =
            random.gamma(shape: CustomerLife.rateShape) / CustomerLife.rateShape / traits.meanGapDays * exp(covariates)
        let mean = traits.dropout * exp(-CustomerLife.satisfactionWeight * satisfaction)
        dropout = random.beta(mean: min(0.9, mean), concentration: CustomerLife.dropoutConcentration)
    }

    /// The factor of the rate in the present phase.
    var rateFactor: Double {
        switch phase {
        case .steady: 1
        case .growth: CustomerLife.growthFactor
        case .decline: CustomerLife.declineFactor
        }
    }

    /// Whether the person buys more, or less, than they used to as the simulation ends.
    var isGrowing: Bool { phase == .growth }
    var isDeclining: Bool { phase == .decline }

    /// Lives through the purchases.
    mutating func buy() {
        guard person.isBuyer else { return }
        defer { orders.sort() }
        let calendar = plan.calendar
        var clock: Double
        if person.isOld {
            clock = random.exponential(mean: 1 / rate)
        } else {
            clock = calendar.business(before: Int(person.registered))
            if !random.happens(CustomerLife.sameDayShare) {
                clock += random.exponential(mean: CustomerLife.firstPurchaseMeanDays)
            }
        }
        let channels = WeightedShares(traits.channels)
        while orders.count < CustomerLife.mostOrders {
            let day = max(calendar.day(atBusiness: clock), Int(person.registered))
            guard day < calendar.days else { return }
            let channel = channels.draw(&random)
            let second = calendar.second(on: day, channel: channel, &random)
            let isWelcome =
                orders.isEmpty && !person.isOld && channel > 0 && random.happens(CustomerLife.welcomeShare)
            orders.append(.init(second: second, channel: channel, kind: isWelcome ? .welcome : .purchase))
            if random.happens(dropout) {
                leftAt = second
                isReachable = random.happens(CustomerLife.reachableShare)
                guard let back = returnDay(after: day) else { return }
                // Won back: one buys within some days of the campaign.
                leftAt = nil
                phase = .steady
                clock = calendar.business(before: back) + random.exponential(mean: 3)
                let bought = calendar.day(atBusiness: clock)
                wonBackAt = bought * ShopCalendar.daySeconds
                orders.winBacks.append(back)
            } else {
                changePhase(clock)
                clock += random.exponential(mean: 1 / (rate * rateFactor))
            }
        }
    }

    /// Begins and ends phases.
    private mutating func changePhase(_ clock: Double) {
        if phase != .steady, clock > phaseEnd { phase = .steady }
        if phase == .steady, random.happens(CustomerLife.phaseChance) {
            phase = random.happens(0.5) ? .growth : .decline
            phaseEnd = clock + random.exponential(mean: CustomerLife.phaseMeanDays)
        }
    }

    /// The day of the campaign that wins back one who left on a day; nil when none does.
    private mutating func returnDay(after day: Int) -> Int? {
        guard isReachable, person.consents else { return nil }
        let campaigns = plan.calendar.campaigns
        for (index, campaign) in campaigns.enumerated()
        where ShopCalendar.winsBack(index) && campaign >= day + CustomerLife.winBackAfterDays {
            if random.happens(CustomerLife.winBackChance) { return campaign }
        }
        return nil
    }
}

/// The genuine purchases of a person, in the order of time once they are sorted.
struct PersonOrders {
    struct Order {
        let second: Int
        let channel: Int
        let kind: OrderKind
    }

    private(set) var all: [Order] = []
    /// Days of the campaigns that won the person back.
    var winBacks: [Int] = []

    var count: Int { all.count }
    var isEmpty: Bool { all.isEmpty }

    mutating func append(_ order: Order) { all.append(order) }

    /// Puts orders of one day in the order of their seconds.
    mutating func sort() { all.sort { $0.second < $1.second } }
}

/// Draws among three shares without preparation.
struct WeightedShares {
    private let first: Double
    private let second: Double

    init(_ shares: [Double]) {
        first = shares[0]
        second = shares[0] + shares[1]
    }

    @inline(__always)
    func draw(_ random: inout SeededGenerator) -> Int {
        let place = random.unit()
        return place < first ? 0 : place < second ? 1 : 2
    }
}
