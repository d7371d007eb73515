#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension FeatureScalingModel.Curve {
    /// The value on the curve.
    func apply(_ value: Double) -> Double {
        switch self {
        case .none: value
        // Training saw nothing below 0.
        case .log1p: logOfOnePlus(max(value, 0))
        case .asinh: areaSine(value)
        }
    }

    /// The value that lies there on the curve.
    func invert(_ value: Double) -> Double {
        switch self {
        case .none: value
        case .log1p: expMinusOne(value)
        case .asinh: hyperbolicSine(value)
        }
    }
}

// The C functions under names that the cases of `Curve` do not hide.
private func logOfOnePlus(_ value: Double) -> Double { log1p(value) }
private func expMinusOne(_ value: Double) -> Double { expm1(value) }
private func areaSine(_ value: Double) -> Double { asinh(value) }
private func hyperbolicSine(_ value: Double) -> Double { sinh(value) }
