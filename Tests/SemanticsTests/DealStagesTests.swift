import Semantics
import Testing

@Suite struct DealStagesTests {
    @Test func wonAndLostAreKnownInThreeLanguages() {
        let stages = DealStages()
        for name in ["Won", "closed-won", "Closed Won", "CLOSEDWON", "برنده", "موفق", "赢单", "成交"] {
            #expect(stages.status(of: name) == .won, "\(name)")
        }
        for name in ["Lost", "Closed Lost", "closedlost", "از دست رفته", "ناموفق", "输单", "丢单"] {
            #expect(stages.status(of: name) == .lost, "\(name)")
        }
        for name in ["Engaging", "Prospecting", "Proposal/Price Quote", "مذاکره", "谈判", "Wonderful", ""] {
            #expect(stages.status(of: name) == .open, "\(name)")
        }
    }

    @Test func theWayHasAnOrder() throws {
        for way in [
            [
                "Prospecting", "Engaging", "Qualification", "Needs Analysis", "Proposal/Price Quote",
                "Negotiation/Review",
            ],
            [
                "Appointment Scheduled", "Qualified To Buy", "Presentation Scheduled", "Decision Maker Bought-In",
                "Contract Sent",
            ],
            ["线索", "已联系", "报价", "谈判"], ["سرنخ", "ارائه", "مذاکره", "قرارداد"],
        ] {
            let ranks = try way.map { try #require(DealStages.rank(of: $0), "\($0)") }
            #expect(ranks == ranks.sorted() && Set(ranks).count == ranks.count)
        }
        #expect(DealStages.rank(of: "Step 7") == nil)
    }

    @Test func headersOfThreeLanguagesAreKnown() {
        for (header, role) in [
            ("opportunity_id", ColumnRole.deal), ("account", .customer), ("deal_stage", .stage), ("StageName", .stage),
            ("engage_date", .opened), ("CreatedDate", .opened), ("close_date", .closed), ("CloseDate", .closed),
            ("close_value", .amount), ("sales_agent", .owner), ("مرحله", .stage), ("مبلغ", .amount),
            ("کارشناس فروش", .owner),
            ("商机编号", .deal), ("阶段", .stage), ("成交日期", .closed), ("负责人", .owner), ("创建时间", .opened),
        ] {
            #expect(RoleDictionary.matches(header: header, table: .deals).first?.role == role, "\(header)")
        }
    }
}
