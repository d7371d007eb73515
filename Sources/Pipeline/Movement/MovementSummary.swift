import CustomerData
import Segmentation

/// `movement.json`: what `transitions.csv` and `flow.csv` hold, in one document.
struct MovementSummary: Encodable {
    struct Size: Encodable {
        let customers: Int
        let before: Int?
        let movedIn: Int?
        let newcomers: Int?
        let movedOut: Int?
        let yearSpending: String
        let revenueAtRisk: String
        let expectedLoss: String

        init(_ size: SegmentSize, _ flow: SegmentFlow?, decimals: Int) {
            customers = size.customers
            before = flow?.before
            movedIn = flow?.movedIn
            newcomers = flow?.newcomers
            movedOut = flow?.movedOut
            yearSpending = size.yearSpending.formatted(decimals: decimals)
            revenueAtRisk = size.revenueAtRisk.formatted(decimals: decimals)
            expectedLoss = size.expectedLoss.formatted(decimals: decimals)
        }
    }

    struct DateSizes: Encodable {
        let date: Day
        let labels: [String: Size]
    }

    struct Cell: Encodable {
        let from: String
        let to: String
        let customers: Int
        let share: Double
        let low: Double
        let high: Double
        let yearSpending: String
    }

    struct Matrix: Encodable {
        let from: Day
        let to: Day
        let moved: Int
        let newcomers: Int
        /// Pairs of labels that somebody has.
        let cells: [Cell]

        init(_ matrix: TransitionMatrix, decimals: Int) {
            from = matrix.from
            to = matrix.to
            moved = matrix.movedCount
            newcomers = matrix.newcomerCount
            cells = matrix.labels.indices.flatMap { start in
                matrix.labels.indices.compactMap { end in
                    guard matrix.customers[start][end] > 0, let share = matrix.share(start, end),
                        let interval = matrix.interval(start, end)
                    else { return nil }
                    return Cell(
                        from: matrix.labels[start], to: matrix.labels[end], customers: matrix.customers[start][end],
                        share: share, low: interval.low, high: interval.high,
                        yearSpending: matrix.yearSpending[start][end].formatted(decimals: decimals))
                }
            }
        }
    }

    struct Basis: Encodable {
        let by: MovementBasis
        let dates: [DateSizes]
        let steps: [Matrix]
        let overall: Matrix
    }

    let dates: [Day]
    let every: String
    let cuts: Movement.Cuts
    let horizonDays: Int
    let by: [Basis]

    init(_ result: MovementResult, _ series: DateSeries, cuts: Movement.Cuts) {
        dates = result.dates
        every = series.every.description
        self.cuts = cuts
        horizonDays = result.horizonDays
        by = result.bases.indices.map { basis in
            let labels = result.labels[basis]
            let sizes = result.dates.indices.map { date in
                let entries = labels.indices.dropFirst().map { label in
                    let flow = date > 0 ? result.steps[basis][date - 1].flow(label) : nil
                    return (
                        labels[label], Size(result.sizes[basis][date][label], flow, decimals: result.decimals)
                    )
                }
                return DateSizes(date: result.dates[date], labels: Dictionary(uniqueKeysWithValues: entries))
            }
            return Basis(
                by: result.bases[basis], dates: sizes,
                steps: result.steps[basis].map { Matrix($0, decimals: result.decimals) },
                overall: Matrix(result.overall[basis], decimals: result.decimals))
        }
    }
}
