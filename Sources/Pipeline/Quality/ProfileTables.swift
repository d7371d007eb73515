import CustomerData
import Quality

/// A profile as tables.
enum ProfileTables {
    /// One row a column of the profiled table.
    static func columns(of profile: TableProfile) -> ResultTable {
        let columns = profile.columns
        func integers(_ value: (ColumnProfile) -> Int?) -> ResultTable.Values {
            .integers(columns.map { value($0).map(Int64.init) ?? .min })
        }
        func reals(_ value: (ColumnProfile) -> Double?) -> ResultTable.Values {
            .reals(columns.map { value($0) ?? .nan })
        }
        func shares(_ value: (ColumnProfile) -> Double?) -> ResultTable.Values {
            .fixed(columns.map { value($0) ?? .nan }, decimals: 6)
        }
        func texts(_ value: (ColumnProfile) -> String?) -> ResultTable.Values {
            .texts(columns.map { value($0) ?? "" })
        }
        func days(_ value: (ColumnProfile) -> Day?) -> ResultTable.Values {
            .days(columns.map { value($0)?.number ?? PurchaseHistory.noDay })
        }
        func quantile(_ probability: Double) -> (ColumnProfile) -> Double? {
            { $0.numbers?.quantiles.first { $0.probability == probability }?.value }
        }
        return ResultTable(
            name: "profile",
            columns: [
                .init("column", texts(\.name)), .init("type", texts(\.type.rawValue)),
                .init("meaning", texts(\.meaning.rawValue)), .init("empty", unit: "cells", integers(\.empty)),
                .init("hidden_missing", unit: "cells", integers(\.hidden)),
                .init("filled", unit: "cells", integers(\.filled)), .init("valid", unit: "cells", integers(\.valid)),
                .init("completeness", unit: "share", shares(\.completeness)),
                .init("validity", unit: "share", shares(\.validity)),
                .init("distinct", unit: "values", integers(\.distinct.count)),
                .init("distinct_is_exact", .flags(columns.map(\.distinct.isExact))),
                .init("shortest", unit: "characters", integers(\.lengths?.shortest)),
                .init("longest", unit: "characters", integers(\.lengths?.longest)),
                .init("smallest", reals(\.numbers?.smallest)), .init("quartile_1", reals(quantile(0.25))),
                .init("median", reals(quantile(0.5))), .init("quartile_3", reals(quantile(0.75))),
                .init("largest", reals(\.numbers?.largest)), .init("mean", reals(\.numbers?.mean)),
                .init("deviation", reals(\.numbers?.deviation)), .init("first_day", days(\.dates?.first)),
                .init("last_day", days(\.dates?.last)), .init("top_value", texts(\.values.entries.first?.text)),
                .init("top_value_count", unit: "cells", integers(\.values.entries.first?.count)),
                .init("top_pattern", texts(\.patterns.entries.first?.text)),
                .init("top_pattern_count", unit: "cells", integers(\.patterns.entries.first?.count)),
                .init("suspicious", unit: "cells", integers { $0.suspicious.reduce(0) { $0 + $1.count } }),
                .init(
                    "suspicions",
                    texts { $0.suspicious.map { "\($0.kind.rawValue) \($0.count)" }.joined(separator: "; ") }),
            ])
    }
}
