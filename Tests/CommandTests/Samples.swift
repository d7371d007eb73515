import Foundation

/// Data that the tests run the program on.
enum Samples {
    /// CDNOW, in the package.
    static let cdnow = StrataProcess.root.appending(path: "notebooks-data/cdnow/purchases.csv").path
    /// UCI Online Retail, beside the package.
    static let onlineRetail = StrataProcess.root.deletingLastPathComponent()
        .appending(path: "shared/data/online_retail/online_retail.csv.gz").path
    static let hasOnlineRetail = FileManager.default.fileExists(atPath: onlineRetail)
    static let isRoot = getuid() == 0

    /// Orders of nine customers, one a day, all readable.
    static func orders(_ count: Int = 40) -> [String] {
        ["customer_id,order_id,date,amount"]
            + (0..<count).map {
                "c\($0 % 9),o\($0),2024-0\($0 / 28 % 9 + 1)-\($0 % 28 < 9 ? "0" : "")\($0 % 28 + 1),\($0 + 1).50"
            }
    }
}
