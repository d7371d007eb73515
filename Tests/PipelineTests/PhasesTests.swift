import CustomerData
import Foundation
import Pipeline
import Testing

@Suite struct PhasesTests {
    @Test func phasesStandInTheirOrderAndAddUp() {
        var phases = Phases()
        #expect(phases.measure("read") { 5 } == 5)
        phases.measure("fit") {}
        let before = phases.all[0].seconds
        phases.measure("read") { Thread.sleep(forTimeInterval: 0.01) }
        #expect(phases.all.map(\.name) == ["read", "fit"])
        #expect(phases.all[0].seconds >= before + 0.01)
        #expect(phases.all.allSatisfy { $0.peakMemoryBytes > 1 << 20 })
    }

    @Test func aPhaseThatFailsIsMeasuredToo() {
        var phases = Phases()
        #expect(throws: Problem.self) { try phases.measure("read") { throw Problem(.data, "no") } }
        #expect(phases.all.map(\.name) == ["read"])
    }

    @Test func timingsAreAnObjectOfSeconds() throws {
        var phases = Phases()
        phases.measure("read") {}
        phases.measure("write") {}
        let text = try phases.timings(rows: 12)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(Set(object.keys) == ["phases", "rows", "peak_memory_bytes"])
        #expect(object["rows"] as? Int == 12)
        #expect((object["phases"] as? [String: Double])?.keys.sorted() == ["read", "write"])
        #expect((object["peak_memory_bytes"] as? Int ?? 0) > 1 << 20)
    }
}
