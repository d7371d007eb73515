extension ClusterDescription {
    /// The same under another name.
    public func named(_ name: String) -> ClusterDescription {
        ClusterDescription(cluster: cluster, name: name, size: size, share: share, traits: traits)
    }
}
