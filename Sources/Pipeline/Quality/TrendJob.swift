import CustomerData
import Quality
import Report

/// `strata trend`: what broke from its past.
public struct TrendJob: Sendable {
    /// The history.
    public var history = ""
    /// The table whose records count; nil where the history has one table.
    public var file: String?
    /// From how many robust standard deviations on a metric has broken from its past.
    public var limit = 3.5
    /// Whether all metrics are shown.
    public var showsAll = false
    /// Where the trends go as JSON; nil for nowhere.
    public var out: String?

    /// A job with the defaults.
    public init() {}

    private static let shownValues = 7

    /// Looks at the history. The report's gate has failed when a metric broke from its past.
    public func run() throws -> JobReport {
        let records = try MetricHistory.read(history)
        let files = Set(records.map(\.file)).sorted()
        guard let chosen = file ?? (files.count == 1 ? files[0] : nil) else {
            throw Problem(
                .usage, "\(history) has the metrics of \(files.joined(separator: ", ")): name one with --file")
        }
        let own = records.filter { $0.file == chosen }
        guard !own.isEmpty else {
            throw Problem(.usage, "--file \(chosen): \(history) has the metrics of \(files.joined(separator: ", "))")
        }
        let trends = MetricTrend.trends(of: own)
        if let out { try TextOutput.write(try JSONText.snake(trends), to: out, personal: false) }
        func isBroken(_ trend: MetricTrend) -> Bool { trend.isMissing || abs(trend.z ?? 0) > limit }
        let broken = trends.filter(isBroken)
        let judged = trends.count { $0.usual != nil }
        var report = JobReport()
        let shown = showsAll ? trends : broken
        if !shown.isEmpty {
            var text = TextTable(["", "metric", "latest", "usual", "z", "past"], right: [2, 3, 4])
            for trend in shown {
                text.add([
                    isBroken(trend) ? "BROKE" : "", trend.metric,
                    trend.isMissing ? "missing" : TrendJob.figure(trend.latest),
                    TrendJob.figure(trend.usual), Figures.fixed(trend.z, decimals: 1),
                    (trend.isMissing ? trend.values : trend.values.dropLast()).suffix(TrendJob.shownValues).map(
                        TrendJob.figure
                    ).joined(separator: " ")
                        + (trend.isByWeekday ? " (same weekday)" : ""),
                ])
            }
            report.lines += text.lines
        }
        let days = Set(own.map(\.day)).count
        report.lines.append(
            "\(chosen): \(Figures.counted(days, "day")), \(Figures.counted(trends.count, "metric")), "
                + "\(Figures.count(judged)) with a past of \(MetricTrend.leastPast) days or more, "
                + "\(Figures.count(broken.count)) broke from it")
        report.isGateFailed = !broken.isEmpty
        return report
    }

    private static func figure(_ value: Double?) -> String {
        guard let value else { return "–" }
        return value.magnitude < 10 && value != value.rounded()
            ? Figures.fixed(value, decimals: 4) : Figures.short(value)
    }
}
