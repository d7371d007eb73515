import Semantics
import Testing

@Suite struct TableRoleTests {
    @Test(arguments: [
        (
            "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country",
            "1,A,B,6,2010-12-01,2.55,17,UK", TableRole.transactions
        ),
        ("customer_id,date,quantity,amount", "1,1997-01-01,1,11.77", .transactions),
        ("customer_id,date,amount", "1,1997-01-01,11.77", .transactions),
        ("customer_id,date,type,amount", "1,1997-01-01,card,11.77", .transactions),
        ("订单号,客户编号,下单时间,金额", "1,7,2024-01-01,5", .transactions),
        ("شماره سفارش,کد مشتری,تاریخ,مبلغ", "۱,۷,۱۴۰۳/۰۱/۰۱,۵", .transactions),
        (
            "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value",
            "1,M,G,C,Won,20-10-16,01-03-17,10", .transactions
        ),
        ("id,first_name,last_name,email,phone", "1,A,L,a@x.org,5", .customers),
        ("customer_id,name,city,registered", "1,Ann,Rome,2024-01-01", .customers),
        ("customer_id,email,created_at,total_spent", "1,a@x.org,2024-01-01,5", .customers),
        ("rec_id,given_name,surname,date_of_birth", "r1,a,b,19151111", .customers),
        ("customerID,gender,tenure,MonthlyCharges", "7590-VHVEG,Female,1,29.85", .customers),
        ("客户编号,姓名,手机号,城市", "1,王,1,京", .customers),
        ("کد مشتری,نام,نام خانوادگی,شهر", "۱,م,ر,تهران", .customers),
        ("customer_id,time,kind,channel,value", "1,2024-01-01 10:00,visit,web,3", .interactions),
        ("contact_id,event_time,event,channel", "1,2024-01-01 10:00,open,email", .interactions),
        ("customer_id,date,rating,comment", "1,2024-01-01,5,good", .interactions),
        ("客户编号,互动时间,互动类型,渠道", "1,2024-01-01,访问,web", .interactions),
        ("کد مشتری,تاریخ,نوع,کانال", "۱,۱۴۰۳/۰۱/۰۱,بازدید,وب", .interactions),
    ])
    func tablesAreToldApart(headers: String, row: String, table: TableRole) {
        #expect(
            TableRole.sniff(
                headers: headers.split(separator: ",").map(String.init),
                samples: [row.split(separator: ",").map(String.init)]) == table)
    }

    @Test(arguments: [
        ("product,series,sales_price", "GTX Basic,GTX,550"), ("x0,x1,x2", "1,2,3"), ("a", "b"), ("", ""),
        ("State,Industry,Month,Turnover", "ACT,Cafes,1982-04,4.4"), ("sales_agent,manager,regional_office", "A,B,C"),
    ])
    func otherTablesAreNone(headers: String, row: String) {
        #expect(
            TableRole.sniff(
                headers: headers.split(separator: ",").map(String.init),
                samples: [row.split(separator: ",").map(String.init)]) == nil)
    }
}
