import CResources

extension SegmentMap {
    /// The eleven segments on recency, frequency and monetary scores of `models/rfm-11.json`.
    public static let eleven = included(strata_rfm_11_map, "models/rfm-11.json")

    /// The ten segments on recency and frequency scores of `models/rfm-two-digit.json`; what is taken unless told
    /// otherwise.
    public static let twoDigit = included(strata_rfm_two_digit_map, "models/rfm-two-digit.json")

    /// The names of the maps that strata brings along.
    public static let includedNames = ["rfm-two-digit", "rfm-11"]

    /// A map that strata brings along, or nil when there is none of that name.
    public static func included(named name: String) -> SegmentMap? {
        switch name {
        case "rfm-11": eleven
        case "rfm-two-digit": twoDigit
        default: nil
        }
    }

    private static func included(
        _ bytes: (UnsafeMutablePointer<Int>?) -> UnsafePointer<UInt8>?, _ source: String
    ) -> SegmentMap {
        var count = 0
        let start = bytes(&count)
        do {
            return try SegmentMap(json: UnsafeBufferPointer(start: start, count: count), source: source)
        } catch {
            fatalError("a segment map that was compiled in is broken: \(error)")
        }
    }
}
