/// The interval in which a share lies that was seen in a sample (Wilson 1927).
///
/// - Parameters:
///   - hits: how many of the sample have it.
///   - count: size of the sample, at least 1.
///   - z: the normal quantile of the confidence; 1.96 for 95 %.
public func wilsonInterval(hits: Double, of count: Double, z: Double = 1.959963984540054) -> ClosedRange<Double> {
    let share = hits / count
    let square = z * z
    let middle = share + square / (2 * count)
    let spread = z * (share * (1 - share) / count + square / (4 * count * count)).squareRoot()
    let scale = 1 + square / count
    return max(0, (middle - spread) / scale)...min(1, (middle + spread) / scale)
}
