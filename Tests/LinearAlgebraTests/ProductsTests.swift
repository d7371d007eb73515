import LinearAlgebra
import Testing

@Suite("Matrix products")
struct ProductsTests {
    // A = [1 2 3; 4 5 6], B = [7 8; 9 10; 11 12], A B = [58 64; 139 154].
    private let left: [Double] = [1, 2, 3, 4, 5, 6]
    private let right: [Double] = [7, 8, 9, 10, 11, 12]
    private let product: [Double] = [58, 64, 139, 154]
    private let leftFloats: [Float] = [1, 2, 3, 4, 5, 6]
    private let rightFloats: [Float] = [7, 8, 9, 10, 11, 12]

    @Test func `rows times columns`() {
        var doubles = [Double](repeating: .nan, count: 4)
        multiply(left, right, rowCount: 2, columnCount: 2, innerCount: 3, into: &doubles)
        #expect(doubles == product)

        var floats = [Float](repeating: .nan, count: 4)
        multiply(leftFloats, rightFloats, rowCount: 2, columnCount: 2, innerCount: 3, into: &floats)
        #expect(floats == [58, 64, 139, 154])
    }

    @Test func `a transposed factor gives the product of the plain one`() {
        var doubles = [Double](repeating: .nan, count: 4)
        multiply(
            [1, 4, 2, 5, 3, 6], transposingLeft: true, [7, 9, 11, 8, 10, 12], transposingRight: true,
            rowCount: 2, columnCount: 2, innerCount: 3, into: &doubles)
        #expect(doubles == product)

        var floats = [Float](repeating: .nan, count: 4)
        multiply(
            leftFloats, [7, 9, 11, 8, 10, 12], transposingRight: true,
            rowCount: 2, columnCount: 2, innerCount: 3, into: &floats)
        #expect(floats == [58, 64, 139, 154])
    }

    @Test func `a product scales and adds to a share of what is there`() {
        var doubles: [Double] = [1, 2, 3, 4]
        multiply(left, right, rowCount: 2, columnCount: 2, innerCount: 3, scale: -2, share: 10, into: &doubles)
        #expect(doubles == [-106, -108, -248, -268])

        var floats: [Float] = [1, 2, 3, 4]
        multiply(
            leftFloats, rightFloats, rowCount: 2, columnCount: 2, innerCount: 3, scale: -2, share: 10, into: &floats)
        #expect(floats == [-106, -108, -248, -268])
    }
}
