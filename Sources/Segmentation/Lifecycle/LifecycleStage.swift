/// The four stages of a customer's life with a company.
public enum LifecycleStage: UInt8, CaseIterable, Sendable {
    /// In the market, and has neither bought nor shown interest lately.
    case prospect
    /// Has shown interest, or bought and took everything back.
    case responder
    /// Buys.
    case active
    /// Bought, and is unlikely to buy again.
    case former

    /// The name as results state it: `prospect`, `responder`, `active` or `former`.
    public var name: String {
        switch self {
        case .prospect: "prospect"
        case .responder: "responder"
        case .active: "active"
        case .former: "former"
        }
    }

    /// The name for people.
    public var label: LifecycleLabel {
        switch self {
        case .prospect: LifecycleLabel("Prospect", "مشتری بالقوه", "潜在客户")
        case .responder: LifecycleLabel("Responder", "مشتری واکنش‌پذیر", "响应客户")
        case .active: LifecycleLabel("Active customer", "مشتری بالفعل", "现有客户")
        case .former: LifecycleLabel("Former customer", "مشتری سابق", "流失客户")
        }
    }
}

/// The finer states within the stages, in the order of a customer's life.
public enum LifecycleState: UInt8, CaseIterable, Sendable {
    /// No purchase, and no response lately.
    case prospect
    /// No purchase, but a response; or every order taken back.
    case responder
    /// One purchase day, and not yet overdue without hope.
    case new
    /// More purchase days in the last horizon than in the one before.
    case growing
    /// An active customer of no other state.
    case mature
    /// Overdue, and less likely than not to return.
    case atRisk
    /// Back, within the last horizon, from a gap of more than twice the threshold.
    case wonBack
    /// Overdue, with less than half the usual chance of return.
    case dormant
    /// Overdue, with less than a quarter of the usual chance of return.
    case lost

    /// The stage that the state belongs to.
    public var stage: LifecycleStage {
        switch self {
        case .prospect: .prospect
        case .responder: .responder
        case .new, .growing, .mature, .atRisk, .wonBack: .active
        case .dormant, .lost: .former
        }
    }

    /// The name as results state it, in lower case: `at risk`.
    public var name: String {
        switch self {
        case .prospect: "prospect"
        case .responder: "responder"
        case .new: "new"
        case .growing: "growing"
        case .mature: "mature"
        case .atRisk: "at risk"
        case .wonBack: "won back"
        case .dormant: "dormant"
        case .lost: "lost"
        }
    }

    /// The name for people.
    public var label: LifecycleLabel {
        switch self {
        case .prospect: LifecycleStage.prospect.label
        case .responder: LifecycleStage.responder.label
        case .new: LifecycleLabel("New", "مشتری جدید", "新客户")
        case .growing: LifecycleLabel("Growing", "مشتری رو به رشد", "成长客户")
        case .mature: LifecycleLabel("Mature", "مشتری باثبات", "成熟客户")
        case .atRisk: LifecycleLabel("At risk", "مشتری در معرض ریزش", "流失风险客户")
        case .wonBack: LifecycleLabel("Won back", "مشتری بازگشته", "赢回客户")
        case .dormant: LifecycleLabel("Dormant", "مشتری خفته", "沉睡客户")
        case .lost: LifecycleLabel("Lost", "مشتری از دست رفته", "已流失客户")
        }
    }
}

extension LifecycleState: Codable {
    /// Reads the name of a state.
    ///
    /// - Throws: `DecodingError.dataCorrupted` when there is no state of that name.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let name = try container.decode(String.self)
        guard let state = LifecycleState.allCases.first(where: { $0.name == name }) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "expected a lifecycle state")
        }
        self = state
    }

    /// Writes the name.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(name)
    }
}

/// A name in the three languages that strata speaks.
public struct LifecycleLabel: Hashable, Codable, Sendable {
    /// In English.
    public let english: String
    /// In Persian.
    public let persian: String
    /// In Chinese.
    public let chinese: String

    /// A name in English, Persian and Chinese.
    public init(_ english: String, _ persian: String, _ chinese: String) {
        self.english = english
        self.persian = persian
        self.chinese = chinese
    }
}
