import CustomerData
import Statistics

/// Metrics of a table on a day.
public struct MetricRecord: Codable, Sendable {
    /// The day on which they were measured.
    public let day: Day
    /// The table.
    public let file: String
    /// Metric → value.
    public let metrics: [String: Double]

    /// A record.
    public init(day: Day, file: String, metrics: [String: Double]) {
        self.day = day
        self.file = file
        self.metrics = metrics
    }
}

extension TableProfile {
    /// What is worth to be watched over time: rows, repeats, and of each column completeness, validity, distinct values,
    /// mean, and cells that look wrong, as shares where they count cells.
    public var metrics: [String: Double] {
        var metrics: [String: Double] = ["rows": Double(rowCount)]
        func put(_ name: String, _ value: Double?) { metrics[name] = value }
        if rowCount > 0 {
            put("exact_repeats", Double(exactRepeats.extraRows) / Double(rowCount))
            put("near_repeats", Double(nearRepeats.extraRows) / Double(rowCount))
        }
        for column in columns {
            put("\(column.name).completeness", column.completeness)
            put("\(column.name).validity", column.validity)
            put("\(column.name).distinct", Double(column.distinct.count))
            put("\(column.name).mean", column.numbers?.mean)
            if column.filled > 0 {
                put(
                    "\(column.name).suspicious",
                    Double(column.suspicious.reduce(0) { $0 + $1.count }) / Double(column.filled))
            }
        }
        return metrics
    }
}

/// How the latest value of a metric stands to its past.
public struct MetricTrend: Codable, Sendable {
    /// The metric.
    public let metric: String
    /// Its values by day, the latest last.
    public let values: [Double]
    /// The median of the values it is compared with; nil for too short a past.
    public let usual: Double?
    /// How far the latest value lies from the median, in robust standard deviations; nil for too short a past.
    public let z: Double?
    /// Whether the past is that of the same day of the week.
    public let isByWeekday: Bool
    /// Whether the latest day has no value, though five days before it had one: a column that is gone.
    public let isMissing: Bool

    /// The latest value; of a metric that is missing the last there was.
    public var latest: Double { values[values.count - 1] }

    /// Past values at least, of the same weekday or of all days.
    public static let leastPast = 5

    /// The trends of the metrics that the latest day has or should have, in the order of their names.
    ///
    /// z = (x − median) / s with s = max(1.4826 · MAD, 1 % of the median, 0.001) over the values of earlier days: those of
    /// the same weekday where there are five of them, of all days otherwise (Iglewicz & Hoaglin 1993, without the
    /// floors: those keep a metric that never moved from alarming at its first digit). Of several values of one day the
    /// last counts. A metric that the five days before the latest had and the latest has not is missing.
    public static func trends(of records: [MetricRecord]) -> [MetricTrend] {
        var byDay: [Day: [String: Double]] = [:]
        for record in records { byDay[record.day, default: [:]].merge(record.metrics) { $1 } }
        let days = byDay.keys.sorted()
        guard let last = days.last, let latest = byDay[last] else { return [] }
        let before = days.dropLast().suffix(leastPast).map { Set((byDay[$0] ?? [:]).keys) }
        let usual = before.count < leastPast ? [] : before.dropFirst().reduce(before[0]) { $0.intersection($1) }
        return usual.union(latest.keys).sorted().map { name in
            let series = days.compactMap { day in byDay[day]?[name].map { (day: day, value: $0) } }
            let isMissing = latest[name] == nil
            let past = isMissing ? series[...] : series.dropLast()
            let sameWeekday = past.filter { $0.day.weekday == last.weekday }
            let isByWeekday = sameWeekday.count >= leastPast
            let compared = (isByWeekday ? sameWeekday : Array(past)).map(\.value).sorted()
            var usual: Double?
            var z: Double?
            if compared.count >= leastPast {
                let median = Quantiles.linear(0.5, sorted: compared)
                let deviations = compared.map { abs($0 - median) }.sorted()
                let scale = max(1.4826 * Quantiles.linear(0.5, sorted: deviations), 0.01 * abs(median), 0.001)
                usual = median
                if !isMissing { z = (series[series.count - 1].value - median) / scale }
            }
            return MetricTrend(
                metric: name, values: series.map(\.value), usual: usual, z: z, isByWeekday: isByWeekday,
                isMissing: isMissing)
        }
    }
}
