import CustomerData
import Segmentation
import Testing

/// CDNOW as of the day after its last purchase: 23,570 customers, a customer-day is one order. Numbers from a Python
/// script that shares no code with strata (sorted lists, cuts at rank ceil(i n / 5)); sizes of the frequency scores also
/// in the anchors of the field, "CDNOW frequency: 12054/0/4040/3641/3835".
@Suite struct RFMCDNOWTests {
    let asOf = Day(year: 1998, month: 7, day: 1) ?? Day(number: 0)

    func result(_ map: SegmentMap, _ binning: RFM.Binning = .independent) throws -> (RFMModel, RFMResult) {
        let model = try RFM(.init(binning: binning, map: map)).fit(.cdnow, asOf: asOf)
        return (model, model.score(.cdnow, asOf: asOf))
    }

    func sizes(_ result: RFMResult) -> [String: Int] {
        Dictionary(
            uniqueKeysWithValues: result.map.segments.enumerated().map { index, segment in
                (segment.id, result.segments.count { Int($0) == index })
            })
    }

    /// The map without its guards.
    func bare(_ map: SegmentMap) throws -> SegmentMap {
        try SegmentMap(
            name: map.name, title: map.title, bins: map.bins, scores: map.scores,
            segments: map.segments.map { .init(id: $0.id, names: $0.names, cells: $0.cells) })
    }

    func oneTimeBuyers(_ result: RFMResult, _ id: String) -> Int {
        result.segments.indices.count {
            result.values.frequency[$0] == 1 && result.segments[$0] < 999
                && result.map.segments[Int(result.segments[$0])].id == id
        }
    }

    @Test func sizesAndCuts() throws {
        let (model, result) = try result(.twoDigit)
        #expect(result.customerCount == 23_570)
        #expect(result.scoreSizes.recency == [4735, 4712, 4702, 4720, 4701])
        #expect(result.scoreSizes.frequency == [12_054, 0, 4040, 3641, 3835])
        #expect(result.scoreSizes.monetary == [4817, 4615, 4710, 4715, 4713])
        #expect(result.scoreSizes.empty == ["frequency 2"])
        #expect(model.cuts.recency == [513, 486, 433, 142])
        #expect(model.cuts.frequency == [[1, 1, 2, 4]])
        #expect(model.cuts.monetary == [[153_600, 313_500, 599_200, 1_339_500]])
        #expect(result.values.monetary.reduce(0, +) == 25_003_156_300)
    }

    @Test func nestedSizes() throws {
        let sizes = try result(.twoDigit, .nested).1.scoreSizes
        #expect(sizes.recency == [4735, 4712, 4702, 4720, 4701])
        #expect(sizes.frequency == [15_176, 1819, 994, 3016, 2565])
        #expect(sizes.monetary == [4775, 4803, 4579, 4708, 4705])
    }

    @Test func elevenSegmentsWithoutGuardsMislead() throws {
        let result = try result(bare(.eleven)).1
        let expected = [
            "champions": 5394, "loyal": 1680, "potential": 1866, "new": 1440, "promising": 957, "attention": 1578,
            "sleeping": 1884, "risk": 438, "cannot-lose": 1767, "hibernating": 3456, "lost": 3110,
        ]
        #expect(sizes(result) == expected)
        // 99.3 %: "Cannot Lose Them" is 99.3 % one-time buyers on CDNOW (anchors).
        #expect(oneTimeBuyers(result, "cannot-lose") == 1755)
    }

    @Test func guardsKeepOneTimeBuyersOut() throws {
        let eleven = try result(.eleven).1
        let expected = [
            "champions": 5394, "loyal": 1680, "potential": 1866, "new": 0, "promising": 0, "attention": 2535,
            "sleeping": 3324, "risk": 438, "cannot-lose": 12, "hibernating": 5211, "lost": 3110,
        ]
        #expect(sizes(eleven) == expected)
        #expect(oneTimeBuyers(eleven, "cannot-lose") == 0 && oneTimeBuyers(eleven, "risk") == 0)
        let two = try result(.twoDigit).1
        let expectedTwo = [
            "champions": 4118, "loyal": 3259, "potential": 2421, "new": 0, "promising": 0, "attention": 950,
            "sleeping": 3375, "risk": 762, "cannot-lose": 6, "hibernating": 8679,
        ]
        #expect(sizes(two) == expectedTwo)
        #expect(oneTimeBuyers(two, "cannot-lose") == 0 && oneTimeBuyers(two, "risk") == 0)
    }

    @Test func theSummaryAddsUp() throws {
        let summary = try result(.twoDigit).1.summary(language: "zh")
        guard case .texts(let names)? = summary.column("segment")?.values,
            case .integers(let customers)? = summary.column("customers")?.values,
            case .money(let revenue, 2)? = summary.column("revenue")?.values,
            case .integers(let recency)? = summary.column("median_recency_days")?.values,
            case .fixed(let shares, _)? = summary.column("share")?.values
        else {
            Issue.record("a column is missing")
            return
        }
        #expect(names == SegmentMap.twoDigit.names(in: "zh") && names[0] == "冠军客户")
        #expect(customers.reduce(0, +) == 23_570)
        #expect(revenue.reduce(0, +) == 25_003_156_300)
        #expect(abs(shares.reduce(0, +) - 1) < 1e-12)
        #expect(customers[3] == 0 && recency[3] == .min)
    }
}
