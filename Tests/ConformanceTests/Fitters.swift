/// Every fitter of the house.
enum Fitters {
    static let all = [
        AnyFitter(KMeansFitter.self),
        AnyFitter(KMeansProductsFitter.self),
        AnyFitter(MatchedClustersFitter.self),
        AnyFitter(ThresholdTreeFitter.self),
        AnyFitter(ClusterCountFitter.self),
        AnyFitter(OversampledKMeansFitter.self),
        AnyFitter(BalancedKMeansFitter.self),
        AnyFitter(MiniBatchKMeansFitter.self),
        AnyFitter(StreamingKMeansFitter.self),
        AnyFitter(KPrototypesFitter.self),
        AnyFitter(ColumnScalingFitter.self),
        AnyFitter(RFMFitter.self),
        AnyFitter(LifecycleFitter.self),
        AnyFitter(FeatureScalingFitter.self),
    ]
}
