import CustomerData

/// What is known of a customer from the customers file. Each feature is declared here, once.
public enum PersonFeature: String, CaseIterable, Codable, Sendable {
    /// Completed years of life.
    case age = "age_years"
    /// Whether the customer agreed to be written to.
    case consent = "has_consent"

    /// Ages beyond this are mistakes: they stand for dates that were not known.
    static let oldestAge = 110

    /// Name, unit, formula and transform.
    public var definition: FeatureDefinition {
        switch self {
        case .age:
            FeatureDefinition(
                name: rawValue, unit: "years",
                formula: "completed years from the birth date to the as-of date; empty outside of 0 to "
                    + "\(PersonFeature.oldestAge)", transform: FeatureTransform(winsorise: 0.01, scaling: .standard))
        case .consent:
            FeatureDefinition(
                name: rawValue, unit: "flag", formula: "1 where the customers file says yes, 0 where it says no",
                transform: FeatureTransform())
        }
    }

    /// Completed years from a birth to a day; nil when that is no age.
    static func age(_ birth: Day, asOf: Day) -> Int? {
        let (born, now) = (birth.civil, asOf.civil)
        let hadBirthday = (now.month, now.day) >= (born.month, born.day)
        let years = now.year - born.year - (hadBirthday ? 0 : 1)
        return birth <= asOf && years <= oldestAge ? years : nil
    }
}
