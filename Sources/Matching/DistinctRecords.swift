import Statistics

/// Records that are alike in all compared columns, taken as one: 50,000 equal rows are one comparison, not a milliard.
struct DistinctRecords: Sendable {
    /// The first record of each group, ascending.
    let first: [UInt32]
    /// The group of each record.
    let groups: [UInt32]
    /// The records of each group: `members[ends[i - 1]..<ends[i]]`, ascending.
    let members: [UInt32]
    let ends: [UInt32]

    var count: Int { first.count }

    init(_ table: RecordTable) {
        let columns = table.columns.compared.map { table.cells[$0].codes }
        let hashes = (0..<table.rowCount).map { row -> UInt64 in
            var state: UInt64 = 1
            for codes in columns {
                state = Hashing.mix(state ^ UInt64(UInt32(bitPattern: codes[row])), 0xA076_1D64_78BD_642F)
            }
            return state
        }
        let order = RadixSort.order(of: hashes)
        var groups = [UInt32](repeating: 0, count: table.rowCount)
        // Equal hashes stand together, each in the order of the records; the first of equal ones leads its group.
        var leaders: [UInt32] = []
        var start = 0
        while start < order.count {
            var end = start
            var local: [UInt32] = []
            while end < order.count, hashes[Int(order[end])] == hashes[Int(order[start])] {
                let row = order[end]
                if let leader = local.first(where: { leader in
                    columns.allSatisfy { $0[Int(leader)] == $0[Int(row)] }
                }) {
                    groups[Int(row)] = leader
                } else {
                    local.append(row)
                    groups[Int(row)] = row
                }
                end += 1
            }
            leaders += local
            start = end
        }
        leaders.sort()
        var numbers = [UInt32](repeating: 0, count: table.rowCount)
        for (number, leader) in leaders.enumerated() { numbers[Int(leader)] = UInt32(number) }
        first = leaders
        groups = groups.map { numbers[Int($0)] }
        self.groups = groups
        var counts = [UInt32](repeating: 0, count: leaders.count)
        for group in groups { counts[Int(group)] += 1 }
        var total: UInt32 = 0
        let ends = counts.map { count in
            total += count
            return total
        }
        self.ends = ends
        var next = ends.indices.map { $0 == 0 ? 0 : ends[$0 - 1] }
        var members = [UInt32](repeating: 0, count: table.rowCount)
        for (row, group) in groups.enumerated() {
            members[Int(next[Int(group)])] = UInt32(row)
            next[Int(group)] += 1
        }
        self.members = members
    }

    /// The records of a group.
    func members(of group: Int) -> ArraySlice<UInt32> {
        members[Int(group == 0 ? 0 : ends[group - 1])..<Int(ends[group])]
    }
}
