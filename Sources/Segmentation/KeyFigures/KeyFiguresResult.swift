import CustomerData

/// Key figures with what they are made of: overall first, then by segment.
public struct KeyFiguresResult: Sendable {
    /// Days of a period.
    public let periodDays: Int
    /// The last period.
    public let current: ClosedRange<Day>
    /// The period before it.
    public let previous: ClosedRange<Day>
    /// The figures, all of one group together, in the order of `KeyFigure.allCases`.
    public let rows: [Row]

    /// One figure of one group.
    public struct Row: Hashable, Sendable {
        /// The figure.
        public let figure: KeyFigure
        /// The segment; nil for all customers.
        public let segment: String?
        /// The value in the last period; nil when there is nothing to make it of.
        public let value: KeyFigureNumber?
        /// The value in the period before; nil, too, when the data do not reach back to the beginning of that period.
        public let previous: KeyFigureNumber?
        /// What the value is a part of, or a sum of; nil for a figure that is a count.
        public let numerator: KeyFigureNumber?
        /// What the numerator is divided by; nil for a figure that is no ratio.
        public let denominator: KeyFigureNumber?

        /// Value less previous value.
        public var change: KeyFigureNumber? {
            guard let value, let previous else { return nil }
            return KeyFigureNumber(
                tenThousandths: value.tenThousandths - previous.tenThousandths,
                decimals: max(value.decimals, previous.decimals))
        }
    }

    /// The row of a figure, of a segment or of all customers.
    public func row(_ figure: KeyFigure, segment: String? = nil) -> Row? {
        rows.first { $0.figure == figure && $0.segment == segment }
    }

    /// The table of `kpis.csv`: `kpi, segment, unit, value, previous, change, numerator, denominator`. The segment is
    /// empty for all customers; a number that is not known is empty.
    public var table: ResultTable {
        func texts(_ name: String, _ number: (Row) -> KeyFigureNumber?) -> ResultTable.Column {
            .init(name, .texts(rows.map { number($0)?.description ?? "" }))
        }
        return ResultTable(
            name: "kpis",
            columns: [
                .init("kpi", .texts(rows.map(\.figure.rawValue))),
                .init("segment", .texts(rows.map { $0.segment ?? "" })),
                .init("unit", .texts(rows.map(\.figure.unit))), texts("value", \.value),
                texts("previous", \.previous), texts("change", \.change), texts("numerator", \.numerator),
                texts("denominator", \.denominator),
            ])
    }
}

extension KeyFigureNumber: CustomStringConvertible {
    /// With a decimal point and its decimals, without grouping.
    public var description: String { Money(tenThousandths: tenThousandths).formatted(decimals: decimals) }

    fileprivate init(_ count: Int) { self.init(tenThousandths: Int128(count) * Int128(Money.scale), decimals: 0) }
}

extension KeyFiguresResult.Row {
    /// The figure of a group from its tally.
    init(
        _ figure: KeyFigure, _ segment: String?, _ tally: KeyFigureTally, _ coverage: KeyFigureCoverage, decimals: Int
    ) {
        let current = KeyFigureParts(figure, tally.current, decimals: decimals)
        let previous = KeyFigureParts(figure, tally.previous, decimals: decimals)
        let (knowsCurrent, knowsPrevious) =
            switch figure {
            case .churnRate: (coverage.previousPurchases, coverage.earlierPurchases)
            case .complaintRate:
                (
                    coverage.hasComplaints,
                    coverage.hasComplaints && coverage.previousPurchases && coverage.previousInteractions
                )
            case .meanRating: (true, coverage.previousInteractions)
            case .responseRate: (true, coverage.previousSent)
            default: (true, coverage.previousPurchases)
            }
        self.figure = figure
        self.segment = segment
        value = knowsCurrent ? current.value : nil
        self.previous = knowsPrevious ? previous.value : nil
        numerator = value == nil ? nil : current.numerator
        denominator = value == nil ? nil : current.denominator
    }
}

/// A figure's value with its numerator and denominator.
private struct KeyFigureParts {
    var value: KeyFigureNumber?
    var numerator: KeyFigureNumber?
    var denominator: KeyFigureNumber?

    init(_ figure: KeyFigure, _ window: KeyFigureTally.Window, decimals: Int) {
        let revenue = KeyFigureNumber(tenThousandths: window.revenue, decimals: decimals)
        switch figure {
        case .customers: value = KeyFigureNumber(window.customers)
        case .active: value = KeyFigureNumber(window.active)
        case .new: value = KeyFigureNumber(window.new)
        case .orders: value = KeyFigureNumber(window.orders)
        case .revenue: value = revenue
        case .churnRate: divide(KeyFigureNumber(window.lost), by: KeyFigureNumber(window.activeBefore))
        case .repeatRate: divide(KeyFigureNumber(window.repeating), by: KeyFigureNumber(window.active))
        case .purchaseFrequency: divide(KeyFigureNumber(window.orders), by: KeyFigureNumber(window.active))
        case .averageOrder:
            divide(revenue, by: KeyFigureNumber(window.orders))
            if window.orders > 0 {
                let shown = max(2, decimals)
                value = KeyFigureNumber(
                    tenThousandths: Money(tenThousandths: window.revenue).divided(by: window.orders, decimals: shown)
                        .tenThousandths, decimals: shown)
            }
        case .topFifthShare:
            // Who got back more than they paid brings nothing, rather than less.
            let ranked = window.spent.map { max($0, 0) }.sorted(by: >)
            divide(
                KeyFigureNumber(tenThousandths: ranked.prefix((ranked.count + 4) / 5).reduce(0, +), decimals: decimals),
                by: KeyFigureNumber(tenThousandths: ranked.reduce(0, +), decimals: decimals))
        case .meanRating:
            divide(
                KeyFigureNumber(
                    tenThousandths: window.ratingSum, decimals: KeyFigureParts.decimals(of: window.ratingSum)),
                by: KeyFigureNumber(window.ratings))
        case .complaintRate: divide(KeyFigureNumber(window.complaints), by: KeyFigureNumber(window.orders))
        case .responseRate: divide(KeyFigureNumber(window.answered), by: KeyFigureNumber(window.sent))
        }
    }

    /// A ratio with four decimals, rounded half to even; there is none of what is not positive.
    private mutating func divide(_ numerator: KeyFigureNumber, by denominator: KeyFigureNumber) {
        guard denominator.tenThousandths > 0 else { return }
        self.numerator = numerator
        self.denominator = denominator
        value = KeyFigureNumber(
            tenThousandths: Money.halfEven(numerator.tenThousandths * Int128(Money.scale), denominator.tenThousandths),
            decimals: 4)
    }

    /// The decimals that a number of ten-thousandths needs.
    private static func decimals(of tenThousandths: Int128) -> Int {
        var (rest, decimals) = (tenThousandths, 4)
        while decimals > 0, rest % 10 == 0 {
            rest /= 10
            decimals -= 1
        }
        return decimals
    }
}
