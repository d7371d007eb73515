/// The columns of a history's orders while they are written, each place once, by many threads.
struct OrderColumns {
    let days: [Int32]
    let values: [Int64]
    /// Empty where profiles are not kept, as are hours and channels.
    let lines: [UInt32]
    let hours: [UInt8]
    let channels: [UInt8]

    /// Where the columns are written; without profiles there is no room in the last three.
    struct Targets {
        let days: UnsafeMutableBufferPointer<Int32>
        let values: UnsafeMutableBufferPointer<Int64>
        let lines: UnsafeMutableBufferPointer<UInt32>
        let hours: UnsafeMutableBufferPointer<UInt8>
        let channels: UnsafeMutableBufferPointer<UInt8>
    }

    /// Columns of `count` orders, of which `fill` writes every one.
    init(count: Int, withProfiles: Bool, fill: (Targets) -> Void) {
        let profileCount = withProfiles ? count : 0
        (days, (values, (lines, (hours, (channels, _))))) = OrderColumns.column(count) { days in
            OrderColumns.column(count) { values in
                OrderColumns.column(profileCount) { lines in
                    OrderColumns.column(profileCount) { hours in
                        OrderColumns.column(profileCount) { channels in
                            fill(Targets(days: days, values: values, lines: lines, hours: hours, channels: channels))
                        }
                    }
                }
            }
        }
    }

    /// A column that `fill` writes, and what that returns.
    private static func column<Element, Rest>(
        _ count: Int, fill: (UnsafeMutableBufferPointer<Element>) -> Rest
    ) -> ([Element], Rest) {
        var rest: Rest?
        let column = [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
            rest = fill(buffer)
            initialized = count
        }
        guard let rest else { preconditionFailure("the closure runs once") }
        return (column, rest)
    }
}
