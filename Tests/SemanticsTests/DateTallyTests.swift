import CustomerData
import Semantics
import Testing

@Suite struct DateTallyTests {
    @Test func oneValueAbove12Decides() {
        #expect(DateTally(["01/02/2024", "13/02/2024"]).decision == .layout(.dayMonthYear))
        #expect(DateTally(["01/02/2024", "02/13/2024"]).decision == .layout(.monthDayYear))
    }

    @Test func allValuesBelow13AreRefused() throws {
        let tally = DateTally(["01/02/2024", "03/04/2024"])
        #expect(tally.decision == .dayOrMonthFirst)
        let problem = #expect(throws: Problem.self) {
            try tally.layout(column: "Date", option: "--dates dd/MM/yyyy")
        }
        #expect(problem?.kind == .data)
        #expect(
            problem?.description
                == "column \"Date\": every date fits both dd/MM/yyyy and MM/dd/yyyy; say which it is with --dates dd/MM/yyyy"
        )
    }

    @Test func datesThatMeanTheSameEitherWayNeedNoDecision() {
        #expect(DateTally(["01/01/2024", "02/02/2024"]).decision == .layout(.dayMonthYear))
    }

    @Test func aMixtureOfOrdersIsRefusedButOneStrayCellIsNot() {
        #expect(DateTally(["13/01/2024", "01/13/2024"]).decision == .mixedOrder)
        let days = Array(repeating: "13/01/2024", count: 100)
        #expect(DateTally(days + ["01/13/2024"]).decision == .layout(.dayMonthYear))
        #expect(DateTally(days + ["01/13/2024", "01/14/2024"]).decision == .mixedOrder)
    }

    @Test func emptyCellsDoNotCount() {
        let tally = DateTally(["", " ", "2024-01-01", "\u{00A0}"])
        #expect(tally.cellCount == 1)
        #expect(tally.candidates == [.yearMonthDay])
        #expect(DateTally(["", ""]).candidates.isEmpty)
        #expect(DateTally([]).decision == .noDates)
        #expect(DateTally(["n/a"]).decision == .noDates)
    }

    @Test func mostCellsDecideBetweenLayouts() {
        let tally = DateTally(["2024-01-01", "2024-01-02", "1403/01/01", "soon"])
        #expect(tally.decision == .layout(.yearMonthDay))
        #expect(tally.candidates.isEmpty)
        #expect(tally.count(of: .yearMonthDay) == 2)
        #expect(tally.bestCount == 2)
    }

    @Test func talliesOfPartsMergeIntoTheTallyOfTheWhole() {
        let cells = ["13/01/2024", "01/02/2024", "", "2024-01-01", "03/03/2024", "x"]
        for split in 0...cells.count {
            var merged = DateTally(cells[..<split])
            merged.merge(DateTally(cells[split...]))
            #expect(merged == DateTally(cells))
        }
    }
}
