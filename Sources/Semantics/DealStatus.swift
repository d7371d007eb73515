/// What has become of a deal.
public enum DealStatus: String, CaseIterable, Codable, Sendable {
    /// It is being worked on.
    case open
    /// The account said yes.
    case won
    /// The account said no, or nobody asked any more.
    case lost
}

/// Tells from the name of a stage what has become of a deal, and how far an open one has come.
public struct DealStages: Sendable {
    private let stated: [String: DealStatus]

    /// - Parameters:
    ///   - won: further names of stages whose deals are won.
    ///   - lost: further names of stages whose deals are lost.
    public init(won: [String] = [], lost: [String] = []) {
        var stated: [String: DealStatus] = [:]
        for name in lost { stated[HeaderKey(name).joined] = .lost }
        for name in won { stated[HeaderKey(name).joined] = .won }
        self.stated = stated
    }

    /// The status that a stage's name says, in English, Persian or Chinese; open when it says neither won nor lost.
    /// Case, spaces, hyphens and underscores do not matter.
    public func status(of stage: String) -> DealStatus {
        let key = HeaderKey(stage).joined
        if let status = stated[key] { return status }
        if DealStages.won.contains(key) { return .won }
        return DealStages.lost.contains(key) ? .lost : .open
    }

    /// Whether two names are the same to `status(of:)`.
    public static func isSame(_ left: String, _ right: String) -> Bool {
        HeaderKey(left).joined == HeaderKey(right).joined
    }

    /// Where an open stage of that name stands on the way, from 0; nil for a name that is not known.
    public static func rank(of stage: String) -> Int? { ranks[HeaderKey(stage).joined] }

    private static let won = keys(
        "won,closed won,close won,deal won,win,success,successful,signed,contract signed,order received,برنده,برنده شده,موفق,بسته شده موفق,قرارداد بسته شد,فروش موفق,بسته موفق,赢单,成交,已成交,赢得,成功,已赢单,已签约,签约,关闭赢单,结束赢单"
    )
    private static let lost = keys(
        "lost,closed lost,close lost,deal lost,lose,rejected,declined,cancelled,canceled,abandoned,disqualified,unqualified,no decision,dead,withdrawn,بازنده,از دست رفته,ناموفق,بسته شده ناموفق,بسته ناموفق,لغو شده,رد شده,输单,丢单,失败,已丢失,已输单,流失,关闭输单,结束输单,取消,已取消,放弃"
    )

    /// The usual ways of selling, a line a step.
    private static let ranks: [String: Int] = {
        let steps = [
            "lead,new,new lead,prospect,prospecting,open,سرنخ,سرنخ جدید,جدید,线索,新建,潜在,初步接触",
            "contacted,contact made,engaging,engaged,engagement,appointment scheduled,attempted,تماس گرفته شده,تماس اولیه,已联系,接触,跟进,跟进中",
            "qualification,qualifying,qualified,qualified to buy,discovery,ارزیابی,واجد شرایط,资格审查,确认需求,需求确认,需求分析",
            "needs analysis,value proposition,id decision makers,perception analysis,demo,demo scheduled,presentation,presentation scheduled,evaluation,trial,نیازسنجی,ارائه,دمو,演示,方案,方案评估,方案演示,试用",
            "proposal,proposal sent,proposal price quote,proposal made,quote,quotation,quote sent,offer,پیشنهاد,پیش فاکتور,ارسال پیشنهاد,报价,提案,方案报价",
            "negotiation,negotiating,negotiation review,negotiations started,decision maker bought in,review,مذاکره,谈判,商务谈判,谈判审核",
            "contract,contract sent,verbal commitment,commit,closing,قرارداد,ارسال قرارداد,合同,合同签订中,签约中",
        ]
        var ranks: [String: Int] = [:]
        for (rank, names) in steps.enumerated() { for key in keys(names) { ranks[key] = rank } }
        return ranks
    }()

    private static func keys(_ names: String) -> Set<String> {
        Set(names.split(separator: ",").map { HeaderKey(String($0)).joined })
    }
}
