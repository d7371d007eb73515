/// Sets that are joined (Tarjan 1975), the smallest number leading.
struct DisjointSets {
    private var parents: [UInt32]

    /// So many sets of one element.
    init(count: Int) { parents = (0..<UInt32(count)).map { $0 } }

    /// The smallest element of an element's set.
    mutating func root(_ element: UInt32) -> UInt32 {
        var element = element
        while parents[Int(element)] != element {
            parents[Int(element)] = parents[Int(parents[Int(element)])]
            element = parents[Int(element)]
        }
        return element
    }

    /// Makes one set of two.
    mutating func join(_ left: UInt32, _ right: UInt32) {
        let (a, b) = (root(left), root(right))
        if a < b { parents[Int(b)] = a } else if b < a { parents[Int(a)] = b }
    }
}
