import CustomerData
import LinearAlgebra

/// What the header of a `.npy` file says: `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`.
struct NumpyHeader {
    enum Kind: String {
        case float32 = "<f4"
        case float64 = "<f8"
        case int32 = "<i4"
        case int64 = "<i8"

        var byteCount: Int { self == .float32 || self == .int32 ? 4 : 8 }
    }

    let kind: Kind
    let isFortranOrder: Bool
    let rowCount: Int
    let columnCount: Int

    var count: Int { rowCount * columnCount }

    /// Reads a header, a Python dictionary of literals.
    init(_ bytes: [UInt8], name: String) throws {
        let text = String(decoding: bytes, as: UTF8.self)
        let damaged = Problem(.data, "\(name): the .npy header is damaged")

        guard let described = Self.value("descr", in: text) else { throw damaged }
        guard described.hasPrefix("'") || described.hasPrefix("\"") else {
            throw Problem(.data, "\(name): the .npy file holds records; expected one kind of number")
        }
        guard let end = described.dropFirst().firstIndex(where: { $0 == "'" || $0 == "\"" }) else { throw damaged }
        let descriptor = String(described[described.index(after: described.startIndex)..<end])
        guard let kind = Kind(rawValue: descriptor) else {
            throw Problem(
                .data,
                "\(name): numbers of type '\(descriptor)'; expected '<f4', '<f8', '<i4' or '<i8' "
                    + "(in Python: array.astype('<f8'))")
        }

        guard let order = Self.value("fortran_order", in: text), order.hasPrefix("True") || order.hasPrefix("False"),
            let shape = Self.value("shape", in: text), shape.hasPrefix("("), let close = shape.firstIndex(of: ")")
        else { throw damaged }
        let parts = shape[shape.index(after: shape.startIndex)..<close].split(separator: ",").map {
            $0.filter { $0 != " " }
        }.filter { !$0.isEmpty }
        let sizes = parts.compactMap { Int($0) }
        guard sizes.count == parts.count, sizes.allSatisfy({ $0 >= 0 }) else { throw damaged }
        guard (1...2).contains(sizes.count) else {
            throw Problem(.data, "\(name): an array of \(sizes.count) dimensions; expected 1 or 2")
        }
        self.kind = kind
        isFortranOrder = order.hasPrefix("True")
        rowCount = sizes[0]
        columnCount = sizes.count == 2 ? sizes[1] : 1
        let (count, overflow) = rowCount.multipliedReportingOverflow(by: columnCount)
        guard !overflow, count <= Int.max / 16 else { throw damaged }
    }

    /// The values of a file as a row-major matrix.
    func matrix<Element>(_ elements: [Element]) -> Matrix<Element> {
        guard isFortranOrder, rowCount > 1, columnCount > 1 else {
            return Matrix(rowCount: rowCount, columnCount: columnCount, elements: elements)
        }
        var matrix = Matrix<Element>(rowCount: rowCount, columnCount: columnCount)
        for column in 0..<columnCount {
            for row in 0..<rowCount { matrix[row, column] = elements[column * rowCount + row] }
        }
        return matrix
    }

    /// What follows the colon after a quoted key.
    private static func value(_ key: String, in text: String) -> Substring? {
        for quote in ["'", "\""] {
            guard let found = text.firstRange(of: quote + key + quote) else { continue }
            let rest = text[found.upperBound...].drop { $0 == " " }
            guard rest.first == ":" else { return nil }
            return rest.dropFirst().drop { $0 == " " }
        }
        return nil
    }
}
