import CustomerData
import Glibc
import Statistics

/// When the shop is busy: seasons, weekdays and hours, promotions, campaigns and how fast it finds new customers.
struct ShopCalendar: Sendable {
    /// Seconds of a day.
    static let daySeconds = 86_400

    let firstDay: Day
    let days: Int
    /// Business of all days before each day, in average days: 0 on the first, `days` after the last.
    private let elapsed: [Double]
    /// Month (0–11) and weekday of each day.
    private let months: [UInt8]
    /// Category whose goods are a fifth cheaper, by day; -1 for none.
    let promotions: [Int16]
    /// Days of campaigns.
    let campaigns: [Int]
    private let hours: [WeightedChoice]

    /// Seconds simulated.
    var seconds: Int { days * ShopCalendar.daySeconds }

    /// Every how many campaigns goes to those who have not bought for long.
    static let winBackEvery = 3
    /// Days between campaigns.
    static let campaignGapDays = 21
    /// What is left of a price under a promotion.
    static let promotionPrice = 0.8
    /// How much busier the shop is during a promotion.
    static let promotionLift = 1.08
    /// Growth of the number of new customers in a year.
    static let yearlyGrowth = 0.25
    /// Growth of prices in a year.
    static let yearlyInflation = 0.03
    /// Business of the months, January first.
    static let monthWeights = [0.92, 0.92, 0.97, 0.98, 1.0, 0.97, 0.96, 0.94, 1.02, 1.05, 1.15, 1.22]
    /// Business of the weekdays, Monday first.
    static let weekdayWeights = [0.88, 0.90, 0.95, 1.02, 1.18, 1.24, 0.83]
    /// Business of the hours by channel: store, web, app.
    static let hourWeights: [[Double]] = [
        [0, 0, 0, 0, 0, 0, 0, 3, 6, 6, 7, 8, 10, 8, 6, 6, 8, 11, 11, 7, 4, 2, 0, 0],
        [1, 0.5, 0.3, 0.2, 0.2, 0.5, 1, 2, 4, 5, 6, 6, 6, 6, 5, 5, 5, 5, 6, 8, 10, 10, 6, 3],
        [1, 0.5, 0.2, 0.2, 0.3, 1, 3, 7, 7, 5, 4, 5, 8, 6, 4, 4, 5, 7, 8, 7, 7, 6, 4, 2],
    ]

    init(_ options: Simulation.Options, categoryCount: Int) {
        firstDay = options.firstDay
        days = options.days
        var random = SeededGenerator(seed: options.seed, purpose: .calendar, thing: 0)
        let count = options.days
        // Every other week one category is cheaper.
        let weeks = (0...count / 7).map { week in
            week % 2 == 1 ? Int16(random.index(below: categoryCount)) : -1
        }
        promotions = (0..<count).map { weeks[$0 / 7] }
        campaigns = Array(stride(from: 14, to: count, by: ShopCalendar.campaignGapDays))
        var (weights, months): ([Double], [UInt8]) = ([], [])
        for day in 0..<count {
            let date = options.firstDay.advanced(byDays: day)
            let month = date.civil.month - 1
            months.append(UInt8(month))
            weights.append(
                ShopCalendar.monthWeights[month] * ShopCalendar.weekdayWeights[date.weekday]
                    * (promotions[day] >= 0 ? ShopCalendar.promotionLift : 1))
        }
        let scale = Double(count) / weights.reduce(0, +)
        var elapsed = [0.0]
        for weight in weights { elapsed.append(elapsed[elapsed.count - 1] + weight * scale) }
        self.elapsed = elapsed
        self.months = months
        hours = ShopCalendar.hourWeights.map { WeightedChoice($0) }
    }

    /// Month of a day, 0–11.
    @inline(__always)
    func month(_ day: Int) -> Int { Int(months[day]) }

    /// The day on which so much business is done, in average days from the beginning; `days` when it is after the end.
    func day(atBusiness business: Double) -> Int {
        guard business < Double(days) else { return days }
        var (low, high) = (0, days)
        while high - low > 1 {
            let middle = (low + high) / 2
            if elapsed[middle] <= business { low = middle } else { high = middle }
        }
        return low
    }

    /// Business done before a day.
    func business(before day: Int) -> Double { elapsed[min(max(day, 0), days)] }

    /// A second of a day in the rhythm of a channel.
    @inline(__always)
    func second(on day: Int, channel: Int, _ random: inout SeededGenerator) -> Int {
        day * ShopCalendar.daySeconds + hours[channel].draw(&random) * 3600 + random.index(below: 3600)
    }

    /// Whether the campaign of that number goes to those who have not bought for long.
    static func winsBack(_ campaign: Int) -> Bool { campaign % winBackEvery == winBackEvery - 1 }

    /// A day of arrival: later days have more, by the yearly growth.
    func arrival(_ random: inout SeededGenerator) -> Int {
        let rate = log(1 + ShopCalendar.yearlyGrowth) / 365.25
        let span = Double(days)
        let place = log(1 + random.unit() * (exp(rate * span) - 1)) / rate
        return min(days - 1, Int(place))
    }

    /// The factor of prices on a day.
    func priceLevel(_ day: Int) -> Double { 1 + ShopCalendar.yearlyInflation * Double(day) / 365.25 }
}
