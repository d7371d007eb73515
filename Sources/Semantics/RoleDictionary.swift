/// What header names say about columns: English, Persian and Chinese names that shops, CRMs and spreadsheets use.
///
/// A name matches whatever its case, spaces, underscores, hyphens, joiners, camel case, Arabic or Persian letters,
/// full-width forms, and Simplified or Traditional characters. Strengths run from 1 to 100:
///
/// - the header is the name: the name's own strength (60–100);
/// - the header is the name with a remark in brackets or a currency after it (`Amount (USD)`, `مبلغ ریال`): 5 less;
/// - the header ends with the name, in Persian begins with it (`Lineitem quantity`, `客户城市`, `مبلغ فاکتور`): half of it,
///   2 less for every further word; never when a further word turns it into something else (`Discount amount`,
///   `تاریخ تولد`).
public enum RoleDictionary {
    /// The roles that a header can have in a table, strongest first; roles of one strength in the order of the table's
    /// roles.
    public static func matches(header: String, table: TableRole) -> [(role: ColumnRole, strength: Int)] {
        // A long text is no name; to compare all of its words with all names takes for ever.
        guard header.utf8.count <= longestHeader else { return [] }
        let key = HeaderKey(header)
        guard !key.words.isEmpty else { return [] }
        let names = names(of: table)
        return table.roles.compactMap { role -> (role: ColumnRole, strength: Int)? in
            let strength = names[role, default: []].map { $0.strength(for: key) }.max() ?? 0
            return strength > 0 ? (role, strength) : nil
        }.enumerated().sorted { ($1.element.strength, $0.offset) < ($0.element.strength, $1.offset) }.map(\.element)
    }

    /// Bytes of the longest header that can name a role.
    private static let longestHeader = 400

    /// How strongly a header says that its column has a role in a table; 0 when it does not.
    public static func strength(of header: String, as role: ColumnRole, in table: TableRole) -> Int {
        matches(header: header, table: table).first { $0.role == role }?.strength ?? 0
    }

    /// How strongly a header says that its column holds exchange rates; 0 when it does not.
    public static func strengthAsRate(of header: String) -> Int {
        let key = HeaderKey(header)
        return rateNames.map { $0.strength(for: key) }.max() ?? 0
    }

    private static let rateNames = names(
        100, "rate,exchange rate,fx rate,conversion rate,currency rate,rate to base,نرخ,نرخ ارز,نرخ تبدیل,汇率,兑换率")

    /// The names of a table's roles.
    private static func names(of table: TableRole) -> [ColumnRole: [RoleName]] {
        switch table {
        case .transactions: transactionNames
        case .customers: customerNames
        case .interactions: interactionNames
        case .deals: dealNames
        }
    }

    /// Names of one strength: English ones apart by commas, then Persian and Chinese ones.
    static func names(_ strength: Int, _ text: String) -> [RoleName] {
        text.split(separator: ",").map { RoleName(String($0), strength: strength) }
    }
}

/// A name that a role's column has.
struct RoleName {
    let key: HeaderKey
    let joined: String
    private let letters: [UInt8]
    let strength: Int
    let script: Script

    /// Where the word that says what a thing is stands in a compound.
    enum Script {
        /// English: last, words apart.
        case latin
        /// Persian: first, words apart.
        case persian
        /// Chinese: last, nothing between words.
        case chinese
    }

    init(_ name: String, strength: Int) {
        key = HeaderKey(name)
        joined = key.joined
        letters = Array(joined.utf8)
        self.strength = strength
        let first = joined.unicodeScalars.first?.value ?? 0
        script = first < 0x0590 ? .latin : first < 0x0900 ? .persian : .chinese
    }

    /// How strongly a header says this name; 0 when it does not.
    func strength(for header: HeaderKey) -> Int {
        // A wide table has thousands of headers, and most names are no part of a header.
        guard header.mayHold(letters) else { return 0 }
        var words = header.words
        if words.joined() == joined { return header.remarks.isEmpty ? strength : strength - 5 }
        while words.count > 1, let last = words.last, RoleName.currencyWords.contains(last) { words.removeLast() }
        if words.joined() == joined { return strength - 5 }
        // "date of purchase" is a purchase date.
        if script == .latin, let position = words.firstIndex(of: "of"), position > 0, position < words.count - 1 {
            words = Array(words[(position + 1)...] + words[..<position])
            if words.joined() == joined { return strength - 5 }
        }
        guard !RoleName.wholeNames.contains(joined), let further = furtherWords(in: words),
            RoleName.turningWords.isDisjoint(with: further)
        else { return 0 }
        return max(1, strength / 2 - 2 * further.count)
    }

    /// The words of a header beside this name, when the name stands where the header says what it is.
    private func furtherWords(in words: [String]) -> [String]? {
        switch script {
        case .latin:
            // The words may be split otherwise than here: `order_itemqty`, `Unit Price`.
            for count in 1..<max(words.count, 1) where words.suffix(count).joined() == joined {
                return Array(words.dropLast(count))
            }
            return nil
        case .persian:
            for count in 1..<max(words.count, 1) where words.prefix(count).joined() == joined {
                return Array(words.dropFirst(count))
            }
            return nil
        case .chinese:
            let header = words.joined()
            guard joined.unicodeScalars.count >= 2, header.hasSuffix(joined) else { return nil }
            let before = String(header.dropLast(joined.count))
            return [before] + RoleName.turningChinese.filter { before.contains($0) }
        }
    }

    /// Names that must be the whole header: as a part of one they say too little (`Tax ID`, `New customer`, `First order`).
    private static let wholeNames: Set<String> = {
        let latin =
            "id record_id rec_id uid uuid guid name first second_name count volume value money paid source type day when ts "
            + "dt time title details memo user account company company_id rate sum items units customer client buyer member "
            + "order transaction invoice product item article lead_number category medium device platform payment body"
        let other =
            "کد شناسه نام مشتری خریدار کاربر سفارش فاکتور کالا محصول شرکت ارزش نوع روز زمان منبع 编号 客户 顾客 会员 用户 买家 订单 商品 产品 公司 名称 "
            + "名字 类型 来源 时间 平台 内容 类别 账号"
        return Set((latin + " " + other).split(separator: " ").map { HeaderKey(String($0)).joined })
    }()

    /// Words after an amount that name its currency.
    private static let currencyWords: Set<String> = [
        "usd", "eur", "gbp", "cny", "rmb", "irr", "irt", "jpy", "inr", "aud", "cad", "chf", "rial", "rials", "toman",
        "ریال", "تومان", "元", "円", "دلار", "یورو",
    ]

    /// Words that make something else of a name: a discount amount is no amount, a ship date no order date.
    private static let turningWords: Set<String> = {
        let english =
            "discount discounted tax taxes vat shipping ship shipped shipment freight delivery delivered refund refunded "
            + "fee fees tip duties compare cost birth due expiry expire expires expiration cancelled canceled cancel "
            + "modified updated update last first previous next parent store sales rep agent vendor supplier seller staff "
            + "employee manager owner shop warehouse old min max average avg estimated expected budget target profit "
            + "margin stock balance credit status fulfilled accepts tracking return outstanding is has national tags"
        let persian =
            "تولد تخفیف مالیات ارسال تحویل سررسید انقضا ویرایش تغییر حمل کارمزد سود فروشنده فروشگاه کارمند مرجوعی موجودی "
            + "مانده ملی"
        return Set((english.split(separator: " ") + persian.split(separator: " ")).map(String.init)).union(
            turningChinese)
    }()

    /// The same in Chinese, found anywhere before the name.
    private static let turningChinese: [String] = [
        "折扣", "优惠", "税", "运费", "配送", "发货", "退款", "退货", "手续费", "出生", "到期", "修改", "更新", "取消", "供应商", "店铺", "销售员", "员工",
        "卖家", "商家", "库存", "成本", "利润", "预计", "完成", "上次", "最后", "最近", "积分",
    ]
}
