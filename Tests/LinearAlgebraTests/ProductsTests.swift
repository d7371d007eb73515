import LinearAlgebra
import Testing

@Suite("Matrix products")
struct ProductsTests {
    // A = [1 2 3; 4 5 6], B = [7 8; 9 10; 11 12], A B = [58 64; 139 154].
    private let left: [Double] = [1, 2, 3, 4, 5, 6]
    private let right: [Double] = [7, 8, 9, 10, 11, 12]
    private let product: [Double] = [58, 64, 139, 154]

    @Test func `rows times columns`() {
        var doubles = [Double](repeating: 0, count: 4)
        multiply(rowCount: 2, columnCount: 2, innerCount: 3, left, right, &doubles)
        #expect(doubles == product)

        var floats = [Float](repeating: 0, count: 4)
        multiply(rowCount: 2, columnCount: 2, innerCount: 3, left.map(Float.init), right.map(Float.init), &floats)
        #expect(floats == product.map(Float.init))
    }

    @Test func `a transposed factor gives the product of the plain one`() {
        let leftTransposed: [Double] = [1, 4, 2, 5, 3, 6]
        let rightTransposed: [Double] = [7, 9, 11, 8, 10, 12]
        var doubles = [Double](repeating: 0, count: 4)
        multiply(
            rowCount: 2, columnCount: 2, innerCount: 3, leftTransposed, .transposed, rightTransposed, .transposed,
            &doubles)
        #expect(doubles == product)

        var floats = [Float](repeating: 0, count: 4)
        multiply(
            rowCount: 2, columnCount: 2, innerCount: 3, left.map(Float.init), .plain, rightTransposed.map(Float.init),
            .transposed, &floats)
        #expect(floats == product.map(Float.init))
    }

    @Test func `a product scales and adds to what is there`() {
        var doubles: [Double] = [1, 2, 3, 4]
        multiply(rowCount: 2, columnCount: 2, innerCount: 3, scale: -2, left, right, addingTo: 10, &doubles)
        #expect(doubles == [-106, -108, -248, -268])

        var floats: [Float] = [1, 2, 3, 4]
        multiply(
            rowCount: 2, columnCount: 2, innerCount: 3, scale: -2, left.map(Float.init), right.map(Float.init),
            addingTo: 10, &floats)
        #expect(floats == [-106, -108, -248, -268])
    }
}
