import CustomerData
import Statistics
import Testing

@testable import Pipeline

/// Movements add up in both directions.
@Suite struct MovementsTests {
    typealias Customer = (from: String?, to: String?, before: Int128, after: Int128)

    func movements(_ customers: [Customer]) -> Movements {
        var movements = Movements(column: "segment")
        for customer in customers {
            let (from, to) = (customer.from.map { Array($0.utf8) }, customer.to.map { Array($0.utf8) })
            (from ?? []).withUnsafeBufferPointer { old in
                (to ?? []).withUnsafeBufferPointer { new in
                    movements.add(
                        from: from == nil ? nil : old, to: to == nil ? nil : new, before: customer.before,
                        after: customer.after)
                }
            }
        }
        return movements
    }

    func customers(_ seed: UInt64) -> [Customer] {
        var random = SeededGenerator(seed: seed)
        let labels: [String?] = ["a", "b", "c", "", nil]
        return (0..<500).compactMap { _ in
            let (from, to) = (labels[random.index(below: 5)], labels[random.index(below: 5)])
            if from == nil, to == nil { return nil }
            return (from, to, Int128(random.index(below: 100)), Int128(random.index(below: 100)))
        }
    }

    @Test(arguments: 1...5 as ClosedRange<UInt64>)
    func rowsAndColumnsAddUp(_ seed: UInt64) {
        let customers = customers(seed)
        let table = movements(customers)
        for (number, name) in table.from.names.enumerated() {
            let own = customers.filter { number == Movements.notThere ? $0.from == nil : $0.from == name }
            let row = table.to.names.indices.map { table.cell(number, $0) }
            #expect(row.reduce(0) { $0 + $1.customers } == own.count)
            #expect(row.reduce(0) { $0 + $1.before } == own.reduce(0) { $0 + $1.before })
        }
        for (number, name) in table.to.names.enumerated() {
            let own = customers.filter { number == Movements.notThere ? $0.to == nil : $0.to == name }
            let column = table.from.names.indices.map { table.cell($0, number) }
            #expect(column.reduce(0) { $0 + $1.customers } == own.count)
            #expect(column.reduce(0) { $0 + $1.after } == own.reduce(0) { $0 + $1.after })
        }
        #expect(table.pairs.reduce(0) { $0 + $1.cell.customers } == customers.count)
    }

    @Test(arguments: 1...5 as ClosedRange<UInt64>)
    func theOtherDirectionIsTheTranspose(_ seed: UInt64) {
        let customers = customers(seed)
        var there = movements(customers)
        var back = movements(customers.map { ($0.to, $0.from, $0.after, $0.before) })
        func cells(_ table: Movements, turned: Bool) -> Set<String> {
            Set(
                table.pairs.map { pair in
                    let (from, to) = (
                        "\(pair.from == 0) \(table.from.names[pair.from])", "\(pair.to == 0) \(table.to.names[pair.to])"
                    )
                    return turned
                        ? "\(to)|\(from)|\(pair.cell.customers)|\(pair.cell.after)|\(pair.cell.before)"
                        : "\(from)|\(to)|\(pair.cell.customers)|\(pair.cell.before)|\(pair.cell.after)"
                })
        }
        #expect(cells(there, turned: false) == cells(back, turned: true))
        there.matchByName()
        back.matchByName()
        #expect(there.movedCount == back.movedCount)
        #expect(there.movedCount == customers.count { $0.from != nil && $0.to != nil && $0.from != $0.to })
        there.matchByOverlap()
        back.matchByOverlap()
        #expect(there.movedCount == back.movedCount)
    }

    @Test func clustersNumberedOtherwiseAreTheSame() {
        let numbers: [Customer] = (0..<90).map { ("\($0 % 3)", "\(($0 % 3 + 1) % 3)", 1, 1) }
        var table = movements(numbers + [("", "", 0, 0)])
        table.matchByOverlap()
        #expect(table.movedCount == 0)
        table.matchByName()
        #expect(table.movedCount == 90)
    }
}
