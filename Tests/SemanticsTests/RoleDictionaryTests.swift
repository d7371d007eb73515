import Semantics
import Testing

@Suite struct RoleDictionaryTests {
    @Test(
        arguments: [
            ("CustomerID", .customer), ("customer_id", .customer), ("Customer-ID", .customer),
            ("CUSTOMER ID", .customer),
            ("ｃｕｓｔｏｍｅｒ＿ｉｄ", .customer), ("کد مشتری", .customer), ("کد‌مشتری", .customer), ("كد مشتري", .customer),
            ("شناسه_مشتری", .customer), ("客户编号", .customer), ("客戶編號", .customer), ("会员号", .customer),
            ("會員號", .customer),
            ("客户ID", .customer), ("AccountId", .customer), ("Contact Name.id", .customer), ("InvoiceNo", .order),
            ("order_id", .order), ("شماره سفارش", .order), ("شماره فاکتور", .order), ("订单号", .order), ("訂單號", .order),
            ("小票号", .order), ("InvoiceDate", .time), ("timestamp", .time), ("order_purchase_timestamp", .time),
            ("Date of purchase", .time), ("تاریخ", .time), ("تاریخ سفارش", .time), ("下单时间", .time), ("下單時間", .time),
            ("Closing_Date", .time), ("closedate", .time), ("StockCode", .product), ("SKU", .product),
            ("Lineitem sku", .product),
            ("商品编码", .product), ("کالا", .product), ("کد کالا", .product), ("Description", .description),
            ("شرح کالا", .description),
            ("Quantity", .quantity), ("Lineitem quantity", .quantity), ("数量", .quantity), ("數量", .quantity),
            ("تعداد", .quantity),
            ("UnitPrice", .unitPrice), ("unit price", .unitPrice), ("قیمت واحد", .unitPrice), ("单价", .unitPrice),
            ("Lineitem price", .unitPrice), ("Amount", .amount), ("Amount (USD)", .amount),
            ("Total amount EUR", .amount),
            ("总金额", .amount), ("總金額", .amount), ("金额(元)", .amount), ("实付金额", .amount), ("مبلغ", .amount),
            ("مبلغ (ریال)", .amount),
            ("مبلغ کل", .amount), ("Sales", .amount), ("close_value", .amount), ("币种", .currency), ("ارز", .currency),
            ("Currency", .currency), ("渠道", .channel), ("Sales Channel", .channel), ("کانال فروش", .channel),
        ] as [(String, ColumnRole)])
    func transactionHeaders(header: String, role: ColumnRole) {
        #expect(RoleDictionary.matches(header: header, table: .transactions).first?.role == role)
    }

    @Test(
        arguments: [
            ("Id", .customer), ("Record Id", .customer), ("rec_id", .customer), ("account_no", .customer),
            ("شناسه", .customer),
            ("编号", .customer), ("Full_Name", .name), ("نام و نام خانوادگی", .name), ("姓名", .name),
            ("First Name", .givenName),
            ("firstname", .givenName), ("given_name", .givenName), ("نام خانوادگی", .familyName),
            ("Last_Name", .familyName),
            ("surname", .familyName), ("姓", .familyName), ("E-mail", .email), ("ایمیل", .email), ("邮箱", .email),
            ("郵箱", .email),
            ("Mobile", .phone), ("手机号", .phone), ("تلفن همراه", .phone), ("شماره تلفن", .phone), ("tel", .phone),
            ("Date_of_Birth", .birthDate), ("Birthdate", .birthDate), ("dob", .birthDate), ("出生日期", .birthDate),
            ("تاریخ تولد", .birthDate), ("Mailing_City", .city), ("شهر", .city), ("城市", .city), ("客户所在城市", .city),
            ("BILLINGCITY", .city), ("Mailing_Country", .country), ("کشور", .country), ("国家", .country),
            ("آدرس", .address),
            ("ادرس", .address), ("نشانی", .address), ("地址", .address), ("Mailing_Street", .address),
            ("Created_Time", .registered),
            ("注册时间", .registered), ("註冊時間", .registered), ("تاریخ عضویت", .registered), ("تاریخ ثبت‌نام", .registered),
            ("Lead_Source", .source), ("account_source", .source), ("来源", .source), ("來源", .source), ("منبع", .source),
        ] as [(String, ColumnRole)])
    func customerHeaders(header: String, role: ColumnRole) {
        #expect(RoleDictionary.matches(header: header, table: .customers).first?.role == role)
    }

    @Test(
        arguments: [
            ("contact_id", .customer), ("کد مشتری", .customer), ("event_time", .time), ("互动时间", .time),
            ("زمان تماس", .time),
            ("event", .kind), ("EventType", .kind), ("نوع", .kind), ("事件", .kind), ("channel", .channel),
            ("کانال", .channel),
            ("value", .value), ("rating", .rating), ("评分", .rating), ("امتیاز", .rating), ("comment", .text),
            ("متن نظر", .text),
            ("评论内容", .text),
        ] as [(String, ColumnRole)])
    func interactionHeaders(header: String, role: ColumnRole) {
        #expect(RoleDictionary.matches(header: header, table: .interactions).first?.role == role)
    }

    /// A further word can make something else of a name.
    @Test(
        arguments: [
            ("Discount Amount", .amount), ("Tax amount", .amount), ("مبلغ تخفیف", .amount), ("优惠金额", .amount),
            ("退款金额", .amount),
            ("Ship Date", .time), ("Date of birth", .time), ("تاریخ تولد", .time), ("出生日期", .time), ("发货时间", .time),
            ("Customer City", .customer), ("New customer", .customer), ("Customer age", .customer),
            ("Tax ID", .customer),
            ("Order Status", .order), ("First order", .order), ("Product Category", .product),
            ("Lineitem compare at price", .unitPrice),
            ("Shipping", .amount), ("Discount", .amount), ("客户城市", .customer), ("Country", .customer),
            ("id", .customer),
            ("", .customer), ("--", .time),
        ] as [(String, ColumnRole)])
    func headersThatOnlyResembleAName(header: String, role: ColumnRole) {
        #expect(RoleDictionary.strength(of: header, as: role, in: .transactions) == 0)
    }

    @Test func anExactNameIsStrongerThanAContainedOne() {
        func strength(_ header: String) -> Int { RoleDictionary.strength(of: header, as: .amount, in: .transactions) }
        #expect(strength("amount") == 100)
        #expect(strength("Amount (USD)") == 95)
        #expect(strength("amount usd") == 95)
        #expect(strength("Regional amount") == 48)
        #expect(strength("Old regional amount") == 0)
        #expect(strength("Big regional amount") == 46)
        #expect(strength("subtotal") < strength("total"))
    }

    @Test func everyNameIsFoundAsItself() {
        for table in TableRole.allCases {
            for role in table.roles {
                let matches = RoleDictionary.matches(header: role.rawValue, table: table)
                #expect(matches.contains { $0.role == role }, "\(table) \(role)")
            }
        }
    }

    @Test func matchesComeStrongestFirst() {
        let matches = RoleDictionary.matches(header: "Product name", table: .transactions)
        #expect(matches.map(\.role) == [.product, .description])
        #expect(matches[0].strength > matches[1].strength)
    }
}
