import CustomerData
import LinearAlgebra

/// The refusal of values that are no finite numbers.
enum NonFiniteValue {
    /// Names the row and the column of the first value that is not finite; nil when all are.
    static func problem<Element>(_ matrix: Matrix<Element>, columnNames: [String]) -> Problem? {
        guard let index = matrix.elements.firstIndex(where: { !$0.isFinite }) else { return nil }
        let (row, column) = index.quotientAndRemainder(dividingBy: matrix.columnCount)
        let name = column < columnNames.count ? "\"\(columnNames[column])\"" : "\(column)"
        let found = matrix.elements[index].isNaN ? "no number (NaN)" : "an infinite number"
        return Problem(.data, "row \(row) (the first is 0), column \(name): expected a finite number, found \(found)")
    }
}
