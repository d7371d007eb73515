import Statistics

/// Blocks of records that have a key in common, rule by rule, such that the pairs within blocks are few: what is compared.
///
/// A rule is a key; blocks larger than its limit are left to finer rules (the key together with another). A pair is
/// given once, by the first rule that has it: memory is one number a record and rule, never one a pair.
struct Blocking: Sendable {
    /// A rule with its blocks.
    struct Rule: Sendable {
        /// What records have in common.
        let rule: BlockingRule
        /// The columns of the key.
        let columns: [Int]
        /// The largest block that is used.
        let limit: Int
        /// Records of used blocks, block by block; and where each block ends.
        let members: [UInt32]
        let ends: [UInt32]
        /// Pairs within the blocks.
        let pairCount: Int
        /// Records in blocks larger than the limit.
        let oversizedCount: Int
    }

    let rules: [Rule]
    /// The block of each record by rule, -1 for none: `blocks[record * rules.count + rule]`.
    let blocks: [Int32]
    let recordCount: Int

    /// Pairs by all rules, those that several rules have counted as often.
    var pairCount: Int { rules.reduce(0) { $0 + $1.pairCount } }

    init(rules: [Rule], recordCount: Int) {
        self.rules = rules
        self.recordCount = recordCount
        let ruleCount = rules.count
        blocks = [Int32](unsafeUninitializedCapacity: recordCount * ruleCount) { buffer, initialized in
            buffer.initialize(repeating: -1)
            for (number, rule) in rules.enumerated() {
                var start = 0
                for (block, end) in rule.ends.enumerated() {
                    for place in start..<Int(end) {
                        buffer[Int(rule.members[place]) * ruleCount + number] = Int32(block)
                    }
                    start = Int(end)
                }
            }
            initialized = recordCount * ruleCount
        }
    }

    /// A run of blocks of one rule: the unit of parallel work.
    struct Portion: Sendable {
        let rule: Int
        let blocks: Range<Int>
    }

    /// All blocks in runs of about so many pairs, the same for any number of threads.
    func portions(pairsPerPortion: Int = 1 << 16) -> [Portion] {
        var portions: [Portion] = []
        for (number, rule) in rules.enumerated() {
            var first = 0
            var pairs = 0
            var start = 0
            for (block, end) in rule.ends.enumerated() {
                let size = Int(end) - start
                start = Int(end)
                pairs += size * (size - 1) / 2
                if pairs >= pairsPerPortion {
                    portions.append(Portion(rule: number, blocks: first..<(block + 1)))
                    (first, pairs) = (block + 1, 0)
                }
            }
            if first < rule.ends.count { portions.append(Portion(rule: number, blocks: first..<rule.ends.count)) }
        }
        return portions
    }

    /// Calls `body` with every pair of a portion that no earlier rule has, the smaller record first.
    @inline(__always)
    func forEachPair(of portion: Portion, _ body: (_ left: Int, _ right: Int) -> Void) {
        let rule = rules[portion.rule]
        let ruleCount = rules.count
        rule.members.withUnsafeBufferPointer { members in
            blocks.withUnsafeBufferPointer { blocks in
                for block in portion.blocks {
                    let start = block == 0 ? 0 : Int(rule.ends[block - 1])
                    let end = Int(rule.ends[block])
                    for first in start..<end {
                        let left = Int(members[first])
                        let leftBlocks = left * ruleCount
                        for second in (first + 1)..<max(end, first + 1) {
                            let right = Int(members[second])
                            let rightBlocks = right * ruleCount
                            var isNew = true
                            for earlier in 0..<portion.rule {
                                let block = blocks[leftBlocks + earlier]
                                if block >= 0, block == blocks[rightBlocks + earlier] {
                                    isNew = false
                                    break
                                }
                            }
                            if isNew { body(left, right) }
                        }
                    }
                }
            }
        }
    }

    /// The rules that have a pair, one bit each (the first 64).
    func rulesHolding(_ left: Int, _ right: Int) -> UInt64 {
        var mask: UInt64 = 0
        for rule in 0..<min(64, rules.count) {
            let block = blocks[left * rules.count + rule]
            if block >= 0, block == blocks[right * rules.count + rule] { mask |= 1 << UInt64(rule) }
        }
        return mask
    }
}

extension BlockingKey {
    /// Records by key: those that have one, ordered by it; with the ends of the runs.
    func runs(of records: [UInt32]? = nil) -> (members: [UInt32], ends: [UInt32]) {
        let candidates = records ?? (0..<UInt32(values.count)).map { $0 }
        let present = candidates.filter { values[Int($0)] != 0 }
        let order = RadixSort.order(of: present.map { values[Int($0)] })
        let members = order.map { present[Int($0)] }
        var ends: [UInt32] = []
        for place in members.indices.dropFirst() where values[Int(members[place])] != values[Int(members[place - 1])] {
            ends.append(UInt32(place))
        }
        if !members.isEmpty { ends.append(UInt32(members.count)) }
        return (members, ends)
    }

    /// A rule of the blocks of 2 to `limit` records, among those records; and the records in larger blocks.
    func rule(limit: Int, among records: [UInt32]? = nil) -> (rule: Blocking.Rule, oversized: [UInt32]) {
        let (members, ends) = runs(of: records)
        var used: [UInt32] = []
        var usedEnds: [UInt32] = []
        var oversized: [UInt32] = []
        var pairs = 0
        var start = 0
        for end in ends {
            let size = Int(end) - start
            if size > limit {
                oversized.append(contentsOf: members[start..<Int(end)])
            } else if size > 1 {
                used.append(contentsOf: members[start..<Int(end)])
                usedEnds.append(UInt32(used.count))
                pairs += size * (size - 1) / 2
            }
            start = Int(end)
        }
        return (
            Blocking.Rule(
                rule: rule, columns: columns, limit: limit, members: used, ends: usedEnds, pairCount: pairs,
                oversizedCount: oversized.count), oversized
        )
    }

    /// The sizes of the blocks of two records or more.
    func blockSizes() -> [Int] {
        var start = 0
        return runs().ends.compactMap { end in
            defer { start = Int(end) }
            return Int(end) - start > 1 ? Int(end) - start : nil
        }
    }
}
