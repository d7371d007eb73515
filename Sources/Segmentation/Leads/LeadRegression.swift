import CustomerData
import Glibc
import Statistics

/// Ridge logistic regression of "buys within the horizon" on the numbers of a lead; see `RidgeLogistic`.
public struct LeadRegression: Sendable {
    /// A number of a lead, brought to mean 0 and standard deviation 1, and its weight.
    public struct Term: Hashable, Sendable {
        /// What it is.
        public let name: String
        /// Mean in training.
        public let mean: Double
        /// Standard deviation (n) in training; 1 where it was 0.
        public let scale: Double
        /// Weight of the standardised number; what it adds to the log odds for a standard deviation more.
        public let weight: Double
    }

    /// The log odds at the means.
    public let intercept: Double
    /// The numbers.
    public let terms: [Term]
    /// Rows of training: leads, summed over the snapshots.
    public let rowCount: Int
    /// Leads that became customers within a horizon of one of the snapshots, each counted once.
    public let convertedCount: Int
    /// Dates at which leads were looked at, newest first.
    public let snapshots: [Day]

    /// Leads that must have become customers, and rows that must not, for a regression to be learnt: ten an effective
    /// number (Peduzzi et al. 1996) would be more than most have, and the ridge holds the rest.
    public static let fewestConverted = 30

    /// Learns from snapshots; nil when too few became customers, or nearly all.
    init?(_ snapshots: [LeadSnapshot], days: [Day], names: [String], parallel: Parallel) {
        let blocks = snapshots.flatMap(\.blocks).filter { !$0.customers.isEmpty }
        let rowCount = blocks.reduce(0) { $0 + $1.customers.count }
        let comings = blocks.reduce(0) { $0 + $1.converted.count(where: \.self) }
        convertedCount = LeadRegression.convertedCount(snapshots)
        guard convertedCount >= LeadRegression.fewestConverted,
            rowCount - comings >= LeadRegression.fewestConverted
        else { return nil }
        let rows = LeadRows(blocks: blocks, width: names.count, rowCount: rowCount, parallel: parallel)
        let weights = RidgeLogistic(rows: rows, parallel: parallel).weights()
        intercept = weights[0]
        terms = names.indices.map {
            Term(name: names[$0], mean: rows.mean[$0], scale: rows.scale[$0], weight: weights[$0 + 1])
        }
        self.rowCount = rowCount
        self.snapshots = days
    }

    /// Leads that became customers within a horizon of one of the snapshots, each counted once.
    static func convertedCount(_ snapshots: [LeadSnapshot]) -> Int {
        var converted: Set<Int> = []
        for block in snapshots.lazy.flatMap(\.blocks) {
            for (row, customer) in block.customers.enumerated() where block.converted[row] {
                converted.insert(customer)
            }
        }
        return converted.count
    }

    /// The chances of a block's leads, in their order.
    func chances(_ block: LeadSnapshot.Block) -> [Double] {
        block.customers.indices.map { row in
            var odds = intercept
            for (place, term) in terms.enumerated() {
                odds += (Double(block.values[row * terms.count + place]) - term.mean) / term.scale * term.weight
            }
            return 1 / (1 + exp(-odds))
        }
    }
}

/// Rows of training of any width.
private struct LeadRows: LogisticRows {
    let blocks: [LeadSnapshot.Block]
    let width: Int
    let rowCount: Int
    let mean: [Double]
    let scale: [Double]

    var blockCount: Int { blocks.count }
    var weightCount: Int { width + 1 }

    init(blocks: [LeadSnapshot.Block], width: Int, rowCount: Int, parallel: Parallel) {
        self.blocks = blocks
        self.width = width
        self.rowCount = rowCount
        func sums(_ value: (Double, Int) -> Double) -> [Double] {
            let parts = parallel.map(blocks.count) { block in
                var sums = [Double](repeating: 0, count: width)
                for (position, number) in blocks[block].values.enumerated() {
                    sums[position % width] += value(Double(number), position % width)
                }
                return sums
            }
            return parts.reduce([Double](repeating: 0, count: width)) { zip($0, $1).map { $0 + $1 } }
        }
        let mean = sums { number, _ in number }.map { $0 / Double(rowCount) }
        self.mean = mean
        scale = sums { ($0 - mean[$1]) * ($0 - mean[$1]) }.map { squares in
            // Sums of equal numbers are off by rounding: what hardly differs says nothing.
            let scale = (squares / Double(rowCount)).squareRoot()
            return scale > 1e-6 ? scale : 1
        }
    }

    func slope(block: Int, weights: [Double], stride: Int) -> LogisticSlope {
        let block = blocks[block]
        let size = weights.count
        var slope = LogisticSlope(weightCount: size)
        var loss = LogLoss()
        var numbers = [Double](repeating: 1, count: size)
        numbers.withUnsafeMutableBufferPointer { numbers in
            block.values.withUnsafeBufferPointer { values in
                slope.gradient.withUnsafeMutableBufferPointer { gradient in
                    slope.curvature.elements.withUnsafeMutableBufferPointer { curvature in
                        var row = 0
                        while row < block.customers.count {
                            let came: Double = block.converted[row] ? 1 : 0
                            var odds = weights[0]
                            for place in 0..<width {
                                let number = (Double(values[row * width + place]) - mean[place]) / scale[place]
                                numbers[place + 1] = number
                                odds += number * weights[place + 1]
                            }
                            row += stride
                            let chance = loss.add(odds: odds, came: came)
                            let spread = chance * (1 - chance)
                            for place in 0..<size {
                                gradient[place] += (chance - came) * numbers[place]
                                let weighted = spread * numbers[place]
                                for other in place..<size {
                                    curvature[place * size + other] += weighted * numbers[other]
                                }
                            }
                        }
                    }
                }
            }
        }
        slope.loss = loss.total
        return slope
    }
}
