import CustomerData
import Foundation
import Segmentation
import Testing

@Suite struct SegmentMapTests {
    /// What a map of two bins is refused for.
    func refusal(_ cells: [[String]], bins: Int = 2, change: (String) -> String = { $0 }) -> String? {
        let segments = cells.enumerated().map { index, patterns in
            "{\"id\": \"s\(index)\", \"names\": {\"en\": \"S\(index)\"}, \"cells\": \(patterns)}"
        }.joined(separator: ", ")
        let json = """
            {"name": "m", "title": "t", "bins": \(bins), "scores": ["recency", "frequency"], "segments": [\(segments)]}
            """
        do {
            _ = try SegmentMap(json: change(json).utf8, source: "m.json")
            return nil
        } catch { return (error as? Problem).map { $0.kind == .data ? $0.description : "wrong kind" } ?? "wrong error" }
    }

    @Test(arguments: [(SegmentMap.eleven, 125, 11), (SegmentMap.twoDigit, 25, 10)])
    func includedMapsCoverEveryCellOnce(map: SegmentMap, cellCount: Int, segmentCount: Int) {
        // Patterns of the included maps as regular expressions, which they happen to be.
        let digits = map.scores.count
        var cells = [""]
        for _ in 0..<digits { cells = cells.flatMap { cell in (1...5).map { cell + "\($0)" } } }
        #expect(cells.count == cellCount && map.segments.count == segmentCount)
        for cell in cells {
            let owners = map.segments.filter { segment in
                segment.cells.contains { cell.range(of: "^\($0)$", options: .regularExpression) != nil }
            }
            #expect(owners.count == 1, "\(cell)")
        }
    }

    @Test(arguments: [SegmentMap.eleven, SegmentMap.twoDigit]) func includedMapsSpeakThreeLanguages(map: SegmentMap) {
        for language in ["en", "fa", "zh"] {
            #expect(map.segments.allSatisfy { $0.names[language]?.isEmpty == false })
            #expect(Set(map.names(in: language)).count == map.segments.count)
        }
        #expect(map.names(in: "de") == map.names())
    }

    @Test(arguments: [SegmentMap.eleven, SegmentMap.twoDigit]) func guardsStandWhereTheyMust(map: SegmentMap) {
        for segment in map.segments {
            switch segment.id {
            case "new", "promising": #expect(segment.condition?.recent == true)
            case "risk", "cannot-lose": #expect(segment.condition?.purchases == 2)
            default: #expect(segment.condition == nil)
            }
        }
    }

    @Test func theMapOfTheGuideIsOne() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let guide = try String(contentsOf: root.appendingPathComponent("models/README.md"), encoding: .utf8)
        let start = try #require(guide.range(of: "```json\n")).upperBound
        let end = try #require(guide.range(of: "```", range: start..<guide.endIndex)).lowerBound
        let map = try SegmentMap(json: guide[start..<end].utf8, source: "README.md")
        #expect(map.names() == ["Best", "Young", "Missed", "Gone"])
    }

    @Test func includedMapsHaveNames() {
        #expect(SegmentMap.includedNames.map { SegmentMap.included(named: $0)?.name } == SegmentMap.includedNames)
        #expect(SegmentMap.included(named: "other") == nil)
    }

    @Test(arguments: [SegmentMap.eleven, SegmentMap.twoDigit]) func mapsReadBack(map: SegmentMap) throws {
        #expect(try SegmentMap(json: JSONEncoder().encode(map), source: "m.json") == map)
    }

    @Test func cellsLeftOutOrNamedTwiceAreListed() {
        #expect(refusal([["11", "12"], ["2[1-2]"]]) == nil)
        #expect(refusal([["11", "12"], ["21"]]) == "m.json: segment map m: no segment has 22")
        #expect(refusal([["11"], ["21"]]) == "m.json: segment map m: no segment has 12 22")
        #expect(refusal([["[1-2][1-2]"], ["21", "11"]]) == "m.json: segment map m: more than one place names 11 21")
        #expect(
            refusal([["11", "11", "12"]]) == "m.json: segment map m: no segment has 21 22; more than one place names 11"
        )
        #expect(
            refusal([["[1-10]-[1-9]"], ["[2-10]-10"]], bins: 10) == "m.json: segment map m: no segment has 1-10")
        #expect(refusal([["[1-10]-[1-9]"], ["1-10", "[2-10]-10"]], bins: 10) == nil)
    }

    @Test(arguments: [
        "", "1", "111", "13", "01", "1x", "[1-2]", "[2-1]1", "[1]1", "[1-2", "1-1", "[1--2]1", "+11", "١١",
    ])
    func patternsThatAreNoCellsAreRefused(pattern: String) {
        #expect(
            refusal([["[1-2][1-2]", pattern]])
                == "m.json: segment map m: \"\(pattern)\" of s0 is no cell; expected one like 5[4-5]")
    }

    @Test(arguments: [
        ("\"title\"", "\"titel\"", "m.json is no segment map: \"titel\" means nothing here"),
        ("\"cells\"", "\"cell\"", "m.json is no segment map: \"cell\" means nothing here in segments 1"),
        ("\"title\": \"t\", ", "", "m.json is no segment map: title is missing"),
        ("\"bins\": 2", "\"bins\": \"2\"", "m.json is no segment map: the value in bins is of the wrong type"),
        ("\"bins\": 2", "\"bins\": 1", "m.json: segment map m: bins must be in 2...10; got 1"),
        ("\"bins\": 2", "\"bins\": 3", "m.json: segment map m: no segment has 13 23 31 32 33"),
        ("\"en\"", "\"de\"", "m.json is no segment map: \"de\" means nothing among names in segments 1"),
        ("\"en\"", "\"fa\"", "m.json: segment map m: segment 1 needs an id and an English name"),
        ("S1", "S0", "m.json: segment map m: two segments are called S0"),
        ("s1", "s0", "m.json: segment map m: two segments are called s0"),
        (
            ", \"frequency\"", "",
            "m.json: segment map m: scores must be recency and frequency, or recency, frequency and monetary"
        ),
        (
            "\"cells\": [\"1[1-2]\"]", "\"cells\": [\"1[1-2]\"], \"guard\": {\"purchases\": 2, \"otherwise\": \"s9\"}",
            "m.json: segment map m: the guard of s0 must lead to a segment without one; got s9"
        ),
        (
            "\"cells\": [\"1[1-2]\"]", "\"cells\": [\"1[1-2]\"], \"guard\": {\"otherwise\": \"s1\"}",
            "m.json: segment map m: the guard of s0 asks for nothing"
        ),
        (
            "\"cells\": [\"1[1-2]\"]", "\"cells\": [\"1[1-2]\"], \"guard\": {\"orders\": 2, \"otherwise\": \"s1\"}",
            "m.json is no segment map: \"orders\" means nothing here in segments 1 guard"
        ),
    ]) func otherFaultsAreOneSentence(from: String, to: String, sentence: String) {
        let cells = [["1[1-2]"], ["2[1-2]"]]
        #expect(refusal(cells) == nil)
        #expect(refusal(cells) { $0.replacing(from, with: to) } == sentence)
    }

    @Test func whatIsNoJSONIsRefused() throws {
        for text in ["", "{", "[]", "\"x\""] {
            let problem = try #require(throws: Problem.self) { try SegmentMap(json: text.utf8, source: "m.json") }
            #expect(problem.kind == .data && problem.description.hasPrefix("m.json is no segment map: "))
        }
    }
}
