import CKernels

/// Centres relative to the origin of the points, in the forms that the kernels need.
struct KMeansCentres: Sendable {
    let count: Int
    let columnCount: Int
    /// Values a centre: columns, padded with zeros to a multiple of four.
    let stride: Int
    /// `count × stride` values.
    private(set) var exact: [Double]
    private var rounded: [Float]
    private var halfNorms: [Float]
    private var slack: (constant: Float, linear: Float, square: Float)

    init(exact: [Double], columnCount: Int) {
        stride = (columnCount + 3) / 4 * 4
        count = stride == 0 ? 0 : exact.count / stride
        self.columnCount = columnCount
        self.exact = exact
        rounded = exact.map(Float.init)
        halfNorms = []
        slack = (0, 0, 0)
        var longest = 0.0
        for centre in 0..<count {
            var square = 0.0
            for value in exact[centre * stride..<(centre + 1) * stride] { square += value * value }
            halfNorms.append(Float(square / 2))
            longest = max(longest, square)
        }
        slack = Self.slack(longest: longest.squareRoot(), columnCount: columnCount)
    }

    /// How far two scores s = ½|c|² − x·c in float must lie apart to be in the order of the squared distances in
    /// double, as a polynomial in the length of x.
    ///
    /// With u = 2⁻²⁴, d columns, |c| ≤ C and |x| ≤ R: rounding c and ½|c|² to float errs by at most u (|x·c| + ½C²);
    /// d products and d additions, in any order, fused or not, by (d + 1) u (½C² + R C) to first order (Higham 2002,
    /// section 3.1). Two scores err twice; d + 4 in place of d + 2, and 1 %, cover the higher orders and the comparison
    /// itself. The distances in double err by (d + 2) 2⁻⁵³ (R + C)², (R + C)² ≤ 2 (R² + C²), which halved and doubled
    /// again is well below d' 2⁻⁵⁰ (R² + C²). Underflow is at most the smallest normal number a product.
    private static func slack(longest: Double, columnCount: Int) -> (Float, Float, Float) {
        // Far from overflow only; beyond it every row is computed in double.
        guard longest < 1e18 else { return (.infinity, .infinity, .infinity) }
        let terms = Double(columnCount + 4)
        let unit = 0x1p-24
        let linear = 2.02 * terms * unit * longest
        let square = terms * 0x1p-50
        let constant = linear * longest / 2 + square * longest * longest + terms * Double(Float.leastNormalMagnitude)
        return (Float(constant).nextUp, Float(linear).nextUp, Float(square).nextUp)
    }

    /// Calls `body` with the centres as the kernels see them, and with the rounded ones.
    func withKernel<Result>(_ body: (UnsafePointer<strata_kmeans_centres>) throws -> Result) rethrows -> Result {
        try exact.withUnsafeBufferPointer { exact in
            try rounded.withUnsafeBufferPointer { rounded in
                try halfNorms.withUnsafeBufferPointer { halfNorms in
                    var kernel = strata_kmeans_centres(
                        count: count, dimension: columnCount, stride: stride, exact: exact.baseAddress,
                        rounded: rounded.baseAddress, half_norms: halfNorms.baseAddress,
                        slack_constant: slack.constant, slack_linear: slack.linear, slack_square: slack.square)
                    return try body(&kernel)
                }
            }
        }
    }
}

extension KMeansCentres {
    /// Centres given in the units of the input, `columnCount` values each.
    init(inputUnits: [[Double]], origin: [Double]) {
        let columnCount = origin.count
        let stride = (columnCount + 3) / 4 * 4
        var exact = [Double](repeating: 0, count: inputUnits.count * stride)
        for (index, centre) in inputUnits.enumerated() {
            for column in 0..<columnCount { exact[index * stride + column] = centre[column] - origin[column] }
        }
        self.init(exact: exact, columnCount: columnCount)
    }

    /// The centres in the units of the input.
    func inputUnits(origin: [Double]) -> [[Double]] {
        (0..<count).map { index in (0..<columnCount).map { exact[index * stride + $0] + origin[$0] } }
    }
}
